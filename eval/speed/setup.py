"""`python -m eval.speed.setup [COMMIT…]`: from an empty folder to the first answer, in seconds and megabytes.

Each commit of this checkout (HEAD by itself) is cloned into a new folder, where `make ask` is run with an
empty cache of pip and no compiled encoder. Packages are fetched as pip is set up to: PIP_INDEX_URL names an
index. Seconds depend on the network and on what else the machine does, processor seconds hardly.
"""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from eval.promises.machine import ROOT

_MEGABYTE = 1_000_000
_LARGEST = 6


@dataclass(frozen=True)
class SetUp:
    """What `make ask` took. `seconds` by the clock, `busy` of processors; sizes in bytes."""

    commit: str
    seconds: float
    busy: float
    size: int
    packages: int
    largest: tuple[tuple[str, int], ...]


@click.command()
@click.argument("commits", nargs=-1, metavar="[COMMIT]…")
@click.option(
    "--into", type=click.Path(path_type=Path, file_okay=False), help="Where; else a temporary folder."
)
def main(commits: tuple[str, ...], into: Path | None) -> None:
    """Measure `make ask` of each COMMIT (HEAD) in a new folder, one after the other."""
    if into:
        into.mkdir(parents=True, exist_ok=True)
    for commit in commits or ("HEAD",):
        with tempfile.TemporaryDirectory(dir=into, prefix="setup-") as folder:
            click.echo(_told(measure(commit, Path(folder))))


def measure(commit: str, folder: Path) -> SetUp:
    """Clone, check out, `make ask`, count. Raises `ClickException` when one of them fails."""
    checkout, home = folder / "dateline", folder / "home"
    home.mkdir()
    _run(["git", "clone", "--quiet", str(ROOT), str(checkout)], folder)
    _run(["git", "checkout", "--quiet", commit], checkout)
    kept = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "VIRTUAL_ENV")}
    began, before = time.monotonic(), _busy()
    _run(["make", "ask"], checkout, environment=kept | {"HOME": str(home), "PIP_NO_CACHE_DIR": "1"})
    seconds, busy = time.monotonic() - began, _busy() - before
    libraries = next((checkout / ".venv" / "lib").glob("python*/site-packages"))
    sizes = {path.name: size_of(path) for path in libraries.iterdir()}
    largest = sorted(sizes.items(), key=lambda one: -one[1])[:_LARGEST]
    packages = sum(name.endswith(".dist-info") for name in sizes)
    return SetUp(commit, seconds, busy, size_of(checkout / ".venv"), packages, tuple(largest))


def size_of(path: Path) -> int:
    """The bytes of a file, or of all files in a folder; links are not followed."""
    if path.is_dir() and not path.is_symlink():
        return sum(map(size_of, path.iterdir()))
    return path.lstat().st_size


def _run(command: Sequence[str], folder: Path, *, environment: dict[str, str] | None = None) -> None:
    program = shutil.which(command[0])
    if program is None:
        raise click.ClickException(f"no {command[0]} here")
    done = subprocess.run([program, *command[1:]], cwd=folder, env=environment, check=False)
    if done.returncode:
        raise click.ClickException(f"{' '.join(command)} ended with {done.returncode}")


def _busy() -> float:
    """Processor seconds of all children that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _told(found: SetUp) -> str:
    largest = ", ".join(f"{name} {size / _MEGABYTE:.0f}" for name, size in found.largest)
    return (
        f"{found.commit}: {found.seconds:.0f} s, {found.busy:.0f} s of processor;"
        f" {found.size / _MEGABYTE:,.0f} MB in {found.packages} packages, the largest {largest}"
    )


if __name__ == "__main__":
    main()

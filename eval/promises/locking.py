"""The pins into a lock file with the sha256 of every file, and into what is known of faults in them.

python -m eval.promises.locking                  is every pin locked, and is any of them known to be faulty
python -m eval.promises.locking --write          ask the registry for this machine's files, write .ci/lock.txt
pip install --require-hashes --no-deps -r .ci/lock.txt          installs these very files and no others

Faults are looked up in `safety-db`, which is installed with the extra `soak` and asks no network; its last
release is of July 2021, and the date is told with what it says.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import Any

import click
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name

from eval.promises.dependencies import PINS, load_pins
from eval.promises.machine import ROOT

LOCK = ROOT / ".ci" / "lock.txt"
_HEAD = (
    "# Written by `python -m eval.promises.locking --write`: the files that pip takes on Linux, x86-64, for\n"
    "# the Python that it was written with. `pip install --require-hashes --no-deps -r` takes no others.\n"
)
_ROW = re.compile(r"^([\w.-]+)==(\S+) --hash=sha256:([0-9a-f]{64})$", re.MULTILINE)


@dataclass(frozen=True)
class KnownFaults:
    """What a database says of some versions."""

    of: str
    """The day that the database is of, ISO."""
    known: int
    """How many of the names it knows."""
    faults: tuple[str, ...]


def lock_text(report: Mapping[str, Sequence[Mapping[str, object]]], pins: Mapping[str, str]) -> str:
    """A lock file from pip's installation report (`--report`), one line a pin, in the order of names.

    Raises:
        KeyError: a pin is not in the report, or has no sha256 there.
    """
    hashes: dict[str, str] = {}
    for one in report["install"]:
        told = json.loads(json.dumps(one))  # as it stands in pip's file: plain values
        name = canonicalize_name(told["metadata"]["name"])
        hashes[name] = told["download_info"]["archive_info"]["hashes"]["sha256"]
    rows = (f"{name}=={version} --hash=sha256:{hashes[name]}\n" for name, version in sorted(pins.items()))
    return _HEAD + "".join(rows)


def load_lock(path: Path = LOCK) -> Mapping[str, tuple[str, str]]:
    """The version and the sha256 of each name that is locked."""
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    return {name: (version, digest) for name, version, digest in _ROW.findall(text)}


def unlocked(pins: Mapping[str, str], lock: Mapping[str, tuple[str, str]]) -> list[str]:
    """What is pinned and not locked to that version, and what is locked and not pinned."""
    wrong = [
        f"{name}: locked to {lock[name][0] if name in lock else 'nothing'}, expected {version}"
        for name, version in pins.items()
        if name not in lock or lock[name][0] != version
    ]
    return wrong + [f"{name}: is locked, but not pinned" for name in lock if name not in pins]


def known_faults(pins: Mapping[str, str]) -> KnownFaults | None:
    """What `safety-db` says of the pins; None where it is not installed."""
    try:
        file = distribution("safety-db").locate_file("safety_db/insecure_full.json")  # it cannot be imported
    except PackageNotFoundError:
        return None
    database = json.loads(Path(str(file)).read_text(encoding="utf-8"))
    day = datetime.fromtimestamp(database.pop("$meta")["timestamp"], UTC).date().isoformat()
    entries: dict[str, list[dict[str, Any]]] = {
        canonicalize_name(name): found for name, found in database.items()
    }
    known = [name for name in pins if name in entries]
    faults = [
        f"{name} {pins[name]}: {fault['advisory'][:200]}"
        for name in known
        for fault in entries[name]
        if any(SpecifierSet(one).contains(pins[name], prereleases=True) for one in fault["specs"])
    ]
    return KnownFaults(day, len(known), tuple(faults))


@click.command()
@click.option("--write", is_flag=True, help=f"Ask the registry; write {LOCK.relative_to(ROOT)}.")
@click.option(
    "--report",
    type=click.Path(dir_okay=False, exists=True, path_type=Path),
    help="pip's report, if it is there.",
)
def main(write: bool, report: Path | None) -> None:
    """Check the lock file of this checkout, or write it."""
    pins = load_pins()
    if write:
        LOCK.write_text(lock_text(json.loads(_reported(report)), pins), encoding="utf-8")
    faults = known_faults(pins)
    wrong = [*unlocked(pins, load_lock()), *(faults.faults if faults else ())]
    if wrong:
        click.echo("\n".join(wrong), err=True)
        sys.exit(1)
    checked = (
        f"no fault of them in safety-db of {faults.of}, which knows {faults.known}"
        if faults
        else "faults not looked up: safety-db is not installed"
    )
    click.echo(f"{len(pins)} files locked by sha256; {checked}")


def _reported(report: Path | None) -> str:
    """What pip says that it would install."""
    if report:
        return report.read_text(encoding="utf-8")
    command = [
        *(sys.executable, "-m", "pip", "install", "--dry-run", "--ignore-installed", "--no-deps", "--quiet"),
        *("--report", "-", "-r", str(PINS)),
    ]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


if __name__ == "__main__":
    main()

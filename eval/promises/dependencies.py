"""What Dateline is built upon: pinned for CI, with licences, as an SBOM. Nothing is asked of the network.

python -m eval.promises.dependencies                     is all of it pinned, as installed, with a licence
python -m eval.promises.dependencies --pin               write .ci/constraints.txt from what is installed
python -m eval.promises.dependencies --licences          one line a distribution
python -m eval.promises.dependencies --sbom sbom.json    CycloneDX 1.6
"""

from __future__ import annotations

import json
import sys
import tomllib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import Distribution, PackageMetadata, PackageNotFoundError, distribution
from pathlib import Path

import click
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

from eval.promises.machine import ROOT

PINS = ROOT / ".ci" / "constraints.txt"
EXTRAS = ("openai", "anthropic", "ollama", "parquet", "postgres", "dev")
UNKNOWN = "unknown"
_HEAD = "# Written by `python -m eval.promises.dependencies --pin`: what CI installs, to the version.\n"


@dataclass(frozen=True)
class Dependency:
    """One installed distribution that Dateline needs, by itself or for another."""

    name: str
    """In the form of PyPI's addresses: `python-telegram-bot`."""
    version: str
    licence: str
    """As its metadata states it, an SPDX expression where it is one; else `unknown`."""
    needs: tuple[str, ...]
    """The names of what it needs here."""


def dependencies(requirements: Sequence[Requirement]) -> tuple[tuple[Dependency, ...], tuple[str, ...]]:
    """Everything installed that requirements need, in the order of names; and what is not installed of it."""
    found: dict[str, Distribution] = {}
    needs: dict[str, set[str]] = {}
    missing: set[str] = set()
    seen: set[tuple[str, str]] = set()
    waiting = [(requirement, "") for requirement in requirements]
    while waiting:
        requirement, by = waiting.pop()
        name = canonicalize_name(requirement.name)
        needs.setdefault(by, set()).add(name)
        for extra in requirement.extras | {""}:
            if (name, extra) in seen:
                continue
            seen.add((name, extra))
            try:
                found[name] = distribution(requirement.name)
            except PackageNotFoundError:
                missing.add(name)
                continue
            further = map(Requirement, found[name].requires or ())
            waiting += [(one, name) for one in further if _wanted(one, extra)]
    made = (_dependency(name, found[name], needs.get(name, set()) - missing) for name in sorted(found))
    return tuple(made), tuple(sorted(missing))


def _wanted(requirement: Requirement, extra: str) -> bool:
    return requirement.marker is None or requirement.marker.evaluate({"extra": extra})


def _dependency(name: str, installed: Distribution, needs: set[str]) -> Dependency:
    return Dependency(name, Version(installed.version).public, licence_of(installed), tuple(sorted(needs)))


def licence_of(installed: Distribution) -> str:
    """The licence by its expression, its classifiers, or the first line of the older field."""
    told = installed.metadata
    classified = [one for one in told.get_all("Classifier") or () if one.startswith("License :: ")]
    by_class = " OR ".join(dict.fromkeys(one.rpartition(" :: ")[2] for one in classified))
    field = first(told, "License").partition("\n")[0][:80]
    return first(told, "License-Expression") or by_class.removesuffix("OSI Approved") or field or UNKNOWN


def first(told: PackageMetadata, name: str) -> str:
    """The first value of a field of a package's metadata, empty where there is none."""
    return str(next(iter(told.get_all(name) or ()), "")).strip()


def declared(pyproject: Path = ROOT / "pyproject.toml") -> tuple[Requirement, ...]:
    """What `pyproject.toml` asks for, with the extras that CI and the tests use."""
    project = tomllib.loads(pyproject.read_text(encoding="utf-8"))["project"]
    rows = [
        *project["dependencies"],
        *(row for name in EXTRAS for row in project["optional-dependencies"][name]),
    ]
    wanted = map(Requirement, rows)
    return tuple(one for one in wanted if one.marker is None or one.marker.evaluate())


def pins_text(found: Sequence[Dependency]) -> str:
    """A file of constraints, one exact version a line."""
    return _HEAD + "".join(f"{one.name}=={one.version}\n" for one in found)


def load_pins(path: Path = PINS) -> Mapping[str, str]:
    """The version that each name is pinned to."""
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    return dict(line.split("==") for line in lines if line and not line.startswith("#"))


def sbom(found: Sequence[Dependency], version: str) -> dict[str, object]:
    """A bill of materials in the form of CycloneDX 1.6; without a time, so that the same gives the same."""
    known = {one.name: f"pkg:pypi/{one.name}@{one.version}" for one in found}
    ours = f"pkg:pypi/dateline@{version}"
    direct = sorted({known[name] for one in declared() if (name := canonicalize_name(one.name)) in known})
    components = [
        {
            "type": "library",
            "bom-ref": known[one.name],
            "name": one.name,
            "version": one.version,
            "purl": known[one.name],
            "licenses": [] if one.licence == UNKNOWN else [{"license": {"name": one.licence}}],
        }
        for one in found
    ]
    edges = [{"ref": known[one.name], "dependsOn": [known[name] for name in one.needs]} for one in found]
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {
            "component": {"type": "application", "bom-ref": ours, "name": "dateline", "version": version}
        },
        "components": components,
        "dependencies": [{"ref": ours, "dependsOn": direct}, *edges],
    }


def faults_of(found: Sequence[Dependency], missing: Sequence[str], pins: Mapping[str, str]) -> list[str]:
    """What is not pinned as it is installed, or has no licence."""
    faults = [f"{name}: is not installed" for name in missing]
    for one in found:
        pinned = pins.get(one.name)
        if pinned != one.version:
            faults.append(f"{one.name}: pinned to {pinned}, expected {one.version} as installed")
        if one.licence == UNKNOWN:
            faults.append(f"{one.name}: states no licence")
    return faults


@click.command()
@click.option("--pin", is_flag=True, help=f"Write {PINS.relative_to(ROOT)} from what is installed.")
@click.option("--licences", is_flag=True, help="Print the licence of each.")
@click.option(
    "--sbom", "to", type=click.Path(dir_okay=False, path_type=Path, allow_dash=True), metavar="FILE"
)
def main(pin: bool, licences: bool, to: Path | None) -> None:
    """Check the dependencies of this environment, or write them down."""
    found, missing = dependencies(declared())
    if pin:
        PINS.write_text(pins_text(found), encoding="utf-8")
    if licences:
        for one in found:
            click.echo(f"{one.name:40} {one.version:14} {one.licence}")
    if to:
        written = json.dumps(sbom(found, distribution("dateline").version), indent=1)
        click.echo(written) if str(to) == "-" else to.write_text(written + "\n", encoding="utf-8")
        return
    faults = faults_of(found, missing, load_pins())
    if faults:
        click.echo("\n".join(faults), err=True)
        sys.exit(1)
    common = ", ".join(
        f"{many} {name}" for name, many in Counter(one.licence for one in found).most_common(3)
    )
    click.echo(f"{len(found)} dependencies, all pinned and with a licence ({common}, …)")


if __name__ == "__main__":
    main()

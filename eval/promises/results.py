"""What was measured, as it is kept from run to run: a run of one promise leaves the others as they were."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import field, replace
from pathlib import Path
from typing import Literal

from pydantic import TypeAdapter
from pydantic.dataclasses import dataclass

from eval.promises.machine import Machine

RESULTS = Path(__file__).with_name("results.json")

Verdict = Literal["kept", "partly", "not measured", "broken"]
"""From the best to the worst; `partly`: kept as far as it is measured, which is less than its target."""

WORSE: dict[Verdict, int] = {"kept": 0, "partly": 0, "not measured": 2, "broken": 1}
"""The exit code that each calls for."""


@dataclass(frozen=True)
class Result:
    """One promise as it was measured once."""

    number: str
    verdict: Verdict
    figures: tuple[str, ...]
    """What its tests and commands counted."""
    faults: tuple[str, ...]
    """The tests that failed or could not run, and why."""
    tests: int
    """How many passed."""
    seconds: float
    at: str
    """The day, UTC, ISO."""
    machine: Machine
    """As it was just before."""
    parts: Mapping[str, int] = field(default_factory=dict)
    """How many tests passed of each part that its target names."""


_KEPT = TypeAdapter(tuple[Result, ...])


def load_results(path: Path = RESULTS) -> dict[str, Result]:
    """The newest result of each promise that was ever measured, by its number."""
    if not path.exists():
        return {}
    return {one.number: one for one in _KEPT.validate_json(path.read_bytes())}


def held_to(lacks: str, result: Result) -> Result:
    """A result of before, held to what is known by now not to be measured."""
    return replace(result, verdict="partly") if lacks and result.verdict == "kept" else result


def save_results(results: Iterable[Result], path: Path = RESULTS) -> None:
    """Replace what is kept."""
    path.write_text(results_json(results) + "\n", encoding="utf-8")


def results_json(results: Iterable[Result]) -> str:
    """Results as a JSON array, in the order given."""
    return _KEPT.dump_json(tuple(results), indent=1).decode()


def exit_code(results: Iterable[Result]) -> int:
    """1: a promise is broken; else 2: one could not be measured here; else 0."""
    codes = {WORSE[one.verdict] for one in results}
    return 1 if 1 in codes else max(codes, default=0)

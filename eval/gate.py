"""A run held against thresholds and against the stored baseline: what must stop a change from landing.

`gate.toml` says how low a figure may be (`[at_least]`) or how high (`[at_most]`). `baseline.json` holds the
scores of every case when the baseline was last moved; a metric has fallen when the paired bootstrap
interval of the difference leaves out zero on the bad side. Times are only held against thresholds: they
belong to the machine.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from eval.compare import Scores, compare
from eval.measures import BY_NAME
from index.errors import BadInput

FOLDER = Path(__file__).parent


class BadGate(BadInput):
    """The thresholds or the baseline cannot be read."""


class Thresholds(BaseModel):
    """Figures by name (see `eval.summary.Summary.numbers`)."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    at_least: dict[str, float] = {}
    at_most: dict[str, float] = {}


class Baseline(BaseModel):
    """The scores of a run that later ones are held against."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    run: str
    commit: str | None
    set_fingerprint: str
    scores: dict[str, dict[str, float]]


@dataclass(frozen=True)
class Fault:
    """One reason for the gate to stay shut."""

    figure: str
    message: str

    def __str__(self) -> str:
        """In one line."""
        return f"{self.figure} {self.message}"


def load_thresholds(path: Path = FOLDER / "gate.toml") -> Thresholds:
    """The thresholds; raises `BadGate` where the file is none."""
    try:
        return Thresholds.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except (OSError, tomllib.TOMLDecodeError, ValidationError) as exc:
        raise BadGate(
            f"{path}: {exc}, expected [at_least] and [at_most] with a number for each figure"
        ) from exc


def load_baseline(path: Path = FOLDER / "baseline.json") -> Baseline | None:
    """The baseline, None where none has been stored; raises `BadGate` where the file is none."""
    if not path.is_file():
        return None
    try:
        return Baseline.model_validate_json(path.read_text(encoding="utf-8"))
    except ValidationError as exc:
        raise BadGate(
            f"{path}: {exc.errors()[0]['msg']}, expected what python -m eval.baseline writes"
        ) from exc


def save_baseline(baseline: Baseline, path: Path = FOLDER / "baseline.json") -> None:
    """Store it with one line a metric, so that a changed baseline can be read as a change."""
    head = baseline.model_dump(exclude={"scores"})
    lines = [f"  {json.dumps(name)}: {json.dumps(value)}," for name, value in head.items()]
    rows = [f"    {json.dumps(name)}: {json.dumps(values)}" for name, values in baseline.scores.items()]
    text = "\n".join(["{", *lines, '  "scores": {', ",\n".join(rows), "  }", "}"])
    path.write_text(text + "\n", encoding="utf-8")


def rounded(scores: Scores) -> dict[str, dict[str, float]]:
    """Scores to what a table shows; both sides are, or a thousand differences of 0.00003 would be a fall."""
    return {
        name: {case: round(value, 4) for case, value in values.items()} for name, values in scores.items()
    }


def hold(
    numbers: Mapping[str, float | None], scores: Scores, *, thresholds: Thresholds, baseline: Baseline | None
) -> list[Fault]:
    """Every fault, none where the gate opens. A figure with a threshold that is missing is a fault too."""
    return _broken(numbers, thresholds) + (_fallen(scores, baseline) if baseline else [])


def _broken(numbers: Mapping[str, float | None], thresholds: Thresholds) -> list[Fault]:
    faults = []
    for figure, least in thresholds.at_least.items():
        value = numbers.get(figure)
        if value is None or value < least:
            faults.append(Fault(figure, f"is {_shown(value)}, expected at least {least:g}"))
    for figure, most in thresholds.at_most.items():
        value = numbers.get(figure)
        if value is None or value > most:
            faults.append(Fault(figure, f"is {_shown(value)}, expected at most {most:g}"))
    return faults


def _fallen(scores: Scores, baseline: Baseline) -> list[Fault]:
    faults = []
    for change in compare(rounded(baseline.scores), rounded(scores)):
        sign = -1 if change.metric in BY_NAME and BY_NAME[change.metric].better == "lower" else 1
        if change.beyond_noise and change.difference * sign < 0:
            interval = f"95 % interval {change.low:+.3f} … {change.high:+.3f}, {change.cases} cases"
            message = f"went from {change.before:.3f} to {change.after:.3f} since the baseline ({interval})"
            faults.append(Fault(change.metric, message))
    gone = [name for name in baseline.scores if name not in scores]
    return faults + [Fault(name, "is in the baseline and applies to no case any more") for name in gone]


def _shown(value: float | None) -> str:
    return "not there" if value is None else f"{value:.4g}"

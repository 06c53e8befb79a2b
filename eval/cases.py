"""A folder with an eval set into its cases.

A set is `cases.jsonl` and, unless it is asked of the archive at hand, `articles.jsonl` (or `.jsonl.gz`).
A case with a `paragraph` or `passages` brings its own text, and is asked of that alone.
"""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from bot.answer import Reason
from index.errors import BadInput
from index.records import Filters

BUILT_IN = Path(__file__).parent


class BadCase(BadInput):
    """An eval set cannot be read."""


class CasePassage(BaseModel):
    """One of the texts that a case brings along; `type` says what it is: correct, misinfo or noise."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    text: str
    type: str = "correct"
    answer: str | None = None


class CaseFilters(BaseModel):
    """Filters to ask with, as `dateline ask` takes them."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    outlet: tuple[str, ...] = ()
    since: str | None = None
    until: str | None = None
    as_of: str | None = None

    def record(self) -> Filters:
        """The same as the index knows them."""
        return Filters(self.outlet, self.since, self.until, self.as_of)


class Insight(BaseModel):
    """A statement that an article of the set carries."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    text: str


class Case(BaseModel):
    """One question and what is expected. `answer` holds groups of alternatives; None: abstain."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    kind: str
    question: str
    answer: tuple[tuple[str, ...], ...] | None = None
    wrong: tuple[str, ...] = ()
    articles: tuple[str, ...] = ()
    quotes: tuple[str, ...] = ()
    speaker: str | None = None
    reason: Reason | None = None
    missing: tuple[str, ...] = ()
    filters: CaseFilters = CaseFilters()
    history: tuple[str, ...] = ()
    language: str | None = None
    asked: str | None = None
    choices: tuple[str, ...] = ()
    paragraph: str | None = None
    passages: tuple[CasePassage, ...] = ()
    insights: tuple[Insight, ...] = ()


@dataclass(frozen=True)
class EvalSet:
    """Cases and where their articles are; `fingerprint` names exactly these cases and articles."""

    name: str
    cases: tuple[Case, ...]
    articles: Path | None
    fingerprint: str


def load_set(folder: Path) -> EvalSet:
    """The eval set in a folder.

    Raises:
        BadCase: there is no `cases.jsonl`, or a line of it is no case; the line and the fault are named.
    """
    path = folder / "cases.jsonl"
    if not path.is_file():
        raise BadCase(f"{folder}: no cases.jsonl, expected a folder with one case a line in it")
    articles = next((found for found in sorted(folder.glob("articles.jsonl*")) if found.is_file()), None)
    cases = tuple(_cases(path))
    _expect_unique(path, cases)
    return EvalSet(folder.resolve().name, cases, articles, _fingerprint(path, articles))


def read_lines(path: Path) -> Iterator[str]:
    """The lines of a text file, gzipped or not, without their line ends."""
    with (
        gzip.open(path, "rt", encoding="utf-8")
        if path.suffix == ".gz"
        else path.open(encoding="utf-8") as file
    ):
        yield from (line.rstrip("\n") for line in file)


def _cases(path: Path) -> Iterator[Case]:
    for number, line in enumerate(read_lines(path), start=1):
        if not line.strip():
            continue
        try:
            yield Case.model_validate(json.loads(line))
        except json.JSONDecodeError as exc:
            raise BadCase(
                f"{path} line {number}: {exc.msg} at column {exc.colno}, expected one JSON case"
            ) from exc
        except ValidationError as exc:
            fault = exc.errors()[0]
            place = ".".join(map(str, fault["loc"]))
            raise BadCase(f"{path} line {number}: {place!r} is {fault['input']!r}: {fault['msg']}") from exc


def _expect_unique(path: Path, cases: tuple[Case, ...]) -> None:
    seen: set[str] = set()
    for case in cases:
        if case.id in seen:
            raise BadCase(f"{path}: two cases have the id {case.id!r}, expected each once")
        seen.add(case.id)


def _fingerprint(*paths: Path | None) -> str:
    digest = hashlib.sha256()
    for path in paths:
        if path is not None:
            digest.update(path.read_bytes())
    return digest.hexdigest()[:16]

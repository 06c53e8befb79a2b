"""A folder with an eval set into its cases.

A set is `cases.jsonl` and, unless it is asked of the archive at hand, `articles.jsonl`; each may be gzipped
(`.gz`). A case with a `paragraph` or `passages` brings its own text, and is asked of that alone. A set of
claims is `claims.jsonl` instead: a claim, the text it is made of, and whether that supports it.
"""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from bot.answers.answer import Reason
from bot.answers.asked import Asked
from index.dates import known_day
from index.errors import BadInput
from index.records import Filters

BUILT_IN = Path(__file__).resolve().parent

Record = TypeVar("Record", bound=BaseModel)


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
    """One question and what is expected.

    `answer` holds groups of alternatives, each of which needs one; None: abstain. Where the field is left out
    altogether, nothing is expected of the answer, and only what was found is judged.
    """

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
    published: str | None = None
    evidence: str | None = None
    yesno: Literal["yes", "no"] | None = None
    note: str = ""
    choices: tuple[str, ...] = ()
    paragraph: str | None = None
    passages: tuple[CasePassage, ...] = ()
    insights: tuple[Insight, ...] = ()

    @property
    def to_ask(self) -> Asked:
        """The question as any front end asks it."""
        return Asked(self.question, self.filters.record(), self.history, asked_on=known_day(self.asked))

    @property
    def to_abstain(self) -> bool:
        """Whether the right answer is none."""
        return self.answer is None and "answer" in self.model_fields_set

    @property
    def own_texts(self) -> tuple[str, ...]:
        """The texts that it is to be asked of alone, if it brings any."""
        return (self.paragraph,) if self.paragraph else tuple(passage.text for passage in self.passages)


class Claim(BaseModel):
    """A statement, the text or passages that it is held against, and whether these support it.

    `supported` is None where judges found it partly so; a set that gives a `stance` instead supports what is
    "completely-support".
    """

    model_config = ConfigDict(extra="ignore", frozen=True)

    id: str
    set: str
    claim: str
    source: str = ""
    passages: tuple[str, ...] = ()
    stance: str = ""
    supported: bool | None = None

    @property
    def holds(self) -> bool | None:
        """Whether its text supports the whole of it; None where that is open."""
        return self.stance == "completely-support" if self.stance else self.supported

    @property
    def text(self) -> str:
        """All that it is held against."""
        return "\n\n".join([*filter(None, [self.source]), *self.passages])


@dataclass(frozen=True)
class EvalSet:
    """Cases, or claims, and where the articles are; `fingerprint` names exactly these cases and articles."""

    folder: Path
    cases: tuple[Case, ...]
    articles: Path | None
    fingerprint: str
    claims: tuple[Claim, ...] = ()

    @property
    def name(self) -> str:
        """What the set is called: its folder's name; the built-in one is "built-in"."""
        return "built-in" if self.is_built_in else self.folder.name

    @property
    def is_built_in(self) -> bool:
        """Whether these are Dateline's own cases, which are asked of `seeds/`."""
        return self.folder == BUILT_IN


def load_set(folder: Path) -> EvalSet:
    """The eval set in a folder.

    Raises:
        BadCase: there are no cases and no claims, or a line is none; the line and the fault are named.
    """
    articles, cases, claims = (_find(folder, name) for name in ("articles", "cases", "claims"))
    folder = folder.resolve()
    if cases is not None:
        read = tuple(_records(cases, Case))
        _expect_unique(cases, read)
        return EvalSet(folder, read, articles, _fingerprint(cases, articles))
    if claims is not None:
        return EvalSet(folder, (), None, _fingerprint(claims), tuple(_records(claims, Claim)))
    raise BadCase(f"{folder}: no cases.jsonl, expected a folder with one case a line in it")


def read_lines(path: Path) -> Iterator[str]:
    """The lines of a text file, gzipped or not, without their line ends."""
    with (
        gzip.open(path, "rt", encoding="utf-8")
        if path.suffix == ".gz"
        else path.open(encoding="utf-8") as file
    ):
        yield from (line.rstrip("\n") for line in file)


def _find(folder: Path, name: str) -> Path | None:
    names = (f"{name}.jsonl", f"{name}.jsonl.gz")
    return next((folder / found for found in names if (folder / found).is_file()), None)


def _records(path: Path, kind: type[Record]) -> Iterator[Record]:
    for number, line in enumerate(read_lines(path), start=1):
        if not line.strip():
            continue
        try:
            yield kind.model_validate(json.loads(line))
        except json.JSONDecodeError as exc:
            raise BadCase(
                f"{path} line {number}: {exc.msg} at column {exc.colno}, expected one JSON record"
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

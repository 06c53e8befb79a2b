"""Cases into what came back: each is asked, searched for and timed, and its quotes are checked."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from time import perf_counter
from typing import Protocol

from bot.answers.answer import Answer
from bot.answers.asked import Asked
from bot.showing.articles_json import CitationBody
from eval.answer_json import ShownAnswer, ShownHit
from eval.cases import Case
from eval.metrics.quote_exactness import Shown, quote_exactness
from eval.runs import CaseResult
from index.errors import DatelineError, NotInArchive
from index.records import Article, Hit

HITS = 20  # passages searched for: enough for ten articles of two passages each
AROUND = 160  # characters kept on either side of a quote, so that a report can show it in its place

Progress = Callable[[Case], None]


class Bodies(Protocol):
    """Where the articles are kept."""

    def article(self, article_id: str, *, revision: str | None = None) -> Article:
        """An article, with the body of that revision; raises `NotInArchive`."""

    def copies_of(self, article_id: str) -> Sequence[Article]:
        """The other articles of the same origin."""


class Subject(Protocol):
    """What is evaluated: the whole of Dateline over one archive."""

    @property
    def archive(self) -> Bodies:
        """What its quotes are checked against."""

    async def ask(self, asked: Asked) -> Answer:
        """The answer."""

    async def search(self, asked: Asked, *, limit: int) -> Sequence[Hit]:
        """The passages nearest to a question, best first."""


class Bench(Protocol):
    """Gives each case what it is to be asked of."""

    def subject(self, case: Case) -> AbstractContextManager[Subject]:
        """Open while the case is asked."""


class Judge(Protocol):
    """Grades an answer that code cannot match, as an LLM may."""

    @property
    def name(self) -> str:
        """Which judge, with its model and the version of its prompt."""

    async def grade(self, case: Case, answer: ShownAnswer) -> float | None:
        """0.0 (wrong) to 1.0 (right); None where it cannot tell."""


@dataclass(frozen=True)
class Asker:
    """Asks cases one after another, so that their times are those of a machine that does nothing else."""

    bench: Bench
    shown: Callable[[Answer], ShownAnswer]
    judge: Judge | None = None

    def ask_all(self, cases: Iterable[Case], *, progress: Progress) -> tuple[CaseResult, ...]:
        """What came back for each case, in order; `progress` is told when one is done."""
        return asyncio.run(self._ask_all(cases, progress))

    async def _ask_all(self, cases: Iterable[Case], progress: Progress) -> tuple[CaseResult, ...]:
        done = []
        for case in cases:
            with self.bench.subject(case) as subject:
                done.append(await self._ask(case, subject))
            progress(case)
        return tuple(done)

    async def _ask(self, case: Case, subject: Subject) -> CaseResult:
        """A fault of ours in one case is an answer that is missing; anything else ends the run."""
        began = perf_counter()
        try:
            answer = self.shown(await subject.ask(case.to_ask))
        except DatelineError as exc:
            return CaseResult(case=case.id, error=f"{type(exc).__name__}: {exc}")
        answered = perf_counter()
        found = await subject.search(case.to_ask, limit=HITS)
        searched = perf_counter()
        checks = list(_check(subject.archive, answer.all_citations()))
        return CaseResult(
            case=case.id,
            answer=answer,
            hits=tuple(map(shown_hit, found)),
            answer_ms=round(1000 * (answered - began), 2),
            search_ms=round(1000 * (searched - answered), 2),
            exactness=quote_exactness(checks),
            around=tuple(_around(check) for check in checks),
            origins=_origins(
                subject.archive, {shown.article.id for shown in answer.citations} | set(case.articles)
            ),
            judged=await self.judge.grade(case, answer) if self.judge and case.answer else None,
        )


def shown_hit(hit: Hit) -> ShownHit:
    """A hit as a run keeps it."""
    copies = tuple(copy.id for copy in hit.copies)
    return ShownHit(article=hit.article.id, copies=copies, text=hit.passage.text, score=hit.score)


def _check(archive: Bodies, citations: Iterable[CitationBody]) -> Iterator[Shown]:
    for shown in citations:
        try:
            body = archive.article(shown.article.id, revision=shown.revision).body
        except NotInArchive:
            body = None
        yield Shown(shown.quote, shown.start, shown.end, body)


def _around(check: Shown) -> tuple[str, str]:
    """The text before and after a quote, cut at a space."""
    if check.body is None:
        return "", ""
    before = check.body[max(0, check.start - AROUND) : check.start]
    after = check.body[check.end : check.end + AROUND]
    if len(before) == AROUND:
        before = "…" + before[before.find(" ") + 1 :]
    if len(after) == AROUND:
        after = after[: after.rfind(" ")] + " …"
    return before, after


def _origins(archive: Bodies, articles: Iterable[str]) -> dict[str, str]:
    """Each article's origin, named by the first id of its copies; those that are not there are left out."""
    origins = {}
    for article in sorted(articles):
        try:
            origins[article] = min([article, *(copy.id for copy in archive.copies_of(article))])
        except NotInArchive:
            continue
    return origins

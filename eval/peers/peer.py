"""A peer: something that indexes articles and finds passages, perhaps answers; and how it is measured."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from time import perf_counter, process_time
from typing import Protocol

from eval.answer_json import ShownAnswer, ShownHit
from eval.cases import Case
from eval.compare import Scores
from eval.measures import score_all
from eval.metrics.quote_exactness import Shown, quote_exactness
from eval.runs import CaseResult
from eval.summary import Summary, summarise
from index.records import Article

HITS = 20


class Peer(Protocol):
    """One way to search an archive. Default settings, the same encoder as Dateline where it takes one."""

    @property
    def name(self) -> str:
        """What the table calls it."""

    @property
    def set_up(self) -> str:
        """What somebody does to get it running, in a few words."""

    def index(self, articles: Sequence[Article]) -> int:
        """Make the articles findable; called once, timed. Returns how many it had to index."""

    def search(self, question: str, *, limit: int) -> list[ShownHit]:
        """The passages nearest to a question, best first."""

    def answer(self, question: str) -> ShownAnswer | None:
        """An answer, None from what only searches."""


@dataclass(frozen=True)
class Measured:
    """What a peer did on a set; `failure` says why it did nothing.

    `cpu_per_thousand` is the processor time in seconds that a thousand articles take to index, all threads
    together: unlike articles a second it hardly depends on what else the machine does.
    """

    name: str
    set_up: str
    articles_per_second: float | None = None
    cpu_per_thousand: float | None = None
    summary: Summary | None = None
    scores: Scores | None = None
    failure: str | None = None


def fair(cases: Sequence[Case]) -> list[Case]:
    """The cases that every peer can be asked: those without filters, earlier questions and own texts."""
    return [case for case in cases if not case.filters.record() and not case.history and not case.own_texts]


def sample(articles: Sequence[Article], named: Set[str], *, most: int | None) -> list[Article]:
    """All articles, or those named and as many others, drawn with a seed, as make `most`; in their order."""
    others = [article.id for article in articles if article.id not in named]
    room = len(others) if most is None else max(0, most - (len(articles) - len(others)))
    drawn = set(random.Random(0).sample(others, min(room, len(others))))
    return [article for article in articles if article.id in named or article.id in drawn]


def measure(peer: Peer, articles: Sequence[Article], *, cases: Sequence[Case]) -> Measured:
    """Index, ask every case, and count. The first question is asked once before: it loads and warms."""
    began, cpu_began = perf_counter(), process_time()
    indexed = peer.index(articles)
    speed = indexed / (perf_counter() - began) if indexed else None
    cpu = 1000 * (process_time() - cpu_began) / indexed if indexed else None
    peer.search(cases[0].question, limit=HITS)
    bodies = {article.id: article.body for article in articles}
    asked = {case.id: _ask(peer, case, bodies) for case in cases}
    scores = score_all(cases, asked)
    return Measured(peer.name, peer.set_up, speed, cpu, summarise(cases, asked, scores=scores), scores)


def _ask(peer: Peer, case: Case, bodies: Mapping[str, str]) -> CaseResult:
    began = perf_counter()
    hits = tuple(peer.search(case.question, limit=HITS))
    searched = perf_counter()
    answer = peer.answer(case.question)
    answered = perf_counter()
    return CaseResult(
        case=case.id,
        hits=hits,
        answer=answer,
        search_ms=1000 * (searched - began),
        answer_ms=1000 * (answered - searched) if answer else None,
        exactness=quote_exactness(_shown(answer, bodies)) if answer else None,
    )


def _shown(answer: ShownAnswer, bodies: Mapping[str, str]) -> list[Shown]:
    return [
        Shown(one.quote, one.start, one.end, bodies.get(one.article.id)) for one in answer.all_citations()
    ]

"""Candidates into an answer without an LLM: the sentences that answer, whole, and who says them."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncGenerator, Sequence
from itertools import takewhile
from types import MappingProxyType

from bot.answers.proposal import Candidate, ProposalPart, Proposed, Shorts, Weighed
from bot.answers.question import Question
from bot.proof.whole import quotation, whole_thought
from bot.speaking.speaker import Speakers
from index.records import Hit

MOST = 3  # sentences of an answer
NEAR = 0.7  # a further sentence must have this share of the best one's score …
REPEATED = 0.7  # … and at most this share of its words in a sentence that is quoted already

_WORD = re.compile(r"\w{3,}")

_NO_SHORTS: Shorts = MappingProxyType({})


class Quoter:
    """The answerer that needs no LLM."""

    async def propose(
        self, question: Question, weighed: Weighed, *, hits: Sequence[Hit]
    ) -> AsyncGenerator[ProposalPart, None]:
        """The best candidates as quotations; `weighed` holds at least one."""
        for one in await asyncio.to_thread(quote, weighed.candidates, weighed.shorts):
            yield one


def quote(candidates: Sequence[Candidate], shorts: Shorts = _NO_SHORTS) -> tuple[Proposed, ...]:
    """At most three quotations from articles of different origins, those that only repeat left out.

    `shorts` are the words that answer in a candidate (see `bot.answers.proposal.Weighed`).
    """
    return tuple(_proposed(candidate, shorts) for candidate in choose_different(candidates))


def choose_different(candidates: Sequence[Candidate]) -> list[Candidate]:
    """The best candidate, and up to two more that are nearly as good and add something from elsewhere."""
    chosen: list[Candidate] = []
    close = takewhile(lambda one: one.score >= NEAR * candidates[0].score, candidates)
    for candidate in close:
        if len(chosen) == MOST:
            break
        if not any(
            candidate.hit.origin == other.hit.origin or _repeats(candidate, other) for other in chosen
        ):
            chosen.append(candidate)
    return chosen


def _repeats(one: Candidate, other: Candidate) -> bool:
    """Whether a sentence's words stand in another already, nearly all of them."""
    mine, theirs = _words(one), _words(other)
    return bool(mine) and len(mine & theirs) > REPEATED * len(mine)


def _words(candidate: Candidate) -> set[str]:
    text = candidate.hit.article.body[candidate.span.start : candidate.span.end]
    return {word[:6] for word in _WORD.findall(text.lower())}


def _proposed(candidate: Candidate, shorts: Shorts) -> Proposed:
    article = candidate.hit.article
    speakers = Speakers(article)
    span = whole_thought(article, candidate.span, speakers)
    short = shorts.get((article.id, candidate.span))
    return quotation(candidate.hit, span, speakers.of(candidate.span), short=short)

"""Candidates into an answer without an LLM: the sentences that answer, whole, and who says them."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncGenerator, Iterable, Iterator, Sequence
from itertools import takewhile

from bot.answers.proposal import Candidate, Place, ProposalPart, Proposed, Shorts, Weighed
from bot.answers.question import Question
from bot.proof.whole import quotation, speaker_in, whole_thought
from bot.speaking.speaker import Speakers
from index.records import Hit

MOST = 3  # sentences of an answer
NEAR = 0.7  # a further sentence must have this share of the best one's score …
REPEATED = 0.7  # … and at most this share of its words in a sentence that is quoted already

STEP, MOST_STEPS = 0.1, 4  # the share of the best score that a step of a change has, and their number
MEMBER = 0.3  # the share that a further sentence of a list has

_WORD = re.compile(r"\d+|\w{3,}")


class Quoter:
    """The answerer that needs no LLM."""

    async def propose(
        self, question: Question, weighed: Weighed, *, hits: Sequence[Hit]
    ) -> AsyncGenerator[ProposalPart, None]:
        """The best candidates as quotations; `weighed` holds at least one."""
        for one in await asyncio.to_thread(quote, weighed):
            yield one


def quote(weighed: Weighed) -> tuple[Proposed, ...]:
    """At most three quotations of different origins, or in the form that is asked for."""
    candidates = weighed.candidates
    chosen = {"change": steps, "list": members}.get(weighed.form, choose_different)(candidates)
    return _once(_proposed(candidate, weighed.shorts) for candidate in chosen)


def steps(candidates: Sequence[Candidate]) -> list[Candidate]:
    """The likely candidates of two to four days, the oldest first, one a day; else `choose_different`."""
    of_day: dict[str, Candidate] = {}
    for one in _close(candidates, STEP):
        day = (one.hit.article.published or "")[:10]
        if day and not any(repeats(one, other) for other in of_day.values()):
            of_day.setdefault(day, one)
    days = sorted(list(of_day)[:MOST_STEPS])
    return [of_day[day] for day in days] if len(days) > 1 else choose_different(candidates)


def members(candidates: Sequence[Candidate]) -> list[Candidate]:
    """The best candidate and up to two likely ones of its article, in their order; or `choose_different`."""
    best = candidates[0]
    beside: list[Candidate] = [best]
    for one in _close(candidates, MEMBER):
        same = one.hit.article.id == best.hit.article.id
        if same and len(beside) < MOST and not any(repeats(one, other) for other in beside):
            beside.append(one)
    if len(beside) == 1:
        return choose_different(candidates)
    return sorted(beside, key=lambda one: one.span.start)


def choose_different(candidates: Sequence[Candidate]) -> list[Candidate]:
    """The best candidate, and up to two more that are nearly as good and add something from elsewhere."""
    chosen: list[Candidate] = []
    for candidate in _close(candidates, NEAR):
        if len(chosen) == MOST:
            break
        if not any(candidate.hit.origin == other.hit.origin or repeats(candidate, other) for other in chosen):
            chosen.append(candidate)
    return chosen


def _close(candidates: Sequence[Candidate], share: float) -> Iterator[Candidate]:
    """The candidates, best first, that have a share of the best one's score."""
    return takewhile(lambda one: one.score >= share * candidates[0].score, candidates)


def repeats(one: Candidate, other: Candidate) -> bool:
    """Whether a sentence's words stand in another already, nearly all of them and every figure.

    So does a photograph's caption in three articles.
    """
    mine, theirs = _words(one), _words(other)
    new = mine - theirs
    return bool(mine) and len(new) < (1 - REPEATED) * len(mine) and not any(map(str.isdigit, new))


def _words(candidate: Candidate) -> set[str]:
    text = candidate.hit.article.body[candidate.span.start : candidate.span.end]
    return {word[:6] for word in _WORD.findall(text.lower())}


def _once(proposed: Iterable[Proposed]) -> tuple[Proposed, ...]:
    """Those whose words do not stand in another one's place; each one's first place is its own."""
    every = tuple(proposed)
    places = [one.places[0] for one in every]
    return tuple(
        one
        for one, place in zip(every, places, strict=True)
        if not any(_within(place, other) for other in places)
    )


def _within(one: Place, other: Place) -> bool:
    """Whether a place is a part of another, and not all of it."""
    inside = other.span.start <= one.span.start and one.span.end <= other.span.end
    return inside and one.article.id == other.article.id and one.span != other.span


def _proposed(candidate: Candidate, shorts: Shorts) -> Proposed:
    article = candidate.hit.article
    speakers = Speakers(article)
    span = whole_thought(article, candidate.span, speakers)
    short = shorts.get((article.id, candidate.span))
    return quotation(candidate.hit, span, speaker_in(candidate.span, span, speakers), short=short)

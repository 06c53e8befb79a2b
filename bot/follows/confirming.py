"""Hits of a question into the origins that say what its answer says, and that the answer need not quote.

An answer repeats nobody: of three outlets that write the same sentence by themselves it quotes one. Whoever
follows a question wants to know of the other two.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bot.answering.quoting import REPEATED
from bot.answers.answer import Answer, Sentence
from bot.follows.records import HeldPlace
from bot.language.lexicon import Lexicon
from index.records import Hit, Span

_FIGURE = re.compile(r"\d+(?:[.,:]\d+)*")
_ASKED = 0.75  # of the words that carry a question, at least, are in a sentence that answers it


class Confirming:
    """Finds sentences that say what a quoted one does.

    They have nearly all of its words, and its figures; or what answers in it, and what is asked about.
    Denials are those of the quoted one.
    """

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon

    def places(self, answer: Answer, hits: Sequence[Hit]) -> list[HeldPlace]:
        """One place of each origin among the hits that confirms an answer and that no sentence cites."""
        by_number = {one.number: one.article.id for one in answer.citations}
        cited = {by_number[number] for one in answer.sentences for number in one.citations}
        behind = {hit.origin for hit in hits if cited & {one.id for one in (hit.article, *hit.copies)}}
        found: dict[str, HeldPlace] = {}
        for hit in hits:
            if hit.origin not in behind and hit.origin not in found:
                place = next(self._of(hit, answer), None)
                found |= {hit.origin: place} if place else {}
        return list(found.values())

    def _of(self, hit: Hit, answer: Answer) -> Iterator[HeldPlace]:
        """The sentences of a hit that say what one of an answer's does, with the short answer if there."""
        body, revision = hit.article.body, hit.passage.revision
        for span in hit.passage.sentences:
            text = body[span.start : span.end]
            if any(span.start < one.end and one.start < span.end for one in hit.withdrawn):
                continue
            said = next((one for one in answer.sentences if self._says(text, one, answer.question)), None)
            if said:
                at = text.find(_short(said)) if said.short else -1
                short = Span(span.start + at, span.start + at + len(_short(said))) if at >= 0 else None
                yield HeldPlace(hit.article.id, revision, span.start, span.end, short)

    def _says(self, text: str, said: Sentence, question: str) -> bool:
        mine, theirs, asked = (self._words(one) for one in (text, said.text, question))
        short = self._words(_short(said))
        repeats = len(mine & theirs) > REPEATED * len(theirs) and _figures(text) == _figures(said.text)
        answers = bool(short and asked) and short <= mine and len(asked & mine) >= _ASKED * len(asked)
        same_figures = _figures(_short(said)) <= _figures(text)
        return (
            (repeats or answers)
            and same_figures
            and short <= mine
            and self._denials(text) == self._denials(said.text)
        )

    def _words(self, text: str) -> frozenset[str]:
        """The keys of the words that carry a text."""
        return frozenset(word.key for word in self._lexicon.read(text) if not word.plain)

    def _denials(self, text: str) -> int:
        words = self._lexicon.read(text)
        return sum(word.low in self._lexicon.negations or word.low.endswith("n't") for word in words)


def _short(said: Sentence) -> str:
    return said.text[said.short.start : said.short.end] if said.short else ""


def _figures(text: str) -> set[str]:
    return set(_FIGURE.findall(text))

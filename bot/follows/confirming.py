"""Hits of a question into the origins that say what its answer says, and that the answer need not quote.

An answer repeats nobody: of three outlets that write the same sentence by themselves it quotes one. Whoever
follows a question wants to know of the other two.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bot.answering.quoting import REPEATED
from bot.answers.answer import Answer
from bot.follows.records import HeldPlace
from bot.language.lexicon import Lexicon
from index.copies.words import keys_of
from index.records import Hit, Span

_FIGURE = re.compile(r"\d+(?:[.,:]\d+)*")
_LONG = 3  # letters of a word that is compared


class Confirming:
    """Finds sentences that say what a quoted one does: nearly all of its words, its figures and denials."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon

    def places(self, answer: Answer, hits: Sequence[Hit]) -> list[HeldPlace]:
        """One place of each origin among the hits that confirms an answer and is not cited by it."""
        cited = {one.article.id for one in answer.citations}
        origins = {
            hit.origin
            for hit in hits
            if not cited.isdisjoint([hit.article.id, *(one.id for one in hit.copies)])
        }
        quoted = [
            (one.text, one.text[one.short.start : one.short.end] if one.short else "")
            for one in answer.sentences
        ]
        found: dict[str, HeldPlace] = {}
        for hit in hits:
            if hit.origin not in origins and hit.origin not in found:
                place = next(self._of(hit, quoted), None)
                found |= {hit.origin: place} if place else {}
        return list(found.values())

    def _of(self, hit: Hit, quoted: Sequence[tuple[str, str]]) -> Iterator[HeldPlace]:
        """The first sentence of a hit that says what one of the quoted does, each with its short answer."""
        body, revision = hit.article.body, hit.passage.revision
        for span in hit.passage.sentences:
            text = body[span.start : span.end]
            taken_back = any(span.start < one.end and one.start < span.end for one in hit.withdrawn)
            if taken_back or not any(self._says(text, quote, short) for quote, short in quoted):
                continue
            yield HeldPlace(hit.article.id, revision, span.start, span.end, _short(body, span, quoted))
            return

    def _says(self, text: str, quote: str, short: str) -> bool:
        mine, theirs = self._words(text), self._words(quote)
        same = len(mine & theirs)
        return (
            same > REPEATED * max(len(theirs), 1)
            and _FIGURE.findall(text) == _FIGURE.findall(quote)
            and self._denials(text) == self._denials(quote)
            and f" {' '.join(keys_of(short))} " in f" {' '.join(keys_of(text))} "
        )

    def _words(self, text: str) -> frozenset[str]:
        return frozenset(word.key for word in self._lexicon.read(text) if len(word.text) >= _LONG)

    def _denials(self, text: str) -> int:
        words = self._lexicon.read(text)
        return sum(word.low in self._lexicon.negations or word.low.endswith("n't") for word in words)


def _short(body: str, span: Span, quoted: Sequence[tuple[str, str]]) -> Span | None:
    """The short answer of a quotation where a sentence has it letter by letter."""
    for _, short in quoted:
        at = body.find(short, span.start, span.end) if short else -1
        if at >= 0:
            return Span(at, at + len(short))
    return None

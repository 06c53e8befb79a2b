"""Which runs of a sentence's words may be left out of it without changing what the rest says.

Only what its form shows to be harmless: who or what a name is, set off behind it; what lies behind ("after
…"); what followed, at the end; a title before a name; words that say only when, where the sentence names no
other time. A word inside a phrase always stays: any may be the one that matters
("the son of", "vice", "rarely", "in theory"), and so does every other part, for no list of those that take
back, condition or report would be whole ("…, Kyiv is convinced", "…, depending on the weather").
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, field
from functools import cached_property
from itertools import groupby

from bot.proof.appositions import cuts_name, is_apposition, is_role_ahead, is_title
from bot.proof.carriers import Carriers
from bot.proof.parts import ends_part, has_marks, is_circumstance, is_dateline, is_result
from bot.proof.times import tells_when
from bot.proof.tokens import SentenceWord
from bot.speaking.speech import SAYING

_SUPERLATIVE = re.compile(r".{2,}(?<!w)(?<!r)(?<!t)(?<!gu)(?<!fo)est$")


@dataclass(frozen=True)
class Omissions:
    """One sentence, and what may be left out of it.

    `owner` are the places of the words that say whose statement it is, where the wording says so itself;
    `told` those of each run of words that does.
    """

    words: Sequence[SentenceWord]
    lists: Carriers
    owner: Set[int] = frozenset()
    told: Sequence[Set[int]] = ()
    _known: dict[tuple[int, int, bool], bool] = field(default_factory=dict, repr=False, compare=False)

    def allow(self, start: int, end: int, *, comma: bool) -> bool:
        """Whether `words[start:end]` may go; `comma`: the wording has one where they stood.

        As one part, or as a part that is set off with titles and times beside it.
        """
        asked = start, end, comma
        if asked not in self._known:
            self._known[asked] = self._allowed(start, end, comma=comma)
        return self._known[asked]

    def _allowed(self, start: int, end: int, *, comma: bool) -> bool:
        runs = list(self._runs(start, end))
        inner = start > 0 and end < len(self.words)
        if inner and any(ends_part(word.before) for word in self.words[start : end + 1]):
            return not runs
        return all(self._is_harmless(one, other, comma=comma) for one, other in runs)

    def _runs(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """What is left of a run of words without those that say whose statement it is."""
        for is_owner, group in groupby(range(start, end), key=self.owner.__contains__):
            places = list(group)
            if not is_owner:
                yield places[0], places[-1] + 1

    def _is_harmless(self, start: int, end: int, *, comma: bool) -> bool:
        """Whether a run is one part, or one with a time or title beside it."""
        if self._is_part(start, end, comma=comma) or self._is_small(start, end):
            return True
        return any(
            (self._is_small(start, middle) and self._is_part(middle, end, comma=comma))
            or (self._is_part(start, middle, comma=comma) and self._is_small(middle, end))
            or (self._is_small(start, middle) and self._is_small(middle, end))
            for middle in range(start + 1, end)
        )

    def _is_part(self, start: int, end: int, *, comma: bool) -> bool:
        """A whole part of the sentence that carries nothing of what the rest says."""
        words, lists = self.words, self.lists
        if start == 0 and self._joins(end):
            return True
        if self._carries(start, end):
            return False
        if start == 0:
            return is_dateline(words, end) or is_role_ahead(words, end, lists=lists)
        last = all(n in self.owner for n in range(end, len(words)))  # but for who says it
        return (
            is_circumstance(words, start, end, last=last)
            or (last and is_result(words, start, end, lists=lists))
            or (not comma and is_apposition(words, start, end, lists=lists, last=last))
        )

    def _joins(self, end: int) -> bool:
        """A word that ties the sentence to the one before: "But | the ferry"; not of "Still waters"."""
        run = tuple(word.low for word in self.words[:end])
        if run not in self.lists.joining or end == len(self.words):
            return False
        tied = run == ("and",) or (run == ("but",) and self.words[end].low != "for")
        return tied or "," in self.words[end].before

    def _is_small(self, start: int, end: int) -> bool:
        """Words that say only when or nothing, or a title before a name."""
        words, lists = self.words, self.lists
        part = tuple(word.low for word in words[start:end])
        if part == ("that",):
            return start > 0 and words[start - 1].low in SAYING
        if is_title(words, start, end, lists=lists):
            return True
        if has_marks(words[start + 1 : end]) or self._widens(start, end) or cuts_name(words, start, end):
            return False
        return self._is_loose(part, end) or tells_when(words, start, end, lists=lists)

    def _is_loose(self, part: tuple[str, ...], end: int) -> bool:
        """Words that add nothing; several end a part, unlike "as well as", "so far from"."""
        ended = end == len(self.words) or has_marks(self.words[end : end + 1])
        return part in self.lists.loose and (len(part) == 1 or ended)

    def _widens(self, start: int, end: int) -> bool:
        """Whether a part less would say more, for what stands around it: "no troops left | on Monday"."""
        words = self.words
        after = end if start else end + 1  # "On Monday, | no troops left"
        ends = (n for n in range(after, len(words)) if has_marks(words[n : n + 1]) or words[n].low == "that")
        lows = [word.low for word in (*words[:start], *words[end : next(ends, len(words))])]
        return self.lists.widening.any_of(lows) or any(_SUPERLATIVE.match(low) for low in lows)

    def _carries(self, start: int, end: int) -> bool:
        """Whether a part denies, doubts, conditions or takes back, or says by whose word it is so."""
        part = [word.low for word in self.words[start:end]]
        told = any(span <= {*range(start, end)} - self.owner for span in self.told)
        return told or not SAYING.isdisjoint(part) or self.lists.turning.any_of(part)

    @cached_property
    def bound(self) -> tuple[tuple[int, int], ...]:
        """The places of words that stand or fall together: "from" and "to", "both" and "and"."""
        lows = [word.low for word in self.words]
        return tuple(
            (n, n + 2 + lows[n + 2 : n + 10].index(second))
            for n, low in enumerate(lows)
            for first, second in self.lists.pairs
            if low == first and second in lows[n + 2 : n + 10]
        )

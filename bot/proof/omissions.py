"""Which runs of a sentence's words may be left out of it without changing what the rest says.

Only what is known to be harmless: a part that the sentence's own punctuation sets off and that begins as an
apposition, a relative or a participle does; an adjunct before the first comma; a circumstance at the end;
words that say only when; a title before a name. A word inside a phrase always stays: any may be the one that
matters ("the son of", "vice", "rarely", "in theory"), and no list of those that do would be whole.
"""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise

from bot.proof.carriers import Carriers
from bot.proof.tokens import SentenceWord
from bot.speaking.speech import SAYING, is_person
from bot.speaking.verbs import VERBS

_MARKS = frozenset(",;(—–-")
_CLOSING = frozenset(",)—–-")
_PARTS = frozenset(",;:()—–?!")
_DASHES = frozenset("—–-")
_RELATIVE = frozenset(("who", "which", "whose", "where", "whom"))
_ARTICLES = frozenset(("a", "an", "the"))
_SUPERLATIVE = re.compile(r".{2,}(?<!w)(?<!r)(?<!t)(?<!gu)(?<!fo)est$")
_YEAR = re.compile(r"(?:19|20)\d\d$")
_DATELINE = 3  # words before the dash that follows where a report was written
_TITLE = 5  # words of a title before a name
_ATTRIBUTES = 6  # words: a verb that ends so short a part may be whose word it is, "the indictment charges"
_HEAD = 3  # words at the head of a circumstance that say how it hangs on the rest
_COUNTED = 3  # words before a list among which its figure stands: "12 soldiers, a policeman and two others"


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
        if all(n in self.owner for n in range(start, end)):
            return True
        inner = start > 0 and end < len(self.words)
        if inner and any(_ends_part(word.before) for word in self.words[start : end + 1]):
            return False
        if self._is_part(start, end, comma=comma) or self._is_small(start, end):
            return True
        return any(
            (self._is_small(start, middle) and self._is_part(middle, end, comma=comma))
            or (self._is_part(start, middle, comma=comma) and self._is_small(middle, end))
            or (self._is_small(start, middle) and self._is_small(middle, end))
            for middle in range(start + 1, end)
        )

    def _lows(self, start: int, end: int) -> list[str]:
        """The words of a run but for those that say whose statement it is."""
        return [word.low for n, word in enumerate(self.words[start:end], start) if n not in self.owner]

    def _is_part(self, start: int, end: int, *, comma: bool) -> bool:
        """A whole part of the sentence that carries nothing of what the rest says."""
        part = self._lows(start, end)
        if not part:
            return False
        if start == 0 and tuple(part) in self.lists.joining:
            return True
        if end == len(self.words) and part[0] in self.lists.circumstances:
            first = next(n for n in range(start, end) if n not in self.owner)
            return not self._widens(self._clause(first), first) and self._is_circumstance(first, end)
        if self._carries(part) or self._reports(start, end):
            return False
        if start == 0:
            return self._leads(part, end)
        set_off = not _MARKS.isdisjoint(self.words[start].before)
        return set_off and self._is_set_off(part, start, end=end, comma=comma)

    def _leads(self, part: Sequence[str], end: int) -> bool:
        """An adjunct before the first comma, or a dateline: "In a letter on Monday, | …"."""
        first, after = part[0], self.words[end].before if end < len(self.words) else ""
        if self._is_dateline(end):
            return True
        if "," not in after or self._has_marks(1, end):
            return False
        if is_person(part[-1]) and self.words[end].capital:
            return True  # "Norway's fisheries minister, | Anna Lund, …"
        return first in self.lists.circumstances or (first in self.lists.phrases and self._is_plain(1, end))

    def _is_dateline(self, end: int) -> bool:
        marks = set(self.words[end].before) if end < len(self.words) else set()
        return bool(marks & _DASHES) and end <= _DATELINE and all(word.capital for word in self.words[:end])

    def _is_set_off(self, part: Sequence[str], start: int, *, end: int, comma: bool) -> bool:
        """A part from a mark to the end, or between two marks: "the union, | which has members, | says"."""
        first = self.words[start]
        opens = (
            part[0] in _RELATIVE | _ARTICLES
            or part[0].endswith("ing")
            or part[0] == "and"
            or part[0] in self.lists.circumstances
            or (part[0] == "as" and len(part) > _TITLE and end == len(self.words))
            or (part[0] in self.lists.phrases and self._is_plain(start + 1, end))
            or (first.capital and len(part) <= _TITLE)
            or (first.low.isdigit() and len(part) == 1)
        )
        if not opens or self._in_list(start, end):
            return False
        if end == len(self.words):
            return True
        listed = part[0] not in _RELATIVE | {"and"} and not part[0].endswith("ing")
        closed = not _CLOSING.isdisjoint(self.words[end].before)
        return closed and not self._has_marks(start + 1, end) and not (comma and listed)

    def _is_circumstance(self, start: int, end: int) -> bool:
        """A circumstance at the end, with what hangs on it: "…| after a meeting, which lasted long".

        Its own words are its own affair; what follows behind a mark may speak of the whole sentence again.
        """
        marks = [n for n in range(start + 1, end) if not _PARTS.isdisjoint(self.words[n].before)]
        starts = [start, *marks]
        parts = [self._lows(one, other) for one, other in pairwise([*starts, end])]
        head = parts[0][:_HEAD]
        if self._carries(head) or any(self._reports(one, other) for one, other in pairwise([*starts, end])):
            return False
        return not any(self._carries(part) for part in parts[1:] if part and part[0] not in _RELATIVE)

    def _is_plain(self, start: int, end: int) -> bool:
        """Whether words are but names, times, and things that are said or written: "a letter on Monday"."""
        return all(
            word.capital
            or word.low in self.lists.occasions
            or word.low in self.lists.times
            or _YEAR.match(word.low)
            for word in self.words[start:end]
        )

    def _is_small(self, start: int, end: int) -> bool:
        """Words that say only when or nothing, or a title before a name."""
        part = tuple(word.low for word in self.words[start:end])
        if part == ("that",):
            return start > 0 and self.words[start - 1].low in SAYING
        if self._has_marks(start + 1, end) or self._widens(0, start) or self._cuts_name(start, end):
            return self._is_title(start, end)
        return part in self.lists.loose or self._is_time(start, end) or self._is_title(start, end)

    def _is_time(self, start: int, end: int) -> bool:
        """Words that say only when: "on Monday", "last week", "in October 2020"."""
        part = self.words[start:end]
        months = {n for n, word in enumerate(part) if word.capital and word.low in self.lists.months}
        anchored = bool(months) or any(
            word.low in self.lists.days
            or (word.capital and word.low in self.lists.weekdays)
            or _YEAR.match(word.low)
            for word in part
        )
        span = {word.low for word in part} & {"week", "month", "year", "night"}
        turned = {word.low for word in part} & {"last", "this", "next"}
        return (anchored or bool(span and turned)) and all(
            n in months
            or word.low in self.lists.times
            or word.low in self.lists.days
            or (word.capital and word.low in self.lists.weekdays)
            or _YEAR.match(word.low)
            or (word.low.isdigit() and {n - 1, n + 1} & months)
            for n, word in enumerate(part)
        )

    def _is_title(self, start: int, end: int) -> bool:
        """A title right before a name: "the fisheries minister | Anna Lund"."""
        part = self.words[start:end]
        return (
            end < len(self.words)
            and len(part) <= _TITLE
            and self.words[end].capital
            and self.words[end].before in ("", ".")
            and is_person(part[-1].low)
            and not self._has_marks(start + 1, end)
            and all(word.capital or word.low in self.lists.offices for word in part[1:-1])
            and (
                part[0].capital
                or part[0].low in _ARTICLES
                or part[0].low in self.lists.offices
                or len(part) == 1
            )
            and (
                start == 0 or bool(self.words[start].before) or self.words[start - 1].low in SAYING | {"that"}
            )
        )

    def _cuts_name(self, start: int, end: int) -> bool:
        """Whether a name would lose a part: "Sunday | Times", "Black | Friday"."""
        before, after = self.words[start - 1 : start], self.words[end : end + 1]
        joined = (
            bool(before) and before[0].capital and self.words[start].capital and not self.words[start].before
        )
        return joined or bool(
            after and after[0].capital and self.words[end - 1].capital and not after[0].before
        )

    def _has_marks(self, start: int, end: int) -> bool:
        return any(not _PARTS.isdisjoint(word.before) for word in self.words[start:end])

    def _clause(self, at: int) -> int:
        """Where the words since the last mark before a place begin."""
        marks = (n for n in range(at, 0, -1) if not _PARTS.isdisjoint(self.words[n].before))
        return next(marks, 0)

    def _widens(self, start: int, end: int) -> bool:
        """Whether a part less would say more, for what stands before it: "no troops left | on Monday"."""
        lows = [word.low for word in self.words[start:end]]
        return self.lists.widening.any_of(lows) or any(_SUPERLATIVE.match(low) for low in lows)

    def _in_list(self, start: int, end: int) -> bool:
        """Whether what goes is the rest of what is counted: "12 soldiers, a policeman and two others"."""
        before = [word.low for word in self.words[max(0, start - _COUNTED) : start]]
        counted = any(low[0].isdigit() or low in self.lists.numbers for low in before)
        rest = [word.low for word in self.words[start : min(end, start + 8)]]
        return counted and "and" in rest[1:] and rest[0] not in _RELATIVE and not rest[0].endswith("ing")

    def _carries(self, part: Sequence[str]) -> bool:
        """Whether a part denies, doubts, conditions or takes back, anywhere in it.

        What somebody fears or plans is told in a relative or participle as a thing of its own.
        """
        lists = self.lists
        own = part[0] in _RELATIVE or part[0].endswith("ing")
        found = lists.conditions.any_of(part) or lists.turning.any_of(part) or part[0] in lists.inverted
        return found or (not own and lists.attitude.any_of(part))

    def _reports(self, start: int, end: int) -> bool:
        """Whether a part says by whose word the rest is so: "…, the ministry said", "…, in Lund's view"."""
        part = self._lows(start, end)
        if part[0] in ("saying", "adding"):
            return False
        told = any(span <= {*range(start, end)} - self.owner for span in self.told)
        short = len(part) <= _ATTRIBUTES and (not SAYING.isdisjoint(part) or part[-1] in VERBS)
        return told or short or self.lists.owning.any_of(part)

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


def _ends_part(marks: str) -> bool:
    """Whether marks within a part end it, and are not those of an abbreviation: "R-Ga., a senator"."""
    return bool(set(marks) & set(";:?!")) or ("." in marks and "," not in marks)

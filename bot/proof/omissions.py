"""Which runs of a sentence's words may be left out of it without changing what the rest says.

A part that the sentence's own punctuation sets off may go, unless it turns or conditions the rest, or tells
who says it. Within a clause a modifier or a phrase may go where less says less: "[foreign] troops left [on
Monday]", but neither in "no foreign troops" nor in "the first female president" (upward and downward
monotone contexts; MacCartney & Manning, "Natural logic for textual inference", 2007). The head of a phrase, a
part of a name and whatever carries the claim (`carriers.toml`) stay.
"""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from dataclasses import dataclass, field
from functools import cached_property

from bot.language.words import listed
from bot.proof.carriers import Carriers
from bot.proof.tokens import Word
from bot.speaking.speech import PREPOSITIONS, SAYING, is_person

_MARKS = frozenset(",;(—–-")
_CLOSING = frozenset(",)—–-")
_PARTS = frozenset(",;:()—–")
_DASHES = frozenset("—–-")
_DATELINE = 3  # words before the dash that follows where a report was written
_SAYING_ON = frozenset(("saying", "adding"))
_RELATIVE = frozenset(("who", "which", "whose", "where", "whom"))
_JOINING = frozenset(("and", "or", "but", "so", "yet", "nor", "while", "whereas"))
_ADDING = frozenset(("and", "but", "yet"))
_HEADS = (
    PREPOSITIONS | _RELATIVE | {"that", "'s", "and", "or", "than", "as"}
)  # what follows these hangs on them
_ADJECTIVE = re.compile(r".{2,}(?:al|ic|ous|ive|ful|able|ible|ary|ish|ian|ese|ly)$")
_SUPERLATIVE = re.compile(r".{2,}(?<!w)(?<!r)(?<!t)(?<!gu)(?<!fo)est$")
_INNER = 8  # words of a phrase within a clause; a longer one may hold another
_HEAD = 3  # words at the head of a part that say how it hangs on the rest
_CLAUSES = frozenset(("after", "since", "because", "while", "amid", "as", "when"))
_VERBS = frozenset(("is", "are", "was", "were", "has", "have", "had", "will", "would"))
_NAMED = frozenset(("may", "march", "mar", "august", "sat", "sun"))  # with a capital: months and days
_ARTICLES = frozenset(("the", "a", "an"))
_AROUND_TIME = frozenset(("on", "in", "at", "by", "the", "of"))
_TURNS_ASIDE = _JOINING - {"and"} | {"with"}
_COUNTED = 3  # words before a list among which its figure stands: "12 soldiers, police and civilians"
_NUMBERS = frozenset(
    listed(
        "two three four five six seven eight nine ten eleven twelve dozen dozens hundreds thousands scores"
    )
)


@dataclass(frozen=True)
class Omissions:
    """One sentence, and what may be left out of it.

    `owner` are the places of the words that say whose statement it is, where the wording says so itself;
    `told` those of all words that do.
    """

    words: Sequence[Word]
    lists: Carriers
    owner: Set[int] = frozenset()
    told: Set[int] = frozenset()
    _known: dict[tuple[int, int, bool], bool] = field(default_factory=dict, repr=False, compare=False)

    def allow(self, start: int, end: int, *, comma: bool) -> bool:
        """Whether `words[start:end]` may go; `comma`: the wording has one where they stood."""
        asked = start, end, comma
        if asked not in self._known:
            self._known[asked] = self._allowed(start, end, comma=comma)
        return self._known[asked]

    def _allowed(self, start: int, end: int, *, comma: bool) -> bool:
        """Whether a run may go, as one part or as several one after another."""
        inner = start > 0 and end < len(self.words)
        if inner and any(_ends_part(word.before) for word in self.words[start : end + 1]):
            return False
        if self._allows(start, end, comma=comma):
            return True
        return any(
            self._allows(start, middle, comma=comma) and self.allow(middle, end, comma=comma)
            for middle in range(start + 1, end)
        )

    def _allows(self, start: int, end: int, *, comma: bool) -> bool:
        """Whether a run may go as one part."""
        gap = [word.low for n, word in enumerate(self.words[start:end], start) if n not in self.owner]
        if not gap or gap == ["that"]:
            return True
        if start == 0 and self._leads(gap, end):
            return True
        if self._is_set_off(gap, start, end, comma=comma):
            return True
        return not self._widens(start) and self._is_within(gap, start, end)

    def _leads(self, gap: Sequence[str], end: int) -> bool:
        """A part before the first comma: "In a letter on Monday, | …", "Clashes went on, and | …"."""
        joined = gap[-1] in _ADDING
        if joined and len(gap) == 1:
            return True
        marks = self.words[end - joined].before
        ends = "," in marks or (bool(_DASHES & set(marks)) and end <= _DATELINE)
        gap = gap[gap[0] in _ADDING : len(gap) - joined]
        head = len(gap) if joined else _HEAD
        return (
            ends
            and gap[0] not in self.lists.leading
            and not self._turns(gap, head=head)
            and not self.lists.attitude.any_of(gap[:head])
            and not self._reports(0, end)
        )

    def _is_set_off(self, gap: Sequence[str], start: int, end: int, *, comma: bool) -> bool:
        """A part from a mark to the end, or between two: "the union, | which has members, | says"."""
        if start == 0 or _MARKS.isdisjoint(self.words[start].before) or self._in_list(start, end):
            return False
        if end < len(self.words):
            inner = self.words[start + 1 : end]
            listed = gap[0] not in _RELATIVE | {"and"} and not gap[0].endswith("ing")
            if _CLOSING.isdisjoint(self.words[end].before) or (comma and listed):
                return False
            if any(_ends_part(word.before) or (word.before and word.low in _JOINING) for word in inner):
                return False
        if gap[0] in _RELATIVE or gap[:2] == ["so", "that"]:
            return True
        return gap[0] not in _TURNS_ASIDE and not self._turns(gap) and not self._reports(start, end)

    def _is_within(self, gap: Sequence[str], start: int, end: int) -> bool:
        """A part of a clause that carries nothing: a time, a role before a name, a phrase, a modifier."""
        lists = self.lists
        if any(not _PARTS.isdisjoint(word.before) for word in self.words[start + 1 : end]):
            return False
        if tuple(gap) in lists.loose or self._is_time(start, end):
            return True
        if self._is_role(gap, start, end) or self._is_joined_verb(gap, end):
            return True
        if self._cuts_name(start, end) or self._turns(gap, head=_HEAD):
            return False
        if self._is_phrase(gap, start, end):
            return True
        carries = lists.attitude.any_of(gap) or lists.binding.any_of(gap) or self._reports(start, end)
        return not carries and self._is_modifier(gap, start, end)

    def _is_time(self, start: int, end: int) -> bool:
        """Words that say only when: "on Monday", "last week", "in the spring of", but no "may close"."""
        part = self.words[start:end]
        times = [
            word.low.isdigit() or (word.low in self.lists.times and (word.capital or word.low not in _NAMED))
            for word in part
        ]
        return any(times) and all(
            time or word.low in _AROUND_TIME for word, time in zip(part, times, strict=True)
        )

    def _is_role(self, gap: Sequence[str], start: int, end: int) -> bool:
        """A role right before a name: "the fisheries minister | Anna Lund"."""
        return (
            end < len(self.words)
            and self.words[end].capital
            and self.words[end].before in ("", ".")
            and (
                is_person(gap[-1])
                or (gap[0] in _ARTICLES and len(gap) > 1 and not self.words[end - 1].capital)
            )
            and _HEADS.isdisjoint(gap)
            and (
                start == 0
                or bool(self.words[start].before)
                or self.words[start - 1].low in self.lists.following
            )
        )

    def _is_phrase(self, gap: Sequence[str], start: int, end: int) -> bool:
        """A phrase of place, time or circumstance, whole: "met officials | in Moscow | on Monday".

        How it hangs on the rest is told by its head; what follows that is its own affair, as far as it
        reaches to a mark or the end.
        """
        lists = self.lists
        first = gap[0] in lists.phrases
        ends = end == len(self.words) or bool(self.words[end].before)
        if start == 0 or self._in_list(start, end) or (self._reports(start, end) and gap[0] not in _CLAUSES):
            return False
        checked = gap[first : _HEAD if ends else len(gap)]
        if lists.binding.any_of(checked) or lists.attitude.any_of(checked):
            return False
        if ends:
            return first or (end == len(self.words) and (gap[0] == "and" or gap[:2] == ["so", "that"]))
        whole = len(gap) <= _INNER and self.words[end].low in lists.following
        return (first or gap[0] == "of") and whole and _RELATIVE.isdisjoint(gap) and "that" not in gap

    def _is_joined_verb(self, gap: Sequence[str], end: int) -> bool:
        """The first of two things that one subject does: "It | will land on Sunday and | will be opened"."""
        follows = self.words[end].low if end < len(self.words) else ""
        return (
            gap[0] == follows
            and follows in _VERBS
            and gap[-1] == "and"
            and not self._turns(gap, head=len(gap))
            and not self.lists.attitude.any_of(gap[1:])
            and not self._reports(end - len(gap), end)
        )

    def _is_modifier(self, gap: Sequence[str], start: int, end: int) -> bool:
        """A word or two before a noun: "the | single narrow | road", "| dependable | security"."""
        if end == len(self.words) or len(gap) > 2 or gap[-1] in _HEADS:
            return False
        after = self.words[end]
        if after.before or after.low in self.lists.following:
            return all(low.endswith("ly") for low in gap)
        placed = start > 0 and self.words[start - 1].low in self.lists.determiners
        return placed or all(_ADJECTIVE.match(low) for low in gap)

    def _cuts_name(self, start: int, end: int) -> bool:
        """Whether a name would lose a part: "North | Korea", "Bank | of America"."""
        before = self.words[start - 1] if start else None
        after = self.words[end] if end < len(self.words) else None
        first, last = self.words[start], self.words[end - 1]
        if before and before.capital and not first.before and (first.capital or first.low in ("of", "'s")):
            return True
        return bool(after and after.capital and last.capital and not after.before)

    def _widens(self, start: int) -> bool:
        """Whether a part less would say more, for what stands before it."""
        lows = [word.low for word in self.words[:start]]
        return self.lists.widening.any_of(lows) or any(_SUPERLATIVE.match(low) for low in lows)

    def _in_list(self, start: int, end: int) -> bool:
        """Whether what goes is the rest of what is counted: "12 soldiers, police and civilians"."""
        before = [word.low for word in self.words[max(0, start - _COUNTED) : start]]
        counted = any(low[0].isdigit() or low in _NUMBERS for low in before)
        rest = [word.low for word in self.words[start : min(end, start + 8)]]
        return counted and "and" in rest[1:] and rest[0] not in _RELATIVE and not rest[0].endswith("ing")

    def _turns(self, gap: Sequence[str], *, head: int = 2) -> bool:
        """Whether a part conditions the rest, or its first words turn it."""
        return self.lists.conditions.any_of(gap) or self.lists.turning.any_of(gap[:head])

    def _reports(self, start: int, end: int) -> bool:
        """Whether a part says by whose word the rest is so: "…, the ministry said", "…, in Lund's view".

        A verb of saying in a short part, or what reading speakers found in it.
        """
        part = [word.low for n, word in enumerate(self.words[start:end], start) if n not in self.owner]
        if part[0] in _SAYING_ON:
            return False
        short = len(part) <= _INNER and not SAYING.isdisjoint(part)
        told = any(start <= n < end for n in self.told - self.owner)
        return short or told or self.lists.owning.any_of(part[:_INNER])

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

"""Two reports into how they differ, if they tell of one event and agree in the rest.

One difference among much that agrees is a difference; several mean that the reports tell of two events. That
is the rule throughout: "two were killed near Tasik" and "three were killed near Orun" are two attacks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from bot.differing.reports import Day, Name, Report, Vocabulary, is_country, near_in_time, published_day
from bot.lexicon import Word
from bot.speech import is_person
from bot.variants import same_name
from bot.verify.quantities import Quantity, holding
from bot.verify.support import weigh
from index.records import Span

Kind = Literal["figure", "date", "place", "actor", "wording", "update", "agreed"]

DAYS = 4  # apart, at most, for two reports of one event
ALIKE = 0.45  # the share of the shorter one's words that both must have
VERY_ALIKE = 0.6  # … where a name is what differs
FAR = 20  # times as much: no figure of the same thing
_AT_THE_START = 12  # characters before a name that is the subject: "The army of | Durana"


@dataclass(frozen=True)
class Pair:
    """How two reports stand to one another: what kind, and the words of each as spans of their bodies."""

    kind: Kind
    one: Span
    other: Span


@dataclass(frozen=True)
class _Shared:
    """What two reports share: the share of the shorter one's words, and how many; names, and those of one."""

    share: float
    of_both: float  # the share of the longer one's words
    words: int
    names: int
    only_one: tuple[Name, ...]
    only_other: tuple[Name, ...]

    @property
    def anchored(self) -> bool:
        """Whether enough is shared to speak of one event: a name, or nearly all of several words."""
        if self.names:
            return self.share >= ALIKE
        return self.of_both >= VERY_ALIKE and self.words >= 3


def compare(one: Report, other: Report, vocabulary: Vocabulary) -> Pair | None:
    """How two reports of one event differ; "agreed" where a figure or date of both is the same; else None."""
    if not near_in_time(one.article, other.article, days=DAYS):
        return None
    shared = _share(one, other, vocabulary)
    if not shared.anchored:
        return None
    parts = (
        _figures(one, other, vocabulary),
        _dates(one, other, vocabulary),
        _named(one, other, shared),
        _wording(one, other),
    )
    found = [part for part in parts if part]
    differing = [part for part in found if part.kind != "agreed"]
    if differing and _replaced(one, other, vocabulary):
        return None
    if len(differing) > 1 or (differing and not _is_sure(differing[0], shared)):
        return None
    return next(iter([*differing, *found]), None)


def _replaced(one: Report, other: Report, vocabulary: Vocabulary) -> bool:
    """Whether a plain noun stands in another's place: "the pension law", "the water law" are two things."""
    frames = dict(_framed(other))
    for frame, word in _framed(one):
        there = frames.get(frame)
        if there and not (vocabulary.words.same(word.key, there.key) or _are_loaded(one, word, other, there)):
            return True
    return False


def _framed(report: Report) -> Iterator[tuple[str, Word]]:
    """The plain words after "the" or "a", each under what follows: "law", or "at Marlow"."""
    words = report.words
    for at in range(1, len(words) - 1):
        word, after = words[at], words[at + 1]
        if words[at - 1].low not in ("the", "a", "an") or word.name or word.number or word.plain:
            continue
        if after.plain and at + 2 < len(words):
            yield f"{after.key} {words[at + 2].key}", word
        elif not (after.plain or after.number):
            yield after.key, word


def _are_loaded(one: Report, word: Word, other: Report, there: Word) -> bool:
    return all(
        any(part.start <= at.start < part.end for part in report.loaded)
        for report, at in ((one, word), (other, there))
    )


def _is_sure(pair: Pair, shared: _Shared) -> bool:
    """Whether enough else agrees: more of it where a name is what differs, which may be another event's."""
    if pair.kind in ("place", "actor"):
        return shared.share >= VERY_ALIKE
    conflict = bool(shared.only_one and shared.only_other)
    return not conflict and (pair.kind != "date" or shared.share >= VERY_ALIKE)


def _share(one: Report, other: Report, vocabulary: Vocabulary) -> _Shared:
    lexicon, words = vocabulary.lexicon, vocabulary.words
    theirs = set(other.keys)
    only_one = tuple(
        name for name in one.names if not any(_same_name(name, b, one, other) for b in other.names)
    )
    only_other = tuple(
        name for name in other.names if not any(_same_name(b, name, one, other) for b in one.names)
    )
    only_one = tuple(name for name in only_one if not name.keys <= set(other.keys))
    only_other = tuple(name for name in only_other if not name.keys <= set(one.keys))
    odd = _keys_of_odd(only_one, only_other)
    held = [
        key
        for key in one.keys
        if key not in odd and (key in theirs or any(words.same(key, b) for b in theirs))
    ]
    totals = [sum(weigh(key, lexicon) for key in keys if key not in odd) for keys in (one.keys, other.keys)]
    weight = sum(weigh(key, lexicon) for key in held)
    return _Shared(
        weight / min(totals) if min(totals) else 0.0,
        weight / max(totals) if min(totals) else 0.0,
        len(held),
        len(one.names) - len(only_one),
        only_one,
        only_other,
    )


def _keys_of_odd(only_one: Sequence[Name], only_other: Sequence[Name]) -> frozenset[str]:
    """The keys of the two names that stand in one another's place, which the rest must do without."""
    if len(only_one) != 1 or len(only_other) != 1:
        return frozenset()
    return only_one[0].keys | only_other[0].keys


def _same_name(name: Name, other: Name, one: Report, there: Report) -> bool:
    """Whether two names are of one thing: "Lavrov", "Sergei Lavroff"; "Beloria", "Belorian"."""
    if name.keys & other.keys:
        return True
    mine, theirs = (
        one.text[name.start : name.end].split()[-1],
        there.text[other.start : other.end].split()[-1],
    )
    short = min(len(mine), len(theirs))
    return same_name(mine, theirs) or (
        short >= 5 and mine[: short - 1].lower() == theirs[: short - 1].lower()
    )


# Figures and dates


def _figures(one: Report, other: Report, vocabulary: Vocabulary) -> Pair | None:
    """The first figure that both give of one thing: the same, another, or a newer one."""
    mine, theirs = list(one.quantities), list(other.quantities)
    agreed: Pair | None = None
    for first in list(mine):
        for second in list(theirs):
            if first in mine and _is_same(first, second):
                mine.remove(first)
                theirs.remove(second)
                agreed = agreed or _pair("agreed", one, first, other, second)
    for first in mine:
        alike = [second for second in theirs if _comparable(first, second, vocabulary)]
        if not alike and len(mine) == len(theirs) == 1 and _is_alone(first, theirs[0]):
            alike = theirs
        if len(alike) == 1 and 1 / FAR < (_size(first) or 1) / (_size(alike[0]) or 1) < FAR:
            kind: Kind = "update" if _is_newer(one, other, first, alike[0]) else "figure"
            return _pair(kind, one, first, other, alike[0])
    return agreed


def _size(one: Quantity) -> float:
    """A figure's value, lengths in metres."""
    return one.value * _LENGTHS.get(one.unit or "", 1.0)


def _is_alone(one: Quantity, other: Quantity) -> bool:
    """Whether the only figures left may count one thing, though their nouns differ: "18,900 saw it"."""
    plain = not (one.unit or other.unit) and one.sort == other.sort == "count"
    return plain and min(one.value, other.value) >= 20 and 0.2 < one.value / other.value < 5


def _is_same(one: Quantity, other: Quantity) -> bool:
    """Whether two figures may both be true of one thing: "about 3,000", "2,900"; "at least 200", "240"."""
    if one.unit != other.unit and {one.unit, other.unit} <= _LENGTHS.keys():
        mine, theirs = _size(one), _size(other)
        return abs(mine - theirs) <= 0.1 * max(mine, theirs)
    if holding(one, [other]) or holding(other, [one]):
        return True
    if (one.unit, one.sort) != (other.unit, other.sort):
        return False
    for loose, exact in ((one, other), (other, one)):
        if loose.bound in ("least", "over") and exact.value >= loose.value:
            return exact.value <= loose.value * 1.5
        if loose.bound in ("most", "under") and exact.value <= loose.value:
            return exact.value >= loose.value * 0.7
    return one.value == other.value


def _comparable(one: Quantity, other: Quantity, vocabulary: Vocabulary) -> bool:
    """Whether two figures count the same: one unit, or nouns that may stand for one another."""
    if one.sort != other.sort or "vague" in (one.sort, other.sort):
        return False
    if one.unit or other.unit:
        return one.unit == other.unit or {one.unit, other.unit} <= _LENGTHS.keys()
    if one.noun is None or other.noun is None:
        return True
    keys = [vocabulary.lexicon.key(noun) for noun in (one.noun, other.noun)]
    people = [is_person(noun) or noun in _PEOPLE for noun in (one.noun, other.noun)]
    return vocabulary.words.same(*keys) or all(people)


_PEOPLE = frozenset(
    ("people", "persons", "men", "women", "children", "civilians", "dead", "killed", "injured", "wounded",
     "lives", "victims", "demonstrators", "protesters", "marchers", "employees", "staff", "workers", "jobs",
     "spectators", "households", "soldiers", "servicemen", "troops", "casualties", "deaths")
)  # fmt: skip
_NOW = re.compile(
    r"\b(?:now|so far|risen|rose|still|revised|updated|meanwhile|no longer|any more|latest|by then)\b", re.I
)


def _is_newer(one: Report, other: Report, first: Quantity, second: Quantity) -> bool:
    """Whether the later of two reports has a newer figure: a higher one, or one that it calls new.

    What a thing costs or measures does not grow from day to day; there a later figure is another figure.
    """
    order = _order(one, other)
    so_far = all(_PERFECT.search(report.text) for report in (one, other))  # "has paid back"
    if not order or (not so_far and _FIXED.search(f"{one.text} {other.text}".lower())):
        return False
    later = other if order > 0 else one
    return bool(_NOW.search(later.text)) or (second.value > first.value) == (order > 0)


def _order(one: Report, other: Report) -> int:
    """1 where the other report was published on a later day, -1 on an earlier one, else 0."""
    mine, theirs = published_day(one.article), published_day(other.article)
    if mine is None or theirs is None or mine == theirs:
        return 0
    return 1 if theirs > mine else -1


_PERFECT = re.compile(r"\b(?:has|have)\b")
_FIXED = re.compile(r"\b(?:costs?|prices?|paid|pays?|pay|worth|bought|sold|was born|built|long|wide|high)\b")
_LENGTHS = {"metre": 1.0, "kilometre": 1000.0, "mile": 1609.0, "foot": 0.3048, "yard": 0.9144}


def _dates(one: Report, other: Report, vocabulary: Vocabulary) -> Pair | None:
    """A day that both give, or two where each gives one, as exactly as the other."""
    for first in one.days:
        for second in other.days:
            if first.first <= second.last and second.first <= first.last:
                return _pair("agreed", one, first, other, second)
    if len(one.days) != 1 or len(other.days) != 1:
        return None
    first, second = one.days[0], other.days[0]
    if _grain(first) != _grain(second) or not _same_deed(one, first, other, second, vocabulary):
        return None
    order = _order(one, other)
    moved = order and _MOVED.search((other if order > 0 else one).text)
    return _pair("update" if moved else "date", one, first, other, second)


_MOVED = re.compile(
    r"\b(?:postpon\w+|put (?:off|back)|moved|delay\w*|brought forward|reschedul\w+|now)\b", re.I
)


def _same_deed(one: Report, first: Day, other: Report, second: Day, vocabulary: Vocabulary) -> bool:
    """Whether the clauses of two dates share a word: ships "waiting on Thursday", dockers "who walked out"."""
    mine, theirs = _clause(one, first), _clause(other, second)
    return any(vocabulary.words.same(a, b) for a in mine for b in theirs)


def _clause(report: Report, day: Day) -> list[str]:
    """The keys of the words before a date, back to a comma; of those after it where none are before."""
    cuts = [match.end() for match in _CLAUSE.finditer(report.text, 0, day.start)]
    end = _CLAUSE.search(report.text, day.end)
    before = [word for word in report.words if (cuts[-1] if cuts else 0) <= word.start < day.start]
    after = [
        word for word in report.words if day.end <= word.start < (end.start() if end else len(report.text))
    ]
    own = [word.key for word in before if not (word.plain or word.number)]
    return own or [word.key for word in after if not (word.plain or word.number)]


_CLAUSE = re.compile(r"[,;:–—]|\b(?:who|which|because|after|before|while)\b")


def _grain(day: Day) -> str:
    length = (day.last - day.first).days
    return "day" if length == 0 else "week" if length < 14 else "month" if length < 40 else "year"


# Names and words


def _named(one: Report, other: Report, shared: _Shared) -> Pair | None:
    """The one name in which two reports differ: a place, or who did it; or two that changed places."""
    if not shared.only_one and not shared.only_other:
        return _swapped(one, other, shared)
    if len(shared.only_one) != 1 or len(shared.only_other) != 1:
        return (
            None
            if not (shared.only_one and shared.only_other)
            else _pair_of_names("actor", one, other, shared)
        )
    first, second = shared.only_one[0], shared.only_other[0]
    if is_country(first, one.text) != is_country(second, other.text):
        return None
    if first.place and second.place:
        return _pair("place", one, first, other, second) if first.tie == second.tie else None
    if not (first.actor and second.actor and _in_one_frame(one, first, other, second)):
        return None
    return _pair("actor", one, first, other, second)


def _in_one_frame(one: Report, first: Name, other: Report, second: Name) -> bool:
    """Whether two names stand before the same word, or each before a verb: "Teo scored", "Luis scored"."""
    if "by" in (first.tie, second.tie):
        return True
    after = [
        next((word for word in report.words if word.start >= name.end), None)
        for report, name in ((one, first), (other, second))
    ]
    if after[0] is None or after[1] is None:
        return False
    if after[0].key == after[1].key:
        return True
    return all(word is not None and _VERB.fullmatch(word.low) for word in after)


_VERB = re.compile(
    r"\w+ed|was|were|is|are|has|have|had|will|would|did|made|gave|took|won|led|set|found|told|saw"
)


def _pair_of_names(kind: Kind, one: Report, other: Report, shared: _Shared) -> Pair:
    return _pair(kind, one, shared.only_one[0], other, shared.only_other[0])


def _swapped(one: Report, other: Report, shared: _Shared) -> Pair | None:
    """Two names of which each report has the other one first, both before and after its verb."""
    if len(one.names) != 2 or len(other.names) != 2 or shared.of_both < 0.8:
        return None
    if any(report.names[0].place or report.names[0].start > _AT_THE_START for report in (one, other)):
        return None
    if not (
        _same_name(one.names[0], other.names[1], one, other)
        and _same_name(one.names[1], other.names[0], one, other)
    ):
        return None
    if any(
        re.search(r"\b(?:was|were|been)\b.*\bby\b|\b(?:and|with)\b", report.text) for report in (one, other)
    ):
        return None
    return _pair("actor", one, one.names[0], other, other.names[0])


def _wording(one: Report, other: Report) -> Pair | None:
    """Words of one family that take different sides."""
    for first in one.loaded:
        for second in other.loaded:
            if first.family != second.family:
                continue
            shades = {part.shade for part in one.loaded if part.family == first.family}
            others = {part.shade for part in other.loaded if part.family == first.family}
            if not shades & others:
                return _pair("wording", one, first, other, second)
    return None


class _Part(Protocol):
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


def _pair(kind: Kind, one: Report, first: _Part, other: Report, second: _Part) -> Pair:
    return Pair(kind, one.place(first.start, first.end), other.place(second.start, second.end))

"""Two reports into the figure or the date that both give of one thing: the same, another, or a newer one."""

from __future__ import annotations

import re

from bot.differing.pairs import Kind, Pair, pair_of
from bot.differing.reports import Day, Report, Vocabulary, published_day
from bot.speaking.speech import is_person
from bot.verify.quantities import Quantity, holding

FAR = 20  # times as much: no figure of the same thing


def figures(one: Report, other: Report, vocabulary: Vocabulary) -> Pair | None:
    """The first figure that both give of one thing: the same, another, or a newer one."""
    mine, theirs = list(one.quantities), list(other.quantities)
    agreed: Pair | None = None
    for first in list(mine):
        for second in list(theirs):
            if first in mine and _is_same(first, second):
                mine.remove(first)
                theirs.remove(second)
                agreed = agreed or pair_of("agreed", one, first, other, second)
    for first in mine:
        alike = [second for second in theirs if _comparable(first, second, vocabulary)]
        if not alike and len(mine) == len(theirs) == 1 and _is_alone(first, theirs[0]):
            alike = theirs
        if len(alike) == 1 and 1 / FAR < (_size(first) or 1) / (_size(alike[0]) or 1) < FAR:
            kind: Kind = "update" if _is_newer(one, other, first, alike[0]) else "figure"
            return pair_of(kind, one, first, other, alike[0])
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
    order = order_of(one, other)
    so_far = all(_PERFECT.search(report.text) for report in (one, other))  # "has paid back"
    if not order or (not so_far and _FIXED.search(f"{one.text} {other.text}".lower())):
        return False
    later = other if order > 0 else one
    return bool(_NOW.search(later.text)) or (second.value > first.value) == (order > 0)


def order_of(one: Report, other: Report) -> int:
    """1 where the other report was published on a later day, -1 on an earlier one, else 0."""
    mine, theirs = published_day(one.article), published_day(other.article)
    if mine is None or theirs is None or mine == theirs:
        return 0
    return 1 if theirs > mine else -1


_PERFECT = re.compile(r"\b(?:has|have)\b")
_FIXED = re.compile(r"\b(?:costs?|prices?|paid|pays?|pay|worth|bought|sold|was born|built|long|wide|high)\b")
_LENGTHS = {"metre": 1.0, "kilometre": 1000.0, "mile": 1609.0, "foot": 0.3048, "yard": 0.9144}


def dates(one: Report, other: Report, vocabulary: Vocabulary) -> Pair | None:
    """A day that both give, or two where each gives one, as exactly as the other."""
    for first in one.days:
        for second in other.days:
            if first.first <= second.last and second.first <= first.last:
                return pair_of("agreed", one, first, other, second)
    if len(one.days) != 1 or len(other.days) != 1:
        return None
    first, second = one.days[0], other.days[0]
    if _grain(first) != _grain(second) or not _same_deed(one, first, other, second, vocabulary):
        return None
    order = order_of(one, other)
    moved = order and _MOVED.search((other if order > 0 else one).text)
    return pair_of("update" if moved else "date", one, first, other, second)


_MOVED = re.compile(
    r"\b(?:postpon\w+|put (?:off|back)|moved|delay\w*|brought forward|reschedul\w+|now)\b", re.I
)


def _same_deed(one: Report, first: Day, other: Report, second: Day, vocabulary: Vocabulary) -> bool:
    """Whether the clauses of two dates share a word; "waited on Thursday", "who left on Friday" do not."""
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

"""Two reports into the figure or the date that both give of one thing: the same, another, or a newer one."""

from __future__ import annotations

import re
from itertools import product

from bot.differing.counting import fate, keys_around, way_of_counting
from bot.differing.pairs import Alike, Pair, Reports
from bot.language.calendar import ENGLISH_WEEKDAYS
from bot.language.quantities import Quantity
from bot.language.same_figure import holding
from bot.language.words import word_set
from index.records import Span

FAR = 20  # times as much: no figure of the same thing
DISTINCT = 100  # from here on the same figure twice is no coincidence: "20 nominations" may be another show's
SAME_CLAUSE = 0.6  # of the words of the longer one of two clauses that both must have
A_THIRD = 0.33  # of the longer sentence's words, for two sums of money
HALF = 0.5  # of the shorter sentence's words, where only the clauses are alike
_MONEY = word_set("figures", "money")
_PEOPLE = word_set("figures", "people")
_LENGTHS = {"metre": 1.0, "kilometre": 1000.0, "mile": 1609.0, "foot": 0.3048, "yard": 0.9144}
_TIMES = {"second": 1.0, "minute": 60.0, "hour": 3600.0, "day": 86_400.0, "week": 604_800.0}
_NOW = re.compile(
    r"\b(?:now|so far|risen|rose|still|revised|updated|meanwhile|no longer|any more|latest|by then)\b", re.I
)
_PERFECT = re.compile(r"\b(?:has|have)\b")
_FIXED = re.compile(r"\b(?:costs?|prices?|paid|pays?|pay|worth|bought|sold|was born|built|long|wide|high)\b")
_WEEKDAY = re.compile(rf"\b(?:{'|'.join(ENGLISH_WEEKDAYS)})\b", re.I)
_MOVED = re.compile(
    r"\b(?:postpon\w+|put (?:off|back)|moved|delay\w*|brought forward|reschedul\w+|now)\b", re.I
)


def figures(alike: Alike) -> Pair | None:
    """The figure that both give of one thing: another, or a newer one; else the first that is the same.

    Where two figures differ, the sentences tell of two things.
    """
    mine, theirs, agreed = _unlike(alike)
    differing = [pair for pair in product(mine, theirs) if _is_sure(alike, *pair)]
    best = max(differing, key=lambda pair: alike.near(*pair), default=None)
    if best is None or any(not {id(best[0]), id(best[1])} & {id(a), id(b)} for a, b in differing):
        return agreed
    return alike.pair("update" if _is_newer(alike, *best) else "figure", *best)


def _unlike(alike: Alike) -> tuple[list[Quantity], list[Quantity], Pair | None]:
    """The figures of each report that the other has not, and the first pair of one thing that agrees."""
    mine, theirs = list(alike.one.quantities), list(alike.other.quantities)
    agreed: Pair | None = None
    for first, second in product(alike.one.quantities, alike.other.quantities):
        if first in mine and second in theirs and _is_same(first, second):
            mine.remove(first)
            theirs.remove(second)
            if _is_agreed(alike, first, second=second):
                agreed = agreed or alike.pair("agreed", first, second)
    return mine, theirs, agreed


def _is_sure(alike: Alike, first: Quantity, second: Quantity) -> bool:
    """Whether two figures are of one thing."""
    if not 1 / FAR < (_size(first) or 1) / (_size(second) or 1) < FAR:
        return False
    comparable = _comparable(alike, first, second=second)
    return comparable and (alike.close or alike.in_one_frame(first, second))


def _is_agreed(alike: Alike, first: Quantity, *, second: Quantity) -> bool:
    """Whether two compatible figures may be shown as one: nearly equal, of one thing, and no coincidence."""
    near = first.value != 1 and abs(first.value - second.value) <= 0.05 * first.value
    if "vague" in (first.sort, second.sort) or not near or not _comparable(alike, first, second=second):
        return False
    telling = first.value >= DISTINCT and (first.unit or second.unit or (first.noun and second.noun))
    return bool(telling) or alike.close or alike.in_one_frame(first, second)


def _size(one: Quantity) -> float:
    """A figure's value, lengths in metres and times in seconds."""
    return one.value * {**_LENGTHS, **_TIMES}.get(one.unit or "", 1.0)


def _one_measure(one: Quantity, other: Quantity) -> bool:
    """Whether two figures are in units of one kind: metres and miles, minutes and hours."""
    return any({one.unit, other.unit} <= units.keys() for units in (_LENGTHS, _TIMES))


def _counts_alike(reports: Reports, first: Quantity, *, second: Quantity) -> bool:
    if way_of_counting(reports.one, first) != way_of_counting(reports.other, second):
        return False
    befell = {fate(reports.one, first), fate(reports.other, second)} - {None}
    return len(befell) < 2


def _is_same(one: Quantity, other: Quantity) -> bool:
    """Whether two figures may both be true of one thing: "about 3,000", "2,900"; "at least 200", "240"."""
    if one.unit != other.unit and _one_measure(one, other):
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


def _comparable(reports: Reports, first: Quantity, *, second: Quantity) -> bool:
    """Whether two figures count the same in the same way: one unit, or nouns that may be one."""
    if first.sort != second.sort or "vague" in (first.sort, second.sort):
        return False
    if not _counts_alike(reports, first, second=second) or _opposed(reports, first, second=second):
        return False
    if first.unit or second.unit:
        return first.unit == second.unit or _one_measure(first, second)
    if first.noun is None or second.noun is None:
        return True
    keys = [reports.vocabulary.lexicon.key(noun) for noun in (first.noun, second.noun)]
    return reports.vocabulary.words.same(*keys) or all(noun in _PEOPLE for noun in (first.noun, second.noun))


def _opposed(reports: Reports, first: Quantity, *, second: Quantity) -> bool:
    """Whether the clauses say opposite things: "54 per cent disapprove", "44 per cent approve"."""
    mine = keys_around(reports.one, Span(first.start, first.end))
    theirs = keys_around(reports.other, Span(second.start, second.end))
    return any(reports.vocabulary.words.opposed(a, b) for a in mine - theirs for b in theirs - mine)


def _is_newer(reports: Reports, first: Quantity, second: Quantity) -> bool:
    """Whether the later of two reports has a newer figure: a higher one, or one that it calls new.

    What a thing costs or measures does not grow from day to day; there a later figure is another figure.
    """
    so_far = all(_PERFECT.search(report.text) for report in reports.both)  # "has paid back"
    told = " ".join(report.text for report in reports.both).lower()
    if not reports.order or (not so_far and _FIXED.search(told)):
        return False
    later = reports.other if reports.order > 0 else reports.one
    return bool(_NOW.search(later.text)) or (second.value > first.value) == (reports.order > 0)

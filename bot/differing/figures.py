"""Two reports into the figure that both give of one thing: the same, another, or a newer one."""

from __future__ import annotations

import re
from itertools import product

from bot.differing.counting import fate, way_of_counting
from bot.differing.naming import is_same_name
from bot.differing.pairs import Alike, Pair, Reports
from bot.language.quantities import Quantity
from bot.language.same_figure import holding
from bot.language.sentence import NameRun, NewsSentence
from bot.language.words import word_set, words_of
from index.records import Span

NOT_FAR = 3  # times as much, where the sentences are told otherwise: 87,000 employed, 11,000 to go
TELLING = 10  # below it counts of two things are often told of in the same words: nine goals, eight goals
ROUNDED = 5  # per cent that "six in ten" or "two thirds" may be off
DISTINCT = 100  # from here on the same figure twice is no coincidence: "20 nominations" may be another show's
_MOMENTARY = word_set("figures", "momentary")
_PEOPLE = word_set("figures", "people")
_LENGTHS = {
    "millimetre": 0.001,
    "centimetre": 0.01,
    "inch": 0.0254,
    "metre": 1.0,
    "kilometre": 1000.0,
    "mile": 1609.0,
    "foot": 0.3048,
    "yard": 0.9144,
}
_DAY = 86_400.0
_MASSES = {"gram": 0.001, "kilogram": 1.0, "tonne": 1000.0, "ounce": 0.02835}
_AREAS = {"acre": 0.4047, "hectare": 1.0}
_TIMES = {
    **{"second": 1.0, "minute": 60.0, "hour": 3600.0, "day": _DAY, "week": 7 * _DAY, "month": 30.4 * _DAY},
    **{"year": 365.25 * _DAY, "decade": 3652.5 * _DAY, "century": 36_525 * _DAY},
}
_KINDS = (_LENGTHS, _MASSES, _AREAS, _TIMES)
_MEASURES = {unit: size for kind in _KINDS for unit, size in kind.items()}
_NOW = re.compile(
    r"\b(?:now|so far|risen|rose|still|final|revised|raised|updated|meanwhile|no longer|latest|by then)\b",
    re.I,
)
_SCORE = re.compile(r"(?<![\w-])(\d{1,3})[-–](\d{1,3})(?![\w-])")
_PERFECT = re.compile(r"\b(?:has|have)\b")
_FIXED = re.compile(rf"\b(?:{'|'.join(words_of('figures', 'fixed'))})\b", re.I)


def figures(alike: Alike) -> list[Pair]:
    """The figures that both give of one thing: another, or a newer one; else the first that is the same."""
    mine, theirs, agreed = _unlike(alike)
    found = [pair for pair in product(mine, theirs) if _is_sure(alike, *pair)]
    found.sort(key=lambda pair: -alike.near(*pair))
    differing: list[tuple[Quantity, Quantity]] = []
    for first, second in found:
        if not any(first is one or second is other for one, other in differing):
            differing.append((first, second))
    pairs = [alike.pair("update" if _is_newer(alike, *pair) else "figure", *pair) for pair in differing]
    pairs += _scores(alike)
    return pairs or ([agreed] if agreed else [])


def _scores(alike: Alike) -> list[Pair]:
    """The scores of two sentences told alike, where they differ; "1-3" is "3-1", told from the other side."""
    mine, theirs = (list(_SCORE.finditer(report.text)) for report in alike.both)
    if not (alike.close and len(mine) == len(theirs) == 1):
        return []
    same = {mine[0][1], mine[0][2]} == {theirs[0][1], theirs[0][2]}
    return [] if same else [alike.pair("figure", Span(*mine[0].span()), Span(*theirs[0].span()))]


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
    """Whether two figures are of one thing: in sentences told alike, or of a measure among the same words."""
    if not _comparable(alike, first, second=second):
        return False
    if alike.close or _of_one_person(alike, first, second=second):
        return True
    less, more = sorted((_size(first), _size(second)))
    telling = first.unit not in _MOMENTARY if first.unit else more >= TELLING
    return (
        telling
        and more < NOT_FAR * less
        and _is_named(first, second=second)
        and alike.in_one_frame(first, second)
    )


def _of_one_person(reports: Reports, first: Quantity, *, second: Quantity) -> bool:
    """Whether two figures are told as the age of somebody of one name: "Odd Hansen, 33, was found"."""
    mine, theirs = _person(reports.one, first), _person(reports.other, second)
    return mine is not None and theirs is not None and is_same_name(mine, theirs)


def _person(report: NewsSentence, age: Quantity) -> NameRun | None:
    """Whose age a figure is, if it stands right behind a name."""
    if "age" not in way_of_counting(report, age):
        return None
    beside = (name for name in report.names if report.text[name.end : age.start] in (", ", " ("))
    return next(beside, None)


def _is_agreed(alike: Alike, first: Quantity, *, second: Quantity) -> bool:
    """Whether two compatible figures may be shown as one: nearly equal, of one thing, and no coincidence."""
    near = first.value != 1 and abs(first.value - second.value) <= 0.05 * first.value
    if "vague" in (first.sort, second.sort) or not near or not _comparable(alike, first, second=second):
        return False
    telling = first.value >= DISTINCT and _is_named(first, second=second)
    return telling or alike.close or alike.in_one_frame(first, second)


def _is_named(first: Quantity, *, second: Quantity) -> bool:
    """Whether both say what they measure or count."""
    shares = _is_share(first) and _is_share(second)
    return shares or bool(first.unit and second.unit) or bool(first.noun and second.noun)


def _size(one: Quantity) -> float:
    """A figure's value; lengths in metres, kilograms, hectares, seconds, shares in per cent."""
    if one.sort == "share":
        return 100 * one.value
    return one.value * _MEASURES.get(one.unit or "", 1.0)


def _is_share(one: Quantity) -> bool:
    """Whether it is a part of a whole: "two in five", "54 per cent"."""
    return one.unit == "percent" or (one.sort == "share" and one.value < 1)


def _one_measure(one: Quantity, other: Quantity) -> bool:
    """Whether two figures are in units of one kind: metres and miles, minutes and hours."""
    return any({one.unit, other.unit} <= units.keys() for units in _KINDS)


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
    if one.sort != other.sort and _is_share(one) and _is_share(other):
        return abs(_size(one) - _size(other)) <= ROUNDED
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
    shares = _is_share(first) and _is_share(second)
    if (first.sort != second.sort and not shares) or "vague" in (first.sort, second.sort):
        return False
    if not _counts_alike(reports, first, second=second):
        return False
    if shares:
        return True
    if first.unit or second.unit:
        return first.unit == second.unit or _one_measure(first, second)
    if first.noun is None or second.noun is None:
        return True
    keys = [reports.vocabulary.lexicon.key(noun) for noun in (first.noun, second.noun)]
    return reports.vocabulary.words.same(*keys) or all(noun in _PEOPLE for noun in (first.noun, second.noun))


def _is_newer(reports: Reports, first: Quantity, second: Quantity) -> bool:
    """Whether the later of two reports has a newer figure: a higher one, or one that it calls new.

    What a thing costs or measures does not grow from day to day; there a later figure is another figure.
    """
    if not reports.order:
        return False
    later = reports.other if reports.order > 0 else reports.one
    if _NOW.search(later.text):
        return True
    so_far = all(_PERFECT.search(report.text) for report in reports.both)  # "has paid back"
    fixed = any(_FIXED.search(report.text) for report in reports.both)
    return (so_far or not fixed) and (second.value > first.value) == (reports.order > 0)

"""Two reports into the figure or the date that both give of one thing: the same, another, or a newer one."""

from __future__ import annotations

import re

from bot.differing.counting import keys_around, way_of_counting
from bot.differing.pairs import VERY_ALIKE, Extent, Pair, PairKind, Shared, pair_of
from bot.differing.reports import Day, NewsSentence, near_in_time, published_day
from bot.language.quantities import Quantity
from bot.language.same_figure import holding
from bot.language.vocabulary import Vocabulary
from bot.language.words import word_set
from bot.speaking.speech import is_person

FAR = 20  # times as much: no figure of the same thing
DISTINCT = 100  # from here on the same figure twice is no coincidence: "20 nominations" may be another show's
SAME_CLAUSE = 0.6  # of the words of the longer one of two clauses that both must have
A_THIRD = 0.33  # of the longer sentence's words, for two sums of money
HALF = 0.5  # of the shorter sentence's words, where only the clauses are alike


def figures(one: NewsSentence, other: NewsSentence, shared: Shared, vocabulary: Vocabulary) -> Pair | None:
    """The first figure that both give of one thing: the same, another, or a newer one."""
    mine, theirs = list(one.quantities), list(other.quantities)
    agreed: Pair | None = None
    for first in list(mine):
        for second in list(theirs):
            if first in mine and _is_same(first, second):
                mine.remove(first)
                theirs.remove(second)
                if _is_agreed(one, first, other, second, shared, vocabulary):
                    agreed = agreed or pair_of("agreed", one, first, other, second)
    for first in mine:
        alike = [second for second in theirs if _comparable(one, first, other, second, vocabulary)]
        if not alike and len(mine) == len(theirs) == 1 and _is_alone(one, first, other, theirs[0]):
            alike = theirs
        if len(alike) != 1 or not 1 / FAR < (_size(first) or 1) / (_size(alike[0]) or 1) < FAR:
            continue
        sure = shared.close or _one_sum(one, first, other, alike[0], shared)
        if sure or _one_clause(one, first, other, alike[0], shared, vocabulary):
            kind: PairKind = "update" if _is_newer(one, other, first, alike[0]) else "figure"
            return pair_of(kind, one, first, other, alike[0])
    return agreed


def _one_sum(
    one: NewsSentence, first: Quantity, other: NewsSentence, second: Quantity, shared: Shared
) -> bool:
    """Whether two sums of money are the only ones of two sentences of one day about the same names."""
    if first.unit not in _MONEY or not near_in_time(one.article, other.article, days=1):
        return False
    alone = all(sum(part.unit in _MONEY for part in report.quantities) == 1 for report in (one, other))
    return alone and shared.names >= 2 and shared.share >= VERY_ALIKE and shared.of_both >= A_THIRD


_MONEY = word_set("figures", "money")


def _ways(report: NewsSentence, one: Quantity) -> frozenset[str]:
    return way_of_counting(report.text, one, report.quantities)


def _is_agreed(
    one: NewsSentence,
    first: Quantity,
    other: NewsSentence,
    second: Quantity,
    shared: Shared,
    vocabulary: Vocabulary,
) -> bool:
    """Whether two compatible figures may be shown as one: nearly equal, of one thing, and no coincidence."""
    if (
        "vague" in (first.sort, second.sort)
        or first.value == 1
        or abs(first.value - second.value) > 0.05 * first.value
    ):
        return False
    if not _comparable(one, first, other, second, vocabulary):
        return False
    telling = first.value >= DISTINCT and (first.unit or second.unit or (first.noun and second.noun))
    return bool(telling) or shared.close or _one_clause(one, first, other, second, shared, vocabulary)


def _one_clause(
    one: NewsSentence,
    first: Extent,
    other: NewsSentence,
    second: Extent,
    shared: Shared,
    vocabulary: Vocabulary,
) -> bool:
    """Whether the clauses around two figures or dates say the same, however long the sentences are."""
    mine = keys_around(one.text, one.words, first.start, first.end) & set(one.keys)
    theirs = keys_around(other.text, other.words, second.start, second.end) & set(other.keys)
    names = {key for report in (one, other) for name in report.names for key in name.keys}
    held = [key for key in mine if key in theirs or any(vocabulary.words.same(key, b) for b in theirs)]
    enough = len(held) >= SAME_CLAUSE * max(len(mine), len(theirs))
    return enough and sum(key not in names for key in held) >= 2 and shared.share >= HALF


def _size(one: Quantity) -> float:
    """A figure's value, lengths in metres and times in seconds."""
    return one.value * {**_LENGTHS, **_TIMES}.get(one.unit or "", 1.0)


def _one_measure(one: Quantity, other: Quantity) -> bool:
    """Whether two figures are in units of one kind: metres and miles, minutes and hours."""
    return any({one.unit, other.unit} <= units.keys() for units in (_LENGTHS, _TIMES))


def _is_alone(one: NewsSentence, first: Quantity, other: NewsSentence, second: Quantity) -> bool:
    """Whether the only figures left may count one thing, though their nouns differ: "18,900 saw it"."""
    if _ways(one, first) != _ways(other, second):
        return False
    plain = not (first.unit or second.unit) and first.sort == second.sort == "count"
    return plain and min(first.value, second.value) >= 20 and 0.2 < first.value / second.value < 5


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


def _comparable(
    one: NewsSentence, first: Quantity, other: NewsSentence, second: Quantity, vocabulary: Vocabulary
) -> bool:
    """Whether two figures count the same in the same way: one unit, or nouns that may be one."""
    if first.sort != second.sort or "vague" in (first.sort, second.sort):
        return False
    if _ways(one, first) != _ways(other, second) or _opposed(one, first, other, second, vocabulary):
        return False
    if first.unit or second.unit:
        return first.unit == second.unit or _one_measure(first, second)
    if first.noun is None or second.noun is None:
        return True
    keys = [vocabulary.lexicon.key(noun) for noun in (first.noun, second.noun)]
    people = [is_person(noun) or noun in _PEOPLE for noun in (first.noun, second.noun)]
    return vocabulary.words.same(*keys) or all(people)


def _opposed(
    one: NewsSentence, first: Quantity, other: NewsSentence, second: Quantity, vocabulary: Vocabulary
) -> bool:
    """Whether the clauses say opposite things: "54 per cent disapprove", "44 per cent approve"."""
    mine, theirs = (keys_around(r.text, r.words, q.start, q.end) for r, q in ((one, first), (other, second)))
    return any(vocabulary.words.opposed(a, b) for a in mine - theirs for b in theirs - mine)


_PEOPLE = word_set("figures", "people")
_NOW = re.compile(
    r"\b(?:now|so far|risen|rose|still|revised|updated|meanwhile|no longer|any more|latest|by then)\b", re.I
)


def _is_newer(one: NewsSentence, other: NewsSentence, first: Quantity, second: Quantity) -> bool:
    """Whether the later of two reports has a newer figure: a higher one, or one that it calls new.

    What a thing costs or measures does not grow from day to day; there a later figure is another figure.
    """
    order = order_of(one, other)
    so_far = all(_PERFECT.search(report.text) for report in (one, other))  # "has paid back"
    if not order or (not so_far and _FIXED.search(f"{one.text} {other.text}".lower())):
        return False
    later = other if order > 0 else one
    return bool(_NOW.search(later.text)) or (second.value > first.value) == (order > 0)


def order_of(one: NewsSentence, other: NewsSentence) -> int:
    """1 where the other report was published on a later day, -1 on an earlier one, else 0."""
    mine, theirs = published_day(one.article), published_day(other.article)
    if mine is None or theirs is None or mine == theirs:
        return 0
    return 1 if theirs > mine else -1


_PERFECT = re.compile(r"\b(?:has|have)\b")
_FIXED = re.compile(r"\b(?:costs?|prices?|paid|pays?|pay|worth|bought|sold|was born|built|long|wide|high)\b")
_LENGTHS = {"metre": 1.0, "kilometre": 1000.0, "mile": 1609.0, "foot": 0.3048, "yard": 0.9144}
_TIMES = {"second": 1.0, "minute": 60.0, "hour": 3600.0, "day": 86_400.0, "week": 604_800.0}


def dates(one: NewsSentence, other: NewsSentence, shared: Shared, vocabulary: Vocabulary) -> Pair | None:
    """A day that both give, or two where each gives one, as exactly as the other."""
    for first in one.days:
        for second in other.days:
            if first.first <= second.last and second.first <= first.last:
                days = _grain(first) == _grain(second) == "day"  # "the 2016 vote" is none that agrees
                deed = days and _same_deed(one, first, other, second, vocabulary)
                sure = shared.close or _one_clause(one, first, other, second, shared, vocabulary)
                return pair_of("agreed", one, first, other, second) if deed and sure else None
    if len(one.days) != 1 or len(other.days) != 1:
        return None
    first, second = one.days[0], other.days[0]
    if _grain(first) != _grain(second) or not _same_deed(one, first, other, second, vocabulary):
        return None
    if _weekday(first) and _weekday(first) == _weekday(second):  # a page of Thursday, changed on Friday
        return None
    if not (shared.close or _one_clause(one, first, other, second, shared, vocabulary)):
        return None
    order = order_of(one, other)
    moved = order and _MOVED.search((other if order > 0 else one).text)
    return pair_of("update" if moved else "date", one, first, other, second)


def _weekday(day: Day) -> str:
    """The weekday by which a date is told, without its capital."""
    found = _WEEKDAY.search(day.words)
    return found[0].lower() if found and not re.search(r"\d", day.words) else ""


_WEEKDAY = re.compile(r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b", re.I)
_MOVED = re.compile(
    r"\b(?:postpon\w+|put (?:off|back)|moved|delay\w*|brought forward|reschedul\w+|now)\b", re.I
)


def _same_deed(
    one: NewsSentence, first: Day, other: NewsSentence, second: Day, vocabulary: Vocabulary
) -> bool:
    """Whether the clauses of two dates share a word; "waited on Thursday", "who left on Friday" do not."""
    mine, theirs = _clause(one, first), _clause(other, second)
    return any(vocabulary.words.same(a, b) for a in mine for b in theirs)


def _clause(report: NewsSentence, day: Day) -> list[str]:
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

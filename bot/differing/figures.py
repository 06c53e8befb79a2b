"""Two reports into the figure or the date that both give of one thing: the same, another, or a newer one."""

from __future__ import annotations

import re

from bot.differing.counting import keys_around, way_of_counting
from bot.differing.pairs import VERY_ALIKE, Alike, Extent, Pair, PairKind, Reports
from bot.differing.reports import near_in_time
from bot.language.calendar import ENGLISH_WEEKDAYS
from bot.language.clauses import DEED, clause_around
from bot.language.dates.reading import Day
from bot.language.quantities import Quantity
from bot.language.same_figure import holding
from bot.language.sentence import NewsSentence
from bot.language.words import word_set
from bot.speaking.speech import is_person
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
    """The first figure that both give of one thing: the same, another, or a newer one."""
    mine, theirs = list(alike.one.quantities), list(alike.other.quantities)
    agreed: Pair | None = None
    for first in list(mine):
        for second in list(theirs):
            if first in mine and _is_same(first, second):
                mine.remove(first)
                theirs.remove(second)
                if _is_agreed(alike, first, second=second):
                    agreed = agreed or alike.pair("agreed", first, second)
    for first in mine:
        near = [second for second in theirs if _comparable(alike, first, second=second)]
        if not near and len(mine) == len(theirs) == 1 and _is_alone(alike, first, second=theirs[0]):
            near = theirs
        if len(near) != 1 or not 1 / FAR < (_size(first) or 1) / (_size(near[0]) or 1) < FAR:
            continue
        if alike.close or _one_sum(alike, first, second=near[0]) or _one_clause(alike, first, second=near[0]):
            kind: PairKind = "update" if _is_newer(alike, first, second=near[0]) else "figure"
            return alike.pair(kind, first, near[0])
    return agreed


def _one_sum(alike: Alike, first: Quantity, *, second: Quantity) -> bool:
    """Whether two sums of money are the only ones of two sentences of one day about the same names."""
    if first.unit not in _MONEY or not near_in_time(alike.one.article, alike.other.article, days=1):
        return False
    alone = all(sum(part.unit in _MONEY for part in report.quantities) == 1 for report in alike.both)
    return alone and alike.shared_names >= 2 and alike.share >= VERY_ALIKE and alike.of_both >= A_THIRD


def _is_agreed(alike: Alike, first: Quantity, *, second: Quantity) -> bool:
    """Whether two compatible figures may be shown as one: nearly equal, of one thing, and no coincidence."""
    near = first.value != 1 and abs(first.value - second.value) <= 0.05 * first.value
    if "vague" in (first.sort, second.sort) or not near or not _comparable(alike, first, second=second):
        return False
    telling = first.value >= DISTINCT and (first.unit or second.unit or (first.noun and second.noun))
    return bool(telling) or alike.close or _one_clause(alike, first, second=second)


def _one_clause(alike: Alike, first: Extent, *, second: Extent) -> bool:
    """Whether the clauses around two figures or dates say the same, however long the sentences are."""
    mine = keys_around(alike.one, Span(first.start, first.end)) & set(alike.one.keys)
    theirs = keys_around(alike.other, Span(second.start, second.end)) & set(alike.other.keys)
    names = {key for report in alike.both for name in report.names for key in name.keys}
    same = alike.vocabulary.words.same
    held = [key for key in mine if key in theirs or any(same(key, b) for b in theirs)]
    enough = len(held) >= SAME_CLAUSE * max(len(mine), len(theirs))
    return enough and sum(key not in names for key in held) >= 2 and alike.share >= HALF


def _size(one: Quantity) -> float:
    """A figure's value, lengths in metres and times in seconds."""
    return one.value * {**_LENGTHS, **_TIMES}.get(one.unit or "", 1.0)


def _one_measure(one: Quantity, other: Quantity) -> bool:
    """Whether two figures are in units of one kind: metres and miles, minutes and hours."""
    return any({one.unit, other.unit} <= units.keys() for units in (_LENGTHS, _TIMES))


def _counts_alike(reports: Reports, first: Quantity, *, second: Quantity) -> bool:
    return way_of_counting(reports.one, first) == way_of_counting(reports.other, second)


def _is_alone(reports: Reports, first: Quantity, *, second: Quantity) -> bool:
    """Whether the only figures left may count one thing, though their nouns differ: "18,900 saw it"."""
    if not _counts_alike(reports, first, second=second):
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
    people = [is_person(noun) or noun in _PEOPLE for noun in (first.noun, second.noun)]
    return reports.vocabulary.words.same(*keys) or all(people)


def _opposed(reports: Reports, first: Quantity, *, second: Quantity) -> bool:
    """Whether the clauses say opposite things: "54 per cent disapprove", "44 per cent approve"."""
    mine = keys_around(reports.one, Span(first.start, first.end))
    theirs = keys_around(reports.other, Span(second.start, second.end))
    return any(reports.vocabulary.words.opposed(a, b) for a in mine - theirs for b in theirs - mine)


def _is_newer(reports: Reports, first: Quantity, *, second: Quantity) -> bool:
    """Whether the later of two reports has a newer figure: a higher one, or one that it calls new.

    What a thing costs or measures does not grow from day to day; there a later figure is another figure.
    """
    so_far = all(_PERFECT.search(report.text) for report in reports.both)  # "has paid back"
    told = " ".join(report.text for report in reports.both).lower()
    if not reports.order or (not so_far and _FIXED.search(told)):
        return False
    later = reports.other if reports.order > 0 else reports.one
    return bool(_NOW.search(later.text)) or (second.value > first.value) == (reports.order > 0)


def dates(alike: Alike) -> Pair | None:
    """A day that both give, or two where each gives one, as exactly as the other."""
    one, other = alike.both
    for first in one.days:
        for second in other.days:
            if first.first <= second.last and second.first <= first.last:
                days = _grain(first) == _grain(second) == "day"  # "the 2016 vote" is none that agrees
                deed = days and _same_deed(alike, first, second=second)
                sure = alike.close or _one_clause(alike, first, second=second)
                return alike.pair("agreed", first, second) if deed and sure else None
    if len(one.days) != 1 or len(other.days) != 1:
        return None
    first, second = one.days[0], other.days[0]
    if _grain(first) != _grain(second) or not _same_deed(alike, first, second=second):
        return None
    if _weekday(first) and _weekday(first) == _weekday(second):  # a page of Thursday, changed on Friday
        return None
    if not (alike.close or _one_clause(alike, first, second=second)):
        return None
    moved = alike.order and _MOVED.search((other if alike.order > 0 else one).text)
    return alike.pair("update" if moved else "date", first, second)


def _weekday(day: Day) -> str:
    """The weekday by which a date is told, without its capital."""
    found = _WEEKDAY.search(day.words)
    return found[0].lower() if found and not re.search(r"\d", day.words) else ""


def _same_deed(reports: Reports, first: Day, *, second: Day) -> bool:
    """Whether the clauses of two dates share a word; "waited on Thursday", "who left on Friday" do not."""
    mine, theirs = _deed(reports.one, first), _deed(reports.other, second)
    return any(reports.vocabulary.words.same(a, b) for a in mine for b in theirs)


def _deed(report: NewsSentence, day: Day) -> list[str]:
    """The keys of the words before a date, back to a comma; of those after it where none are before."""
    clause = clause_around(report.text, Span(day.start, day.end), ends=DEED)
    telling = [word for word in report.within(clause) if not (word.plain or word.number)]
    before = [word.key for word in telling if word.start < day.start]
    return before or [word.key for word in telling if word.start >= day.end]


def _grain(day: Day) -> str:
    length = (day.last - day.first).days
    return "day" if length == 0 else "week" if length < 14 else "month" if length < 40 else "year"

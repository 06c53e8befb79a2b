"""Two sentences that are one text but for a few words, into those words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

from bot.differing.copied import Change, changes
from bot.differing.naming import kind_of_name
from bot.differing.pairs import Alike, Pair, Reports
from bot.differing.stories import have_one_subject
from bot.language.sentence import NewsSentence
from index.records import Span

ONE_TEXT = 0.8  # of the words, in one order, of two sentences that are one text but for what differs
LONG = 8  # words of which hardly two outlets have the same without telling of the same thing
_OF_DAY = re.compile(r"(?:[:.]\d\d)?\s?(?:[ap]\.?m\b|o['’]clock)")


def are_one_text(reports: Reports) -> bool:
    """Whether two sentences are the same but for a figure or a word, and of one subject if they are short."""
    mine, theirs = (report.wording for report in reports.both)
    if abs(len(mine) - len(theirs)) > 1 or len(set(mine) & set(theirs)) < ONE_TEXT * len(set(mine)):
        return False
    if SequenceMatcher(None, mine, theirs, autojunk=False).ratio() < ONE_TEXT:
        return False
    return len(mine) >= LONG or have_one_subject(
        reports.one.article, reports.other.article, reports.vocabulary
    )


def replaced(alike: Alike) -> Pair | None:
    """The only words in which two sentences that are one text differ, if they say another thing."""
    one, other = alike.both
    found = [
        change
        for change in changes(one, other)
        if change.sort in ("denial", "loaded") or not _within(change.here, one.told)
    ]
    if not alike.worded_alike or len(found) != 1:
        return None
    change = found[0]
    if change.sort == "name":
        name = next((name for name in one.names if name.start <= change.here.start < name.end), None)
        return alike.pair(kind_of_name(name), change.here, change.there) if name else None
    if change.sort == "figure" and not (_is_rank(one, change.here) and _is_rank(other, change.there)):
        return None
    if change.sort == "word" and not _opposed(alike, change):
        return None
    return alike.pair("figure" if change.sort == "figure" else "wording", change.here, change.there)


def _is_rank(report: NewsSentence, place: Span) -> bool:
    """Whether a figure is a rank or a time of day; others are compared by what they count."""
    ordinal = any(one.start == place.start and one.sort == "ordinal" for one in report.figures)
    return ordinal or bool(_OF_DAY.match(report.text, place.end))


def _within(place: Span, parts: Sequence[Span]) -> bool:
    return any(part.start <= place.start < part.end for part in parts)


def _opposed(alike: Alike, change: Change) -> bool:
    mine, theirs = (
        [word.key for word in report.within(part)]
        for report, part in zip(alike.both, (change.here, change.there), strict=True)
    )
    return any(alike.vocabulary.words.opposed(a, b) for a in mine for b in theirs)

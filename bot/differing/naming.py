"""Two reports into the name or the words in which they differ: a place, who did it, what they call it."""

from __future__ import annotations

import re

from bot.differing.pairs import Kind, Pair, Shared, pair_of
from bot.differing.reports import Loaded, Name, Report, is_country
from bot.questions.variants import same_name

_AT_THE_START = 12  # characters before a name that is the subject: "The army of | Durana"
_OBJECT = (
    30  # characters between a word that takes a side and what it is said of: "liberated the town of | Sur"
)


def is_same_name(name: Name, other: Name, one: Report, there: Report) -> bool:
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


def named(one: Report, other: Report, shared: Shared) -> Pair | None:
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
        return pair_of("place", one, first, other, second) if first.tie == second.tie else None
    if not (first.actor and second.actor and _in_one_frame(one, first, other, second)):
        return None
    return pair_of("actor", one, first, other, second)


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


def _pair_of_names(kind: Kind, one: Report, other: Report, shared: Shared) -> Pair:
    return pair_of(kind, one, shared.only_one[0], other, shared.only_other[0])


def _swapped(one: Report, other: Report, shared: Shared) -> Pair | None:
    """Two names of which each report has the other one first, both before and after its verb."""
    if len(one.names) != 2 or len(other.names) != 2 or shared.of_both < 0.8:
        return None
    if any(report.names[0].place or report.names[0].start > _AT_THE_START for report in (one, other)):
        return None
    if not (
        is_same_name(one.names[0], other.names[1], one, other)
        and is_same_name(one.names[1], other.names[0], one, other)
    ):
        return None
    if any(
        re.search(r"\b(?:was|were|been)\b.*\bby\b|\b(?:and|with)\b", report.text) for report in (one, other)
    ):
        return None
    return pair_of("actor", one, one.names[0], other, other.names[0])


def wording(one: Report, other: Report) -> Pair | None:
    """Words of one family that take different sides."""
    for first in one.loaded:
        for second in other.loaded:
            if first.family != second.family:
                continue
            shades = {part.shade for part in one.loaded if part.family == first.family}
            others = {part.shade for part in other.loaded if part.family == first.family}
            if not shades & others:
                return pair_of("wording", one, first, other, second)
    return None


def wording_of_one_thing(one: Report, other: Report) -> Pair | None:
    """Words that take different sides about the same name, however else the sentences are told."""
    for first in one.loaded:
        for second in other.loaded:
            mine, theirs = _object(one, first), _object(other, second)
            same = mine and theirs and is_same_name(mine, theirs, one, other)
            if first.family == second.family and first.shade != second.shade and same:
                return pair_of("wording", one, first, other, second)
    return None


def _object(report: Report, word: Loaded) -> Name | None:
    """The name right after a word: "took control of | Shushi"."""
    return next((name for name in report.names if 0 < name.start - word.end <= _OBJECT), None)

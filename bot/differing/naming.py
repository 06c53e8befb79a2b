"""Two reports into the name or the words in which they differ: a place, who did it, what they call it."""

from __future__ import annotations

import re

from bot.differing.pairs import Pair, Shared, pair_of
from bot.differing.reports import NameRun, NewsSentence, is_country
from bot.language.spellings import same_name
from bot.language.vocabulary import Loaded, Vocabulary, loaded_of

HALF_TOLD = 0.5  # of the longer sentence's words that both have, where words of two sides are compared
_AT_THE_START = 12  # characters before a name that is the subject: "The army of | Durana"
_OBJECT = (
    30  # characters between a word that takes a side and what it is said of: "liberated the town of | Sur"
)


def is_same_name(name: NameRun, other: NameRun, one: NewsSentence, there: NewsSentence) -> bool:
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


def named(one: NewsSentence, other: NewsSentence, shared: Shared, vocabulary: Vocabulary) -> Pair | None:
    """The one name in which two reports differ: a place, or who did it; or two that changed places."""
    if not shared.only_one and not shared.only_other:
        return _swapped(one, other, shared)
    if len(shared.only_one) != 1 or len(shared.only_other) != 1:
        return None
    first, second = shared.only_one[0], shared.only_other[0]
    if is_country(first, one.text) != is_country(second, other.text):
        return None
    if first.place and second.place:
        return pair_of("place", one, first, other, second) if first.tie == second.tie else None
    if not (first.actor and second.actor and _in_one_frame(one, first, other, second, vocabulary)):
        return None
    return pair_of("actor", one, first, other, second)


def _in_one_frame(
    one: NewsSentence, first: NameRun, other: NewsSentence, second: NameRun, vocabulary: Vocabulary
) -> bool:
    """Whether two names do the same thing: "Teo scored", "Luis scored"; "fired by Beloria", "… by Durana"."""
    if "by" in (first.tie, second.tie) and first.tie != second.tie:
        named_by, doer = ((one, first), (other, second)) if first.tie else ((other, second), (one, first))
        deeds = _word(named_by, before=True), _word(doer, before=False)
    else:
        deeds = (
            _word((one, first), before=first.tie == "by"),
            _word((other, second), before=second.tie == "by"),
        )
    return all(deeds) and vocabulary.words.same(deeds[0], deeds[1])


def _word(named: tuple[NewsSentence, NameRun], *, before: bool) -> str:
    """The key of the first word after a name that tells something, or of the last one before it; or none."""
    report, name = named
    if before:
        near = [word for word in report.words if word.end <= name.start][::-1]
    else:
        near = [word for word in report.words if word.start >= name.end]
    return next((word.key for word in near if not (word.plain or word.name)), "")


def _swapped(one: NewsSentence, other: NewsSentence, shared: Shared) -> Pair | None:
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


def wording(one: NewsSentence, other: NewsSentence, shared: Shared, vocabulary: Vocabulary) -> Pair | None:
    """Words of one family that take different sides, where neither article has the other's word as well."""
    if shared.of_both < HALF_TOLD:
        return None
    for first in one.loaded:
        for second in other.loaded:
            if first.family != second.family:
                continue
            shades = {part.shade for part in one.loaded if part.family == first.family}
            others = {part.shade for part in other.loaded if part.family == first.family}
            if shades & others or _has(one, second, vocabulary) or _has(other, first, vocabulary):
                continue
            return pair_of("wording", one, first, other, second)
    return None


def wording_of_one_thing(one: NewsSentence, other: NewsSentence, vocabulary: Vocabulary) -> Pair | None:
    """Words that take different sides about the same name, however else the sentences are told.

    Neither article may say the other's word of that name: who writes of the "war" and of the "invasion" in
    turn takes no side by either.
    """
    for first in one.loaded:
        for second in other.loaded:
            if first.family != second.family or first.shade == second.shade:
                continue
            mine, theirs = _object(one, first), _object(other, second)
            if not (mine and theirs and is_same_name(mine, theirs, one, other)):
                continue
            if _has(one, second, vocabulary, of=mine) or _has(other, first, vocabulary, of=theirs):
                continue
            return pair_of("wording", one, first, other, second)
    return None


def _has(report: NewsSentence, word: Loaded, vocabulary: Vocabulary, *, of: NameRun | None = None) -> bool:
    """Whether a report's whole article has a word of another's shade; with `of`, shortly before that name."""
    body = report.article.body
    there = [one for one in loaded_of(body, word.family, vocabulary) if one.shade == word.shade]
    if of is None:
        return bool(there)
    name = report.text[of.start : of.end].split()[-1]
    return any(name in body[one.end : one.end + _OBJECT] for one in there)


def _object(report: NewsSentence, word: Loaded) -> NameRun | None:
    """The name right after a word: "took control of | Shushi"."""
    return next((name for name in report.names if 0 < name.start - word.end <= _OBJECT), None)

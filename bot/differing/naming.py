"""Two reports into the name or the words in which they differ: a place, who did it, what they call it."""

from __future__ import annotations

import re
from itertools import product

from bot.differing.pairs import Alike, Pair, PairKind, Reports
from bot.language.sentence import NameRun, NewsSentence
from bot.language.spellings import same_name
from bot.language.vocabulary import Loaded, loaded_of

HALF_TOLD = 0.45  # of the longer sentence's words that both have, where words of two sides are compared
_AT_THE_START = 12  # characters before a name that is the subject: "The army of | Durana"
_OBJECT = 30  # characters between a word that takes a side and what it is of: "liberated the town of | Sur"
_PASSIVE_OR_BOTH = re.compile(r"\b(?:was|were|been)\b.*\bby\b|\b(?:and|with)\b")


def is_same_name(name: NameRun, other: NameRun) -> bool:
    """Whether two names are of one thing: "Lavrov", "Sergei Lavroff"; "Beloria", "Belorian"."""
    if name.keys & other.keys:
        return True
    mine, theirs = name.words.split()[-1], other.words.split()[-1]
    short = min(len(mine), len(theirs))
    return same_name(mine, theirs) or (
        short >= 5 and mine[: short - 1].lower() == theirs[: short - 1].lower()
    )


def named(alike: Alike) -> Pair | None:
    """The one name in which two reports differ: a place, or who did it; or two that changed places."""
    if not alike.only_one and not alike.only_other:
        return _swapped(alike)
    if alike.close and len(alike.only_one) == len(alike.only_other) == 1:
        return _in_its_place(alike, alike.only_one[0], second=alike.only_other[0])
    return _placed(alike)


def _in_its_place(alike: Alike, first: NameRun, *, second: NameRun) -> Pair | None:
    """Two names that stand in one another's place: where something was, who did it, to whom it was done."""
    if first.country != second.country:
        return None
    if first.place and second.place:
        return alike.pair("place", first, second) if first.tie == second.tie else None
    turned = first.actor and second.actor  # "Teo fired", "fired by Teo"
    if (first.tie != second.tie and not turned) or not _one_deed(alike, first, second=second):
        return None
    return alike.pair(kind_of_name(first), first, second)


def kind_of_name(name: NameRun) -> PairKind:
    """Whether a name tells where or who: "in Tarn", "flew to Oslo"; "went to Mina Sorel"."""
    whither = name.tie in ("to", "from") and " " not in name.words
    return "place" if name.place or whither else "actor"


def _placed(alike: Alike) -> Pair | None:
    """Where each report says that one deed was done, of which neither article names the other's place."""
    if not alike.shared_names:
        return None
    found = [
        (first, second)
        for first, second in product(alike.only_one, alike.only_other)
        if first.place and second.place and first.country == second.country
        if _deed(alike.one, first)[:1] == _deed(alike.other, second)[:1] != []
    ]
    if len(found) != 1:
        return None
    first, second = found[0]
    if second.words in alike.one.article.body or first.words in alike.other.article.body:
        return None
    return alike.pair("place", first, second)


def _one_deed(reports: Reports, first: NameRun, *, second: NameRun) -> bool:
    """Whether two names are of one deed: "Teo scored", "Luis scored"; "fired by Beloria", "Durana fired"."""
    same = reports.vocabulary.words.same
    mine, theirs = _deed(reports.one, first), _deed(reports.other, second)
    if first.tie == second.tie:
        mine, theirs = mine[:1], theirs[:1]
    else:  # "pulled him", "pulled out by"
        mine, theirs = mine[: 1 + bool(first.tie)], theirs[: 1 + bool(second.tie)]
    return any(same(a, b) for a, b in product(mine, theirs))


def _deed(report: NewsSentence, name: NameRun) -> list[str]:
    """The keys of the two words, nearest first, that tell what somebody did, or was done by them or there.

    They stand before "in" in "was born in the village of Skarvik", before "by" in "was pulled out by Teo".
    """
    telling = [word for word in report.words if not (word.plain or word.name or word.number)]
    if name.tie:
        tie = max(word.start for word in report.words if word.end <= name.start and word.low == name.tie)
        return [word.key for word in reversed(telling) if word.end <= tie][:2]
    after = [word.key for word in telling if word.start >= name.end]
    return after[:2] or [word.key for word in reversed(telling)][:1]


def _swapped(alike: Alike) -> Pair | None:
    """Two names of which each report has the other one first, both before and after its verb."""
    one, other = alike.both
    if len(one.names) != 2 or len(other.names) != 2 or alike.of_both < 0.8:
        return None
    if any(report.names[0].place or report.names[0].start > _AT_THE_START for report in alike.both):
        return None
    if one.names[1].tie != other.names[1].tie:  # "the museum in Port Sorel", "Port Sorel gets its museum"
        return None
    if not (is_same_name(one.names[0], other.names[1]) and is_same_name(one.names[1], other.names[0])):
        return None
    if any(_PASSIVE_OR_BOTH.search(report.text) for report in alike.both):
        return None
    return alike.pair("actor", one.names[0], other.names[0])


def wording(alike: Alike) -> Pair | None:
    """Words of one family that take different sides, where neither article has the other's word as well.

    Of one thing, it is only there that neither may say the other's word: who writes of the "war" and of the
    "invasion" in turn takes no side by either.
    """
    if alike.of_both < HALF_TOLD:
        return None
    for first, second in product(alike.one.loaded, alike.other.loaded):
        if first.family != second.family:
            continue
        shades, others = (
            {part.shade for part in report.loaded if part.family == first.family} for report in alike.both
        )
        mine, theirs = _object(alike.one, first), _object(alike.other, second)
        one_thing = mine and theirs and is_same_name(mine, theirs)
        of = (mine, theirs) if one_thing else (None, None)
        if not (shades & others or _has(alike.one, second, of=of[0]) or _has(alike.other, first, of=of[1])):
            return alike.pair("wording", first, second)
    return None


def _has(report: NewsSentence, word: Loaded, *, of: NameRun | None) -> bool:
    """Whether a report's whole article has a word of another's shade; with `of`, shortly before that name."""
    body = report.article.body
    there = [one for one in loaded_of(body, word.family, report.vocabulary) if one.shade == word.shade]
    if of is None:
        return bool(there)
    name = of.words.split()[-1]
    return any(name in body[one.end : one.end + _OBJECT] for one in there)


def _object(report: NewsSentence, word: Loaded) -> NameRun | None:
    """The name right after a word: "took control of | Shushi"."""
    return next((name for name in report.names if 0 < name.start - word.end <= _OBJECT), None)

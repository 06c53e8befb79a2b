"""Two reports into how they differ, if they tell of one event and agree in the rest.

One difference among much that agrees is a difference; several mean that the reports tell of two events. That
is the rule throughout: "two were killed near Tasik" and "three were killed near Orun" are two attacks.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta

from bot.differing.figures import dates, figures
from bot.differing.naming import is_same_name, named, wording, wording_of_one_thing
from bot.differing.pairs import Pair, Shared
from bot.differing.reports import NameRun, NewsSentence, near_in_time, published_day
from bot.language.lexicon import KeyedWord
from bot.language.vocabulary import Vocabulary
from bot.language.wordlists import weigh

DAYS = 4  # apart, at most, for two reports of one event
LONG_AGO = timedelta(60)  # before its article a sentence's days are background


def compare(one: NewsSentence, other: NewsSentence, vocabulary: Vocabulary) -> Pair | None:
    """How two reports of one event differ; "agreed" where a figure or date of both is the same; else None."""
    if not near_in_time(one.article, other.article, days=DAYS) or _is_past(one) != _is_past(other):
        return None
    chosen = wording_of_one_thing(one, other, vocabulary)
    if chosen:
        return chosen
    shared = _share(one, other, vocabulary)
    if not shared.anchored:
        return None
    parts = (
        figures(one, other, shared, vocabulary),
        dates(one, other, shared, vocabulary),
        named(one, other, shared, vocabulary),
        wording(one, other, shared, vocabulary),
    )
    found = [part for part in parts if part]
    differing = [part for part in found if part.kind != "agreed"]
    if differing and _replaced(one, other, vocabulary):
        return None
    if len(differing) > 1 or (differing and not _is_sure(differing[0], shared)):
        return None
    return next(iter([*differing, *found]), None)


def _is_past(report: NewsSentence) -> bool:
    """Whether a sentence tells of long before its article: "captured it in May 1992"."""
    day = published_day(report.article)
    return bool(day and report.days) and all(day - one.last > LONG_AGO for one in report.days if day)


def _replaced(one: NewsSentence, other: NewsSentence, vocabulary: Vocabulary) -> bool:
    """Whether a plain noun stands in another's place: "the pension law", "the water law" are two things."""
    frames = dict(_framed(other))
    for frame, word in _framed(one):
        there = frames.get(frame)
        if there and not (vocabulary.words.same(word.key, there.key) or _are_loaded(one, word, other, there)):
            return True
    return False


def _framed(report: NewsSentence) -> Iterator[tuple[str, KeyedWord]]:
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


def _are_loaded(one: NewsSentence, word: KeyedWord, other: NewsSentence, there: KeyedWord) -> bool:
    return all(
        any(part.start <= at.start < part.end for part in report.loaded)
        for report, at in ((one, word), (other, there))
    )


def _is_sure(pair: Pair, shared: Shared) -> bool:
    """Whether enough else agrees: more of it where a name is what differs, which may be another event's."""
    if pair.kind in ("place", "actor"):
        return shared.close
    return not (shared.only_one and shared.only_other)


def _share(one: NewsSentence, other: NewsSentence, vocabulary: Vocabulary) -> Shared:
    lexicon, words = vocabulary.lexicon, vocabulary.words
    theirs = set(other.keys)
    only_one = tuple(
        name for name in one.names if not any(is_same_name(name, b, one, other) for b in other.names)
    )
    only_other = tuple(
        name for name in other.names if not any(is_same_name(b, name, one, other) for b in one.names)
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
    return Shared(
        weight / min(totals) if min(totals) else 0.0,
        weight / max(totals) if min(totals) else 0.0,
        len(held),
        len(one.names) - len(only_one),
        only_one,
        only_other,
    )


def _keys_of_odd(only_one: Sequence[NameRun], only_other: Sequence[NameRun]) -> frozenset[str]:
    """The keys of the two names that stand in one another's place, which the rest must do without."""
    if len(only_one) != 1 or len(only_other) != 1:
        return frozenset()
    return only_one[0].keys | only_other[0].keys

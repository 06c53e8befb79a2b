"""Two reports into how they differ, if they tell of one event and agree in the rest.

One difference among much that agrees is a difference; several mean that the reports tell of two events. That
is the rule throughout: "two were killed near Tasik" and "three were killed near Orun" are two attacks.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.differing.aligned import are_one_text, replaced
from bot.differing.counting import scopes
from bot.differing.days import LONG_AGO, WEEKDAY, dates, of_one_time
from bot.differing.figures import figures
from bot.differing.naming import is_same_name, named, wording
from bot.differing.pairs import Alike, Pair, Reports
from bot.differing.reports import near_in_time, published_day
from bot.differing.stories import is_sister
from bot.language.lexicon import KeyedWord
from bot.language.sentence import NameRun, NewsSentence
from bot.language.wordlists import weigh

DAYS = 4  # apart, at most, for two reports of one event
_ARTICLES = ("the", "a", "an")
_SCOPING = ("for", "in", "by", "per", "within")  # "for adults", "in the league": of which a figure is


def compare(one: NewsSentence, other: NewsSentence) -> Pair | None:
    """How two reports of one event differ; "agreed" where a figure or date of both is the same; else None."""
    if not near_in_time(one.article, other.article, days=DAYS) or _is_past(one) != _is_past(other):
        return None
    alike = _alike(Reports(one, other))
    if not alike.anchored:
        return None
    told = [pair for way in (dates, named, wording) if (pair := way(alike))]
    found = [*figures(alike), *told]
    differing = [pair for pair in found if pair.kind != "agreed"]
    if not differing and (only := replaced(alike)):
        differing = [only]
    if not differing:
        return next(iter(found), None)
    return None if len(differing) > 1 or _of_two_things(alike, differing[0]) else differing[0]


def _is_past(report: NewsSentence) -> bool:
    """Whether a sentence tells of long before its article: "captured it in May 1992"; of no weekday, then."""
    day = published_day(report.article)
    return (
        bool(day and report.days)
        and not WEEKDAY.search(report.text)
        and all(day - one.last > LONG_AGO for one in report.days if day)
    )


def _replaced(reports: Reports) -> bool:
    """Whether a plain noun stands in another's place: "the pension law", "the water law" are two things."""
    frames, same = dict(_framed(reports.other)), reports.vocabulary.words.same
    for frame, word in _framed(reports.one):
        there = frames.get(frame)
        if there and not (same(word.key, there.key) or _are_loaded(reports, word, there=there)):
            return True
    return False


def _framed(report: NewsSentence) -> Iterator[tuple[str, KeyedWord]]:
    """The plain words after "the" or "a", each under what follows ("law", "at Marlow"), or after "for"."""
    words = report.words
    for at in range(1, len(words)):
        word, before = words[at], words[at - 1]
        if word.name or word.number or word.plain or not word.text[0].isalpha():
            continue
        after = words[at + 1 : at + 3]
        if before.low in _SCOPING or (before.low in _ARTICLES and at > 1 and words[at - 2].low in _SCOPING):
            yield next(one.low for one in words[at - 1 :: -1] if one.low in _SCOPING), word
        if before.low not in _ARTICLES or not after:
            continue
        if after[0].plain and len(after) == 2:
            yield f"{after[0].key} {after[1].key}", word
        elif not (after[0].plain or after[0].number):
            yield after[0].key, word


def _are_loaded(reports: Reports, word: KeyedWord, *, there: KeyedWord) -> bool:
    """Whether a word of each takes a side."""
    return all(
        any(part.start <= at.start < part.end for part in report.loaded)
        for report, at in zip(reports.both, (word, there), strict=True)
    )


def _of_two_things(alike: Alike, pair: Pair) -> bool:
    """Whether names, days, ranks, opposites or the titles say that two things are told of."""
    if pair.kind not in ("place", "actor") and alike.only_one and alike.only_other:
        return True
    if pair.kind in ("figure", "date", "update") and alike.opposed(pair):
        return True
    if pair.kind == "figure" and not (of_one_time(alike) and _of_one_rank(alike, pair)):
        return True
    if pair.kind == "wording" and scopes(alike.one.text) != scopes(alike.other.text):
        return True
    if alike.close and _replaced(alike):
        return True
    return is_sister(pair, alike)


def _of_one_rank(alike: Alike, pair: Pair) -> bool:
    """Whether two sentences name a rank in common, if any: not the first and the second half."""
    mine, theirs = (
        {
            figure.value
            for figure in report.figures
            if figure.sort == "ordinal" and report.place(figure.start, figure.end) != part
        }
        for report, part in zip(alike.both, (pair.one, pair.other), strict=True)
    )
    return not (mine and theirs) or bool(mine & theirs)


def _alike(reports: Reports) -> Alike:
    """Two reports with what they share."""
    lexicon, words = reports.vocabulary.lexicon, reports.vocabulary.words
    one, other = reports.both
    names = [[name for part in _told(report) for name in part.names] for report in reports.both]
    keys = [
        list(dict.fromkeys(key for part in _told(report) for key in part.keys)) for report in reports.both
    ]
    only_one, only_other = (
        tuple(name for name in report.names if not _is_among(name, names=others, keys=known))
        for report, others, known in ((one, names[1], keys[1]), (other, names[0], keys[0]))
    )
    odd = _keys_of_odd(only_one, only_other)
    mine, theirs = ([key for key in told if key not in odd] for told in keys)
    known = set(keys[1])
    held = [key for key in mine if key in known or any(words.same(key, b) for b in known)]
    totals = [sum(weigh(key, lexicon) for key in keys) for keys in (mine, theirs)]
    weight = sum(weigh(key, lexicon) for key in held)
    return Alike(
        one,
        other,
        share=weight / min(totals) if min(totals) else 0.0,
        of_both=weight / max(totals) if min(totals) else 0.0,
        shared_words=len(held),
        shared_names=sum(_is_among(name, names=names[1], keys=keys[1]) for name in names[0]),
        only_one=only_one,
        only_other=only_other,
        worded_alike=are_one_text(reports),
        by_context=bool(one.subject or other.subject),
    )


def _told(report: NewsSentence) -> list[NewsSentence]:
    """A sentence, after the one before where it names nobody."""
    return [report.subject, report] if report.subject else [report]


def _is_among(name: NameRun, *, names: Sequence[NameRun], keys: Sequence[str]) -> bool:
    """Whether a name is one of those, or its words are among the keys of a sentence."""
    return any(is_same_name(name, other) for other in names) or name.keys <= set(keys)


def _keys_of_odd(only_one: Sequence[NameRun], only_other: Sequence[NameRun]) -> frozenset[str]:
    """The keys of the two names that stand in one another's place, which the rest must do without."""
    if len(only_one) != 1 or len(only_other) != 1:
        return frozenset()
    return only_one[0].keys | only_other[0].keys

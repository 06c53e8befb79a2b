"""Pairs of sentences with a value marked in each into what the matcher learns from: written and made of it.

What people write leans one way: where two reports are of one thing they word it freely, where they only look
alike the words are the same. So rows are made against that: a sentence beside itself with another value, and
with another of its own values marked.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import product
from pathlib import Path

from bot.differing.comparing import compare
from bot.differing.matching.matcher import RELATIONS
from bot.differing.matching.rows import MarkedSide
from bot.differing.matching.values import unlike_values
from bot.differing.pairs import Extent, Reports
from bot.differing.reports import read_report
from bot.language.sentence import NewsSentence
from bot.language.vocabulary import Vocabulary
from eval.cases import BadCase
from eval.studies.differing.pairs import LabelledPair, load_pairs
from eval.training.clozes import PAIRS, read_pairs
from index.records import Article, Span
from index.sentences import sentence_spans

VALUES = Path(__file__).with_name("values.txt")
KINDS = ("figure", "date", "place", "actor")
_ATTRIBUTED = re.compile(r",? (?:[\w’']+ ){0,4}(?:said|reported|announced)(?: on \w+)?\.$")
# What a pair of the studies of differences is, where nothing in it is to be reported.
_TWO_THINGS = {name: name for name in ("update", "part", "scope", "sister")} | {
    "events": "event",
    "same": "scope",
}


@dataclass(frozen=True)
class MarkedPair:
    """Two sides with a value each, of one kind, and how they stand: one of `RELATIONS`."""

    relation: str
    kind: str
    one: MarkedSide
    other: MarkedSide


def written_pairs(path: Path = VALUES) -> list[list[MarkedPair]]:
    """The pairs of a file, those of one sentence together. Raises BadCase where a line is none."""
    found: list[list[MarkedPair]] = []
    kind, anchor = "", MarkedSide("", 0, 0)
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if not line or line.startswith("#"):
            continue
        first, *rest = line.removeprefix("= ").split(" | ")
        if len(rest) != 3 or first not in (KINDS if line.startswith("= ") else RELATIONS):
            raise BadCase(f"{path} line {number}: {line[:40]!r} is no pair, expected four parts")
        if line.startswith("= "):
            kind, anchor = first, _marked(*rest)
            found.append([])
        else:
            found[-1].append(MarkedPair(first, kind, anchor, _marked(*rest)))
    return found


def cloze_pairs() -> Iterator[MarkedPair]:
    """The pairs of `clozes.txt`, which have no titles; what is of one thing there differs, or is newer."""
    for line in PAIRS.read_text(encoding="utf-8").splitlines():
        for pair in read_pairs([line]):
            sides = [MarkedSide(one.text, *one.value, one.day) for one in pair.sides]
            yield MarkedPair(line.split("|")[0], pair.kind, *sides)


def studied_pairs(path: Path, vocabulary: Vocabulary) -> Iterator[MarkedPair]:
    """The pairs of a study of differences that may be looked at, each value beside each of the other."""
    for pair in load_pairs(path):
        if pair.group != "held":
            yield from _studied(pair, vocabulary)


def _studied(pair: LabelledPair, vocabulary: Vocabulary) -> Iterator[MarkedPair]:
    one, other = (
        [read_report(report, span, vocabulary) for span in sentence_spans(report.body)]
        for report in pair.reports
    )
    both = [Reports(first, second) for first, second in product(one, other)]
    values = [value for reports in both for value in unlike_values(reports)]
    if relation := _TWO_THINGS.get(pair.kind):
        for value in values:
            if pair.kind != "same" or value.kind in ("figure", "date"):
                yield MarkedPair(relation, value.kind, *_sides(value.reports, value.first, value.second))
        return
    own = [value for value in values if value.kind == pair.kind]
    if len(own) == 1:
        yield MarkedPair("differ", pair.kind, *_sides(own[0].reports, own[0].first, own[0].second))
        return
    for reports in both if pair.kind in KINDS else ():
        if (way := compare(*reports.both)) and way.kind == pair.kind:
            places = [
                _within(report, span) for report, span in zip(reports.both, (way.one, way.other), strict=True)
            ]
            yield MarkedPair("differ", pair.kind, *_sides(reports, *places))


def made_of(pairs: Sequence[MarkedPair], vocabulary: Vocabulary, *, rng: random.Random) -> list[MarkedPair]:
    """The pairs, and as many again made of them; see the module."""
    values: dict[str, list[str]] = {}
    for pair in pairs:
        values.setdefault(pair.kind, []).extend((_value(pair.one), _value(pair.other)))
    made = list(pairs)
    for pair in {one.one: one for one in pairs}.values():
        for _ in range(2):
            base = pair.one if rng.random() < 0.6 else pair.other
            changed = _edited(_with_value(base, rng.choice(values[pair.kind])), rng)
            made.append(MarkedPair("differ", pair.kind, base, changed))
        made.append(MarkedPair("same", pair.kind, pair.one, _edited(pair.one, rng)))
    for pair in pairs:
        if rng.random() < 0.5 and (marked := _elsewhere(pair.other, pair.kind, vocabulary, rng)):
            made.append(replace(pair, relation="scope", other=marked))
        if rng.random() < 0.25 and (marked := _elsewhere(pair.one, pair.kind, vocabulary, rng)):
            made.append(replace(pair, relation="scope", other=_edited(marked, rng)))
        stranger = rng.choice(pairs)
        if rng.random() < 0.2 and stranger.kind == pair.kind and stranger.one != pair.one:
            made.append(replace(pair, relation="event", other=stranger.other))
    return made


def _marked(day: str, title: str, text: str) -> MarkedSide:
    start, end = text.index("["), text.index("]") - 1
    return MarkedSide(text.replace("[", "").replace("]", ""), start, end, day or None, title)


def _value(side: MarkedSide) -> str:
    return side.text[side.start : side.end]


def _with_value(side: MarkedSide, value: str) -> MarkedSide:
    text = side.text[: side.start] + value + side.text[side.end :]
    return replace(side, text=text, end=side.start + len(value))


def _edited(side: MarkedSide, rng: random.Random) -> MarkedSide:
    """A side now and then without who said it and without its title."""
    cut = _ATTRIBUTED.sub(".", side.text)
    text = cut if rng.random() < 0.5 and len(cut) > side.end else side.text
    return replace(side, text=text, title=side.title if rng.random() < 0.5 else "")


def _elsewhere(side: MarkedSide, kind: str, vocabulary: Vocabulary, rng: random.Random) -> MarkedSide | None:
    """The side with another value of the kind marked, if it has one."""
    article = Article("pair", side.title, side.text, published=side.published)
    report = read_report(article, Span(0, len(side.text)), vocabulary)
    read: Sequence[Extent] = report.names
    if kind in ("figure", "date"):
        read = report.quantities if kind == "figure" else report.days
    others = [one for one in read if one.end <= side.start or one.start >= side.end]
    chosen = rng.choice(others) if others else None
    return replace(side, start=chosen.start, end=chosen.end) if chosen else None


def _sides(reports: Reports, first: Extent, second: Extent) -> tuple[MarkedSide, MarkedSide]:
    return _side(reports.one, first), _side(reports.other, second)


def _side(report: NewsSentence, value: Extent) -> MarkedSide:
    return MarkedSide(report.text, value.start, value.end, report.article.published, report.article.title)


def _within(report: NewsSentence, span: Span) -> Span:
    return Span(span.start - report.span.start, span.end - report.span.start)

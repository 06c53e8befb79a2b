"""Pairs of whole reports on one event into what is found to differ in them, and what is found wrongly.

    python -m eval.studies.differing.events [--faults]

The pairs (`events.jsonl`) were written by hands that had not seen the code, with every value that both
reports give of one thing; all others look alike at most. A difference is found where both its values are
shown as one, be it as a difference or as a newer state, and false where they are not of one thing or say the
same. Each sentence of the first is compared with each of the second, as if an answer quoted all of it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Literal

import click

from bot.differing.comparing import compare
from bot.differing.pairs import Pair
from bot.differing.reports import read_report
from bot.language.lexicon import load_lexicon
from bot.language.vocabulary import Vocabulary, load_vocabulary
from index.records import Article, Span
from index.sentences import sentence_spans
from index.withdrawn import overlapping

EVENTS = Path(__file__).with_name("events.jsonl")
Relation = Literal["same", "differ", "update"]


@dataclass(frozen=True)
class OneThing:
    """A thing that both reports give a value of, and where these stand in their bodies."""

    kind: str
    relation: Relation
    places: tuple[Span, Span]


@dataclass(frozen=True)
class Event:
    """Two reports on one event, and all that both give a value of."""

    id: str
    reports: tuple[Article, Article]
    things: tuple[OneThing, ...]

    @property
    def differing(self) -> list[OneThing]:
        """The things that truly differ, or are newer in one."""
        return [one for one in self.things if one.relation != "same"]


def load_events() -> list[Event]:
    """The events in order."""
    return [_event(json.loads(line)) for line in EVENTS.read_text(encoding="utf-8").splitlines()]


def _event(raw: Mapping[str, object]) -> Event:
    reports = _report(raw, "a"), _report(raw, "b")
    things = raw["one"]
    assert isinstance(things, list)
    return Event(str(raw["id"]), reports, tuple(_thing(one, reports) for one in things))


def _report(raw: Mapping[str, object], side: str) -> Article:
    told = raw[side]
    assert isinstance(told, dict)
    return Article(
        f"{raw['id']}{side}", told["title"], told["body"], outlet=told["outlet"], published=told["published"]
    )


def _thing(raw: Mapping[str, str], reports: tuple[Article, Article]) -> OneThing:
    one, other = (
        _place(report.body, raw[f"{side}_sentence"], raw[f"{side}_value"])
        for side, report in zip("ab", reports, strict=True)
    )
    return OneThing(raw["kind"], raw["relation"], (one, other))  # type: ignore[arg-type]


def _place(body: str, sentence: str, value: str) -> Span:
    start = body.index(value, body.index(sentence))
    return Span(start, start + len(value))


def differing(event: Event, vocabulary: Vocabulary) -> list[Pair]:
    """What is found to differ between two reports, or to be newer in one; each pair of places once."""
    one, other = (
        [read_report(report, span, vocabulary) for span in sentence_spans(report.body)]
        for report in event.reports
    )
    pairs = (pair for first, second in product(one, other) if (pair := compare(first, second)))
    return list({(one.one, one.other): one for one in pairs if one.kind != "agreed"}.values())


@dataclass(frozen=True)
class Judged:
    """An event with the things that truly differ and were found, and the pairs that were found wrongly."""

    event: Event
    found: frozenset[OneThing]
    false: tuple[Pair, ...]


def judge(event: Event, pairs: Sequence[Pair]) -> Judged:
    """Which of the pairs are true."""
    of = [[one for one in event.differing if _is_of(pair, one)] for pair in pairs]
    false = tuple(pair for pair, things in zip(pairs, of, strict=True) if not things)
    return Judged(event, frozenset(one for things in of for one in things), false)


def _is_of(pair: Pair, thing: OneThing) -> bool:
    """Whether a pair's places touch those of a thing."""
    one, other = thing.places
    return overlapping(pair.one, [one]) and overlapping(pair.other, [other])


@click.command()
@click.option("--faults", is_flag=True, help="Print also what is missed and what is false.")
def main(faults: bool) -> None:
    """Print how much of what differs is found, by kind, and how many pairs show something false."""
    vocabulary = load_vocabulary(load_lexicon())
    judged = [judge(event, differing(event, vocabulary)) for event in load_events()]
    for kind in ("figure", "date", "place", "actor"):
        _print(kind, judged)
    _print(None, judged)
    wrong = [one for one in judged if one.false]
    click.echo(f"false in {len(wrong)} of {len(judged)} pairs ({len(wrong) / len(judged):.2f})")
    for one in judged if faults else ():
        _print_faults(one)


def _print(kind: str | None, judged: Sequence[Judged]) -> None:
    wanted = [
        (thing, thing in one.found)
        for one in judged
        for thing in one.event.differing
        if kind in (None, thing.kind)
    ]
    found = sum(there for _, there in wanted)
    click.echo(f"{kind or 'all':8} {found:3} of {len(wanted):3} found ({found / max(1, len(wanted)):.2f})")


def _print_faults(judged: Judged) -> None:
    one, other = (report.body for report in judged.event.reports)
    for pair in judged.false:
        click.echo(
            f"{judged.event.id} false {pair.kind}: {_marked(one, pair.one)} // {_marked(other, pair.other)}"
        )
    for thing in judged.event.differing:
        if thing not in judged.found:
            places = " // ".join(
                _marked(body, at) for body, at in zip((one, other), thing.places, strict=True)
            )
            click.echo(f"{judged.event.id} missed {thing.kind}: {places}")


def _marked(body: str, at: Span) -> str:
    """The sentence around a place of a body, with the place marked."""
    span = next(one for one in sentence_spans(body) if one.start <= at.start < one.end)
    return f"{body[span.start : at.start]}[{body[at.start : at.end]}]{body[at.end : span.end]}"


if __name__ == "__main__":
    main()

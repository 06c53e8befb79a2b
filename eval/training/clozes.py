"""`python -m eval.training.clozes > ROWS`: pairs of reports into reading questions, for `--written ROWS`.

A value of one sentence is left open and asked of the other: "The dam will cost how many crowns?". Where both
give one thing, be it the same value or another, the other's value answers; where they tell of two things
that look like one, nothing does.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from bot.differing.pairs import Extent
from bot.differing.reports import read_report
from bot.language.lexicon import load_lexicon
from bot.language.vocabulary import Vocabulary, load_vocabulary
from eval.training.written import kept_apart
from index.records import Article, Span

PAIRS = Path(__file__).with_name("clozes.txt")
ONE_THING = ("differ", "same", "update")
_ASKS = {"figure": "how many", "date": "which day", "place": "which place", "actor": "who"}
_WORDS = 22  # on either side of a value that are asked with it: the reader takes 48 tokens of a question


@dataclass(frozen=True)
class Side:
    """A sentence, the day (ISO) of its report, and its value at `text[value.start:value.end]`."""

    day: str
    text: str
    value: Span


@dataclass(frozen=True)
class ClozePair:
    """Two sentences that give one thing, or seem to; of a kind: "figure", "date", "place" or "actor"."""

    one_thing: bool
    kind: str
    sides: tuple[Side, Side]


def read_pairs(lines: Sequence[str]) -> Iterator[ClozePair]:
    """The pairs of a file's lines, in order. Raises ValueError where one is none."""
    for line in lines:
        if not line.strip() or line.startswith("#"):
            continue
        relation, kind, one, told, other, told_there = line.strip().split("|")
        yield ClozePair(relation in ONE_THING, kind, (_side(one, told), _side(other, told_there)))


def _side(day: str, marked: str) -> Side:
    start, end = marked.index("["), marked.index("]") - 1
    return Side(day, marked.replace("[", "").replace("]", ""), Span(start, end))


def rows_of(pairs: Sequence[ClozePair], vocabulary: Vocabulary) -> Iterator[dict[str, object]]:
    """A row of `shared/qa_train`'s form for each side of each pair; none is of a page that is kept apart."""
    for number, pair in enumerate(pairs):
        for asked, there in (pair.sides, pair.sides[::-1]):
            answer = there.text[slice(*there.value)] if pair.one_thing else None
            name = f"cloze-{number}-{pair.sides.index(there)}"
            yield {
                "id": name,
                "question": cloze(asked, pair.kind, vocabulary),
                "passage": there.text,
                "title": "",
                "answers": [answer] if answer else [],
                "answer_starts": [there.value.start] if answer else [],
                "source": "cloze",
                "published": there.day,
                "article": _trained_on(name),
            }


def cloze(side: Side, kind: str, vocabulary: Vocabulary) -> str:
    """A sentence as a question for its value, or for the figure, day or name in it that is read as one."""
    article = Article("pair", "", side.text, published=side.day)
    report = read_report(article, Span(0, len(side.text)), vocabulary)
    read: Sequence[Extent] = report.names
    if kind in ("figure", "date"):
        read = report.quantities if kind == "figure" else report.days
    meant = [one for one in read if one.start < side.value.end and side.value.start < one.end]
    start, end = (meant[0].start, meant[0].end) if meant else side.value
    before, after = side.text[:start].split(), side.text[end:].split()
    asked = " ".join([*before[-_WORDS:], _ASKS[kind], *after[:_WORDS]])
    return asked.replace(" ,", ",").rstrip(". ") + "?"


def _trained_on(name: str) -> str:
    """The name, with as many marks behind it as it takes not to be one of those that are kept apart."""
    while kept_apart(name):
        name += "'"
    return name


@click.command()
@click.option("--times", default=1, show_default=True, help="Print each row so often.")
def main(times: int) -> None:
    """Print the pairs as rows for `eval.training.train --written`."""
    vocabulary = load_vocabulary(load_lexicon())
    pairs = list(read_pairs(PAIRS.read_text(encoding="utf-8").splitlines()))
    for row in rows_of(pairs, vocabulary):
        for _ in range(times):
            click.echo(json.dumps(row, ensure_ascii=False))


if __name__ == "__main__":
    main()

"""How well copies are told from the same story later: `python -m eval.studies.stories [--show] [--json]`.

The pairs are copies as desks edit them, corrected reprints, updates that keep most of their words, sister
stories of one investigation, retractions, and reports written apart that share a statement. A pair counts by
itself, as `index.copies.relation` tells it.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from index.copies.relation import Relation, in_order, relation
from index.copies.telling import Telling
from index.records import Article

HERE = Path(__file__).parent
HALVES = ("mended", "held")


@dataclass(frozen=True)
class StoryPair:
    """Two articles, what kind of pair they were written as, and how they stand to one another."""

    one: Article
    other: Article
    kind: str
    label: Relation


def load_stories(half: str) -> list[StoryPair]:
    """The pairs of one half, in order."""
    articles: dict[str, Article] = {}
    pairs: list[StoryPair] = []
    for line in (HERE / f"{half}.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if row["type"] == "article":
            articles[row["id"]] = Article(
                row["id"], row["title"], row["text"], outlet=row["outlet"], published=row["published"]
            )
        else:
            label: Relation = "copy" if row["copy"] else "later" if row["later"] else "apart"
            pairs.append(StoryPair(articles[row["one"]], articles[row["other"]], row["kind"], label))
    return pairs


def told_as(pair: StoryPair) -> Relation:
    """How a pair is told."""
    return relation(*in_order(Telling(pair.one), Telling(pair.other)))


def figures(told: Sequence[tuple[StoryPair, Relation]]) -> dict[str, float]:
    """Precision and recall of copies and of later reports, 0 to 1."""
    found: dict[str, float] = {"pairs": len(told)}
    for label in ("copy", "later"):
        right = sum(pair.label == label == how for pair, how in told)
        found[f"{label} precision"] = right / (sum(how == label for _, how in told) or 1)
        found[f"{label} recall"] = right / (sum(pair.label == label for pair, _ in told) or 1)
    return found


@click.command()
@click.option("--show", is_flag=True, help="Print the pairs of the mended half that are told wrongly.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def main(show: bool, as_json: bool) -> None:
    """Count how the pairs of both halves are told."""
    halves = {half: [(pair, told_as(pair)) for pair in load_stories(half)] for half in HALVES}
    if as_json:
        click.echo(json.dumps({half: figures(told) for half, told in halves.items()}))
        return
    for half, told in halves.items():
        click.echo(f"{half:<8}" + "   ".join(f"{name} {value:.3g}" for name, value in figures(told).items()))
        kinds = Counter((pair.kind, pair.label == how) for pair, how in told)
        for kind in dict.fromkeys(pair.kind for pair, _ in told):
            click.echo(f"  {kind:<18} right {kinds[kind, True]:3}   wrong {kinds[kind, False]:3}")
    for pair, how in halves["mended"] if show else ():
        if how != pair.label:
            click.echo(f"{pair.kind}: {pair.one.id} {pair.other.id} is {pair.label}, told as {how}")


if __name__ == "__main__":
    main()

"""How well copies are told from the same story later: `python -m eval.studies.stories [--show] [--json]`.

`--fit` fits the weights of `index.copies.relation` first, on the mended half, on articles of two stories that
share names and on the pairs of `eval.studies.origins`, and writes them into `index/copies/weights.json`.

The pairs are copies as desks edit them, corrected reprints, updates that keep most of their words, sister
stories of one investigation, retractions, and reports written apart that share a statement. A pair counts by
itself, as `index.copies.relation` tells it.
"""

from __future__ import annotations

import heapq
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

import click

import index.copies
from eval.studies.origins import all_pairs
from index.copies.relation import RELATIONS, Relation, in_order, relation
from index.copies.relation import fitted_weights as relation_weights
from index.copies.telling import Telling
from index.copies.traits import traits
from index.records import Article

HERE = Path(__file__).parent
HALVES = ("mended", "held", "held_rewritten")
BY_CODE = 0.4  # what a pair that was not written for it counts in fitting
STRANGERS = 120  # pairs of two stories, those that share most names
REGULAR = 0.5  # the inverse strength of regularisation


@dataclass(frozen=True)
class StoryPair:
    """Two articles, what kind of pair they were written as, and how they stand to one another."""

    one: Article
    other: Article
    kind: str
    label: Relation
    weight: float = 1.0  # in fitting


def load_stories(half: str) -> list[StoryPair]:
    """The pairs of one half, in order."""
    articles: dict[str, Article] = {}
    pairs: list[StoryPair] = []
    for line in (HERE / f"{half}.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if row["type"] == "article":
            articles[row["id"]] = Article(
                row["id"],
                row["title"],
                row["text"],
                outlet=row["outlet"],
                agency=row.get("agency"),
                published=row["published"],
            )
        else:
            label: Relation = "copy" if row["copy"] else "later" if row["later"] else "apart"
            pairs.append(StoryPair(articles[row["one"]], articles[row["other"]], row["kind"], label))
    return pairs


def told_as(pair: StoryPair) -> Relation:
    """How a pair is told."""
    return relation(*in_order(Telling(pair.one), Telling(pair.other)))


def pairs_by_code() -> list[StoryPair]:
    """The pairs of `eval.studies.origins`; the copies among them were made by code and count less."""
    articles, pairs = all_pairs()
    by_id = {one.id: one for one in articles}
    return [
        StoryPair(by_id[one.one], by_id[one.other], one.kind, "copy", BY_CODE)
        if one.copies
        else StoryPair(by_id[one.one], by_id[one.other], one.kind, "apart")
        for one in pairs
    ]


def strangers(pairs: Sequence[StoryPair]) -> list[StoryPair]:
    """Pairs of articles of different stories, those that share most names; ids begin with their story."""
    told = {one.id: Telling(one) for pair in pairs for one in (pair.one, pair.other)}
    names = {one: frozenset(telling.names) for one, telling in told.items()}
    apart = [
        (len(names[one] & names[other]), one, other)
        for one, other in combinations(told, 2)
        if one.partition(".")[0] != other.partition(".")[0]
    ]
    return [
        StoryPair(told[one].article, told[other].article, "stranger", "apart", BY_CODE)
        for _, one, other in heapq.nlargest(STRANGERS, apart)
    ]


def fit(pairs: Sequence[StoryPair]) -> dict[str, dict[str, object]]:
    """Weights of each relation, for features as they are; the regression is fitted on standardised ones."""
    import numpy as np
    from sklearn.linear_model import LogisticRegression

    read = [traits(*in_order(Telling(pair.one), Telling(pair.other))) for pair in pairs]
    names = list(read[0])
    x = np.array([[one[name] for name in names] for one in read])
    mean, spread = x.mean(0), x.std(0) + 1e-9
    model = LogisticRegression(C=REGULAR, max_iter=2000)
    labels, weights = [pair.label for pair in pairs], [pair.weight for pair in pairs]
    model.fit((x - mean) / spread, labels, sample_weight=weights)
    found = {}
    for name, row, bias in zip(model.classes_, model.coef_ / spread, model.intercept_, strict=True):
        rounded = {key: round(float(value), 4) for key, value in zip(names, row, strict=True)}
        found[str(name)] = {"bias": round(float(bias - row @ mean), 4), "weights": rounded}
    return found


def write_weights(weights: Mapping[str, object]) -> None:
    """Put fitted weights where `index.copies.relation` reads them."""
    text = json.dumps({name: weights[name] for name in RELATIONS}, indent=2)
    Path(index.copies.__path__[0], "weights.json").write_text(f"{text}\n", encoding="utf-8")
    relation_weights.cache_clear()


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
@click.option("--fit", "fitted", is_flag=True, help="Fit the weights first, and write them.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def main(show: bool, fitted: bool, as_json: bool) -> None:
    """Count how the pairs of both halves are told."""
    if fitted:
        mended = load_stories("mended")
        write_weights(fit([*mended, *strangers(mended), *pairs_by_code()]))
    halves = {half: [(pair, told_as(pair)) for pair in load_stories(half)] for half in HALVES}
    if as_json:
        click.echo(json.dumps({half: figures(told) for half, told in halves.items()}))
        return
    for half, told in halves.items():
        click.echo(f"{half:<16}" + "   ".join(f"{name} {value:.3g}" for name, value in figures(told).items()))
        kinds = Counter((pair.kind, pair.label == how) for pair, how in told)
        for kind in dict.fromkeys(pair.kind for pair, _ in told):
            click.echo(f"  {kind:<18} right {kinds[kind, True]:3}   wrong {kinds[kind, False]:3}")
    for pair, how in halves["mended"] if show else ():
        if how != pair.label:
            click.echo(f"{pair.kind}: {pair.one.id} {pair.other.id} is {pair.label}, told as {how}")


if __name__ == "__main__":
    main()

"""How the proof of drafted sentences does: forged ones shown as proved, true ones kept.

    python -m eval.forging [ARTICLES]… [--each N] [--seed N] [--show KIND]

Makes up to N drafts of each kind from `seeds/` and the article files named (whatever `dateline add` takes),
checks each, and counts; the drafts written by hand over `seeds/` are counted beside them.
"""

from __future__ import annotations

import json
import random
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path

import click

from bot.verify.records import Checked, Drafted, Shown
from bot.verify.verify import Verifier
from bot.weighing.lexicon import load_lexicon
from eval.forging.forge import FORGERS, Forger
from eval.forging.material import shown_as, sources
from eval.forging.retell import QUOTES, RETELLINGS
from eval.run import seeds_folder
from index.articles.read import Found, read_paths
from index.records import Article

SEED = 20201019  # any: it only makes the drafts the same for everybody


@dataclass
class Count:
    """Drafts of one kind: how many, how many proved; up to a few of each outcome for reading."""

    kind: str
    made: int = 0
    proved: int = 0
    seconds: float = 0.0
    examples: list[Checked] = field(default_factory=list)


def measure(
    makers: Mapping[str, Forger], articles: Sequence[Article], verifier: Verifier, *, each: int, seed: int
) -> list[Count]:
    """Up to `each` drafts of every kind, from sentences in random order, checked."""
    counts = {kind: Count(kind) for kind in makers}
    rng = random.Random(seed)
    for source in sources(articles, rng):
        wanted = [count for count in counts.values() if count.made < each]
        if not wanted:
            break
        for count in rng.sample(wanted, min(4, len(wanted))):
            made = makers[count.kind](source, rng)
            if made is not None:
                _check(made, source.shown, verifier, count)
    return list(counts.values())


def _check(drafted: Drafted, shown: Sequence[Shown], verifier: Verifier, count: Count) -> None:
    started = time.perf_counter()
    checked = verifier.check(drafted, shown)
    count.seconds += time.perf_counter() - started
    count.made += 1
    count.proved += checked.proved
    count.examples.append(checked)


def written(articles: Sequence[Article], verifier: Verifier) -> list[Count]:
    """The drafts written by hand, true and false, checked."""
    by_id = {one.id: one for one in articles}
    counts = {True: Count("true, by hand"), False: Count("false, by hand")}
    for line in files("eval.forging").joinpath("written.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        article = by_id[row["article"]]
        other = next(one for one in articles if one.id != article.id and one.body != article.body)
        drafted = Drafted(row["text"], (1,), tuple((1, words) for words in row["relies_on"]))
        _check(drafted, [shown_as(1, article), shown_as(2, other)], verifier, counts[row["true"]])
    return list(counts.values())


def _articles(paths: Iterable[Path]) -> Iterator[Article]:
    for found in read_paths([*paths]):
        if isinstance(found, Found):
            yield found.article


def _print(title: str, counts: Sequence[Count], *, proved: str) -> None:
    made, kept = sum(one.made for one in counts), sum(one.proved for one in counts)
    click.echo(f"\n{title}: {made}, {proved} {kept} ({kept / max(1, made):.3f})")
    for one in counts:
        click.echo(
            f"  {one.kind:28} {one.made:5} {one.proved:5}  {1000 * one.seconds / max(1, one.made):5.1f} ms"
        )


def _show(counts: Iterable[Count], kind: str, *, proved: bool) -> None:
    for count in counts:
        if kind in count.kind:
            for one in count.examples:
                if one.proved == proved:
                    click.echo(f"\n{count.kind}: {one.drafted.text}")
                    for place in one.places:
                        click.echo(f"   · {place.article.body[place.span.start : place.span.end]}")
                    for finding in one.findings:
                        click.echo(f"   ! {finding.kind}: {finding.said[:80]!r} / {finding.found!r}")


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(exists=True, path_type=Path))
@click.option("--each", type=click.IntRange(1), default=60, show_default=True, help="Drafts of each kind.")
@click.option("--seed", type=int, default=SEED, show_default=True, help="Other drafts of the same kinds.")
@click.option(
    "--show", default=None, help="Print the failures of the kinds whose name holds this ('' for all)."
)
def main(paths: tuple[Path, ...], each: int, seed: int, show: str | None) -> None:
    """Count forged drafts that are shown as proved, and true ones that are kept."""
    verifier = Verifier(load_lexicon())
    seeds = list(_articles([seeds_folder()]))
    articles = [*seeds, *_articles(paths)]
    forged = measure(FORGERS, articles, verifier, each=each, seed=seed)
    quotes = measure(QUOTES, articles, verifier, each=3 * each, seed=seed)
    retold = measure(RETELLINGS, articles, verifier, each=each, seed=seed)
    by_hand = written(seeds, verifier)
    _print("forged", [*forged, by_hand[1]], proved="shown as proved")
    _print("true quotes", quotes, proved="kept")
    _print("true retellings", [*retold, by_hand[0]], proved="kept")
    if show is not None:
        _show([*forged, by_hand[1]], show, proved=True)
        _show([*quotes, *retold, by_hand[0]], show, proved=False)


if __name__ == "__main__":
    main()

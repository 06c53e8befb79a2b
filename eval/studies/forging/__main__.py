"""How the proof does on drafts made by code: forged quotations found, forged wordings shown, exact ones lost.

    python -m eval.studies.forging [ARTICLES]… [--each N] [--seed N] [--show KIND]

Makes up to N drafts of each kind from `seeds/` and the article files named (whatever `dateline add` takes).
"""

from __future__ import annotations

import random
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import click

from bot.proof.lines import Lines, Lost
from bot.proof.records import DraftLine, SentPassage
from eval.run import seeds_folder
from eval.studies.forging.forge import FORGERS, Forger
from eval.studies.forging.letters import LETTERS
from eval.studies.forging.material import Source, sources
from eval.studies.forging.quotations import EXACT, FORGED
from index.articles.draft import Found
from index.articles.read import read_paths
from index.records import Article

SEED = 20201019  # any: it only makes the drafts the same for everybody


@dataclass(frozen=True)
class Drawn:
    """One draft: whether something is shown of it at all, and whether in its own wording."""

    drafted: DraftLine
    found: bool
    own: bool


@dataclass
class Count:
    """Drafts of one kind."""

    kind: str
    drawn: list[Drawn] = field(default_factory=list)
    seconds: float = 0.0

    @property
    def made(self) -> int:
        """How many there are."""
        return len(self.drawn)

    @property
    def found(self) -> int:
        """Of how many something is shown."""
        return sum(one.found for one in self.drawn)

    @property
    def own(self) -> int:
        """How many are shown in their own wording."""
        return sum(one.own for one in self.drawn)


def measure(
    makers: Mapping[str, Forger], articles: Sequence[Article], *, each: int, seed: int
) -> list[Count]:
    """Up to `each` drafts of every kind, from sentences in random order, proved."""
    counts = {kind: Count(kind) for kind in makers}
    rng = random.Random(seed)
    lines = Lines()
    for source in sources(articles, rng):
        wanted = [count for count in counts.values() if count.made < each]
        if not wanted:
            break
        for count in rng.sample(wanted, min(4, len(wanted))):
            drafted = makers[count.kind](source, rng)
            if drafted is not None:
                _prove(drafted, _sent(source, count.kind), lines, count)
    return list(counts.values())


def _sent(source: Source, kind: str) -> Sequence[SentPassage]:
    """The passages of a draft: the other article only where a number may be wrong."""
    return source.shown if kind == "wrong number" else source.shown[:1]


def _prove(drafted: DraftLine, shown: Sequence[SentPassage], lines: Lines, count: Count) -> None:
    started = time.perf_counter()
    outcome = lines.prove(drafted, shown, shorts={})
    count.seconds += time.perf_counter() - started
    told = () if isinstance(outcome, Lost) else outcome
    count.drawn.append(Drawn(drafted, bool(told), any(one.text == drafted.text for one in told)))


def _articles(paths: Iterable[Path]) -> Iterator[Article]:
    for found in read_paths([*paths]):
        if isinstance(found, Found):
            yield found.article


def _print(title: str, counts: Sequence[Count], counted: Mapping[str, int]) -> None:
    made, kept = sum(one.made for one in counts), sum(counted.values())
    click.echo(f"\n{title}: {kept} of {made} ({kept / max(1, made):.3f})")
    for one in counts:
        ms = 1000 * one.seconds / max(1, one.made)
        click.echo(f"  {one.kind:32} {counted[one.kind]:5} of {one.made:5}  {ms:5.1f} ms")


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(exists=True, path_type=Path))
@click.option("--each", type=click.IntRange(1), default=120, show_default=True, help="Drafts of each kind.")
@click.option("--seed", type=int, default=SEED, show_default=True, help="Other drafts of the same kinds.")
@click.option("--show", is_flag=True, help="Print the drafts that came out wrong.")
def main(paths: tuple[Path, ...], each: int, seed: int, show: bool) -> None:
    """Count what is shown of forged quotations and wordings, and what of exact quotations is lost."""
    articles = [*_articles([seeds_folder()]), *_articles(paths)]
    forged = measure(FORGED, articles, each=each, seed=seed)
    worded = measure({**FORGERS, **LETTERS}, articles, each=each, seed=seed)
    exact = measure(EXACT, articles, each=each, seed=seed)
    _print("forged quotations shown", forged, {one.kind: one.found for one in forged})
    _print("forged wordings shown", worded, {one.kind: one.own for one in worded})
    _print("exact quotations lost", exact, {one.kind: one.made - one.found for one in exact})
    if show:
        wrong = [one for count in forged for one in count.drawn if one.found]
        wrong += [one for count in worded for one in count.drawn if one.own]
        wrong += [one for count in exact for one in count.drawn if not one.found]
        for one in wrong:
            click.echo(f"\n{one.drafted.text}\n  «{one.drafted.relies_on[0][1]}»")


if __name__ == "__main__":
    main()

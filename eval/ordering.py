"""An eval set into how high the passage with the answer's words stands, by search, by overlap, by the reader.

    python -m eval.ordering ../shared/benchmarks/realtimeqa

*By search* is the order of the hits; *by overlap* and *with the reader* that of the best sentence of each
passage, as an answer would choose it. The last one is the order in which a language model is sent passages.
Also: how many passages the reader reads for a question, and how long that takes.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from time import perf_counter

import click

from bot.llm.sending import likeliest
from bot.reader.reader import PassageRead, PassageReader, Reader
from bot.weighing.reading import Reading
from eval.cases import Case
from eval.metrics.percentile import percentile
from eval.retrieval import CACHE, HITS, has_words, open_archive
from index.errors import DatelineError
from index.records import Filters, Hit
from index.retrieval.retrieve import Retriever

PLACES = (1, 3, 5)

# Orders of the hits by name.
Orders = Mapping[str, Sequence[Hit]]
# The part of cases whose answer's words are among the first passages, at each of `PLACES`, by order.
Shares = dict[str, tuple[float, ...]]


class Timing:
    """A reader that counts and times its reads; `take` gives those since the last time."""

    def __init__(self, reader: PassageReader) -> None:
        self._reader = reader
        self._seconds: list[float] = []

    def read(self, question: str, hit: Hit) -> PassageRead:
        """What the reader says."""
        begun = perf_counter()
        found = self._reader.read(question, hit)
        self._seconds.append(perf_counter() - begun)
        return found

    def take(self) -> tuple[int, float]:
        """How many passages were read, and the milliseconds they took."""
        seconds, self._seconds = self._seconds, []
        return len(seconds), 1000 * sum(seconds)


def shares(found: Sequence[tuple[Case, Orders]]) -> Shares:
    """How often the answer's words are in one of the first passages of each order; at least one case."""
    names = found[0][1]
    return {
        name: tuple(_share([(case, orders[name]) for case, orders in found], k) for k in PLACES)
        for name in names
    }


def _share(found: Sequence[tuple[Case, Sequence[Hit]]], k: int) -> float:
    return sum(any(has_words(hit.passage.text, case) for hit in hits[:k]) for case, hits in found) / len(
        found
    )


def orders_of(question: str, hits: Sequence[Hit], readings: Mapping[str, Reading]) -> Orders:
    """The hits as they were found, and as each way of reading them orders them."""
    judged = {name: reading.judge(question, hits).candidates for name, reading in readings.items()}
    return {"by search": hits} | {name: likeliest(hits, candidates) for name, candidates in judged.items()}


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.option("--cache", type=click.Path(path_type=Path), default=CACHE, show_default=True)
def main(folder: Path, as_json: bool, cache: Path) -> None:
    """Print how high the passage with the answer's words stands in FOLDER, in three orders."""
    try:
        with open_archive(folder, cache) as (archive, encoder, cases):
            retriever = Retriever(archive, encoder)
            reader = Timing(Reader())
            readings = {
                "by overlap": Reading(archive, encoder),
                "with the reader": Reading(archive, encoder, reader=reader),
            }
            found, read = [], []
            with click.progressbar(cases, label="questions") as bar:
                for case in bar:
                    hits = retriever.retrieve(case.question, filters=Filters(), limit=HITS)
                    found.append((case, orders_of(case.question, hits, readings)))
                    read.append(reader.take())
    except DatelineError as exc:
        raise click.ClickException(str(exc)) from exc
    passages = sum(count for count, _ in read) / len(read)
    p50, p95 = (percentile([ms for _, ms in read], q) or 0.0 for q in (50, 95))
    if as_json:
        times = {"passages": passages, "p50_ms": p50, "p95_ms": p95}
        click.echo(json.dumps({"orders": shares(found), "reader": times}))
        return
    click.echo(table(shares(found), cases=len(found)))
    click.echo(
        f"the reader reads {passages:.1f} passages a question, in {p50:.0f} ms (p50), {p95:.0f} ms (p95)"
    )


def table(found: Shares, *, cases: int) -> str:
    """The shares for a terminal."""
    head = f"{f'{cases} cases: the answer’s words':<32}" + "".join(f"{f'in {k}':>8}" for k in PLACES)
    return "\n".join(
        [head, *(f"{name:<32}" + "".join(f"{one:8.3f}" for one in row) for name, row in found.items())]
    )


if __name__ == "__main__":
    main()

"""An eval set into how high the passage with the answer's words stands, by the search and by the reader.

    python -m eval.studies.ordering ../shared/benchmarks/realtimeqa

*By both* is the order in which a language model is sent passages (`bot.weighing.reranking`); *sent in all*
are those that it is sent, widened by what stands around them (`bot.writing.sending`). Also: how long the
reader takes to read them all.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from statistics import fmean
from time import perf_counter

import click

from bot.weighing.reader.memory import Remembering
from bot.weighing.reader.reader import Reader
from bot.weighing.reranking import Reranker
from bot.writing.sending import Limits, number_passages
from bot.writing.settings import LlmSettings
from bot.writing.writing import load_prompts
from eval.cases import Case
from eval.metrics.percentile import percentile
from eval.studies.retrieval import CACHE, HITS, has_words, open_set
from index.errors import DatelineError
from index.records import Filters, Hit

PLACES = (1, 3, 5)

# Orders of the hits by name.
Orders = Mapping[str, Sequence[Hit]]
# The part of cases whose answer's words are among the first passages, at each of `PLACES`, by order.
Shares = dict[str, tuple[float, ...]]


def shares(found: Sequence[tuple[Case, Orders]]) -> Shares:
    """How often the answer's words are in one of the first passages of each order; at least one case."""
    names = found[0][1]
    return {
        name: tuple(_share([(case, orders[name]) for case, orders in found], k) for k in PLACES)
        for name in names
    }


def _share(found: Sequence[tuple[Case, Sequence[Hit]]], k: int) -> float:
    held = sum(any(has_words(hit.passage.text, case) for hit in hits[:k]) for case, hits in found)
    return held / len(found)


def are_sent(case: Case, hits: Sequence[Hit]) -> bool:
    """Whether the answer's words are in what a language model is sent of these hits."""
    settings = LlmSettings()
    limits = Limits(settings.passages, settings.max_tokens, settings.context)
    room = limits.room(load_prompts().answer.text, case.question)
    sent = number_passages(hits, most=limits.passages, tokens=room)
    return any(has_words(one.text, case) for one in sent)


def orders_of(question: str, hits: Sequence[Hit], reader: Remembering) -> Orders:
    """The hits by the search, by both, and by the reader's margin alone."""
    read = zip(hits, reader.read(question, hits), strict=True)
    alone = [hit for hit, _ in sorted(read, key=lambda one: -one[1].margin)]
    return {"by the search": hits, "by both": Reranker(reader).order(question, hits), "by the reader": alone}


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.option("--cache", type=click.Path(path_type=Path), default=CACHE, show_default=True)
def main(folder: Path, as_json: bool, cache: Path) -> None:
    """Print how high the passage with the answer's words stands in FOLDER, in three orders."""
    reader = Remembering(Reader())
    found: list[tuple[Case, Orders]] = []
    took: list[float] = []
    sent: list[bool] = []
    try:
        with (
            open_set(folder, cache) as (retriever, cases),
            click.progressbar(cases, label="questions") as bar,
        ):
            for case in bar:
                hits = retriever.retrieve(case.question, filters=Filters(), limit=HITS)
                begun = perf_counter()
                found.append((case, orders_of(case.question, hits, reader)))
                took.append(1000 * (perf_counter() - begun))
                sent.append(are_sent(case, found[-1][1]["by both"]))
    except DatelineError as exc:
        raise click.ClickException(str(exc)) from exc
    p50 = percentile(took, 50) or 0.0
    click.echo(
        json.dumps({"orders": shares(found), "sent": fmean(sent), "p50_ms": p50})
        if as_json
        else f"{table(shares(found), cases=len(found))}\n{'sent in all':32}{fmean(sent):8.3f}\n"
        f"reading {HITS} passages: {p50:.0f} ms (p50)"
    )


def table(found: Shares, *, cases: int) -> str:
    """The shares for a terminal."""
    head = f"{f'{cases} cases: the answer’s words':<32}" + "".join(f"{f'in {k}':>8}" for k in PLACES)
    rows = (f"{name:<32}" + "".join(f"{one:8.3f}" for one in row) for name, row in found.items())
    return "\n".join([head, *rows])


if __name__ == "__main__":
    main()

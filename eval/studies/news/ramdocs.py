"""Questions whose texts disagree into two figures.

`python -m eval.studies.news.ramdocs ../shared/benchmarks/ramdocs`.

*All given*: the part of the cases in which every supported answer stands in a quotation of its own. *Only
misinformation*: those in which a wrong answer is given and none that is supported. After RAMDocs (Wang et
al., "Retrieval-Augmented Generation with Conflicting Evidence", COLM 2025), asked of each case's own texts.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import permutations
from pathlib import Path

import click

from bot.answers.answer import Answer
from bot.answers.asked import Asked
from bot.assemble import answering, reader_for
from bot.settings import load_settings
from eval.cases import Case, load_set
from eval.metrics.answer_match import holds
from eval.speed.benches import Workbench
from eval.studies.retrieval import CACHE
from index.encoding.encoder import Encoder
from index.encoding.encoders import load_encoder


@dataclass(frozen=True)
class Given:
    """What an answer gives: how many supported answers have a quotation of their own; and wrong ones."""

    supported: int
    given: int
    wrong: bool
    answered: bool


def judge(case: Case, answer: Answer) -> Given:
    """The supported answers of a case that stand in quotations, each in another one, as many as can be."""
    groups = case.answer or ()
    quotes = [one.quote for one in answer.citations]
    held = [
        {n for n, quote in enumerate(quotes) if any(holds(quote, words) for words in group)}
        for group in groups
    ]
    wrong = any(holds(quote, words) for quote in quotes for words in case.wrong)
    return Given(len(groups), _matched(held), wrong, answer.status == "answered")


def _matched(held: Sequence[set[int]]) -> int:
    """How many groups can have a quotation of their own; there are at most six, so all orders are tried."""
    best = 0
    for order in permutations(held):
        used: set[int] = set()
        for places in order:
            free = places - used
            used |= {min(free)} if free else set()
        best = max(best, len(used))
    return best


def ask_all(cases: Sequence[Case], encoder: Encoder) -> list[Given]:
    """Every case asked of its own texts."""
    settings = load_settings({})
    reader = reader_for(settings)

    async def ask() -> list[Given]:
        results = []
        with Workbench(
            None,
            encoder,
            build=lambda archive, own: answering(archive, own, hits=settings.hits, reader=reader),
        ) as bench:
            for case in cases:
                with bench.subject(case) as subject:
                    answer = await subject.ask(Asked(case.question))
                results.append(judge(case, answer))
        return results

    return asyncio.run(ask())


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option("--limit", type=int, help="Ask only the first cases.")
def main(folder: Path, limit: int | None) -> None:
    """Print how many supported answers are given, and how often only misinformation is."""
    results = ask_all(load_set(folder).cases[:limit], load_encoder(cache=CACHE))
    total = len(results)
    answered = [one for one in results if one.answered]
    whole = sum(one.given == one.supported for one in results)
    share = sum(one.given / one.supported for one in results) / total
    some = sum(one.given > 0 for one in results)
    only_wrong = sum(one.wrong and not one.given for one in results)
    click.echo(
        f"{total} cases, {len(answered)} answered\n"
        f"every supported answer given with its own citation: {whole} ({whole / total:.3f})\n"
        f"supported answers given, on average: {share:.3f}; at least one: {some} ({some / total:.3f})\n"
        f"misinformation as the only answer: {only_wrong} ({only_wrong / total:.3f})"
    )


if __name__ == "__main__":
    main()

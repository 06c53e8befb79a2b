"""Measure the peers on a set: `python -m eval.peers [SET] [--limit N]`; the built-in set by default.

Every peer indexes the same articles and is asked the same questions, one after another in one process,
without filters and earlier questions. A peer that is not installed is named with the reason.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import ExitStack
from functools import partial
from pathlib import Path

import click

from bot.settings import load_settings
from eval.cases import BUILT_IN, Case, load_set
from eval.peers.dateline import Whole
from eval.peers.llamaindex import LlamaIndex
from eval.peers.paperqa import PaperQa
from eval.peers.peer import Measured, Peer, fair, measure, sample
from eval.peers.plain import Bm25, Dense
from eval.peers.table import print_table
from eval.run import Selection, seeds_folder, select
from index.articles.draft import Found
from index.articles.read import read_paths
from index.encoding.encoder import Encoder
from index.extras import bringing
from index.records import Article

HAIKU = (
    "not run: its releases since 0.7 require Python 3.12 and cannot share this process (it installs there,"
    " with 130 packages); the last one for 3.11, 0.6.0, brings another torch and 4 GB of CUDA packages"
)


@click.command()
@click.argument("folder", required=False, metavar="[SET]", type=click.Path(path_type=Path, exists=True))
@click.option("--limit", type=click.IntRange(min=1), metavar="N", help="Only N cases, the same each time.")
@click.option(
    "--articles",
    "most",
    type=click.IntRange(min=1),
    metavar="N",
    help="Only N articles: those that the cases name, and a sample of the others.",
)
def main(folder: Path | None, limit: int | None, most: int | None) -> None:
    """Measure Dateline and its peers on SET, in one run."""
    from rich.console import Console

    from bot.assemble import load_encoder_for

    eval_set = load_set(folder or BUILT_IN)
    encoder = load_encoder_for(load_settings({}))
    cases = select(fair(eval_set.cases), Selection(limit=limit))
    named = {article for case in cases for article in case.articles}
    articles = sample(_read(eval_set.articles or seeds_folder()), named, most=most)
    with ExitStack() as open_until:
        rows = [_measured(make, articles, cases) for make in _peers(encoder, open_until)]
    rows.append(Measured("haiku.rag", "", failure=HAIKU))
    print_table(Console(), rows, cases=len(cases), articles=len(articles), set_name=eval_set.name)


def _peers(encoder: Encoder, open_until: ExitStack) -> list[Callable[[], Peer]]:
    from bot.assemble import answering

    llama = LlamaIndex(encoder)
    return [
        lambda: Whole(encoder, build=partial(answering, hits=12), open_until=open_until),
        lambda: Bm25(encoder),
        lambda: Dense(encoder),
        lambda: llama,
        llama.altered,
        lambda: PaperQa(encoder),
    ]


def _measured(make: Callable[[], Peer], articles: Sequence[Article], cases: Sequence[Case]) -> Measured:
    try:
        peer = make()
        click.echo(f"indexing: {peer.name}", err=True)
        return measure(peer, articles, cases=cases)
    except ImportError as exc:
        return Measured(str(exc.name), "", failure=f"not installed: {exc}; {bringing('peers')}")


def _read(path: Path) -> list[Article]:
    return [one.article for one in read_paths([path]) if isinstance(one, Found)]


if __name__ == "__main__":
    main()

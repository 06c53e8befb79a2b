"""The reader that ships into its figures: how well and how fast it reads, and what its 8 bits lose.

    python -m eval.training.shipped ../shared/qa_train [--written ROWS…] [--weights DIR/reader.pt]

It reads the near misses that are never trained on, without their titles; and, with more rows of
`shared/tools/news_written.py`, all questions written of news on pages that are kept apart. With the weights
that training left, the same network in float32 reads them too, by the same code.
"""

from __future__ import annotations

import random
import tempfile
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import TYPE_CHECKING

import click
import numpy as np
from numpy.typing import NDArray

from bot.weighing.reader.network import Network
from bot.weighing.reader.reader import TokenNetwork
from bot.weighing.reader.tokens import load_tokenizer
from eval.training.encoded import Row, encode_rows, heads_of
from eval.training.examples import NEAR_MISSES, Example, held_out, read_examples
from eval.training.watching import figures_of, words_of
from eval.training.written import kept_apart, read_written
from index.encoding.session import SideBySide

if TYPE_CHECKING:
    from tokenizers import Tokenizer

# What a question may cost: so many passages of so many tokens.
_PASSAGES, _TOKENS, _REPEATS = 12, 200, 15


def read_by(
    network: TokenNetwork, examples: Sequence[Example], tokenizer: Tokenizer
) -> list[tuple[str, float]]:
    """The best words of each passage and their margin over "not here"."""
    rows = encode_rows(examples, heads_of(examples), tokenizer, rng=random.Random(0))
    return [words_of(row, *network.scores(*_inputs(row)), tokenizer) for row in rows]


def milliseconds(network: TokenNetwork, examples: Sequence[Example], tokenizer: Tokenizer) -> float:
    """The median time to read twelve rows of about 200 tokens, those of the examples nearest to that.

    They are read side by side, as `Reader` reads.
    """
    rows = encode_rows(examples, [""] * len(examples), tokenizer, rng=random.Random(0))
    chosen = sorted(rows, key=lambda row: abs(len(row.ids) - _TOKENS))[:_PASSAGES]
    side_by_side, times = SideBySide(name="reading"), []
    for _ in range(_REPEATS):
        begun = perf_counter()
        side_by_side.map(lambda row: network.scores(*_inputs(row)), chosen)
        times.append(1000 * (perf_counter() - begun))
    return median(times)


def _inputs(row: Row) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The tokens of a row, and 1 for those of its second segment."""
    return row.ids.astype(np.int64), (np.arange(len(row.ids)) >= row.second).astype(np.int64)


@click.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option(
    "--weights", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="To compare with."
)
@click.option(
    "--written",
    multiple=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="More rows of shared/tools/news_written.py, beside FOLDER/news_written.jsonl.gz.",
)
@click.option("--every", default=3, show_default=True, help="Read each Nth question that is kept apart.")
def main(folder: Path, weights: Path | None, written: tuple[Path, ...], every: int) -> None:
    """Print the figures of the reader that ships on FOLDER, a copy of shared/qa_train."""
    near = [one for one in read_examples(folder / f"{NEAR_MISSES}.jsonl.gz") if held_out(one.title)]
    _compare(near[::every], weights)
    if written:
        rows = read_written([folder / "news_written.jsonl.gz", *written])
        _compare([one for one in rows if kept_apart(one.article)], weights)


def _compare(kept: Sequence[Example], weights: Path | None) -> None:
    """Print what ships, and the weights in float32, beside one another."""
    click.echo(
        f"{f'{len(kept):,} questions':<22}span F1   exact     AUC   ms for {_PASSAGES} of {_TOKENS} tokens"
    )
    _show("as it ships, 8 bits", Network(), kept)
    if weights:
        from eval.training.export import export

        with tempfile.TemporaryDirectory() as scratch:
            export(weights, Path(scratch), small=False)
            _show("float32", Network(Path(scratch)), kept)


def _show(name: str, network: TokenNetwork, kept: Sequence[Example]) -> None:
    tokenizer = load_tokenizer()
    found = figures_of(kept, lambda some: read_by(network, some, tokenizer))
    took = milliseconds(network, kept, tokenizer)
    click.echo(f"{name:<20}{found.f1:9.3f}{found.exact:8.3f}{found.auc:8.3f}{took:12.0f}")


if __name__ == "__main__":
    main()

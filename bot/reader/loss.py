"""`python -m bot.reader.loss DIR/reader.pt ../shared/qa_train`: what the shipped 8 bits lose against float32.

Both files are read by the same code, ONNX Runtime's, on the near misses that are never trained on.
"""

from __future__ import annotations

import random
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click
import numpy as np

from bot.reader.encoded import Row, encode_rows
from bot.reader.examples import NEAR_MISSES, Example, held_out, read_examples
from bot.reader.export import export
from bot.reader.network import Network
from bot.reader.reader import TokenNetwork
from bot.reader.tokens import load_tokenizer
from bot.reader.watching import figures_of, words_of

if TYPE_CHECKING:
    from tokenizers import Tokenizer


def read_by(
    network: TokenNetwork, examples: Sequence[Example], tokenizer: Tokenizer
) -> list[tuple[str, float]]:
    """The best words of each passage and their margin over "not here"; titles are not read."""
    rows = encode_rows(examples, [""] * len(examples), tokenizer, rng=random.Random(0))
    return [words_of(row, *network.scores(*_inputs(row)), tokenizer) for row in rows]


def _inputs(row: Row) -> tuple[np.ndarray, np.ndarray]:
    return row.ids.astype(np.int64), (np.arange(len(row.ids)) >= row.second).astype(np.int64)


@click.command()
@click.argument("weights", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--every", default=3, show_default=True, help="Read each Nth question that is kept apart.")
def main(weights: Path, folder: Path, every: int) -> None:
    """Print the figures of WEIGHTS in float32 and in 8 bits on FOLDER, a copy of shared/qa_train."""
    kept = [one for one in read_examples(folder / f"{NEAR_MISSES}.jsonl.gz") if held_out(one.title)][::every]
    tokenizer = load_tokenizer()
    click.echo(f"{len(kept):,} questions       span F1   exact     AUC      MB")
    for name, small in (("float32", False), ("8 bits, as it ships", True)):
        with tempfile.TemporaryDirectory() as into:
            size = export(weights, Path(into), small=small).stat().st_size / 1e6
            network = Network(Path(into))
            found = figures_of(kept, lambda some, network=network: read_by(network, some, tokenizer))  # type: ignore[misc]
        click.echo(f"{name:<21}{found.f1:9.3f}{found.exact:8.3f}{found.auc:8.3f}{size:8.1f}")


if __name__ == "__main__":
    main()

"""The compiled encoder beside sentence-transformers: speed in one run, and how far its vectors are off.

    python -m eval.speed.encoding [--repeats N]

Encodes the passages of `seeds/` several times over by each and prints the median of passages a CPU second,
the ratio to sentence-transformers, and the mean cosine with its vectors.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median

import click
import numpy as np

from eval.run import seeds_folder
from index.articles.draft import Found
from index.articles.read import read_paths
from index.encoding.encoder import Encoder, Vectors
from index.encoding.encoders import load_encoder
from index.split import passage_input, split

TIMES_OVER = 4  # 18 articles are about 35 passages; a hundred and more fill the batches


@click.command()
@click.option("--repeats", type=click.IntRange(1), default=5, show_default=True)
@click.option(
    "--cache", type=click.Path(path_type=Path), default=Path(".dateline") / "encoders", show_default=True
)
def main(repeats: int, cache: Path) -> None:
    """Compare the compiled encoder with sentence-transformers on the passages of seeds/."""
    encoders = {
        "int8": load_encoder(cache=cache, precision="int8"),
        "float32": load_encoder(cache=cache, precision="float32"),
        "sentence-transformers": load_encoder(cache=cache, reference=True),
    }
    texts = _passages(encoders["int8"]) * TIMES_OVER
    vectors = {name: encoder.encode(texts) for name, encoder in encoders.items()}  # also warms each up
    speeds: dict[str, list[float]] = {name: [] for name in encoders}
    for repeat in range(repeats):  # in turns, so that what else the machine does falls on all of them
        fresh = [f"{repeat}.{n} {text}" for n, text in enumerate(texts)]  # short ones are remembered
        for name, encoder in encoders.items():
            speeds[name].append(_speed(encoder, fresh))
    slowest = median(speeds["sentence-transformers"])
    click.echo(f"{len(texts)} passages, median of {repeats}")
    for name, values in speeds.items():
        cosine = _cosine(vectors[name], vectors["sentence-transformers"])
        speed = median(values)
        click.echo(f"{name:22} {speed:6.0f} a CPU second  ×{speed / slowest:4.1f}  mean cosine {cosine:.4f}")


def _passages(encoder: Encoder) -> list[str]:
    articles = [found.article for found in read_paths([seeds_folder()]) if isinstance(found, Found)]
    return [
        passage_input(article, passage.text) for article in articles for passage in split(article, encoder)
    ]


def _speed(encoder: Encoder, texts: Sequence[str]) -> float:
    started = time.process_time()
    encoder.encode(texts)
    return len(texts) / (time.process_time() - started)


def _cosine(one: Vectors, other: Vectors) -> float:
    return float(np.mean(np.sum(one * other, axis=1)))


if __name__ == "__main__":
    main()

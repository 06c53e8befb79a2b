"""An eval set into weights for the clues of retrieval, and how well such weights do on unseen questions.

    python -m eval.training.fit_retrieval FOLDER [--cache FOLDER]

Prints the figures of the weights in use; those of weights fitted on four fifths of the questions and measured
on the rest, five times; and the weights fitted on all, to be made round by hand. The model is a softmax over
the candidates of a question, of which those with the answer's words shall have the largest part (ListNet: Cao
et al., "Learning to Rank: From Pairwise Approach to Listwise Approach", 2007).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import astuple, dataclass, fields
from pathlib import Path

import click
import numpy as np
from numpy.typing import NDArray

from eval.cases import Case
from eval.studies.retrieval import CACHE, Figures, figures, has_words, judge, open_set, table
from index.retrieval.clues import CandidatePassage, Clues, Weights
from index.retrieval.retrieve import DEPTH, Retriever, hits_of

_FOLDS = 5
_STEPS = 400
_PENALTY = (
    0.003  # on the squares of the weights of clues of unit variance; 0.001 to 0.03 give the same figures
)

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Example:
    """A case with its candidates: their clues, shape (n, 5), and which have the answer's words, (n,)."""

    case: Case
    candidates: Sequence[CandidatePassage]
    clues: Floats
    right: NDArray[np.bool_]


def fit(examples: Sequence[Example]) -> Weights:
    """The weights under which passages with the answer's words have the largest part of the softmax."""
    useful = [one for one in examples if one.right.any() and not one.right.all()]
    scale = np.concatenate([one.clues for one in useful]).std(axis=0) + 1e-9
    weights, speed, size = np.zeros(len(scale)), np.zeros(len(scale)), np.zeros(len(scale))
    for step in range(1, _STEPS + 1):
        slope = np.mean([_slope(weights, one, scale) for one in useful], axis=0) - 2 * _PENALTY * weights
        # Adam (Kingma and Ba, 2015) with its usual constants.
        speed, size = 0.9 * speed + 0.1 * slope, 0.999 * size + 0.001 * slope**2
        weights += 0.05 * (speed / (1 - 0.9**step)) / (np.sqrt(size / (1 - 0.999**step)) + 1e-8)
    return Weights(*(float(weight) for weight in weights / scale))


def cross_validated(examples: Sequence[Example], *, seed: int = 0) -> Figures:
    """The figures of weights on the fifth of the cases that each was not fitted on."""
    fold = np.random.default_rng(seed).permutation(len(examples)) % _FOLDS
    fitted = [fit([one for one, n in zip(examples, fold, strict=True) if n != k]) for k in range(_FOLDS)]
    return _figures(examples, [fitted[k] for k in fold])


def example(retriever: Retriever, case: Case) -> Example:
    """What retrieval weighs for a case."""
    candidates = retriever.candidates(case.question, depth=DEPTH)
    clues = np.array([astuple(one.clues) for one in candidates], np.float64)
    right = np.array([has_words(one.stored.passage.text, case) for one in candidates], np.bool_)
    return Example(case, candidates, clues, right)


def _slope(weights: Floats, one: Example, scale: Floats) -> Floats:
    """The gradient of log(sum of the softmax over the right candidates)."""
    clues = one.clues / scale
    scores = clues @ weights
    parts = np.exp(scores - scores.max())
    right = parts * one.right
    slope: Floats = (right / right.sum() - parts / parts.sum()) @ clues
    return slope


def _figures(examples: Sequence[Example], weights: Sequence[Weights]) -> Figures:
    found = [
        judge(one.case, hits_of(one.candidates, weight, limit=12), milliseconds=0.0)
        for one, weight in zip(examples, weights, strict=True)
    ]
    return figures(found)


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option("--cache", type=click.Path(path_type=Path), default=CACHE, show_default=True)
def main(folder: Path, cache: Path) -> None:
    """Fit the weights of the clues and print how they do on cases they have not seen."""
    with open_set(folder, cache) as (retriever, cases):
        examples = [example(retriever, case) for case in cases]
    click.echo("the weights in use\n" + table(_figures(examples, [Weights()] * len(examples))))
    click.echo("\nfitted on four fifths, measured on the others\n" + table(cross_validated(examples)))
    fitted = astuple(fit(examples))
    click.echo(
        "\nfitted on all: "
        + ", ".join(f"{f.name} {w:.2f}" for f, w in zip(fields(Clues), fitted, strict=True))
    )


if __name__ == "__main__":
    main()

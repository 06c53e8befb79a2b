"""Questions asked of one paragraph each into figures: the right words first, answerable told from not.

`python -m eval.studies.reading ../shared/benchmarks/squad2`. *Right first*: of the questions that their
paragraph answers, the part whose first candidate holds one of the answers. *Span F1*: of the same, the mean
of the best token F1 of the reader's words in that candidate with an answer (0 without a reader). *AUC*: the
probability that an answerable question gets a higher `Evidence.probability` than one that is not, ties
counting half (the area under the ROC curve; Hanley and McNeil, 1982).
"""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import click
import numpy as np

from bot.language.lexicon import load_lexicon
from bot.weighing.evidence import THRESHOLD
from bot.weighing.evidence import threshold as threshold_of
from bot.weighing.reader.reader import PassageReader, Reader
from bot.weighing.reading import Reading
from eval.metrics.token_f1 import token_f1
from eval.training.qa_data import ParagraphCounts, ReadingCase, Remembering, hit_of, squad2_benchmark
from index.encoding.encoder import Encoder
from index.encoding.encoders import load_encoder


@dataclass(frozen=True)
class Asked:
    """One question asked: whether the first candidate holds an answer, and the token F1 of its short one."""

    probability: float
    answerable: bool
    first_right: bool
    f1: float


@dataclass(frozen=True)
class Figures:
    """What `python -m eval.studies.reading` prints: parts of 1; answered ones are at `threshold`."""

    cases: int
    answerable: int
    right_first: float
    span_f1: float
    auc: float
    threshold: float
    answered_of_answerable: float
    answered_of_others: float
    calibration_error: float
    seconds: float


def ask_all(
    cases: Sequence[ReadingCase], encoder: Encoder, *, reader: PassageReader | None = None
) -> list[Asked]:
    """Every question asked of its own paragraph; words are weighed by all paragraphs together."""
    archive = ParagraphCounts((case.paragraph for case in cases), load_lexicon())
    weigher = Reading(archive, encoder, reader=reader)
    hits = {case.paragraph: hit_of(case.paragraph, case.title) for case in cases}
    asked = []
    for case in cases:
        judged = weigher.judge(case.question, [hits[case.paragraph]])
        first = judged.candidates[0]
        short = judged.shorts.get((first.hit.article.id, first.span))
        asked.append(
            Asked(
                judged.evidence.probability,
                case.answers is not None,
                case.right(case.paragraph[slice(*first.span)]),
                token_f1(case.paragraph[slice(*short)], case.answers) if short and case.answers else 0.0,
            )
        )
    return asked


def area_under_curve(positive: Sequence[float], negative: Sequence[float]) -> float:
    """The part of pairs in which the positive is higher, ties counting half: [3, 1], [2, 1] → 0.625."""
    below = np.sort(np.asarray(negative))
    lower = np.searchsorted(below, positive, side="left")
    equal = np.searchsorted(below, positive, side="right") - lower
    return float(np.sum(lower + 0.5 * equal) / (len(positive) * len(negative)))


def calibration_error(probabilities: Sequence[float], truths: Sequence[bool]) -> float:
    """The mean distance of probability and frequency over ten bins of equal width, weighed by their cases.

    Expected calibration error: Naeini, Cooper and Hauskrecht, "Obtaining Well Calibrated Probabilities",
    2015.
    """
    told, true = np.asarray(probabilities), np.asarray(truths)
    bins = np.minimum((told * 10).astype(int), 9)
    gaps = [
        abs(told[bins == n].mean() - true[bins == n].mean()) * (bins == n).sum() for n in set(bins.tolist())
    ]
    return float(sum(gaps) / len(told))


def figures(asked: Sequence[Asked], seconds: float, *, threshold: float = THRESHOLD) -> Figures:
    """The figures of some questions, of which some are answerable and some are not."""
    positive = [one.probability for one in asked if one.answerable]
    negative = [one.probability for one in asked if not one.answerable]
    return Figures(
        cases=len(asked),
        answerable=len(positive),
        right_first=sum(one.first_right for one in asked if one.answerable) / len(positive),
        span_f1=sum(one.f1 for one in asked if one.answerable) / len(positive),
        auc=area_under_curve(positive, negative),
        threshold=threshold,
        answered_of_answerable=sum(p >= threshold for p in positive) / len(positive),
        answered_of_others=sum(p >= threshold for p in negative) / len(negative),
        calibration_error=calibration_error(
            [one.probability for one in asked], [one.answerable for one in asked]
        ),
        seconds=seconds,
    )


@click.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option(
    "--cache", default=Path(".dateline/encoders"), show_default=True, type=click.Path(path_type=Path)
)
@click.option(
    "--reader/--no-reader", "read", default=True, help="With the trained reader, or by overlap alone."
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def main(folder: Path, cache: Path, read: bool, as_json: bool) -> None:
    """Print the figures of FOLDER, a copy of shared/benchmarks/squad2."""
    encoder = Remembering(load_encoder(cache=cache))
    started = time.perf_counter()
    asked = ask_all(squad2_benchmark(folder), encoder, reader=Reader() if read else None)
    seconds = round(time.perf_counter() - started, 1)
    found = figures(asked, seconds, threshold=threshold_of(read=read))
    if as_json:
        click.echo(json.dumps({name: round(value, 4) for name, value in asdict(found).items()}))
        return
    click.echo(f"{found.cases:,} questions, {found.answerable:,} answerable; {found.seconds:.0f} s")
    click.echo(f"right sentence first            {found.right_first:.3f}")
    click.echo(f"span F1                         {found.span_f1:.3f}")
    click.echo(f"answerable or not: AUC          {found.auc:.3f}")
    click.echo(f"calibration error               {found.calibration_error:.3f}")
    click.echo(f"answered at {found.threshold:.2f}: answerable    {found.answered_of_answerable:.3f}")
    click.echo(f"                  not answerable {found.answered_of_others:.3f}")


if __name__ == "__main__":
    main()

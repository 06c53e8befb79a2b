"""Questions that the reader was not trained on into the weights that join it with overlap.

`python -m eval.training.fit_reader ../shared/qa_train` reads those articles of the near misses that
`eval.training.examples.held_out` keeps apart, and makes of each question the lists of
`eval.training.fit_evidence`. The weights of overlap stay as they are; what is fitted is how much the reader
counts beside them.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import click
import numpy as np

from bot.language.lexicon import Lexicon, load_lexicon
from bot.weighing.choose import ScoredSentence, choose
from bot.weighing.evidence import evidence_features
from bot.weighing.joining import joined_evidence, read_candidates
from bot.weighing.model import Linear, ModelWeights, load_weights
from bot.weighing.reader import memory
from bot.weighing.reader.reader import PassageReader, Reader
from bot.weighing.terms import Terms, read_terms
from eval.training.examples import NEAR_MISSES, held_out
from eval.training.fit_evidence import Finder, Listed, as_json, fit_choice, fit_logistic, ordered
from eval.training.qa_data import ParagraphCounts, ReadingCase, Remembering, hit_of, qa_train
from index.encoding.encoder import Encoder
from index.encoding.encoders import load_encoder

_HITS = 12
CHOICE = ("rules", "margin", "behind_passage", "behind_all")


class Lists:
    """Makes the three lists of a question (see `eval.training.fit_evidence`), their passages read."""

    def __init__(self, cases: Sequence[ReadingCase], encoder: Encoder, reader: PassageReader) -> None:
        """`cases` are all that are searched, those that are asked among them."""
        paragraphs = list(dict.fromkeys((case.paragraph, case.title) for case in cases))
        self._encoder = encoder
        self._reader = memory.Remembering(reader)
        self._lexicon: Lexicon = load_lexicon()
        self._weights: ModelWeights = load_weights()
        self._archive = ParagraphCounts((text for text, _ in paragraphs), self._lexicon)
        self._hits = {text: hit_of(text, title) for text, title in paragraphs}
        self._finder = Finder([text for text, _ in paragraphs], encoder, self._lexicon)

    def of(self, case: ReadingCase) -> list[Listed]:
        """Its own paragraph; what a search finds; and, where it has an answer, that without its own."""
        terms = read_terms(case.question, lexicon=self._lexicon, archive=self._archive)
        near = self._finder.nearest(terms, _HITS + 1)
        others = [text for text in near if text != case.paragraph][:_HITS]
        lists = {"paragraph": [case.paragraph], "found": near[:_HITS]}
        if case.answers is not None:
            lists["removed"] = others
        made = [self._listed(source, case, terms, texts) for source, texts in lists.items()]
        return [one for one in made if one.candidates]

    def _listed(self, source: str, case: ReadingCase, terms: Terms, texts: Sequence[str]) -> Listed:
        hits = [self._hits[text] for text in texts]
        candidates = choose(terms, hits, self._encoder, lexicon=self._lexicon, model=self._weights.choice)
        joined = read_candidates(case.question, candidates, self._reader, model=Linear(0.0, {})).candidates
        own = [one.hit.article.body == case.paragraph for one in joined]
        sentences = [one.hit.article.body[one.span.start : one.span.end] for one in joined]
        right = tuple(mine and case.right(text) for mine, text in zip(own, sentences, strict=True))
        answerable = case.answers is not None and case.paragraph in texts
        return Listed(source, joined, right, answerable)


def fit_join(found: Sequence[Listed], weights: ModelWeights) -> tuple[Linear, Linear]:
    """The weights of the choice and of the evidence, those of overlap being `weights`."""
    choice = fit_choice([one for one in found if one.source != "removed"], CHOICE)
    return choice, fit_logistic(found, [_evidence_of(ordered(one, choice), weights) for one in found])


@dataclass(frozen=True)
class Told:
    """What one list was given, whether it has an answer, and whether its first sentence holds it."""

    probability: float
    answerable: bool
    right: bool


@dataclass(frozen=True)
class Point:
    """What answering from `threshold` on means: how many questions are answered, how many of them wrongly.

    `coverage` is the part answered of the questions that can be, `false` of those that cannot; `risk` the
    part of the answers whose first sentence does not hold the answer, where as many can as cannot.
    """

    threshold: float
    coverage: float
    false: float
    risk: float


def risk_coverage(found: Sequence[Told]) -> list[Point]:
    """The curve over thresholds 0.1 to 0.9 (El-Yaniv and Wiener, "Selective Classification", 2010)."""
    points = []
    for threshold in np.arange(0.1, 0.95, 0.05):
        can = [one for one in found if one.answerable]
        cannot = [one for one in found if not one.answerable]
        coverage = sum(one.probability >= threshold for one in can) / len(can)
        right = sum(one.probability >= threshold and one.right for one in can) / len(can)
        false = sum(one.probability >= threshold for one in cannot) / len(cannot)
        risk = 1 - right / (coverage + false) if coverage + false else 0.0
        points.append(Point(round(float(threshold), 2), coverage, false, risk))
    return points


def told_across(found: Sequence[tuple[str, Listed]], weights: ModelWeights) -> list[Told]:
    """What each list of a search is told by weights that were fitted on the other half of the articles."""
    titles = sorted({title for title, _ in found})
    told = []
    for half in (0, 1):
        fitted = [one for title, one in found if titles.index(title) % 2 != half]
        choice, evidence = fit_join(fitted, weights)
        tested = [
            one for title, one in found if titles.index(title) % 2 == half and one.source != "paragraph"
        ]
        for one in tested:
            candidates = ordered(one, choice)
            logit = evidence.score(_evidence_of(candidates, weights))
            right = one.right[one.candidates.index(candidates[0])]
            told.append(Told(1 / (1 + math.exp(-logit)), one.answerable, right))
    return told


def _evidence_of(candidates: Sequence[ScoredSentence], weights: ModelWeights) -> dict[str, float]:
    return joined_evidence(candidates, weights.evidence.score(evidence_features(candidates)))


@click.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option(
    "--into", default=Path("bot/weighing/reader"), show_default=True, type=click.Path(path_type=Path)
)
@click.option(
    "--cache", default=Path(".dateline/encoders"), show_default=True, type=click.Path(path_type=Path)
)
@click.option("--every", default=1, show_default=True, help="Ask each Nth question that is kept apart.")
def main(folder: Path, into: Path, cache: Path, every: int) -> None:
    """Fit what joins the reader with overlap on FOLDER (shared/qa_train); about four minutes."""
    cases = qa_train(folder / f"{NEAR_MISSES}.jsonl.gz")
    lists = Lists(cases, Remembering(load_encoder(cache=cache)), Reader())
    found: list[tuple[str, Listed]] = []
    with click.progressbar(
        [case for case in cases if held_out(case.title)][::every], label="questions"
    ) as bar:
        for case in bar:
            found += [(case.title, one) for one in lists.of(case)]
    choice, evidence = fit_join([one for _, one in found], load_weights())
    (into / "weights.json").write_text(as_json(choice, evidence))
    click.echo(f"{into / 'weights.json'}: {len(found):,} lists")
    click.echo("threshold  answered of answerable  of others  wrong of answers")
    for point in risk_coverage(told_across(found, load_weights())):
        click.echo(f"{point.threshold:9.2f}{point.coverage:24.3f}{point.false:11.3f}{point.risk:18.3f}")


if __name__ == "__main__":
    main()

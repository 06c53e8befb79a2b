"""Question-answering data into the weights and the word list that ship in `bot/weighing/`.

`python -m eval.training.fit_evidence ../shared/qa_train` reads `squad2_dev_otherhalf`, whose near misses
people wrote, and makes of each question three lists of sentences: of its own paragraph; of the twelve
paragraphs that a search finds among those of all articles, as in an archive; and of twelve without its own,
where nothing answers. The choice is fitted by the likelihood of the right sentence among its list
(conditional logit: McFadden, "Conditional logit analysis of qualitative choice behavior", 1973), the evidence
by logistic regression. Both are deterministic.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import click
import numpy as np
from numpy.typing import NDArray

from bot.language.lexicon import Lexicon, load_lexicon
from bot.weighing.choose import ScoredSentence, choose
from bot.weighing.evidence import evidence_features
from bot.weighing.model import Linear
from bot.weighing.terms import Terms, read_terms
from eval.training.qa_data import ParagraphCounts, ReadingCase, Remembering, hit_of, qa_train
from index.encoding.encoder import Encoder
from index.encoding.encoders import load_encoder
from index.records import Hit

_CASES = "squad2_dev_otherhalf"
_COMMON_FROM = (
    "squad11_train_part",
    "squadshifts_wiki",
    "qed_nq",
    "qamr_wikinews",
    "squadshifts_amazon",
    "squadshifts_reddit",
)
_COMMON_LEAST = 5e-4  # a word in fewer than five of 10,000 passages is rare

_HITS = 12

# How strongly weights are held near 0, in standardised features.
_CHOICE_RIDGE = 1e-3
_EVIDENCE_C = 0.03

# What a question counts whose own paragraph was taken away. At 1 the check tells those better (area under
# the curve 0.84 instead of 0.81) and near misses worse (0.776 instead of 0.784 on
# shared/benchmarks/squad2).
_REMOVED = 0.5

_Matrix = NDArray[np.float64]


@dataclass(frozen=True)
class Listed:
    """The candidates of one question, which of them hold its answer, and whether one can."""

    source: str
    candidates: tuple[ScoredSentence, ...]
    right: tuple[bool, ...]
    answerable: bool


def word_list(folder: Path, lexicon: Lexicon) -> dict[str, float]:
    """The keys of common English words and the part of passages that hold them, commonest first."""
    texts = {case.paragraph for name in _COMMON_FROM for case in qa_train(folder / f"{name}.jsonl.gz")}
    counts = Counter(key for text in texts for key in {w.key for w in lexicon.read(text) if not w.number})
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return {key: round(n / len(texts), 5) for key, n in ordered if n >= _COMMON_LEAST * len(texts)}


def lists(cases: Sequence[ReadingCase], encoder: Encoder, lexicon: Lexicon) -> list[Listed]:
    """The three lists of every case; the third only of those that have an answer."""
    paragraphs = list(dict.fromkeys((case.paragraph, case.title) for case in cases))
    archive = ParagraphCounts((text for text, _ in paragraphs), lexicon)
    hits = {text: hit_of(text, title) for text, title in paragraphs}
    finder = Finder([text for text, _ in paragraphs], encoder, lexicon)
    found: list[Listed] = []
    with click.progressbar(cases, label="questions") as bar:
        for case in bar:
            terms = read_terms(case.question, lexicon=lexicon, archive=archive)
            near = finder.nearest(terms, _HITS + 1)
            others = [text for text in near if text != case.paragraph][:_HITS]
            found.append(_listed("paragraph", case, terms, [hits[case.paragraph]], encoder, lexicon))
            found.append(
                _listed("found", case, terms, [hits[text] for text in near[:_HITS]], encoder, lexicon)
            )
            if case.answers is not None:
                found.append(
                    _listed("removed", case, terms, [hits[text] for text in others], encoder, lexicon)
                )
    return [one for one in found if one.candidates]


def _listed(
    source: str, case: ReadingCase, terms: Terms, hits: Sequence[Hit], encoder: Encoder, lexicon: Lexicon
) -> Listed:
    candidates = choose(terms, hits, encoder, lexicon=lexicon, model=Linear(0.0, {}))
    own = [one.hit.article.body == case.paragraph for one in candidates]
    sentences = [one.hit.article.body[one.span.start : one.span.end] for one in candidates]
    right = tuple(mine and case.right(text) for mine, text in zip(own, sentences, strict=True))
    answerable = case.answers is not None and any(hit.article.body == case.paragraph for hit in hits)
    return Listed(source, tuple(candidates), right, answerable)


class Finder:
    """A search over paragraphs, by the sum of cosine and weighed overlap: a stand-in for retrieval."""

    def __init__(self, paragraphs: Sequence[str], encoder: Encoder, lexicon: Lexicon) -> None:
        self._paragraphs = paragraphs
        self._encoder = encoder
        self._vectors = encoder.encode(paragraphs)
        self._places: dict[str, list[int]] = {}
        for n, text in enumerate(paragraphs):
            for key in {word.key for word in lexicon.read(text)}:
                self._places.setdefault(key, []).append(n)

    def nearest(self, terms: Terms, limit: int) -> list[str]:
        """The `limit` paragraphs that are nearest to the question, best first."""
        scores = (self._vectors @ self._encoder.encode([terms.question])[0]).astype(np.float64)
        total = terms.weight(terms.content) or 1.0
        for word in terms.content:
            scores[self._places.get(word.key, [])] += terms.weights[word.key] / total
        return [self._paragraphs[n] for n in np.argsort(-scores, kind="stable")[:limit]]


def fit_choice(found: Sequence[Listed], names: Sequence[str]) -> Linear:
    """The weights under which the right sentences are likeliest among those of their list."""
    from scipy.optimize import minimize

    chosen = [one for one in found if any(one.right)]
    matrix = np.array([[c.features[n] for n in names] for one in chosen for c in one.candidates])
    right = np.array([r for one in chosen for r in one.right])
    starts = np.cumsum([0, *(len(one.candidates) for one in chosen)])[:-1]
    scaled, _, spread = _standardised(matrix)
    group = np.repeat(np.arange(len(chosen)), np.diff([*starts, len(right)]))

    def loss(weights: _Matrix) -> tuple[float, _Matrix]:
        logits = scaled @ weights
        logits -= np.maximum.reduceat(logits, starts)[group]
        odds = np.exp(logits)
        every = odds / np.add.reduceat(odds, starts)[group]
        hits = np.where(right, odds, 0.0)
        good = np.add.reduceat(hits, starts)
        slope = scaled.T @ (every - hits / good[group]) / len(chosen) + 2 * _CHOICE_RIDGE * weights
        value = -np.mean(np.log(np.add.reduceat(np.where(right, every, 0.0), starts)))
        return float(value + _CHOICE_RIDGE * weights @ weights), slope

    best = minimize(loss, np.zeros(len(names)), jac=True, method="L-BFGS-B", options={"maxiter": 500})
    return _linear(names, best.x / spread, 0.0)


def fit_evidence(found: Sequence[Listed], model: Linear) -> Linear:
    """The weights that tell lists with an answer from those without, once `model` has chosen."""
    return fit_logistic(found, [evidence_features(ordered(one, model)) for one in found])


def fit_logistic(found: Sequence[Listed], features: Sequence[Mapping[str, float]]) -> Linear:
    """The weights of features, one set a list, that tell lists with an answer from those without."""
    from sklearn.linear_model import LogisticRegression

    names = sorted(features[0])
    scaled, middle, spread = _standardised(np.array([[f[n] for n in names] for f in features]))
    answerable = np.array([one.answerable for one in found])
    fitted = LogisticRegression(C=_EVIDENCE_C, max_iter=5000).fit(
        scaled, answerable, sample_weight=_balanced(found, answerable)
    )
    weights = fitted.coef_[0] / spread
    return _linear(names, weights, float(fitted.intercept_[0] - weights @ middle))


def ordered(listed: Listed, model: Linear) -> list[ScoredSentence]:
    """The candidates as `model` orders them."""
    return sorted(listed.candidates, key=lambda one: -model.score(one.features))


def _balanced(found: Sequence[Listed], answerable: NDArray[np.bool_]) -> _Matrix:
    """Weights of cases: within paragraphs, and within what a search finds, half answer and half do not."""
    searched = np.array([one.source != "paragraph" for one in found])
    weights = np.zeros(len(found))
    for source in (False, True):
        for answers in (False, True):
            cell = (searched == source) & (answerable == answers)
            weights[cell] = len(found) / 4 / max(1, cell.sum())
    weights[[one.source == "removed" for one in found]] *= _REMOVED
    return weights


def _standardised(matrix: _Matrix) -> tuple[_Matrix, _Matrix, _Matrix]:
    """The columns with mean 0 and deviation 1, and what their means and deviations were."""
    middle, spread = matrix.mean(axis=0), matrix.std(axis=0)
    spread[spread < 1e-9] = np.inf  # a column that is always the same gets weight 0
    return (matrix - middle) / spread, middle, spread


def _linear(names: Sequence[str], weights: _Matrix, bias: float) -> Linear:
    return Linear(round(bias, 4), {n: round(float(w), 4) for n, w in zip(names, weights, strict=True)})


def as_json(choice: Linear, evidence: Linear) -> str:
    """The file `bot/weighing/weights.json`."""
    models: Mapping[str, Linear] = {"choice": choice, "evidence": evidence}
    raw = {name: {"bias": one.bias, "weights": dict(one.weights)} for name, one in models.items()}
    return json.dumps(raw, indent=1) + "\n"


@click.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option(
    "--into",
    default=Path("bot/weighing"),
    show_default=True,
    type=click.Path(path_type=Path),
    help="Where the two files go.",
)
@click.option(
    "--cache", default=Path(".dateline/encoders"), show_default=True, type=click.Path(path_type=Path)
)
def main(folder: Path, into: Path, cache: Path) -> None:
    """Fit the choice and the evidence check on FOLDER (shared/qa_train); about five minutes on two cores."""
    (into / "common_words.json").write_text(json.dumps(word_list(folder, load_lexicon()), indent=0) + "\n")
    lexicon = load_lexicon()
    encoder = Remembering(load_encoder(cache=cache))
    found = lists(qa_train(folder / f"{_CASES}.jsonl.gz"), encoder, lexicon)
    searched = [one for one in found if one.source != "removed"]
    choice = fit_choice(searched, sorted(found[0].candidates[0].features))
    evidence = fit_evidence(found, choice)
    (into / "weights.json").write_text(as_json(choice, evidence))
    click.echo(f"{into / 'weights.json'}: {len(found):,} lists, {len(choice.weights)} features")


if __name__ == "__main__":
    main()

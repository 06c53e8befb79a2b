"""Questions that the reader was not trained on into the weights that join it with overlap and the search.

    python -m eval.training.fit_reader ../shared/qa_train ../shared/benchmarks/realtimeqa [--written ROWS]…

Two kinds of questions: those that people wrote of news, on pages that `eval.training.written.kept_apart`
names, asked of the set's whole archive; and SQuAD's near misses of the articles that
`eval.training.examples.held_out` names, asked of the twelve paragraphs that a search finds. The weights of
overlap stay as they are. What is fitted: the order of sentences, by the likelihood of the right one
(conditional logit), and one probability that the first is right (logistic regression, held to 0).
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import click
import numpy as np

from bot.answers.proposal import Shorts
from bot.language.dates.asked import read_times
from bot.language.lexicon import load_lexicon
from bot.weighing.choose import choose
from bot.weighing.evidence import evidence_features, missing_words
from bot.weighing.joining import READ, Joined, joined_evidence, ranked, read_candidates
from bot.weighing.model import Linear, load_weights
from bot.weighing.reader import memory
from bot.weighing.reader.reader import PassageReader, Reader
from bot.weighing.terms import PassageCounts, Terms, read_terms
from bot.weighing.times import timed
from eval.studies.retrieval import CACHE, open_archive
from eval.training.curve import Told, curve
from eval.training.examples import NEAR_MISSES, Example, held_out
from eval.training.fit_evidence import Finder, Listed, as_json, fit_choice
from eval.training.qa_data import ParagraphCounts, Remembering, hit_of, qa_train
from eval.training.written import kept_apart, read_written
from index.dates import known_day
from index.encoding.encoder import Encoder
from index.records import Hit
from index.retrieval.retrieve import Retriever
from index.storage.archive import Archive

_HITS, _FOLDS = 12, 5
_RIDGE = 0.03  # of the probability, in standardised features; 0.01 and 0.1 do as well within 0.003 of AUC

# What counts in the order of sentences, beside all features of overlap; and in the probability.
CHOICE = ("rules", "margin", "behind_passage", "behind_all", "search", "article")
EVIDENCE = (
    "margin", "behind_all", "behind_passage", "ahead", "share", "agreeing", "rules", "search", "article",
    "near", "words", "missing", "covered", "covered_context", "covered_passage", "names_context",
    "numbers_context",
    "missing_rarest", "missing_passage", "negation_said", "other_number", "opposite", "answer_there",
    "answer_near", "pairs_near", "when_said", "when_other", "when_published", "when_before", "asks_person",
    "asks_place", "asks_date", "asks_number", "asks_reason", "asks_quote", "asks_yes-no",
)  # fmt: skip


@dataclass(frozen=True)
class Read:
    """One question with its sentences, all features but the final score; `page` is what folds go by."""

    page: str
    terms: Terms
    listed: Listed
    shorts: Shorts

    def joined(self, choice: Linear) -> Joined:
        """The sentences in the order of `choice`."""
        return ranked(self.listed.candidates, self.shorts, choice)

    def first_is_right(self, choice: Linear) -> bool:
        """Whether the first sentence then holds the answer."""
        first = self.joined(choice).candidates[0]
        places = [(one.hit.article.id, one.span) for one in self.listed.candidates]
        return self.listed.right[places.index((first.hit.article.id, first.span))]


class Questions:
    """Reads questions as `bot.weighing.reading.Reading` does, up to the weights that are to be fitted."""

    def __init__(self, counts: PassageCounts, reader: PassageReader) -> None:
        self._counts = counts
        self._reader = reader
        self._lexicon = load_lexicon()
        self._weights = load_weights()

    def read(self, question: str, hits: Sequence[Hit], *, asked_on: str = "") -> tuple[Terms, Joined]:
        """The terms of a question, and the sentences of its hits with their features."""
        terms = read_terms(question, lexicon=self._lexicon, archive=self._counts)
        day = known_day(asked_on)
        times = read_times(question, day) if day else ()
        chosen = choose(
            terms, hits[:READ], None, lexicon=self._lexicon, model=self._weights.choice, most=None
        )
        by_reader = Linear(0.0, {"behind_all": 1.0})
        return terms, read_candidates(
            question, timed(chosen, times), self._reader, hits=hits, model=by_reader
        )

    def evidence(self, one: Read, choice: Linear) -> dict[str, float]:
        """The features of the evidence once `choice` has ordered the sentences."""
        joined = one.joined(choice)
        rules = self._weights.evidence.score(evidence_features(joined.candidates))
        missing = missing_words(one.terms, joined.candidates, self._lexicon)
        found = joined_evidence(one.terms, joined, rules, missing=len(missing))
        return {name: found[name] for name in EVIDENCE}


def of_news(rows: Sequence[Example], retriever: Retriever, questions: Questions) -> Iterator[Read]:
    """Written questions asked of an archive; right are the page's sentences that hold the answer's words."""
    for row in rows:
        terms, joined = questions.read(
            row.question, retriever.retrieve(row.question, limit=_HITS), asked_on=row.published
        )
        answers = [row.passage[slice(*span)].lower() for span in row.answers]
        right = [
            row.article in (one.hit.article.id, *(copy.id for copy in one.hit.copies))
            and any(answer in one.hit.article.body[slice(*one.span)].lower() for answer in answers)
            for one in joined.candidates
        ]
        if joined.shorts:
            listed = Listed("news", joined.candidates, tuple(right), bool(answers))
            yield Read(row.article, terms, listed, joined.shorts)


def of_squad(folder: Path, encoder: Encoder, reader: PassageReader, *, every: int) -> Iterator[Read]:
    """Near misses of SQuAD and what can be answered beside them, each asked of twelve paragraphs."""
    cases = qa_train(folder / f"{NEAR_MISSES}.jsonl.gz")
    titles = dict.fromkeys((case.paragraph, case.title) for case in cases)
    lexicon = load_lexicon()
    counts = ParagraphCounts((text for text, _ in titles), lexicon)
    hits = {text: hit_of(text, title) for text, title in titles}
    finder = Finder([text for text, _ in titles], encoder, lexicon)
    questions = Questions(counts, reader)
    for case in [one for one in cases if held_out(one.title)][::every]:
        near = finder.nearest(read_terms(case.question, lexicon=lexicon, archive=counts), _HITS)
        terms, joined = questions.read(case.question, [hits[text] for text in near])
        right = [
            one.hit.article.body == case.paragraph and case.right(one.hit.article.body[slice(*one.span)])
            for one in joined.candidates
        ]
        listed = Listed("squad", joined.candidates, tuple(right), case.answers is not None)
        yield Read(case.title, terms, listed, joined.shorts)


def fit(found: Sequence[Read], questions: Questions) -> tuple[Linear, Linear]:
    """The weights of the order and of the probability; both kinds of questions count alike in the second."""
    names = (*CHOICE, *sorted(load_weights().choice.weights))
    choice = fit_choice([one.listed for one in found], names)
    features = [questions.evidence(one, choice) for one in found]
    truths = [one.listed.answerable and one.first_is_right(choice) for one in found]
    return choice, _fit_probability(features, truths, [one.listed.source for one in found])


def _fit_probability(
    features: Sequence[dict[str, float]], truths: Sequence[bool], sources: Sequence[str]
) -> Linear:
    from sklearn.linear_model import LogisticRegression

    matrix = np.array([[one[name] for name in EVIDENCE] for one in features])
    middle, spread = matrix.mean(axis=0), matrix.std(axis=0)
    spread[spread < 1e-9] = np.inf
    counts = {name: sources.count(name) for name in set(sources)}
    weights = [len(sources) / len(counts) / counts[name] for name in sources]
    fitted = LogisticRegression(C=_RIDGE, max_iter=5000).fit(
        (matrix - middle) / spread, truths, sample_weight=weights
    )
    slopes = fitted.coef_[0] / spread
    bias = round(float(fitted.intercept_[0] - slopes @ middle), 4)
    return Linear(bias, {name: round(float(w), 4) for name, w in zip(EVIDENCE, slopes, strict=True)})


def told_across(found: Sequence[Read], questions: Questions) -> list[Told]:
    """Every question told by weights that were fitted on the pages of the other folds."""
    told = []
    for fold in range(_FOLDS):
        choice, evidence = fit([one for one in found if _fold(one.page) != fold], questions)
        for one in (one for one in found if _fold(one.page) == fold):
            logit = evidence.score(questions.evidence(one, choice))
            right = one.listed.answerable and one.first_is_right(choice)
            told.append(Told(one.listed.source, 1 / (1 + math.exp(-logit)), one.listed.answerable, right))
    return told


def _fold(page: str) -> int:
    return hashlib.sha256(page.encode()).digest()[1] % _FOLDS


@click.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.argument("news", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option(
    "--written",
    multiple=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="More rows of shared/tools/news_written.py, beside FOLDER/news_written.jsonl.gz.",
)
@click.option("--home", type=click.Path(exists=True, path_type=Path), help="An archive of NEWS made before.")
@click.option(
    "--into", default=Path("bot/weighing/reader"), show_default=True, type=click.Path(path_type=Path)
)
@click.option("--cache", default=CACHE, show_default=True, type=click.Path(path_type=Path))
@click.option("--every", default=1, show_default=True, help="Ask each Nth question only.")
def main(
    folder: Path,
    news: Path,
    written: tuple[Path, ...],
    home: Path | None,
    into: Path,
    cache: Path,
    every: int,
) -> None:
    """Fit what joins the reader with overlap and the search; FOLDER is shared/qa_train."""
    from index.encoding.encoders import load_encoder

    rows = [
        one for one in read_written([folder / "news_written.jsonl.gz", *written]) if kept_apart(one.article)
    ]
    reader = memory.Remembering(Reader())
    if home:
        encoder = load_encoder(cache=cache.parent / "encoders")
        with Archive.open(home, encoder) as archive:
            found, questions = _asked(rows[::every], archive, encoder, reader)
    else:
        with open_archive(news, cache) as (archive, encoder, _):
            found, questions = _asked(rows[::every], archive, encoder, reader)
    found += list(of_squad(folder, Remembering(encoder), reader, every=every))
    told = told_across(found, questions)
    for source in ("news", "squad"):
        click.echo(f"{source}:")
        for line in curve([one for one in told if one.source == source]):
            click.echo(line)
    (into / "weights.json").write_text(as_json(*fit(found, questions)))
    click.echo(f"{into / 'weights.json'}: {len(found):,} questions")


def _asked(
    rows: Sequence[Example], archive: Archive, encoder: Encoder, reader: PassageReader
) -> tuple[list[Read], Questions]:
    questions = Questions(archive, reader)
    with click.progressbar(rows, label="questions") as bar:
        return list(of_news(list(bar), Retriever(archive, encoder), questions)), questions


if __name__ == "__main__":
    main()

"""Questions that the reader was not trained on into the weights that join it with overlap.

`python -m eval.fit_reader ../shared/qa_train` reads those articles of the near misses that
`bot.reader.examples.held_out` keeps apart, and makes of each question the lists of `eval.fit_evidence`. The
weights of overlap stay as they are; what is fitted is how much the reader counts beside them.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from bot.choose import choose
from bot.evidence import evidence_features
from bot.lexicon import Lexicon, load_lexicon
from bot.model import Linear, Weights, load_weights
from bot.reader.examples import NEAR_MISSES, held_out
from bot.reader.joining import joined_evidence, read_candidates
from bot.reader.reader import PassageRead, PassageReader, Reader
from bot.terms import Terms, read_terms
from eval.fit_evidence import Finder, Listed, as_json, fit_choice, fit_logistic, ordered
from eval.qa_data import ParagraphCounts, ReadingCase, Remembering, hit_of, qa_train
from index.encoding.encoder import Encoder
from index.encoding.encoders import load_encoder
from index.records import Hit

_HITS = 12
CHOICE = ("rules", "margin", "behind_passage", "behind_all")


class RememberingReader:
    """A reader that reads no passage twice for the same question; the lists of a question share most."""

    def __init__(self, reader: PassageReader) -> None:
        self._reader = reader
        self._question = ""
        self._known: dict[str, PassageRead] = {}

    def read(self, question: str, hit: Hit) -> PassageRead:
        """The reader's."""
        if question != self._question:
            self._question, self._known = question, {}
        if hit.passage.text not in self._known:
            self._known[hit.passage.text] = self._reader.read(question, hit)
        return self._known[hit.passage.text]


class Lists:
    """Makes the three lists of a question (see `eval.fit_evidence`), their passages read."""

    def __init__(self, cases: Sequence[ReadingCase], encoder: Encoder, reader: PassageReader) -> None:
        """`cases` are all that are searched, those that are asked among them."""
        paragraphs = list(dict.fromkeys((case.paragraph, case.title) for case in cases))
        self._encoder = encoder
        self._reader = RememberingReader(reader)
        self._lexicon: Lexicon = load_lexicon()
        self._weights: Weights = load_weights()
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


def fit_join(found: Sequence[Listed], weights: Weights) -> tuple[Linear, Linear]:
    """The weights of the choice and of the evidence, those of overlap being `weights`."""
    choice = fit_choice([one for one in found if one.source != "removed"], CHOICE)
    features = []
    for one in found:
        candidates = ordered(one, choice)
        features.append(joined_evidence(candidates, weights.evidence.score(evidence_features(candidates))))
    return choice, fit_logistic(found, features)


@click.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--into", default=Path("bot/reader"), show_default=True, type=click.Path(path_type=Path))
@click.option(
    "--cache", default=Path(".dateline/encoders"), show_default=True, type=click.Path(path_type=Path)
)
def main(folder: Path, into: Path, cache: Path) -> None:
    """Fit what joins the reader with overlap on FOLDER (shared/qa_train); about ten minutes on two cores."""
    cases = qa_train(folder / f"{NEAR_MISSES}.jsonl.gz")
    lists = Lists(cases, Remembering(load_encoder(cache=cache)), Reader())
    found: list[Listed] = []
    with click.progressbar([case for case in cases if held_out(case.title)], label="questions") as bar:
        for case in bar:
            found += lists.of(case)
    choice, evidence = fit_join(found, load_weights())
    (into / "weights.json").write_text(as_json(choice, evidence))
    click.echo(f"{into / 'weights.json'}: {len(found):,} lists")


if __name__ == "__main__":
    main()

"""Reading-comprehension files into cases: a question, one paragraph, and the answers that stand in it."""

from __future__ import annotations

import gzip
import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from bot.language.lexicon import Lexicon
from index.canonical import canonical
from index.encoding.encoder import Encoder, Vectors
from index.records import Article, Filters, Hit, Passage, Span
from index.sentences import sentence_spans


@dataclass(frozen=True)
class ReadingCase:
    """A question asked of `paragraph`; `answers` is None where the paragraph does not answer it."""

    id: str
    question: str
    paragraph: str
    title: str
    answers: tuple[str, ...] | None

    def right(self, sentence: str) -> bool:
        """Whether a sentence of the paragraph holds one of the answers, case aside."""
        low = sentence.lower()
        return any(answer.lower() in low for answer in self.answers or ())


def squad2_benchmark(folder: Path) -> list[ReadingCase]:
    """The cases of `shared/benchmarks/squad2`: `cases.jsonl` with `question, paragraph, answer, articles`."""
    cases = []
    for line in (folder / "cases.jsonl").read_text(encoding="utf-8").splitlines():
        raw = json.loads(line)
        answers = None if raw["answer"] is None else tuple(a for group in raw["answer"] for a in group)
        title = raw["articles"][0].replace("_", " ")
        cases.append(
            ReadingCase(raw["id"], raw["question"].strip(), canonical(raw["paragraph"]), title, answers)
        )
    return cases


def qa_train(file: Path) -> list[ReadingCase]:
    """The cases of a file of `shared/qa_train`: lines of `question, passage, answers, answerable, title`."""
    cases = []
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        for line in lines:
            raw = json.loads(line)
            answers = tuple(raw["answers"]) if raw["answerable"] else None
            title = (raw.get("title") or "").replace("_", " ")
            cases.append(
                ReadingCase(raw["id"], raw["question"].strip(), canonical(raw["passage"]), title, answers)
            )
    return cases


def hit_of(paragraph: str, title: str) -> Hit:
    """A paragraph as if it were the only passage of an article, and had been found."""
    spans = tuple(sentence_spans(paragraph, language="en")) or (Span(0, len(paragraph)),)
    article = Article(id=title, title=title, body=paragraph, language="en")
    passage = Passage(title, article.revision, 0, 0, len(paragraph), paragraph, spans)
    return Hit(passage, article, 1.0, origin=article.id)


class ParagraphCounts:
    """In how many of some paragraphs each word stands; stands in for an archive."""

    def __init__(self, paragraphs: Iterable[str], lexicon: Lexicon) -> None:
        kept = list(dict.fromkeys(paragraphs))
        self._lexicon = lexicon
        self._total = len(kept)
        self._counts = Counter(key for text in kept for key in {word.key for word in lexicon.read(text)})

    def passage_counts(self, words: Sequence[str], *, filters: Filters | None = None) -> dict[str, int]:
        """In how many paragraphs each word stands."""
        return {word: self._counts[self._lexicon.key(word)] for word in words}

    def passage_total(self) -> int:
        """How many paragraphs there are."""
        return self._total


class Remembering:
    """An encoder that encodes no text twice; for thousands of questions about the same paragraphs."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self._known: dict[str, Vectors] = {}

    @property
    def name(self) -> str:
        """The encoder's."""
        return self._encoder.name

    @property
    def fingerprint(self) -> str:
        """The encoder's."""
        return self._encoder.fingerprint

    @property
    def dimensions(self) -> int:
        """The encoder's."""
        return self._encoder.dimensions

    @property
    def max_tokens(self) -> int:
        """The encoder's."""
        return self._encoder.max_tokens

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """The encoder's."""
        return self._encoder.count_tokens(texts)

    def encode(self, texts: Sequence[str]) -> Vectors:
        """The encoder's vectors; what is new is encoded together."""
        new = [text for text in dict.fromkeys(texts) if text not in self._known]
        if new:
            self._known.update(zip(new, self._encoder.encode(new), strict=True))
        return np.stack([self._known[text] for text in texts])

"""Files of reading questions into examples: a question, a passage, and where its answers stand."""

from __future__ import annotations

import gzip
import hashlib
import json
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from index.records import Span

# People's near misses are scarce, and what joins reader and overlap must be fitted on questions that the
# reader has not seen: of this set, the articles that `held_out` names are never trained on.
NEAR_MISSES = "squad2_dev_otherhalf"


@dataclass(frozen=True)
class Example:
    """A question asked of one passage; `answers` are spans of `passage`, commonest first.

    `published` is the day of its article, and `article` its id, where they are known.
    """

    id: str
    question: str
    passage: str
    title: str
    answers: tuple[Span, ...]
    source: str
    published: str = ""
    article: str = ""


def read_examples(file: Path) -> list[Example]:
    """The lines of a file of `shared/qa_train`, in order. Raises ValueError on a span that is not there."""
    opened = gzip.open if file.suffix == ".gz" else open
    with opened(file, "rt", encoding="utf-8") as lines:
        return [_example(json.loads(line), f"{file.name} line {n}") for n, line in enumerate(lines, 1)]


def held_out(title: str) -> bool:
    """Whether an article of the near misses is kept apart: 6 of 19 are, with a third of the questions."""
    digest = hashlib.sha256(title.encode()).digest()
    return digest[0] % 4 == 0


def _example(raw: dict[str, object], where: str) -> Example:
    passage = str(raw["passage"])
    answers, starts = raw["answers"], raw["answer_starts"]
    if not isinstance(answers, list) or not isinstance(starts, list):
        raise ValueError(f"{where}: answers are {answers!r} at {starts!r}, expected two lists")
    spans = [Span(start, start + len(text)) for text, start in zip(answers, starts, strict=True)]
    for span, text in zip(spans, answers, strict=True):
        if passage[span.start : span.end] != text:
            raise ValueError(
                f"{where}: {text!r} is not at {span.start}, expected the passage to hold it there"
            )
    common = tuple(span for span, _ in Counter(spans).most_common())
    title = str(raw.get("title") or "").replace("_", " ")
    return Example(
        str(raw["id"]),
        str(raw["question"]).strip(),
        passage,
        title,
        common,
        str(raw["source"]),
        str(raw.get("published") or "")[:10],
        str(raw.get("article") or ""),
    )

"""Questions with known answers into the figures of a reader: span F1, exact match, area under the curve."""

from __future__ import annotations

import re
import string
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from bot.weighing.reader.spans import Scores, best_span
from eval.studies.reading import area_under_curve
from eval.training.encoded import Row
from eval.training.examples import Example

if TYPE_CHECKING:
    from tokenizers import Tokenizer

# A question and a passage into the reader's words and its margin over "not here".
Read = Callable[[Sequence[Example]], Sequence[tuple[str, float]]]


@dataclass(frozen=True)
class ReadingFigures:
    """`f1` and `exact` are means over answerable questions, 0 to 1; `auc` tells them from the others."""

    f1: float
    exact: float
    auc: float


def words_of(row: Row, starts: Scores, ends: Scores, tokenizer: Tokenizer) -> tuple[str, float]:
    """The best words of a row's passage, from the scores of all its tokens, and their margin."""
    span = best_span(starts[row.first : row.last], ends[row.first : row.last])
    ids = row.ids[row.first + span.first : row.first + span.last + 1]
    return tokenizer.decode(ids.tolist()), span.score - float(starts[0] + ends[0])


def figures_of(examples: Sequence[Example], read: Read) -> ReadingFigures:
    """What `read` reaches on examples, of which some have answers and some have none."""
    found = list(zip(examples, read(examples), strict=True))
    told = [(text, _answers(one)) for one, (text, _) in found if one.answers]
    positive = [margin for one, (_, margin) in found if one.answers]
    negative = [margin for one, (_, margin) in found if not one.answers]
    return ReadingFigures(
        f1=float(np.mean([max(f1(text, a) for a in answers) for text, answers in told])),
        exact=float(
            np.mean([max(float(plain(text) == plain(a)) for a in answers) for text, answers in told])
        ),
        auc=area_under_curve(positive, negative),
    )


def f1(text: str, answer: str) -> float:
    """The harmonic mean of precision and recall over words (Rajpurkar et al., "SQuAD", 2016), 0 to 1."""
    ours, theirs = plain(text).split(), plain(answer).split()
    if not ours or not theirs:
        return float(ours == theirs)
    same = sum((Counter(ours) & Counter(theirs)).values())
    return 2 * same / (len(ours) + len(theirs))


def plain(text: str) -> str:
    """A text as SQuAD compares it: lower case, no punctuation, no articles, single spaces."""
    bare = "".join(c for c in text.lower() if c not in string.punctuation)
    return " ".join(re.sub(r"\b(a|an|the)\b", " ", bare).split())


def _answers(example: Example) -> list[str]:
    return [example.passage[span.start : span.end] for span in example.answers]

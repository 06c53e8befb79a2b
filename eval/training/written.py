"""Questions that people wrote of news into groups: a window of the page, and a rival that does not answer.

The rows are those of `shared/tools/news_written.py`. Each comes several times, every time in another window
of whole sentences around its answer and beside another rival: the windows, of the same page and of others,
that a word search ranks first among those that lack the answer.
"""

from __future__ import annotations

import hashlib
import random
import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from eval.training.examples import Example, read_examples
from eval.training.word_search import word_scores
from index.records import Span
from index.sentences import sentence_spans

# How often each row comes, how many rivals it draws from, and the part of near misses that get one, too.
COPIES, _RIVALS, _RIVAL_OF_NONE = 4, 8, 0.3

# A window has so many words, drawn anew each time, alike for what is answered and what is not.
_FEWEST, _MOST = 50, 190

Group = tuple[Example, ...]


def read_written(files: Sequence[Path]) -> list[Example]:
    """The rows of some files, in order."""
    return [one for file in files for one in read_examples(file)]


def kept_apart(article: str) -> bool:
    """Whether a page's rows are never trained on: a tenth are, to choose by."""
    return hashlib.sha256(article.encode()).digest()[0] % 10 == 0


def written_groups(rows: Sequence[Example], *, seed: int) -> list[Group]:
    """Every row `COPIES` times, in passes over all of them; each pass in an order of its own."""
    rng = random.Random(seed)
    sentences = {text: sentence_spans(text, language="en") for text in {one.passage for one in rows}}
    rivals = _rivals(rows)
    groups: list[Group] = []
    for _ in range(COPIES):
        for n in rng.sample(range(len(rows)), len(rows)):
            row = rows[n]
            own = windowed(row, sentences[row.passage], rng=rng)
            if rivals[n] and (row.answers or rng.random() < _RIVAL_OF_NONE):
                rival = replace(rows[rng.choice(rivals[n])], question=row.question, answers=())
                groups.append((own, windowed(rival, sentences[rival.passage], rng=rng)))
            else:
                groups.append((own,))
    return groups


def windowed(row: Example, sentences: Sequence[Span], *, rng: random.Random) -> Example:
    """The row over some whole sentences of its passage, those of its first answer among them."""
    if not sentences:
        return row
    at = row.answers[0] if row.answers else rng.choice(sentences)
    first = max((n for n, one in enumerate(sentences) if one.start <= at.start), default=0)
    last = min((n for n, one in enumerate(sentences) if one.end >= at.end), default=len(sentences) - 1)
    room = rng.randint(_FEWEST, _MOST) - _words(row.passage, sentences, first, last)
    while room > 0 and (first > 0 or last < len(sentences) - 1):
        before = first > 0 and (last == len(sentences) - 1 or rng.random() < 0.5)
        first, last = (first - 1, last) if before else (first, last + 1)
        new = first if before else last
        room -= _words(row.passage, sentences, new, new)
    start, end = sentences[first].start, sentences[last].end
    inside = tuple(
        Span(one.start - start, one.end - start)
        for one in row.answers
        if start <= one.start and one.end <= end
    )
    return replace(row, passage=row.passage[start:end], answers=inside)


def _words(passage: str, sentences: Sequence[Span], first: int, last: int) -> int:
    return len(passage[sentences[first].start : sentences[last].end].split())


def _rivals(rows: Sequence[Example]) -> list[list[int]]:
    """For each row the numbers of those whose passages a word search ranks first, its answers not in them."""
    passages = [one.passage for one in rows]
    low = [text.lower() for text in passages]
    found: list[list[int]] = []
    every = word_scores([one.question for one in rows], passages)
    for n, (one, scores) in enumerate(zip(rows, every, strict=True)):
        answers = [one.passage[slice(*span)].lower() for span in one.answers]
        best = (-scores).argsort(kind="stable")[: 12 * _RIVALS]
        fits = [int(m) for m in best if m != n and _lacks(low[m], answers)]
        found.append(_each_once(fits, passages)[:_RIVALS])
    return found


def _lacks(text: str, answers: Sequence[str]) -> bool:
    return not any(re.search(rf"(?<!\w){re.escape(answer)}(?!\w)", text) for answer in answers)


def _each_once(numbers: Sequence[int], passages: Sequence[str]) -> list[int]:
    return list({passages[n]: n for n in reversed(numbers)}.values())[::-1]

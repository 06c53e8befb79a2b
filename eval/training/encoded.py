"""Examples into rows of tokens, and rows into batches of one length that share a budget of tokens."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from tokenizers import Encoding, Tokenizer

from bot.weighing.reader.tokens import CLS, MAX_HEAD, MAX_QUESTION, MAX_TOKENS, SEP, head_of
from eval.training.examples import Example
from eval.training.mix import Group

# Part of the examples with a title that are read with it, and of those of a known day that are read with
# both; the rest are read as a bare passage.
_WITH_TITLE, _WITH_DAY = 0.5, 0.85


@dataclass(frozen=True)
class Row:
    """One question with one passage as tokens: [CLS] question [SEP] date. title: passage [SEP].

    Passage tokens are `first <= i < last`; `starts` and `ends` are the first and last tokens of the
    answers, empty without one. `second` is where the passage's segment begins.
    """

    ids: NDArray[np.int32]
    second: int
    first: int
    last: int
    starts: tuple[int, ...]
    ends: tuple[int, ...]


Rows = tuple[Row, ...]


def encode_groups(groups: Sequence[Group], tokenizer: Tokenizer, *, seed: int) -> list[Rows]:
    """The rows of each group, in order; passages that are too long are cut around their answer."""
    rng = random.Random(seed)
    examples = [one for group in groups for one in group]
    heads = [
        _head(one) if rng.random() < (_WITH_DAY if one.published else _WITH_TITLE) else "" for one in examples
    ]
    rows = iter(encode_rows(examples, heads, tokenizer, rng=rng))
    return [tuple(next(rows) for _ in group) for group in groups]


def _head(example: Example) -> str:
    return head_of(example.title, example.published)


def heads_of(examples: Sequence[Example]) -> list[str]:
    """Day and title of each where a day is known, as questions of an archive are read; else nothing."""
    return [_head(one) if one.published else "" for one in examples]


def encode_rows(
    examples: Sequence[Example], heads: Sequence[str], tokenizer: Tokenizer, *, rng: random.Random
) -> list[Row]:
    """One row an example, with the head given for it, or without where that is empty."""
    questions = tokenizer.encode_batch_fast([one.question for one in examples], add_special_tokens=False)
    before = tokenizer.encode_batch_fast(heads, add_special_tokens=False)
    passages = tokenizer.encode_batch([one.passage for one in examples], add_special_tokens=False)
    parts = zip(examples, questions, before, passages, strict=True)
    return [_row(one, q.ids[:MAX_QUESTION], h.ids[:MAX_HEAD], p, rng) for one, q, h, p in parts]


def _row(
    example: Example, question: list[int], head: list[int], passage: Encoding, rng: random.Random
) -> Row:
    spans = [_tokens_of(passage, answer.start, answer.end) for answer in example.answers]
    spans = [span for span in spans if span is not None]
    room = MAX_TOKENS - 3 - len(question) - len(head)
    begin = _cut(len(passage.ids), room, spans[0] if spans else None, rng)
    kept = passage.ids[begin : begin + room]
    second = len(question) + 2
    first = second + len(head)
    inside = [s for s in spans if s is not None and begin <= s[0] and s[1] < begin + len(kept)]
    return Row(
        np.array([CLS, *question, SEP, *head, *kept, SEP], dtype=np.int32),
        second,
        first,
        first + len(kept),
        tuple(sorted({s[0] - begin + first for s in inside})),
        tuple(sorted({s[1] - begin + first for s in inside})),
    )


def _tokens_of(passage: Encoding, start: int, end: int) -> tuple[int, int] | None:
    """The first and the last token of some characters."""
    touched = [i for i, (a, b) in enumerate(passage.offsets) if a < end and b > start]
    return (touched[0], touched[-1]) if touched else None


def _cut(length: int, room: int, answer: tuple[int, int] | None, rng: random.Random) -> int:
    """Where to begin a passage that does not fit, so that the answer is inside, at no fixed place."""
    if length <= room:
        return 0
    low, high = 0, length - room
    if answer is not None:
        low, high = max(low, answer[1] + 1 - room), min(high, answer[0])
    return rng.randint(low, max(low, high))


def batches(groups: Sequence[Rows], *, tokens: int, pool: int, seed: int) -> list[list[Rows]]:
    """Groups of about one length together, at most `tokens` with padding; the order stays roughly theirs.

    Within each `pool` of groups in order, neighbours by length share a batch, and the batches are shuffled.
    """
    rng = random.Random(seed)
    found: list[list[Rows]] = []
    for start in range(0, len(groups), pool):
        some = sorted(groups[start : start + pool], key=_length)
        made: list[list[Rows]] = [[]]
        for group in some:
            rows = sum(map(len, made[-1])) + len(group)
            if made[-1] and rows * _length(group) > tokens:
                made.append([])
            made[-1].append(group)
        rng.shuffle(made)
        found.extend(made)
    return found


def _length(group: Rows) -> int:
    return max(len(row.ids) for row in group)

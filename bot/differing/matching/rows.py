"""Pairs of values into tokens: [CLS] day. title: … <value> … [SEP] day. title: … <value> … [SEP]."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.weighing.reader.tokens import CLS, MAX_HEAD, SEP
from index.dates import in_words

if TYPE_CHECKING:
    from tokenizers import Tokenizer

OPENS, CLOSES = 1, 2  # tokens that the vocabulary leaves unused: a value stands between them
AROUND = 60  # tokens before a value, and after it


@dataclass(frozen=True)
class MarkedSide:
    """A sentence with its value at `text[start:end]`, the day (ISO 8601) and the title of its article."""

    text: str
    start: int
    end: int
    published: str | None = None
    title: str = ""


@dataclass(frozen=True)
class PairRow:
    """The tokens of a pair; the second side begins at `second`, the values after `marks`."""

    ids: tuple[int, ...]
    second: int
    marks: tuple[int, int]


class RowMaker:
    """Makes rows, and remembers the tokens of a text while it is wanted again."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        self._tokenizer = tokenizer

    def row(self, one: MarkedSide, other: MarkedSide) -> PairRow:
        """The row of a pair."""
        first, marked = self._side(one)
        last, marked_there = self._side(other)
        second = len(first) + 2
        return PairRow((CLS, *first, SEP, *last, SEP), second, (1 + marked, second + marked_there))

    def _side(self, side: MarkedSide) -> tuple[list[int], int]:
        """The tokens of a side, and where its value opens."""
        when = in_words(side.published) or ""
        head = self._ids(f"{when}.") + (self._ids(f"{side.title}:")[:MAX_HEAD] if side.title else [])
        before = self._ids(side.text[: side.start].strip())[-AROUND:]
        value = self._ids(side.text[side.start : side.end])
        after = self._ids(side.text[side.end :].strip())[:AROUND]
        return [*head, *before, OPENS, *value, CLOSES, *after], len(head) + len(before)

    def _ids(self, text: str) -> list[int]:
        found: list[int] = self._tokenizer.encode(text, add_special_tokens=False).ids
        return found

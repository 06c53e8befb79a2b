"""Two versions of a text into what changed: lines taken out and put in, and the words that differ."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

Sign = Literal["-", "+", " "]


@dataclass(frozen=True)
class DiffLine:
    """A line of a comparison: taken out ("-"), put in ("+") or the same (" "); `runs` are what differs in it.

    A run is [start, end) in characters of the text.
    """

    sign: Sign
    text: str
    runs: tuple[tuple[int, int], ...] = ()


def compared(before: str, after: str, *, around: int = 1) -> list[DiffLine]:
    """What was changed from `before` to `after`, with `around` unchanged lines beside each change.

    Empty lines do not count. Where two lines stand for one another, their words are compared.
    """
    old, new = _lines(before), _lines(after)
    lines: list[DiffLine] = []
    for group in SequenceMatcher(None, old, new, autojunk=False).get_grouped_opcodes(around):
        lines += [DiffLine(" ", "…")] if lines else []
        for kind, a, b, c, d in group:
            if kind == "equal":
                lines += [DiffLine(" ", text) for text in old[a:b]]
            else:
                lines += _changed(old[a:b], new[c:d])
    return lines


def _lines(text: str) -> list[str]:
    return [line for line in text.split("\n") if line.strip()]


def _changed(old: Sequence[str], new: Sequence[str]) -> Iterator[DiffLine]:
    """Lines that stand for others; as many as have a counterpart are compared word by word."""
    pairs = [_runs(one, other) for one, other in zip(old, new, strict=False)]
    for number, text in enumerate(old):
        yield DiffLine("-", text, pairs[number][0] if number < len(pairs) else ())
    for number, text in enumerate(new):
        yield DiffLine("+", text, pairs[number][1] if number < len(pairs) else ())


def _runs(one: str, other: str) -> tuple[tuple[tuple[int, int], ...], tuple[tuple[int, int], ...]]:
    """Where two lines differ, in each of them."""
    first, second = _words(one), _words(other)
    matcher = SequenceMatcher(
        None, [one[a:b] for a, b in first], [other[a:b] for a, b in second], autojunk=False
    )
    changes = [code for code in matcher.get_opcodes() if code[0] != "equal"]
    return (
        tuple((first[a][0], first[b - 1][1]) for _, a, b, _, _ in changes if b > a),
        tuple((second[c][0], second[d - 1][1]) for _, _, _, c, d in changes if d > c),
    )


def _words(text: str) -> list[tuple[int, int]]:
    return [match.span() for match in re.finditer(r"\w+|[^\w\s]", text)]

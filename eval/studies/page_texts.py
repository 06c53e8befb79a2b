"""Two texts into what of one stands not in the other: words count as found where four in a row are shared."""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.canonical import tidy

LEAST = 20  # foreign characters below this are a credit or a comma
_RUN = 4  # words in a row that make two texts the same; shorter lines must be the same as a whole
_ENDED = re.compile(r"[.!?…։。:;][\"'”’»«“)\]]*$")


def lines_of(text: str) -> list[str]:
    """The lines of a text that are not empty, in canonical form."""
    return [line for line in tidy(text).split("\n") if line]


def words_in(text: str) -> list[str]:
    """The words of a text in small letters."""
    return re.findall(r"\w+", text.casefold())


def unshared(lines: Sequence[str], others: Sequence[str]) -> list[str]:
    """The parts of `lines` that stand in no run of words of `others`, in their own spelling."""
    runs = {run for other in others for run in _runs(words_in(other))}
    runs |= set(_runs(words_in(" ".join(others))))  # lines may be broken elsewhere
    whole = {tuple(words_in(other)) for other in others}
    parts = []
    for line in lines:
        words = words_in(line)
        if len(words) < _RUN:
            parts += [line] if words and tuple(words) not in whole and not _holds(others, line) else []
            continue
        shared = [False] * len(words)
        for start, run in enumerate(_runs(words)):
            if run in runs:
                shared[start : start + _RUN] = [True] * _RUN
        parts += _parts(line, shared)
    return parts


def is_cut(line: str, expected: Sequence[str]) -> bool:
    """Whether a line ends within a sentence of an expected paragraph that goes on."""
    if len(line) < LEAST or _ENDED.search(line) or line in expected:
        return False
    return any(paragraph.startswith(line) and paragraph != line for paragraph in expected)


def _holds(others: Sequence[str], line: str) -> bool:
    return any(line in other for other in others)


def _runs(words: Sequence[str]) -> list[tuple[str, ...]]:
    return [tuple(words[start : start + _RUN]) for start in range(len(words) - _RUN + 1)]


def _parts(line: str, shared: Sequence[bool]) -> list[str]:
    """The stretches of a line whose words are not shared."""
    parts: list[str] = []
    after = -2
    for place, match in enumerate(re.finditer(r"\w+", line.casefold())):
        if shared[place]:
            continue
        if place == after + 1:
            parts[-1] += " " + match[0]
        else:
            parts.append(match[0])
        after = place
    return parts

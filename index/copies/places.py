"""Two bodies of one origin into the places where they differ, at a cost that has an end."""

from __future__ import annotations

from index.copies.overlap import Edit, differences
from index.copies.words import Word, words_of
from index.records import Span

# Comparing word by word takes the product of both lengths at worst: 7,000 words each, one in ten of them
# changed, are 0.4 s.
_MOST = 50_000_000
_NEAR = 2  # words between two differences that make them one


def places(here: str, there: str) -> list[Edit]:
    """Where two bodies differ, in order.

    What they begin and end with alike is not compared. Where the rest is too long to be compared word by
    word, the whole of it is one difference.
    """
    one, other = words_of(here), words_of(there)
    start = _alike(one, other)
    end = _alike(one[start:][::-1], other[start:][::-1])
    left, right = one[start : len(one) - end], other[start : len(other) - end]
    if len(left) * len(right) <= _MOST:
        return differences(left, right, near=_NEAR)
    return [Edit(_run(left), _run(right))]


def _alike(one: list[Word], other: list[Word]) -> int:
    """With how many of the same words both begin."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((n for n, (a, b) in pairs if a.key != b.key), min(len(one), len(other)))


def _run(words: list[Word]) -> Span:
    return Span(words[0].span.start, words[-1].span.end)

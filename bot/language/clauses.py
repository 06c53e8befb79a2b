"""A place in a sentence into the clause around it, as far as what ends one for the purpose."""

from __future__ import annotations

import re

from index.records import Span

# What tells something else begins a clause of its own.
CLAUSE = re.compile(
    r"[;:–—()]|,(?!\d)|--|\b(?:who|which|that|because|after|before|while|when|where|as|but|with|since)\b"
)
# The deed that a date belongs to goes on over "that" and "when".
DEED = re.compile(r"[,;:–—]|\b(?:who|which|because|after|before|while)\b")
# What will be is told by the verb of the same clause: "that", "and" begin another.
TENSE = re.compile(r"[,;:—]|\b(?:that|and|but|when|while|which|who|after|before|as)\b", re.IGNORECASE)
# Halves of a sentence that each count something of their own.
HALF = re.compile(r"[;:]|,\s+(?:and|but|while|whereas)\b")


def clause_around(text: str, place: Span, *, ends: re.Pattern[str], within: Span | None = None) -> Span:
    """The words around a place up to what ends a clause on either side, within a part of the text."""
    first, last = within or Span(0, len(text))
    start = first
    for cut in ends.finditer(text, first, place.start):
        start = cut.end()
    end = ends.search(text, place.end, last)
    return Span(start, end.start() if end else last)

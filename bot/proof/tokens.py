"""A sentence into its words, each with the marks before it and whether it stands in quotation marks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.proof.verbatim import plain
from index.records import Span

_WORD = re.compile(
    r"[$€£¥%]|\d+(?:[.,:]\d+)*(?:st|nd|rd|th|s|m|bn|k|km|kg)?\b|(?:[^\W\d_]\.){2,}|[^\W_]+(?:[-'.&/](?=\w)[^\W_]+)*"
)
_POSSESSIVE = re.compile(r"(?<=\w)'s$|(?<=s)'$", re.IGNORECASE)
_NOT = re.compile(r"(?<=\w)n't$", re.IGNORECASE)


@dataclass(frozen=True)
class SentenceWord:
    """A word at `text[start:end]`; `low` is how it is compared: in small letters, marks of one kind.

    `before` are the marks between the word before it and this one, without spaces. A possessive ending and
    the "n't" of a verb are words of their own.
    """

    low: str
    start: int
    end: int
    before: str
    quoted: bool
    capital: bool


def words_of(text: str, *, quoted: Sequence[Span] = ()) -> list[SentenceWord]:
    """The words of a text in order; `quoted` are the parts of it that stand in quotation marks."""
    page, found, last = plain(text), [], 0
    for match in _WORD.finditer(page):
        marks = re.sub(r"\s+", "", text[last : match.start()])
        for start, end in _parts(match):
            low = page[start:end].casefold().rstrip(".")  # "U.S." at the end of a sentence and before it
            inside = any(part.start <= start < part.end for part in quoted)
            found.append(SentenceWord(low, start, end, marks, inside, page[start].isupper()))
            marks = ""
        last = match.end()
    return found


def _parts(match: re.Match[str]) -> list[tuple[int, int]]:
    """A word without its ending, and the ending: "minister's" → "minister", "'s"; "didn't" → "did", "n't"."""
    start, end = match.span()
    ending = _POSSESSIVE.search(match[0]) or _NOT.search(match[0])
    if ending is None or not ending.start():
        return [(start, end)]
    cut = start + ending.start()
    return [(start, cut), (cut, end)]


_OPENING, _CLOSING = "“„«", "”»"
_SINGLE = re.compile(r"(?<!\w)[‘'](?=\w)[^‘’']*(?<=[\w,.!?])[’'](?!\w)")


def quoted_in(text: str) -> list[Span]:
    """The parts of a text within quotation marks; a double one without its partner reaches to that end."""
    found: list[Span] = []
    start: int | None = None
    for at, letter in enumerate(text):
        opens = letter in _OPENING or (letter == '"' and start is None)
        if opens and start is None:
            start = at
        elif letter in _CLOSING or letter == '"':
            found.append(Span(start if start is not None else 0, at))
            start = None
    found += [Span(*match.span()) for match in _SINGLE.finditer(text)]
    return [*found, Span(start, len(text))] if start is not None else found

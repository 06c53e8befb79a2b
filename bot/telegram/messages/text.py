"""Words and how they look into messages: text with marks at exact places, split so that nothing is lost.

A mark becomes a message entity. None is ever made from what the text says, so no text can break one.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

from bot.telegram.messages.no_links import tapped
from bot.telegram.messages.utf16 import fitting, units

LONGEST = 4096  # units of one message
MOST_MARKS = 100  # Telegram drops further ones without a word

Kind = Literal["bold", "italic", "code", "blockquote", "text_link"]
Emphasis = Literal["bold", "italic"]

# Where a text may be cut, best first: behind a paragraph, a line, a sentence with its [1], a word.
_CUTS = tuple(
    re.compile(pattern)
    for pattern in (r"\n\s*\n", r"\n", r"[.!?…。！？][”\"’»)\]]*(?: ?\[\d+\])*\s+(?!\[\d)", r"\s+(?!\[\d)")
)
_JOINS = "\u200d\ufe0e\ufe0f"
_SKIN_TONES = range(0x1F3FB, 0x1F400)


@dataclass(frozen=True)
class Mark:
    """How `text[start:end]` looks; `url` is where a link leads."""

    kind: Kind
    start: int
    end: int
    url: str | None = None


@dataclass(frozen=True)
class Text:
    """Text with its marks, in the order in which they start; outer ones first."""

    text: str
    marks: tuple[Mark, ...] = ()

    def __add__(self, other: Text) -> Text:
        """Both, one behind the other."""
        shift = len(self.text)
        moved = (replace(mark, start=mark.start + shift, end=mark.end + shift) for mark in other.marks)
        return Text(self.text + other.text, (*self.marks, *moved))

    def __bool__(self) -> bool:
        """Whether there is any text."""
        return bool(self.text)


NOTHING = Text("")


def own(text: str, kind: Emphasis | None = None) -> Text:
    """Words of ours, where a /command is meant to be one."""
    return Text(text, (Mark(kind, 0, len(text)),) if kind and text else ())


def foreign(text: str, kind: Emphasis | None = None, within: tuple[int, int] | None = None) -> Text:
    """Words of others, in which nothing can be tapped: what could be is `code`.

    The rest is `kind`, or that part of it which is `within`.
    """
    spans = tapped(text)
    marks = [Mark("code", start, end) for start, end in spans]
    if kind:
        first, last = within or (0, len(text))
        edges = [0, *(edge for span in spans for edge in span), len(text)]
        gaps = [(max(start, first), min(end, last)) for start, end in list(pairwise(edges))[::2]]
        marks += [Mark(kind, start, end) for start, end in gaps if text[start:end].strip()]
    return Text(text, tuple(sorted(marks, key=lambda mark: mark.start)))


def link(text: str, url: str) -> Text:
    """Words that lead to an address; Telegram finds nothing else to tap in them."""
    return Text(text, (Mark("text_link", 0, len(text), url),))


def block(text: Text) -> Text:
    """Text as a quotation: indented, with a bar."""
    return Text(text.text, (Mark("blockquote", 0, len(text.text)), *text.marks))


def join(parts: Iterable[Text], between: str) -> Text:
    """The parts with something between them; empty ones are left out."""
    joined = NOTHING
    for part in parts:
        if part:
            joined = joined + Text(between) + part if joined else part
    return joined


def split(whole: Text, *, longest: int = LONGEST, most_marks: int = MOST_MARKS) -> list[Text]:
    """The text as messages of at most `longest` units and `most_marks` marks.

    Only white space is lost, and only where it was cut; a mark that is cut goes on in the next message.
    """
    parts: list[Text] = []
    start = 0
    while rest := whole.text[start:].lstrip():
        start = len(whole.text) - len(rest)
        end = _end(whole, start, longest=longest, most_marks=most_marks)
        parts.append(_part(whole, start, end))
        start = end
    return parts


def _end(whole: Text, start: int, *, longest: int, most_marks: int) -> int:
    text = whole.text
    most = start + fitting(text[start : start + longest], longest)
    inside = [mark for mark in whole.marks if mark.start < most and mark.end > start]
    if len(inside) > most_marks:
        most = max(sorted(mark.start for mark in inside)[most_marks], start + 1)
    if most >= len(text.rstrip()):
        return len(text)
    for cut in _CUTS:
        ends = [found.end() for found in cut.finditer(text, start, most + 1) if found.end() <= most]
        if ends and ends[-1] - start > (most - start) // 2:
            return ends[-1]
    return _between_letters(text, start, most)


def _between_letters(text: str, start: int, end: int) -> int:
    """The last place up to `end` that is not within one letter or picture as people see it."""
    for place in range(end, max(start, end - 32), -1):
        if not (_joins(text[place]) or text[place - 1] == "\u200d"):
            return place
    return end


def _joins(letter: str) -> bool:
    return letter in _JOINS or ord(letter) in _SKIN_TONES or unicodedata.category(letter) in ("Mn", "Me")


def _part(whole: Text, start: int, end: int) -> Text:
    end = start + len(whole.text[start:end].rstrip())
    marks = []
    for mark in whole.marks:
        first, last = max(mark.start, start), min(mark.end, end)
        words = whole.text[first:last]
        if words.strip():  # Telegram wants no mark that begins or ends with white space
            first, last = last - len(words.lstrip()), first + len(words.rstrip())
            marks.append(replace(mark, start=first - start, end=last - start))
    return Text(whole.text[start:end], tuple(marks))


def entities(text: Text) -> list[dict[str, str | int]]:
    """The marks as the Bot API wants them: offsets and lengths in units."""
    found: list[dict[str, str | int]] = []
    at, offset = 0, 0
    for mark in sorted(text.marks, key=lambda one: (one.start, -one.end)):
        offset += units(text.text[at : mark.start])
        at = mark.start
        entity: dict[str, str | int] = {
            "type": mark.kind,
            "offset": offset,
            "length": units(text.text[mark.start : mark.end]),
        }
        found.append(entity | {"url": mark.url} if mark.url else entity)
    return found

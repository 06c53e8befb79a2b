"""Foreign text into a line that can be shown: without what a terminal obeys, within quotation marks."""

from __future__ import annotations

import re
import unicodedata

from bot.answers.marks import kinds_aside, mark_pairs, nested
from index.records import Span

MARKS = '“”«»„"'
_LOW = re.compile("„[^„“”]*“")  # „So“, whose second mark is the first of “so”
_OBEYED = ("Cc", "Cf", "Cs", "Co")  # control, format (direction, zero width), surrogate, private use


def plain(text: str) -> str:
    """Foreign text in one line without what a terminal obeys: escapes, control and direction characters."""
    spaced = " ".join(text.split())
    return "".join(letter for letter in spaced if unicodedata.category(letter) not in _OBEYED)


def names(text: str, speaker: str) -> bool:
    """Whether a text names every speaker of "Anna Lund" or "Norway; Iceland", by the last word at least."""
    return all(
        re.search(rf"(?<!\w){re.escape(one.split()[-1])}(?!\w)", text, re.IGNORECASE)
        for one in speaker.split(";")
        if one.strip()
    )


def in_marks(text: str) -> str:
    """Words of an article as a line of an answer: always within “…”, those of their own within these.

    Marks that enclose all of it are these. A sentence out of the middle of somebody's quotation lacks a mark
    of a pair; it gets it back.
    """
    line = plain(text)
    inner = line.strip(MARKS)
    if not any(mark in inner for mark in MARKS):
        return f"“{inner}”"
    first, last = _lone_marks(line)
    whole = f"{first}{line}{last}"
    enclosed = any((one.start, one.end) == (0, len(whole) - 1) for one in mark_pairs(whole))
    return f"“{nested(whole[1:-1] if enclosed else whole)}”"


def found_in(line: str, text: str, part: Span | None) -> tuple[int, int]:
    """Where a part of a text stands in the line that `in_marks` made of it; (0, 0) without any."""
    if part is None:
        return 0, 0
    before, words = plain(text[: part.start]), plain(text[slice(*part)])
    start = kinds_aside(line).find(kinds_aside(words), max(0, len(before) - 2))  # its own marks may have gone
    return (start, start + len(words)) if words and start >= 0 else (0, 0)


def _lone_marks(line: str) -> tuple[str, str]:
    """The marks that a line lacks before and after it: of `we wait,” she said` the first one."""
    line = _LOW.sub("", line)
    for opening, closing in (("“", "”"), ("«", "»")):
        opened = 0
        before = after = ""
        for letter in line:
            opened += (letter == opening) - (letter == closing)
            if opened < 0:
                before, opened = opening, 0
        after = closing if opened > 0 else ""
        if before or after:
            return before, after
    if line.count('"') % 2 and not any(mark in line for mark in "“”«»"):
        at = line.index('"')
        closes = at + 1 == len(line) or not line[at + 1].isalnum()
        return ('"', "") if closes else ("", '"')
    return "", ""

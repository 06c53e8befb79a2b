"""Foreign text into a line that can be shown: without what a terminal obeys, within quotation marks."""

from __future__ import annotations

import re
import unicodedata

MARKS = '“”«»„"'
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
    """Words of an article as a line of an answer: always within quotation marks, around those of its own.

    Marks that enclose all of it are these. A sentence out of the middle of somebody's quotation lacks a mark
    of a pair; it gets it back.
    """
    line = plain(text)
    inner = line.strip(MARKS)
    if not any(mark in inner for mark in MARKS):
        return f"“{inner}”"
    first, last = _lone_marks(line)
    return f"“{first}{line}{last}”"


def _lone_marks(line: str) -> tuple[str, str]:
    """The marks that a line lacks before and after it: of `we wait,” she said` the first one."""
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

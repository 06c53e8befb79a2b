"""The letters that an article calls a body by into its name in full: "OPU" → "Oslo Port Union"."""

from __future__ import annotations

import re

_LETTERS = re.compile(r"(?:the )?(?P<letters>[A-Z]{2,6})")
_SMALL = r"(?:(?:of|for|the|and|to|on|in|by|at|those|&)\s+)*?"
_WORD = r"[\w’'-]*+"
_UNTOLD = 3  # letters from which a name of these initials is no chance, though no bracket tells of it
_RUN = re.compile(rf"[A-Z]{_WORD}(?:\s+{_SMALL}[A-Z]{_WORD})+\Z")
_BEFORE = 120  # characters before a bracket in which a name begins


def in_full(body: str, name: str) -> str | None:
    """The name that an article gives a body in full, of which `name` is the letters; None if it gives none.

    It has their initials, or stands before them in brackets: "the Union of Oslo Ports (OPU)".
    """
    found = _LETTERS.fullmatch(name)
    if found is None:
        return None
    letters = found["letters"]
    return (_of_initials(body, letters) if len(letters) >= _UNTOLD else None) or _before_bracket(
        body, letters
    )


def _before_bracket(body: str, letters: str) -> str | None:
    """The words before "(OPU)" of which each begins with one of its letters, in whatever order."""
    for bracket in re.finditer(rf"\s*\({letters}\)", body):
        run = _RUN.search(body[max(0, bracket.start() - _BEFORE) : bracket.start()])
        words = run[0].split() if run else []
        capitals = [n for n, word in enumerate(words) if word[0].isupper()][-len(letters) :]
        if sorted(words[n][0] for n in capitals) == sorted(letters):
            return " ".join(words[capitals[0] :])
    return None


def _of_initials(body: str, letters: str) -> str | None:
    words = (rf"\s+{_SMALL}{letter}{_WORD}" if letter != "O" else rf"\s+(?:of\b|{_SMALL}O{_WORD})"
             for letter in letters[1:])  # fmt: skip
    found = re.search(rf"\b{letters[0]}(?=\w*?[a-z]){_WORD}{''.join(words)}(?:\s+and\s+[A-Z]{_WORD})?", body)
    text = " ".join(found[0].split()).removesuffix("’s").removesuffix("'s") if found else ""
    return text if text.split()[-1:] and text.split()[-1][0].isupper() else None

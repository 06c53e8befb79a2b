"""Text in the units that Telegram counts: UTF-16, in which 😀 is two and я is one."""

from __future__ import annotations


def units(text: str) -> int:
    """How long Telegram says a text is."""
    return len(text) + sum(letter > "\uffff" for letter in text)


def fitting(text: str, most: int) -> int:
    """How many characters of a text fit into `most` units; never half of one."""
    if units(text) <= most:
        return len(text)
    left = most
    for number, letter in enumerate(text):
        left -= 2 if letter > "\uffff" else 1
        if left < 0:
            return number
    return len(text)


def around(text: str, offset: int, length: int) -> tuple[str, str, str]:
    """What stands before, at and behind a place that is given in units."""
    wide = text.encode("utf-16-le", "surrogatepass")
    start, end = 2 * offset, 2 * (offset + length)
    before, at, behind = (
        part.decode("utf-16-le", "surrogatepass") for part in (wide[:start], wide[start:end], wide[end:])
    )
    return before, at, behind

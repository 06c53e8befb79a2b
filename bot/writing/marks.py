"""A line of a draft into its words and its marks: `[1]`, `[1, 2]`, `[1-3]`, `[1: words]`, `[2] «words»`.

A number of four digits is a year, whatever stands around it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_NUMBER = r"(?:\^|#|№\s*|no\.?\s*|passages?\s*|sources?\s*|articles?\s*)?\d{1,3}(?:†[^\]】］,;]{0,40})?"
_GROUP = rf"{_NUMBER}(?:\s*(?:,|;|&|\band\b|–|—|-|\bto\b)\s*{_NUMBER})*"
_WORDS = (
    r"«(?P<angle>[^»]*)»|“(?P<curly>[^”]*)”|„(?P<low>[^“”]*)[“”]"
    r"|\"(?P<straight>[^\"]*)\"|''(?P<twice>[^']*)''"
)
ANY_MARK = rf"`?[\[【［]\s*{_GROUP}\s*(?:[:|]\s*[^\]】］]+)?[\]】］]`?"  # without groups of its own
MARK = re.compile(
    rf"`?[\[【［]\s*(?P<group>{_GROUP})\s*(?:[:|]\s*(?P<inner>[^\]】］]+))?[\]】］]`?", re.IGNORECASE
)
_AFTER = re.compile(rf"\s*[:–—-]?\s*(?:{_WORDS})")
_RANGE = re.compile(r"(\d{1,3})\s*(?:–|—|-|\bto\b)\s*\D{0,9}?(\d{1,3})")
_WIDEST = 8  # passages in a range; a wider one is something else
_ENDED = re.compile(r"[.!?…]['\"”’»)]*\s*$")


@dataclass(frozen=True)
class Marked:
    """A mark: where it stood in the line without marks, the numbers it cites, and the words after it."""

    at: int
    numbers: tuple[int, ...]
    words: str | None


def split_marks(line: str) -> tuple[str, list[Marked]]:
    """The line without its marks, and the marks in order."""
    kept, marks, end = "", [], 0
    for match in MARK.finditer(line):
        if match.start() < end:  # a mark within the words after another one
            continue
        kept = _joined(kept, line[end : match.start()])
        words, end = _words_after(line, match, kept)
        numbers = _numbers(match["group"])
        if not numbers:
            kept += match[0]
            continue
        marks.append(Marked(len(kept.rstrip()), numbers, words))
    return _joined(kept, line[end:]).strip(), marks


def _joined(before: str, after: str) -> str:
    """Two parts between which a mark stood: "It fell ", ". Then" → "It fell. Then"."""
    if before and re.match(r"\s*[.,;:!?…]", after):
        return before.rstrip() + after.lstrip()
    return before.rstrip(" ") + " " + after.lstrip(" ") if before.strip() else after


def _words_after(line: str, mark: re.Match[str], before: str) -> tuple[str | None, int]:
    """The words that a mark relies on, and where they end.

    In ordinary quotation marks they count only behind a whole sentence: in `She said [1] "no".` they are
    part of the sentence.
    """
    if mark["inner"]:
        return mark["inner"].strip().strip("«»“”\"„'") or None, mark.end()
    found = _AFTER.match(line, mark.end())
    if found is None:
        return None, mark.end()
    words = next((one for one in found.groups() if one is not None), "")
    if found["angle"] is None and not _ENDED.search(before):
        return None, mark.end()
    return words.strip() or None, found.end()


def _numbers(group: str) -> tuple[int, ...]:
    """The numbers of a group, such as 1, 3, 4, 5 of "1, 3-5"; none where a range is no range."""
    group = re.sub(r"†[^,;]*", "", group)
    numbers: list[int] = []
    for first, last in _RANGE.findall(group):
        if not 0 < int(last) - int(first) < _WIDEST:
            return ()
        numbers += range(int(first), int(last) + 1)
    numbers += [int(one) for one in re.findall(r"\d{1,3}", _RANGE.sub(" ", group))]
    return tuple(dict.fromkeys(sorted(numbers)))

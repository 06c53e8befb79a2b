"""A text's own quotation marks into those that they are within “…”: ‘…’, “…” within these, and so on."""

from __future__ import annotations

from dataclasses import dataclass

_CLOSES = {"“": "”", "„": "“", "‘": "’", '"': '"'}
_SINGLE, _DOUBLE = ("‘", "’"), ("“", "”")
_KINDS = str.maketrans(dict.fromkeys("“”„‟‘’‚‛\"'", "'"))


@dataclass(frozen=True)
class MarkPair:
    """Where two marks of a text belong together, and within how many other pairs."""

    start: int
    end: int
    depth: int


def nested(text: str) -> str:
    """A text as it stands within “…”, a letter for a letter; marks without their other half stay."""
    letters = list(text)
    for pair in mark_pairs(text):
        opening, closing = _DOUBLE if pair.depth % 2 else _SINGLE
        low = {"‘": "‚", "“": "„"}[opening]
        letters[pair.start] = low if text[pair.start] == "„" else opening
        letters[pair.end] = opening if text[pair.start] == "„" else closing
    return "".join(letters)


def kinds_aside(text: str) -> str:
    """A text of the same length in which all kinds of marks are one."""
    return text.translate(_KINDS)


def mark_pairs(text: str) -> list[MarkPair]:
    """The pairs of marks of a text, those within others first; an apostrophe is no mark."""
    opened: list[int] = []
    pairs = []
    for at, letter in enumerate(text):
        begun = next((one for one in reversed(opened) if _CLOSES[text[one]] == letter), None)
        if begun is not None and _may_close(text, at, begun=opened[-1]):
            del opened[opened.index(begun) :]
            pairs.append(MarkPair(begun, at, len(opened)))
        elif letter in _CLOSES and _may_open(text, at):
            opened.append(at)
    return pairs


def _may_open(text: str, at: int) -> bool:
    """Whether a mark stands before a word; of the curly ones only ‘ can be anything else."""
    if text[at] in "“„":
        return True
    return not text[at - 1 : at].isalnum() and not text[at + 1 : at + 2].isspace()


def _may_close(text: str, at: int, *, begun: int) -> bool:
    """Whether a mark stands behind a word; ’ only for the last one that was opened."""
    if text[at] == "’":
        return text[begun] == "‘" and not text[at + 1 : at + 2].isalnum() and not text[at - 1].isspace()
    return text[at] != '"' or not (text[at - 1].isspace() or text[at + 1 : at + 2].isalnum())

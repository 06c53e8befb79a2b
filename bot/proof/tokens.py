"""A sentence into its words, each with the marks before it and whether it stands in quotation marks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from index.records import Span

# One character for one, so that offsets into a folded text are offsets into it.
_FOLDED = str.maketrans(
    {
        **dict.fromkeys("“”„‟«»", '"'),
        **dict.fromkeys("‘’‚‛", "'"),
        **dict.fromkeys("‐‑‒–—―−", "-"),
    }
)
_WORD = re.compile(
    r"\d+(?:[.,:]\d+)*(?:st|nd|rd|th|s|m|bn|k|km|kg)?\b|(?:[^\W\d_]\.){2,}"
    r"|[^\W_]+(?:[-'.&/](?=\w)[^\W_]+)*"
    r"|(?<!\w)-(?=\d)|_|[^\w\s.,;:!?'\"()\[\]…•‣▪▸►●◦-]"  # a minus, and signs: "$", "<", emoji
)
_POSSESSIVE = re.compile(r"(?<=\w)'s$|(?<=s)'$", re.IGNORECASE)
_NOT = re.compile(r"(?<=\w)n't$", re.IGNORECASE)


@dataclass(frozen=True)
class SentenceWord:
    """A word at `text[start:end]`, or a sign such as "$" or "<": whatever is no mark between words.

    `form` is how it is written, with apostrophes and dashes of one kind; `low` that in small letters.
    `before` are the marks between the word before it and this one, without spaces, and `marks` the same ones
    folded, without those at which a quotation begins or ends: that `quoted` says. `begins`: whether a
    sentence or a quotation does so here. A possessive ending and the "n't" of a verb are words of their own.
    """

    form: str
    low: str
    start: int
    end: int
    before: str
    marks: str
    quoted: bool
    begins: bool

    @property
    def capital(self) -> bool:
        """Whether it begins with a capital."""
        return self.form[0].isupper()


def words_of(text: str, *, quoted: Sequence[Span] = ()) -> list[SentenceWord]:
    """The words of a text in order; `quoted` are the parts of it that stand in quotation marks."""
    page, last = text.translate(_FOLDED), 0
    found: list[SentenceWord] = []
    for match in _WORD.finditer(page):
        before = _unspaced(text[last : match.start()])
        for start, end in _parts(match):
            form = page[start:end].rstrip(".")  # "U.S." at the end of a sentence and before it
            inside = any(part.start <= start < part.end for part in quoted)
            turns = inside != (bool(found) and found[-1].quoted)
            begins = not found or (inside and turns)
            marks = _folded(before, turns=turns)
            found.append(SentenceWord(form, form.casefold(), start, end, before, marks, inside, begins))
            before = ""
        last = match.end()
    return found


def marks_after(text: str, words: Sequence[SentenceWord]) -> str:
    """The folded marks behind the last word of a text, but for quotation marks."""
    return re.sub(r"\"", "", _folded(_unspaced(text[words[-1].end :]), turns=False)) if words else ""


def _unspaced(text: str) -> str:
    return re.sub(r"\s+", "", text)


def _folded(marks: str, *, turns: bool) -> str:
    """Marks in one kind of each; without the quotation mark at which a quotation begins or ends (`turns`)."""
    folded = marks.translate(_FOLDED).replace("'", '"').replace("…", "...")
    return folded.replace('"', "", 1) if turns else folded


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

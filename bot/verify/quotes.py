"""Words that a draft gives as an article's into where they stand: verbatim, pieced together, nearly, or not.

Only typography is forgiven: curly or straight quotation marks, kinds of dashes and of white space, "…" or
"...". What is cited is always the article's own characters.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from index.canonical import canonical
from index.records import Span

Standing = Literal["verbatim", "spliced", "altered", "absent"]

# One character for one, so that offsets into a plain body are offsets into the body.
_PLAIN = str.maketrans(
    {
        **dict.fromkeys("“”„‟«»‘’‚‛‹›′″`´", "'"),
        '"': "'",
        **dict.fromkeys("‐‑‒–—―−", "-"),
        "\n": " ",
        "\t": " ",
    }
)
_PIECE = re.compile(
    r"(?P<dots>\s*(?:…|\.\s?\.\s?\.)\s*)|(?P<dash>\s*-+\s*)|(?P<space>\s+)|(?P<mark>'+)|(?P<rest>[^\s'…-])"
)
_ELLIPSIS = re.compile(r"\s*(?:\[\s*(?:…|\.\s?\.\s?\.)\s*\]|…|\.\s?\.\s?\.)\s*")
_EDGES = " \t\n\"'“”„«»‘’‹›"
_STOPS = ".,;:"  # American style sets the comma of the sentence within the quotation marks
_WORD = re.compile(r"\d+(?:[.,:]\d+)*|[^\W_]+(?:'[^\W\d_]+)*|[%$€£]")

_NEAR = 0.72  # of the words in order: below it nothing in the article is what was meant
_TOGETHER = 400  # characters: parts of a quotation with an ellipsis may stand this far apart at most
_SHORTEST = 3  # words of a part that counts as pieced together from elsewhere


@dataclass(frozen=True)
class Found:
    """Where words stand. `spans`, of the body: the one, the parts if spliced, the nearest if altered."""

    standing: Standing
    spans: tuple[Span, ...] = ()


def plain(text: str) -> str:
    """A text with one kind of mark, dash and space, as long as it was."""
    return text.translate(_PLAIN)


def find_words(words: str, body: str, *, within: Span | None = None) -> Found:
    """Where `words` stand in a body, looked for first in the part `within`."""
    wanted = _trimmed(words)
    if not wanted:
        return Found("absent")
    page = plain(body)
    if found := _verbatim(wanted, page, within):
        return Found("verbatim", (found,))
    return _pieced(wanted, page, within) or _nearest(wanted, page)


def all_places(words: str, body: str) -> list[Span]:
    """Every place where `words` stand verbatim in a body."""
    wanted = _trimmed(words)
    return _places(wanted, plain(body)) if wanted else []


def _trimmed(words: str) -> str:
    """Words without the marks around them and the stop that may have been put at their end."""
    text = plain(canonical(words)).strip(_EDGES)
    text = _ELLIPSIS.sub("", text[:6]) + text[6:] if _ELLIPSIS.match(text) else text
    ends = list(_ELLIPSIS.finditer(text))
    if ends and ends[-1].end() == len(text):
        text = text[: ends[-1].start()]
    return text.rstrip(_STOPS + _EDGES).strip()


def _verbatim(wanted: str, page: str, within: Span | None) -> Span | None:
    places = _places(wanted, page)
    inside = [one for one in places if within and within.start <= one.start and one.end <= within.end]
    return next(iter(inside or places), None)


def _places(wanted: str, page: str) -> list[Span]:
    pattern = re.compile("".join(_pattern(piece) for piece in _PIECE.finditer(wanted)))
    found = (Span(*match.span()) for match in pattern.finditer(page))
    return [one for one in found if not (_cuts(page, one.start) or _cuts(page, one.end))]


def _pattern(piece: re.Match[str]) -> str:
    if piece["dots"]:
        return r"\s*(?:…|\.\s?\.\s?\.)\s*"
    if piece["dash"]:
        return r"\s*-+\s*"
    if piece["space"]:
        return r"\s+"
    return "'+" if piece["mark"] else re.escape(piece["rest"])


def _cuts(page: str, at: int) -> bool:
    """Whether a place lies within a word or a number: "5" of "1.5 million", "men" of "payment"."""
    if not 0 < at < len(page):
        return False
    before, after = page[at - 1], page[at]
    if before.isalnum() and after.isalnum():
        return True
    number = at + 1 < len(page) and before in ".,:" and page[at - 2 : at - 1].isdigit() and after.isdigit()
    number = number or (before.isdigit() and after in ".,:" and page[at + 1 : at + 2].isdigit())
    return number or (before in "$€£-" and after.isdigit() and not page[at - 2 : at - 1].isalnum())


def _pieced(wanted: str, page: str, within: Span | None) -> Found | None:
    """Parts that all stand in the article but not together: joined by an ellipsis, or simply run on."""
    parts = [part for part in _ELLIPSIS.split(wanted) if _WORD.search(part)]
    if len(parts) < 2:
        parts = _cut_in_two(wanted, page)
    spans = [_verbatim(part, page, within) for part in parts]
    if len(spans) < 2 or any(span is None for span in spans):
        return None
    return Found("spliced", tuple(span for span in spans if span))


def _cut_in_two(wanted: str, page: str) -> list[str]:
    """The words as two parts that each stand in the article, if there is such a cut."""
    ends = [word.end() for word in _WORD.finditer(wanted)]
    for n in range(len(ends) - _SHORTEST, _SHORTEST - 1, -1):
        first, second = wanted[: ends[n - 1]], wanted[ends[n - 1] :].lstrip(" ,.;:-'")
        if _places(first, page):
            return [first, second] if _places(second, page) else []
    return []


def _nearest(wanted: str, page: str) -> Found:
    """The run of the article's words most like the wanted ones, if most of them stand there in order."""
    words = [match[0].lower() for match in _WORD.finditer(wanted)]
    there = list(_WORD.finditer(page))
    low = [match[0].lower() for match in there]
    best, place = 0.0, None
    for start, end in _windows(words, low):
        ratio = SequenceMatcher(None, words, low[start:end], autojunk=False).ratio()
        if ratio > best:
            best, place = ratio, Span(there[start].start(), there[end - 1].end())
    return Found("altered", (place,)) if place and best >= _NEAR else Found("absent")


def _windows(words: Sequence[str], low: Sequence[str]) -> list[tuple[int, int]]:
    """The stretches as long as the wanted words in which the most of them stand; at most eight."""
    wanted, size = set(words), len(words)
    if not size:
        return []
    hits = [word in wanted for word in low]
    counts, inside = [], sum(hits[:size])
    for start in range(max(1, len(low) - size + 1)):
        counts.append((inside, start))
        inside += (start + size < len(low) and hits[start + size]) - hits[start] if start < len(hits) else 0
    best = sorted(counts, key=lambda pair: (-pair[0], pair[1]))[:8]
    return [(start, min(start + size, len(low))) for count, start in best if count >= size / 2]

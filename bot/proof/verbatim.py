"""Words that a model gives as an article's into the places where they stand, letter by letter.

Only typography is forgiven: curly or straight quotation marks, kinds of dashes and of white space, "…" or
"...". What is cited is always the article's own characters.
"""

from __future__ import annotations

import re

from index.canonical import canonical
from index.records import Span

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


def plain(text: str) -> str:
    """A text with one kind of mark, dash and space, as long as it was."""
    return text.translate(_PLAIN)


def places_of(words: str, text: str) -> list[Span]:
    """Every place where `words` stand in a text, in order, but for those that cut a word or number."""
    wanted = _trimmed(words)
    return _places(wanted, plain(text)) if wanted else []


def parts_of(words: str) -> list[str]:
    """The words between the ellipses of a quotation; the whole where it has none."""
    return [part for part in _ELLIPSIS.split(words) if _trimmed(part)]


def _trimmed(words: str) -> str:
    """Words without the marks around them and the stop that may have been put at their end."""
    text = plain(canonical(words)).strip(_EDGES)
    text = _ELLIPSIS.sub("", text[:6]) + text[6:] if _ELLIPSIS.match(text) else text
    ends = list(_ELLIPSIS.finditer(text))
    if ends and ends[-1].end() == len(text):
        text = text[: ends[-1].start()]
    return text.rstrip(_STOPS + _EDGES).strip()


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

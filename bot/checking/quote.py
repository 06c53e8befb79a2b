"""Words as somebody quotes them into what must stand in an article: parts, and what was put between them.

An ellipsis says that words were left out; brackets say that the words in them are the quoter's own ("[he]",
"[sic]") or that a letter was changed ("[T]he").
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from bot.checking.normal import SPACE_BEFORE, normal
from bot.language.words import word_set
from index.canonical import canonical
from index.errors import BadInput

LONGEST = 5000  # characters of a quotation

GapKind = Literal["ellipsis", "brackets"]

_BETWEEN = re.compile(
    SPACE_BEFORE + r"(?:(?P<ellipsis>[\[(]\s*(?:…|\.\s?\.\s?\.)\s*[\])]|…|\.(?:\s?\.){2,3})"
    r"|\[(?P<own>[^\[\]\n]{0,80})\])\s*"
)
_LETTER = re.compile(r"\[([^\W\d_])\](?=\w)")
_OWN = re.compile(r"\[([^\[\]\n.…]{0,80})\]")
WHOLE_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_DENIERS = word_set("synonyms", "deniers")
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class QuoteGap:
    """What stands between two parts of a quotation; `own` are the quoter's words in brackets."""

    kind: GapKind
    own: str = ""


@dataclass(frozen=True)
class QuoteReading:
    """One way to read a quotation: parts that stand word for word, with a gap between each two.

    `bracketed`: words or letters in brackets were taken for the quoter's own.
    """

    parts: tuple[str, ...]
    gaps: tuple[QuoteGap, ...] = ()
    bracketed: bool = False

    @property
    def words(self) -> list[str]:
        """The words that a body must have, in any case, each once."""
        return list(dict.fromkeys(word for part in self.parts for word in _WORD.findall(part)))

    @property
    def as_written(self) -> list[str]:
        """Those of the words that it must have letter by letter: all but the first of each part."""
        return list(dict.fromkeys(word for part in self.parts for word in _WORD.findall(part)[1:]))


def readings(text: str) -> list[QuoteReading]:
    """How a quotation may be read: as it stands first, for articles have ellipses and brackets too.

    Raises:
        BadInput: there is nothing in it to look for, or it is longer than 5,000 characters.
    """
    if len(text) > LONGEST:
        raise BadInput(f"the quotation has {len(text):,} characters, expected {LONGEST:,} at most")
    whole = canonical(text).strip()
    if not _WORD.search(normal(whole)):
        raise BadInput("the quotation has no words, expected some to look for")
    apart = _apart(whole)
    denied = any(denies(word) for own in _OWN.findall(whole) for word in WHOLE_WORD.findall(own.lower()))
    return [QuoteReading((whole,)), *([apart] if apart.parts != (whole,) and not denied else [])]


def denies(word: str) -> bool:
    """Whether a word in small letters turns a sentence round: nobody may put it in or leave it out."""
    return word in _DENIERS or word.endswith(("n't", "n’t"))


def _apart(text: str) -> QuoteReading:
    """A quotation with its ellipses and brackets as gaps; those at its ends say nothing."""
    text = _LETTER.sub(r"[]\1", text)
    parts, gaps, at = list[str](), list[QuoteGap](), 0
    between = list[QuoteGap]()
    for found in [*_BETWEEN.finditer(text), None]:
        part = text[at : found.start() if found else len(text)]
        if _WORD.search(part):
            gaps += [_joined(between)] if parts else []
            parts.append(part.strip())
            between = []
        if found:
            between.append(_gap(found))
            at = found.end()
    return QuoteReading(tuple(parts), tuple(gaps), bracketed=_OWN.search(text) is not None)


def _gap(found: re.Match[str]) -> QuoteGap:
    if found["ellipsis"]:
        return QuoteGap("ellipsis")
    own = (found["own"] or "").strip()
    return QuoteGap("brackets", "" if own.lower().rstrip(".") == "sic" else own)


def _joined(gaps: Sequence[QuoteGap]) -> QuoteGap:
    """What stands between two parts as one gap: words were left out where one of them says so."""
    kind: GapKind = "ellipsis" if any(one.kind == "ellipsis" for one in gaps) else "brackets"
    return QuoteGap(kind, " ".join(one.own for one in gaps if one.own))

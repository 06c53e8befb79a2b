"""Words that mean the outlet itself: its name, its agency's, "this article", "an earlier version"."""

from __future__ import annotations

import re
from collections.abc import Sequence

# An article's words for itself, in its notes above all: "an earlier version of this article said".
_TEXT = (
    r"(?:article|story|post|column|piece|page|item|dispatch|headline|caption|newspaper|paper|website|text)"
)
_OWN_TEXT = re.compile(
    r"(?:an? |the )?(?:\w+ )?(?:earlier|previous|prior|original|initial|first) (?:\w+ )?version(?: of .+)?"
    rf"|(?:.+ of )?(?:this|our) (?:\w+ ){{0,2}}{_TEXT}"
    r"|(?:более )?ранн\w+ верси\w+ .+|(?:этот|данный) (?:материал|текст)|(?:эта|данная) (?:статья|заметка)"
)
_THE_TEXT = re.compile(rf"(?:(?:an?|this) )?(?:\w+ )?(?:{_TEXT}|report)")


_ORDINAL = r"(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|next|last|перв\w+|втор\w+)"
_FIRST = re.compile(rf"{_ORDINAL}(?: of (?:these|those|them|the .+))?")
_POINT = re.compile(
    r"(?:.+ )?(?:point|paragraph|item|clause|section|provision|sentence|passage|пункт\w*)(?: .+)?"
)
_HAS_POINTS = re.compile(
    r"\b(?:points|paragraphs|items|clauses|sections|provisions|principles|statement|declaration|agreement|document"
    r"|demands|conditions|questions|reasons|пункт\w*|заявлени\w+)\b",
    re.IGNORECASE,
)


def is_named(text: str, names: Sequence[str]) -> bool:
    """Whether words are one of these outlets: "Trend", "the agency Trend"."""
    low = text.lower().removeprefix("the ")
    short = [name.lower().removeprefix("the ") for name in names]
    return low in short or any(
        low.endswith(f" {name}") and len(low.split()) == len(name.split()) + 1 for name in short
    )


def is_point(text: str, before: str) -> bool:
    """Whether words are a point of a text that the outlet retells: "the second point", "the first".

    "The first" may be somebody, too, where what stands `before` tells of no points.
    """
    low = text.lower().removeprefix("the ")
    return bool(_POINT.fullmatch(low) or (_FIRST.fullmatch(low) and _HAS_POINTS.search(before)))


def is_own_text(text: str, *, in_note: bool) -> bool:
    """Whether words mean the article they stand in; in a correction "the report" does too."""
    low = text.lower().removeprefix("the ")
    return bool(_OWN_TEXT.fullmatch(low) or (in_note and _THE_TEXT.fullmatch(low)))

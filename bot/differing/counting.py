"""A figure in its sentence into how it counts: what two figures must have in common to be compared.

"38 people" and "six of the people", "12,000 before the reform" and "7,500 since", "23 more" and "61", "aged
67" and "67 houses" count different things, however alike the rest of the sentences is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.language.lexicon import KeyedWord
from bot.language.quantities import Quantity
from bot.language.words import words_of

# A number that only names something: "Phase 3", "Game 5", "Category 1", "photo 7 of 16".
_LABELS = "|".join(words_of("figures", "labels"))
_LABELLED = re.compile(rf"(?:\b(?:{_LABELS})\.?\s+|[^\W\d_]-?|[^\W_]-|#)$")
_YEAR = re.compile(r"(?:19|20)\d\d")  # "the 2016 vote"; 2,016 has its comma
_IN_NAME = re.compile(r"(?:-[^\W\d_]-|[-–/:]\d|\s*[-–]\s*\d)")  # behind it: "Mar-a-Lago", "3-2", "10-33-41"
_UNTIL = re.compile(r"\s+(?:to|through)\s+\d")  # behind it: "6 to 12", of which neither is a figure by itself
_SPREAD = re.compile(r"\d+(?:\s+(?:months?|weeks?|days?))?\s*(?:[-–/:]|\b(?:to|through)\b)\s*$")

OLDEST = 120  # years of somebody whose age is told

_AGED = re.compile(r"\b(?:aged?|age of|turned|turns)\s*$", re.IGNORECASE)
_BESIDE = re.compile(r"[^\W\d_],?\s*\(?$")  # and a comma or bracket behind it: "Abe, 67, was"
_OLD = re.compile(r"(?:-|\s)years?(?:-|\s)old")
_MORE = re.compile(r"\s+(?:more|other|others|further|additional|extra|new)\b(?!\s+than)", re.IGNORECASE)
_ANOTHER = re.compile(
    r"\b(?:another|further|additional|extra|other|remaining|first|last|next|new)\s+$", re.IGNORECASE
)
_OF = re.compile(r"\s+(?:\w+\s+)?of\s+(?:the|its|his|her|their|our|those|them|these|whom|which|\d|[A-Z])")
_OUT_OF = re.compile(r"\bof\s+(?:the|its|his|her|their|those|them|these|\d)[^,;]*,[^,;]*$", re.IGNORECASE)
_EACH = re.compile(
    r"\s+(?:\w+\s+)?(?:apiece|each|per(?! cent)"
    r"|(?:a|an|every)\s+(?:day|night|week|month|year|hour|minute|head|person))\b"
)
_WHEN = (
    ("before", r"\b(?i:before|previous(?:ly)?|earlier|originally|initially|up from|down from)\b"),
    ("since", r"\b(?i:since)\b"),
    ("last", r"\b(?i:last (?:year|month|week|season)|a (?:year|month|week) ago)\b"),
    ("usual", r"\b(?i:record|average|usual(?:ly)?|normal(?:ly)?|forecast|expected|maximum|limit)\b"),
    ("planned", r"\b(?:would|could|may|might|if|up to)\b"),  # not May
)
_PARTED = re.compile(r"[;:]|,\s+(?:and|but|while|whereas)\b")


def is_count(text: str, one: Quantity) -> bool:
    """Whether a figure counts something; that of a name ("COP27"), a label, a range, a year does not."""
    before, after = text[max(0, one.start - 40) : one.start], text[one.end : one.end + 12]
    if _YEAR.fullmatch(one.text) and one.unit is None:
        return False
    return not (
        _LABELLED.search(before) or _IN_NAME.match(after) or _UNTIL.match(after) or _SPREAD.search(before)
    )


def way_of_counting(text: str, one: Quantity, others: Sequence[Quantity]) -> frozenset[str]:
    """How a figure counts: an age, a part, more than before, each, before or since something; or just so."""
    before, after = text[: one.start], text[one.end :]
    found = set()
    if one.value < OLDEST and (_OLD.match(after) or _AGED.search(before) or _is_beside(before, after)):
        found.add("age")
    if _MORE.match(after) or _ANOTHER.search(before):
        found.add("more")
    if one.unit != "percent" and (_OF.match(after) or _OUT_OF.search(before)):
        found.add("part")
    if _EACH.match(after):
        found.add("each")
    around = _around(text, one, others)
    return frozenset(found | {name for name, words in _WHEN if re.search(words, around)})


def _is_beside(before: str, after: str) -> bool:
    return bool(_BESIDE.search(before)) and before.rstrip()[-1:] in (",", "(") and after[:1] in (",", ")")


def _around(text: str, one: Quantity, others: Sequence[Quantity]) -> str:
    """The words around a figure up to its neighbours, within one part of the sentence."""
    start = max((other.end for other in others if other.end <= one.start), default=0)
    end = min((other.start for other in others if other.start >= one.end), default=len(text))
    cuts = [match.end() for match in _PARTED.finditer(text, start, one.start)]
    cut = _PARTED.search(text, one.end, end)
    return text[cuts[-1] if cuts else start : cut.start() if cut else end]


_CLAUSE = re.compile(
    r"[;:–—()]|,(?!\d)|--|\b(?:who|which|that|because|after|before|while|when|where|as|but|with|since)\b"
)


def clause_of(text: str, start: int, end: int) -> tuple[int, int]:
    """The bounds of the clause in which `text[start:end]` stands."""
    cuts = [match.end() for match in _CLAUSE.finditer(text, 0, start)]
    cut = _CLAUSE.search(text, end)
    return (cuts[-1] if cuts else 0), (cut.start() if cut else len(text))


def keys_around(text: str, words: Sequence[KeyedWord], start: int, end: int) -> frozenset[str]:
    """The keys of the clause around `text[start:end]`, those within left out."""
    first, last = clause_of(text, start, end)
    return frozenset(
        word.key for word in words if first <= word.start < last and not start <= word.start < end
    )

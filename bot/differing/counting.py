"""A figure in its sentence into how it counts: what two figures must have in common to be compared.

"38 people" and "six of the people", "12,000 before the reform" and "7,500 since", "23 more" and "61", "aged
67" and "67 houses" count different things, however alike the rest of the sentences is.
"""

from __future__ import annotations

import re

from bot.language.clauses import HALF, clause_around
from bot.language.quantities import Quantity
from bot.language.sentence import NewsSentence
from bot.language.words import word_file
from index.records import Span

_LISTS = word_file("figures", "en")
OLDEST = 125  # years of somebody whose age is told

_AGED = re.compile(r"\b(?:aged?|age of|turned|turns)\s*$", re.IGNORECASE)
_BESIDE = re.compile(r"[^\W\d_],?\s*\(?$")  # and a comma or bracket behind it: "Abe, 67, was"
_MORE = re.compile(r"\s+(?:more|other|others|further|additional|extra|new)\b(?!\s+than)", re.IGNORECASE)
_ANOTHER = re.compile(
    r"\b(?:another|further|additional|extra|other|remaining|first|last|next|new)\s+$", re.IGNORECASE
)
_OF = re.compile(r"\s+(?:\w+\s+)?of\s+(?:the|its|his|her|their|our|those|them|these|whom|which|\d|[A-Z])")
_OUT_OF = re.compile(
    r"(?:^|[,;:]\s)\s*of\s+(?:the|its|his|her|their|those|them|these|\d)[^,;]*,[^,;]*$", re.IGNORECASE
)
_EACH = re.compile(
    r"\s+(?:\w+\s+)?(?:apiece|each|per(?! cent)"
    r"|(?:a|an|every)\s+(?:day|night|week|month|year|hour|minute|head|person))\b"
)
_WHEN = (
    ("before", r"\b(?i:before|previous(?:ly)?|earlier|originally|initially|up from|down from)\b"),
    ("since", r"\b(?i:since)\b"),
    ("last", r"\b(?i:(?:last|past) (?:\w+ )?(?:years?|months?|weeks?|season)|a (?:year|month|week) ago)\b"),
    ("usual", r"\b(?i:record|average|usual(?:ly)?|normal(?:ly)?|forecast|expected|maximum|limit)\b"),
    ("planned", r"\b(?:would|could|may|might|if|up to)\b"),  # not May
)
_SCOPES = tuple(re.compile(rf"\b(?i:{scope})\b") for scope in _LISTS["scopes"])
_NEXT_DEED = re.compile(r"[,;]|\band\b")
_FATES = tuple(re.compile(rf"\b(?i:{fate})\b") for fate in _LISTS["fates"])


def way_of_counting(sentence: NewsSentence, one: Quantity) -> frozenset[str]:
    """How a figure counts: an age, a part, more than before, each, before or since something; or just so."""
    text = sentence.text
    before, after = text[: one.start], text[one.end :]
    if one.value < OLDEST and (_AGED.search(before) or _is_beside(before, after)):
        return frozenset({"age"})
    found: frozenset[str] = frozenset()
    if _MORE.match(after) or _ANOTHER.search(before):
        found |= {"more"}
    if one.unit != "percent" and one.sort != "share" and (_OF.match(after) or _OUT_OF.search(before)):
        found |= {"part"}
    if before.lower().endswith("all "):
        found |= {"all"}
    if _EACH.match(after):
        found |= {"each"}
    part = _between_figures(sentence, one)
    part = clause_around(text, Span(one.start, one.end), ends=HALF, within=part)
    around = text[part.start : part.end]
    return found | scopes(around) | {name for name, words in _WHEN if re.search(words, around)}


def scopes(text: str) -> frozenset[str]:
    """By which of several measures a text tells: before tax, by road, as the survey has it."""
    return frozenset(scope.pattern for scope in _SCOPES if scope.search(text))


def fate(sentence: NewsSentence, one: Quantity) -> int | None:
    """What befell those that a figure counts, by its place in the list of `fates`, if that is told.

    It is the next word for it after the figure, else the last before: "four were killed and 36 injured",
    "killing four and wounding many".
    """
    part = _between_figures(sentence, one)
    end = _NEXT_DEED.search(sentence.text, one.end, part.end)
    after = _fates(sentence.text, Span(one.end, end.start() if end else part.end))
    before = _fates(sentence.text, Span(part.start, one.start))
    return min(after)[1] if after else max(before)[1] if before else None


def _fates(text: str, part: Span) -> list[tuple[int, int]]:
    """The words for what befell people, each as where it stands and which of `fates` it is."""
    return [
        (word.start(), place)
        for place, words in enumerate(_FATES)
        for word in words.finditer(text, part.start, part.end)
    ]


def _between_figures(sentence: NewsSentence, one: Quantity) -> Span:
    """The part of a sentence from the figure before one to the figure behind it."""
    start = max((other.end for other in sentence.quantities if other.end <= one.start), default=0)
    behind = (other.start for other in sentence.quantities if other.start >= one.end)
    return Span(start, min(behind, default=len(sentence.text)))


def _is_beside(before: str, after: str) -> bool:
    return bool(_BESIDE.search(before)) and before.rstrip()[-1:] in (",", "(") and after[:1] in (",", ")")

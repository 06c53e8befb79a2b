"""The words that name a speaker into the name alone: without whose it is, where they are from, capitals."""

from __future__ import annotations

from collections.abc import Sequence

from bot.language.tokens import Token
from bot.language.words import word_set
from bot.speaking.speech import DETERMINERS, is_body

_TOLD_BY = word_set("speakers", "tellings")


def owner(words: Sequence[Token]) -> Sequence[Token]:
    """Whose it is, of "the account of | Bloomberg", "data from | the ministry"."""
    for at, word in enumerate(words[:3]):
        if word.low in _TOLD_BY and at + 2 < len(words) and words[at + 1].low in ("of", "from", "by"):
            return words[at + 2 :]
    return words


def without_place(words: Sequence[Token]) -> Sequence[Token]:
    """A full name without where they are from: "Inspector Raj Malik | of the city police"."""
    for at, word in enumerate(words):
        if word.low in ("of", "from", "at", "for", "in") and (at >= 2 or (at == 1 and word.low == "from")):
            named = words[at - 1].capital and (words[at - 2].capital or at == 1)
            told = any(is_body(one.text) for one in words[:at]) or words[0].low in DETERMINERS
            return words[:at] if named and not told else words
    return words


def tidy(phrase: str) -> str:
    """A description as it reads within a sentence: "The company" → "the company"; names stay."""
    first, _, rest = phrase.partition(" ")
    closed = rest + "»" * (rest.count("«") - rest.count("»"))
    return (
        f"{first.lower()} {closed}" if rest and first.lower() in DETERMINERS else f"{first} {closed}".strip()
    )


def without_owner(words: Sequence[str]) -> Sequence[str]:
    """An outlet's name alone: "the", "Britain’s" | "PA Media"."""
    owners = (word in DETERMINERS or word[-2:] in ("’s", "'s") for word in words)
    start = next((n for n, owner in enumerate(owners) if not owner), 0)
    return words[start:]

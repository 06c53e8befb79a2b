"""Words for a body into which one they mean: "it" or "they" who spoke last, "the company" of a name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.language.tokens import Token
from bot.language.words import word_set
from bot.speaking.records import NOBODY_TOLD, Attribution, Said, Speaker
from bot.speaking.speech import DETERMINERS

_ANY_BODY = word_set("speakers", "any_body")
_NEAR = 3  # paragraphs before in which a name is still meant


def as_pronoun(one: Attribution, number: int, *, said: Sequence[Said]) -> Speaker:
    """Whom "it" or "they" means: the last who spoke in this paragraph or the one before, if no person."""
    near = [told for told in said if told.paragraph == number]
    near = near or [told for told in said if told.paragraph == number - 1]
    names = {told.speaker.name for told in near if told.speaker.kind not in ("named", "unclear")}
    if len(names) == 1 and near[-1].speaker.name in names:
        return replace(near[-1].speaker, evidence=one.span)
    return replace(NOBODY_TOLD, evidence=one.span)


def as_any(words: Sequence[Token], one: Attribution, number: int, *, said: Sequence[Said]) -> Speaker | None:
    """Whom "the company" means: the one body with a name that has spoken near, None where there is none."""
    if len(words) != 2 or words[0].low != "the" or words[1].low not in _ANY_BODY:
        return None
    near = [told.speaker for told in said if told.paragraph >= number - _NEAR]
    named = [told for told in near if told.kind == "body" and _has_name(told.name)]
    if not named:
        return None
    meant = named[-1] if len({told.name for told in named}) == 1 else NOBODY_TOLD
    return replace(meant, evidence=one.span)


def _has_name(name: str) -> bool:
    words = [word for word in name.split() if word.lower() not in DETERMINERS]
    return bool(words) and all(word[0].isupper() or word in ("of", "for", "and") for word in words)

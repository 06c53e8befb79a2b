"""A name that the article gives to nobody in full into whether it is a country's or a company's.

Articles call people by their surname, and companies, which have no other name, too: "Philips said".
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.language.tokens import Token
from bot.language.words import words_of
from bot.speaking.persons.roles import FIRST_NAMES
from bot.speaking.speech import HONORIFICS, is_person

_AFTER_PLACE = re.compile(r"\b(?:in|into|across|throughout|near|of the)\Z")
_DOMAIN = re.compile(r".*\.(?:com|org|net|us|ai|io|tv|ru|uk)", re.IGNORECASE)
_OWNED = "|".join(words_of("speakers", "owned_by_bodies"))
_OWN_IT = re.compile(r"(?:\s+that)?\s+(?:it|its|it[’']s)\b")
# A capital before a name: a first name, if it is not only one because a sentence begins.
_BEFORE = re.compile(r"(?P<inside>[\w,;’”\"] )?(?P<word>[A-Z][\w’'-]*\.?) \Z")
_SHORTEST = 3  # letters of a stem: of two, anything would be a people's name
_OWN_HIM = r"(?:[,;]? \w+){0,3}? (?:he|she|his|her|him)\b"


def is_bodys(body: str, name: Sequence[Token], said_until: int) -> bool:
    """Whether a name of no known person is a body's; its attribution ends at `said_until`."""
    if _OWN_IT.match(body, said_until):
        return True
    text, word = body[name[0].start : name[-1].end], re.escape(name[-1].text)
    if _DOMAIN.fullmatch(text) or text.endswith(("’s", "'s")):
        return True  # "McDonald's said"
    if name[0].low in FIRST_NAMES or re.search(rf"{word},? (?:\d\d,|who\b)|{word}\b{_OWN_HIM}", body):
        return False
    before = [re.search(_BEFORE, body[max(0, at - 40) : at]) for at in _places(body, word)]
    called = [one for one in before if one]
    if any(_is_first_name(one["word"]) for one in called):
        return False
    if _is_countrys(body, name[-1].text):
        return True
    return not any(one["inside"] for one in called) and _is_of_bodys(body, text)


def _is_first_name(word: str) -> bool:
    low = word.lower().rstrip(".")
    return low in FIRST_NAMES or low in HONORIFICS or is_person(word)


def _places(body: str, word: str) -> list[int]:
    # A pattern that begins with letters is found much faster than one that begins with a choice.
    return [found.start() + 1 for found in re.finditer(rf" {word}\b", body)]


def _is_countrys(body: str, word: str) -> bool:
    """Whether somebody is in it or of it: "in Sarra", "Sarran"."""
    if any(_AFTER_PLACE.search(body[max(0, at - 13) : at - 1]) for at in _places(body, re.escape(word))):
        return True
    stem = word.rstrip("aeiouy")
    if len(stem) < _SHORTEST:
        return False
    found = re.search(rf"{re.escape(stem)}(?<!\w{re.escape(stem)})(?:i?an|n|ese|ish|i)s?\b", body)
    return found is not None and found[0] != word


def _is_of_bodys(body: str, name: str) -> bool:
    """Whether things of bodies are its: "at Philips", "Philips shares", "Philips, which"."""
    word = re.escape(name)
    signs = (
        rf"\b(?:at|from|on|with|to|by|for|like|via|using) {word}\b",
        rf"{word}(?:[’']s?)? (?:{_OWNED})\b",
        rf"{word},? which\b",
    )
    return any(re.search(one, body) for one in signs)

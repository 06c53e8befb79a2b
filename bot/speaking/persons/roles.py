"""A speaker's words into role and name; and the people whom a role can mean."""

from __future__ import annotations

from collections.abc import Sequence

from bot.language.tokens import Token
from bot.language.words import word_set
from bot.speaking.records import NamedPerson
from bot.speaking.speech import (
    BEFORE_ROLES,
    DETERMINERS,
    ORG_NAMES,
    PORTFOLIOS,
    PREPOSITIONS,
    is_body,
    is_person,
    singular,
)

FIRST_NAMES = word_set("first_names", "women") | word_set("first_names", "men")
_IN_FULL = {"gov.": "governor", "sen.": "senator", "gen.": "general", "det.": "detective", "capt.": "captain"}
PARTICLES_OF_NAMES = word_set("speakers", "name_particles")


def in_role(phrase: str, known: Sequence[NamedPerson]) -> list[NamedPerson]:
    """Those whom "the Russian minister" may mean: the noun is in their role, no adjective against it."""
    words = [word.removesuffix("’s").removesuffix("'s") for word in phrase.lower().split()]
    words = [word for word in words if word not in DETERMINERS]
    if not words or not is_person(words[-1]):
        return []
    fit = []
    for one in known:
        role = (one.role or "").lower().replace("’s", "").replace("'s", "").split()
        role = [_IN_FULL.get(word, word) for word in role]
        if singular(words[-1]) not in {singular(word) for word in role}:
            continue
        if set(words) <= set(role):
            fit.append((3 if words == role else 2, one))
        elif not any(_is_origin(word) for word in words) or not any(_is_origin(word) for word in role):
            fit.append((1, one))
    best = max((rank for rank, _ in fit), default=0)
    return [one for rank, one in fit if rank == best]


def split_role(words: Sequence[Token]) -> tuple[Sequence[Token], Sequence[Token]]:
    """A speaker's words into role and name: "Foreign Minister | Sergey Lavrov"; either may be empty."""
    if _is_of_somebodys(words):
        return words, ()
    last = max((n for n, word in enumerate(words) if _role_word(words, n)), default=-1)
    trade = _before_full_name(
        words, min((n for n, word in enumerate(words) if _role_word(words, n)), default=-1)
    )
    if trade:
        return words[:trade], words[trade:]
    cut = last + 1
    if 0 < cut < len(words) - 2 and words[cut].low == "of":
        cut += 3 if words[cut + 1].low == "the" else 2  # "Secretary of State | Stephen Biegun"
        while cut < len(words) - 1 and words[cut].low in PORTFOLIOS:
            cut += 1  # "Minister of Foreign Affairs | Kamal Yusifli"
        ends = [n + 1 for n in range(cut, len(words) - 1) if is_body(words[n].text)]
        cut = ends[-1] if ends else cut  # "President of the European Commission | Ursula von der Leyen"
        if len(words) - cut > (4 if ends else 3) or is_body(words[-1].text):
            return words, ()  # "president of Sheffield Wednesday Per Moe" could end anywhere
    if last < 0:
        owners = [n for n, word in enumerate(words) if word.text.endswith(("’s", "'s"))]
        cut = owners[0] + 1 if owners and owners[0] + 1 < len(words) else 0  # "Latvia’s | Per Moe"
    name = words[cut:]
    if name and name[0].low not in FIRST_NAMES and _is_no_name(name):
        return words, ()  # "the Justice | Department", "the Florida Attorney | General"
    if not name or not name[0].capital or any(not (w.capital or w.low in PARTICLES_OF_NAMES) for w in name):
        return words, ()
    return words[:cut], name


def _is_of_somebodys(words: Sequence[Token]) -> bool:
    """Whether it is people of somebody's, and not who is named: "allies of | former premier Per Moe"."""
    if len(words) < 3 or words[1].low not in ("of", "for"):
        return False
    return is_person(words[0].text) and singular(words[0].text) != words[0].low


def _is_no_name(words: Sequence[Token]) -> bool:
    """Whether capitals are a body's or only roles."""
    return (
        is_body(words[-1].text) or words[-1].low in ORG_NAMES or all(is_person(word.text) for word in words)
    )


def _before_full_name(words: Sequence[Token], role: int) -> int:
    """Where a full name begins after a role that goes on: "Head of the regional administration | Per Moe".

    Only small letters stand between, which no name has; in Russian, the words that belong to the role.
    """
    cut = len(words)
    while cut > role + 1 and words[cut - 1].capital and not is_body(words[cut - 1].text):
        cut -= 1
    between = words[role + 1 : cut]
    ties = between and (between[0].low in ("of", "for") or all("а" <= word.low[0] <= "я" for word in between))
    if (
        role < 0
        or not ties
        or len(words) - cut not in (2, 3)
        or between[-1].low in PREPOSITIONS | DETERMINERS
    ):
        return 0
    return 0 if any(word.capital for word in between) else cut


def _role_word(words: Sequence[Token], at: int) -> bool:
    """Whether a word is a role there; "King" in "Martin Luther King" is none, nor "Baker" in "Jim Baker"."""
    if not is_person(words[at].text) or (at and words[at].capital and words[at - 1].low in FIRST_NAMES):
        return False
    if words[0].low in DETERMINERS and all(is_person(w.text) or w.low in BEFORE_ROLES for w in words[1:]):
        return True  # "The Vice President"
    return at == 0 or not words[at].capital or at + 1 < len(words)


def _is_origin(word: str) -> bool:
    """Whether a word tells from where somebody is: no role, no plain adjective of roles."""
    return not (
        word in BEFORE_ROLES or is_person(word) or is_body(word) or word in PREPOSITIONS | DETERMINERS
    )

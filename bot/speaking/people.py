"""An article into the people it names: in full, with their role, and whom a short mention means."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from bot.language.tokens import Token
from bot.language.words import word_set
from bot.speaking.speech import (
    BEFORE_NOT_SAYING,
    BEFORE_ROLES,
    DETERMINERS,
    FEMALE,
    HONORIFICS,
    MALE,
    NOT_FIRST_NAMES,
    NOT_NAMES,
    ORG_NAMES,
    PERHAPS_SAYING,
    PORTFOLIOS,
    PREPOSITIONS,
    SAYING,
    is_body,
    is_person,
    singular,
)
from index.records import Span

_VERBAL = SAYING | PERHAPS_SAYING | BEFORE_NOT_SAYING

_PARTICLES = word_set("speakers", "name_particles")
_WOMEN, _MEN = word_set("first_names", "women"), word_set("first_names", "men")


@dataclass(frozen=True)
class NamedPerson:
    """Somebody an article names. `name` is the fullest form it gives, at `body[at.start:at.end]`.

    `role` is what it calls them ("Russian Foreign Minister"), None where it does not. `gender` is "f", "m" or
    None, told from roles, forms of address and the commonest first names.
    """

    name: str
    at: Span
    role: str | None
    gender: str | None

    @cached_property
    def surname(self) -> str:
        """The last word of the name."""
        return self.name.split()[-1].lower()


def people(sentences: Iterable[Sequence[Token]]) -> list[NamedPerson]:
    """The people named in an article, each once, in the order of their first mention in full."""
    found: dict[str, NamedPerson] = {}
    for sentence in sentences:
        for start, end in _runs(sentence):
            person = _person(sentence, start, end=end) if _may_be_person(sentence, start, end=end) else None
            if person is None:
                continue
            known = found.get(person.name.lower())
            if known is None:
                found[person.name.lower()] = person
            else:
                role, gender = known.role or person.role, known.gender or person.gender
                found[person.name.lower()] = NamedPerson(known.name, known.at, role, gender)
    return _without_short_forms(list(found.values()))


def meant_by(name: str, known: Sequence[NamedPerson]) -> NamedPerson | None:
    """The one person whose surname or whole name it is; None if there is no such person or more than one."""
    words = name.lower().split()
    same = [one for one in known if one.name.lower().split()[-len(words) :] == words]
    if not same and len(words) == 1 and "а" <= words[0][0] <= "я":
        same = [one for one in known if _same_stem(one.surname, words[0])]
    return same[0] if len(same) == 1 else None


def in_role(phrase: str, known: Sequence[NamedPerson]) -> list[NamedPerson]:
    """Those whom "the Russian minister" may mean: the noun is in their role, no adjective against it."""
    words = [word.removesuffix("’s").removesuffix("'s") for word in phrase.lower().split()]
    words = [word for word in words if word not in DETERMINERS]
    if not words or not is_person(words[-1]):
        return []
    fit = []
    for one in known:
        role = (one.role or "").lower().replace("’s", "").replace("'s", "").split()
        if singular(words[-1]) not in {singular(word) for word in role}:
            continue
        if set(words) <= set(role):
            fit.append((2, one))
        elif not any(_is_origin(word) for word in words) or not any(_is_origin(word) for word in role):
            fit.append((1, one))
    best = max((rank for rank, _ in fit), default=0)
    return [one for rank, one in fit if rank == best]


def split_role(words: Sequence[Token]) -> tuple[Sequence[Token], Sequence[Token]]:
    """A speaker's words into role and name: "Foreign Minister | Sergey Lavrov"; either may be empty."""
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
        if len(words) - cut > 3 or any(is_body(word.text) for word in words[cut:]):
            return words, ()  # "president of Sheffield Football Club Per Moe" could end anywhere
    if last < 0:
        owners = [n for n, word in enumerate(words) if word.text.endswith(("’s", "'s"))]
        cut = owners[0] + 1 if owners and owners[0] + 1 < len(words) else 0  # "Latvia’s | Per Moe"
    name = words[cut:]
    if not name or not name[0].capital or any(not (w.capital or w.low in _PARTICLES) for w in name):
        return words, ()
    return words[:cut], name


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
    """Whether a word is a role there; "King" in "Martin Luther King" is none."""
    if not is_person(words[at].text):
        return False
    return at == 0 or not words[at].capital or at + 1 < len(words)


def _runs(sentence: Sequence[Token]) -> list[tuple[int, int]]:
    """The runs of capitalised words, particles between them included, as places in the sentence."""
    runs, at = [], 0
    while at < len(sentence):
        if not sentence[at].capital or sentence[at].quoted:
            at += 1
            continue
        end = at + 1
        while end < len(sentence) and not sentence[end - 1].text.endswith(("’s", "'s")):
            of = sentence[end].low == "of" and is_person(sentence[end - 1].text)
            if (
                of
                and end + 2 < len(sentence)
                and sentence[end + 1].low == "the"
                and sentence[end + 2].capital
            ):
                end += 1
            joined = of or sentence[end].low in _PARTICLES
            joined = joined and end + 1 < len(sentence) and sentence[end + 1].capital
            if not (sentence[end].capital or joined):
                break
            end += 1
        runs.append((at, end))
        at = end
    return runs


def _may_be_person(sentence: Sequence[Token], start: int, *, end: int) -> bool:
    """Whether a run can be a person's name: of one word, which most are, only with a role before it."""
    before = sentence[start - 1] if start else None
    return end - start > 1 or (before is not None and not before.capital and is_person(before.text))


def _person(sentence: Sequence[Token], start: int, *, end: int) -> NamedPerson | None:
    if end < len(sentence) and sentence[end].text == "/":
        return None  # the credit of a photograph: "Steve Helber/AP"
    has_role = any(is_person(word.text) for word in sentence[start:end])
    while start < end and (
        sentence[start].low in NOT_NAMES or (_is_acronym(sentence[start]) and not has_role)
    ):
        start += 1
    role, name = split_role(sentence[_role_start(sentence, start) : end])
    called = any(word.capital and is_person(word.text) for word in role)  # no "major Chinese"
    if not name or not _is_name(name, called):
        return None
    given = _role_text(role) or _apposition(sentence, end)
    text = " ".join(word.text for word in name).removesuffix("’s").removesuffix("'s")
    at = name[0].start
    stop = name[-1].start + len(name[-1].text.removesuffix("’s").removesuffix("'s"))
    address = given is not None and all(word.rstrip(".").lower() in HONORIFICS for word in given.split())
    return NamedPerson(text, Span(at, stop), None if address else given, _gender(given or "", name[0].low))


def _role_text(role: Sequence[Token]) -> str | None:
    """The words of a role before a name; "the foreign ministers Anna Lund and Per Moe" gives neither one."""
    if not role or (role[-1].low.endswith("s") and singular(role[-1].text) != role[-1].low):
        return None
    return " ".join(word.text for word in role) or None


def _is_acronym(word: Token) -> bool:
    return len(word.text) > 2 and word.text.isupper() and word.text.isalpha()


def _role_start(sentence: Sequence[Token], start: int) -> int:
    """Take in the small words of a role before a name: "Russian foreign minister | Sergey Lavrov"."""
    if start == 0 or not is_person(sentence[start - 1].text) or sentence[start - 1].capital:
        return start
    at = start - 1
    while at > 0 and (sentence[at - 1].low in BEFORE_ROLES or is_person(sentence[at - 1].text)):
        at -= 1
    while at > 0 and sentence[at - 1].capital and sentence[at - 1].low not in NOT_NAMES:
        at -= 1
    return at


def _is_name(words: Sequence[Token], has_role: bool) -> bool:
    low = [word.low for word in words]
    if any(word in NOT_NAMES or is_body(word) or is_person(word) for word in low) or len(words) > 4:
        return False
    if low[0] in NOT_FIRST_NAMES or low[-1] in ORG_NAMES or any(_is_acronym(word) for word in words):
        return False
    return len(words) >= 2 or has_role


def _apposition(sentence: Sequence[Token], end: int) -> str | None:
    """The role between commas after a name: "Sergey Lavrov, the Russian foreign minister,"."""
    if end + 1 >= len(sentence) or sentence[end].text != ",":
        return None
    stop = end + 1
    while stop < len(sentence) and sentence[stop].text[0].isalnum() and stop - end <= 10:
        if sentence[stop].low in _VERBAL:
            return None
        stop += 1
    part = sentence[end + 1 : stop]
    closes = stop >= len(sentence) or sentence[stop].text in ",.;"
    starts = (
        bool(part)
        and part[0].low not in ("and", "or")
        and (part[0].low in DETERMINERS or not part[0].capital)
    )
    head = [word for word in part[: _first_preposition(part)] if is_person(word.text)]
    return " ".join(word.text for word in part) if closes and starts and head else None


def _first_preposition(part: Sequence[Token]) -> int:
    return next((n for n, word in enumerate(part) if word.low in PREPOSITIONS), len(part))


def _gender(role: str, first: str) -> str | None:
    words = {word.strip(".").lower() for word in role.split()}
    if words & FEMALE or first in _WOMEN:
        return "f"
    return "m" if words & MALE or first in _MEN else None


def _without_short_forms(found: list[NamedPerson]) -> list[NamedPerson]:
    """Fold "Lavrov" and "Sergey Viktorovich Lavrov" into the first full name, keeping the role it lacks."""
    kept: list[NamedPerson] = []
    of_surname: dict[str, list[int]] = {}  # of a live page's 500 names, which to compare with
    for one in sorted(found, key=lambda person: (len(person.name.split()) == 1, person.at.start)):
        words = one.name.lower().split()
        like = of_surname.setdefault(words[-1], [])
        same = [n for n in like if _same_person(words, kept[n].name.lower().split())]
        if len(same) != 1:
            if not (same and len(words) == 1):
                like.append(len(kept))
                kept.append(one)
            continue
        other = kept[same[0]]
        kept[same[0]] = NamedPerson(other.name, other.at, other.role or one.role, other.gender or one.gender)
    return sorted(kept, key=lambda person: person.at.start)


def _same_person(words: list[str], other: list[str]) -> bool:
    return words[-1] == other[-1] and (len(words) == 1 or words[0] == other[0])


def _same_stem(one: str, other: str) -> bool:
    """Whether two Russian words differ in their endings only: Лавров, Лаврова."""
    stem = min(len(one), len(other)) - 1
    return stem >= 4 and one[:stem] == other[:stem] and abs(len(one) - len(other)) <= 2


def _is_origin(word: str) -> bool:
    """Whether a word tells from where somebody is: no role, no plain adjective of roles."""
    return not (
        word in BEFORE_ROLES or is_person(word) or is_body(word) or word in PREPOSITIONS | DETERMINERS
    )

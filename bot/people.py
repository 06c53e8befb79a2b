"""An article into the people it names: in full, with their role, and whom a short mention means."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.speech import (
    BEFORE_NOT_SAYING,
    BEFORE_ROLES,
    DETERMINERS,
    FEMALE,
    HONORIFICS,
    MALE,
    NOT_FIRST_NAMES,
    NOT_NAMES,
    PERHAPS_SAYING,
    PREPOSITIONS,
    SAYING,
    is_body,
    is_person,
    singular,
)
from bot.tokens import Token
from index.records import Span

_PARTICLES = frozenset(
    (
        "al",
        "bin",
        "ibn",
        "van",
        "von",
        "de",
        "der",
        "den",
        "da",
        "di",
        "du",
        "dos",
        "del",
        "la",
        "le",
        "el",
        "ben",
        "ter",
    )
)


@dataclass(frozen=True)
class Person:
    """Somebody an article names. `name` is the fullest form it gives, at `body[at.start:at.end]`.

    `role` is what it calls them ("Russian Foreign Minister"), None where it does not. `gender` is "f", "m" or
    None, told from roles and forms of address only: first names are no proof.
    """

    name: str
    at: Span
    role: str | None
    gender: str | None

    @property
    def surname(self) -> str:
        """The last word of the name."""
        return self.name.split()[-1].lower()


def people(sentences: Iterable[Sequence[Token]]) -> list[Person]:
    """The people named in an article, each once, in the order of their first mention in full."""
    found: dict[str, Person] = {}
    for sentence in sentences:
        for start, end in _runs(sentence):
            person = _person(sentence, start, end)
            if person is None:
                continue
            known = found.get(person.name.lower())
            if known is None:
                found[person.name.lower()] = person
            else:
                role, gender = known.role or person.role, known.gender or person.gender
                found[person.name.lower()] = Person(known.name, known.at, role, gender)
    return _without_short_forms(list(found.values()))


def meant_by(name: str, known: Sequence[Person]) -> Person | None:
    """The one person whose surname or whole name it is; None if there is no such person or more than one."""
    words = name.lower().split()
    same = [one for one in known if one.name.lower().split()[-len(words) :] == words]
    if not same and len(words) == 1 and "а" <= words[0][0] <= "я":
        same = [one for one in known if _same_stem(one.surname, words[0])]
    return same[0] if len(same) == 1 else None


def in_role(phrase: str, known: Sequence[Person]) -> list[Person]:
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
    cut = last + 1
    while cut < len(words) and words[cut].text == ".":
        cut += 1
    if (
        last < 0
        and (owner := next((n for n, w in enumerate(words) if w.text.endswith(("’s", "'s"))), None))
        is not None
    ):
        cut = owner + 1 if owner + 1 < len(words) and words[owner + 1].capital else 0
    name = words[cut:]
    if not name or not name[0].capital or any(not (w.capital or w.low in _PARTICLES) for w in name):
        return words, ()
    return words[:cut], name


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
            joined = sentence[end].low in _PARTICLES and end + 1 < len(sentence) and sentence[end + 1].capital
            if not (sentence[end].capital or joined):
                break
            end += 1
        runs.append((at, end))
        at = end
    return runs


def _person(sentence: Sequence[Token], start: int, end: int) -> Person | None:
    if end < len(sentence) and sentence[end].text == "/":
        return None  # the credit of a photograph: "Steve Helber/AP"
    while start < end and (sentence[start].low in NOT_NAMES or _is_acronym(sentence[start])):
        start += 1
    start = _role_start(sentence, start)
    role, name = split_role(sentence[start:end])
    called = any(
        word.capital and is_person(word.text) for word in role
    )  # "Minister Lavrov", not "major Chinese"
    if not name or not _is_name(name, called):
        return None
    text = " ".join(word.text for word in name)
    text = text.removesuffix("’s").removesuffix("'s")
    role_text = " ".join(word.text for word in role if word.text != ".") or None
    role_text = role_text or _apposition(sentence, end)
    if role_text and all(word.rstrip(".").lower() in HONORIFICS for word in role_text.split()):
        gender, role_text = _gender(role_text), None
    else:
        gender = _gender(role_text or "")
    last = name[-1]
    stop = last.start + len(last.text.removesuffix("’s").removesuffix("'s"))
    return Person(text, Span(name[0].start, stop), role_text, gender)


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
    if any(word in NOT_NAMES or is_body(word) for word in low) or len(words) > 4:
        return False
    if low[0] in NOT_FIRST_NAMES or any(_is_acronym(word) for word in words):
        return False
    return len(words) >= 2 or has_role


def _apposition(sentence: Sequence[Token], end: int) -> str | None:
    """The role between commas after a name: "Sergey Lavrov, the Russian foreign minister,"."""
    if end + 1 >= len(sentence) or sentence[end].text != ",":
        return None
    stop = end + 1
    while stop < len(sentence) and sentence[stop].text[0].isalnum() and stop - end <= 10:
        if sentence[stop].low in SAYING | PERHAPS_SAYING | BEFORE_NOT_SAYING:
            return None
        stop += 1
    part = sentence[end + 1 : stop]
    closes = stop >= len(sentence) or sentence[stop].text in ",.;"
    starts = bool(part) and (part[0].low in DETERMINERS or not part[0].capital)
    head = [word for word in part[: _first_preposition(part)] if is_person(word.text)]
    return " ".join(word.text for word in part) if closes and starts and head else None


def _first_preposition(part: Sequence[Token]) -> int:
    return next((n for n, word in enumerate(part) if word.low in PREPOSITIONS), len(part))


def _gender(role: str) -> str | None:
    words = {word.strip(".").lower() for word in role.split()}
    if words & FEMALE:
        return "f"
    return "m" if words & MALE else None


def _without_short_forms(found: list[Person]) -> list[Person]:
    """Fold "Lavrov" and "Sergey Viktorovich Lavrov" into the first full name, keeping the role it lacks."""
    kept: list[Person] = []
    for one in sorted(found, key=lambda person: (len(person.name.split()) == 1, person.at.start)):
        words = one.name.lower().split()
        same = [n for n, other in enumerate(kept) if _same_person(words, other.name.lower().split())]
        if len(same) != 1:
            if not (same and len(words) == 1):
                kept.append(one)
            continue
        other = kept[same[0]]
        kept[same[0]] = Person(other.name, other.at, other.role or one.role, other.gender or one.gender)
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

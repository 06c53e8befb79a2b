"""An article into the people it names: in full, with their role, and whom a short mention means."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bot.language.tokens import Token
from bot.language.words import word_set
from bot.speaking.persons.roles import FIRST_NAMES, PARTICLES_OF_NAMES, split_role
from bot.speaking.records import NamedPerson, name_words
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
    OUTLETS,
    PERHAPS_SAYING,
    PLACES,
    PREPOSITIONS,
    SAYING,
    is_body,
    is_person,
    singular,
)
from index.records import Span

_VERBAL = SAYING | PERHAPS_SAYING | BEFORE_NOT_SAYING

_WOMEN, _MEN = word_set("first_names", "women"), word_set("first_names", "men")


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
    """The one person whose surname, whole or first name it is; None if there is none or more than one."""
    words = name_words(name)
    same = [one for one in known if name_words(one.name)[-len(words) :] == words]
    if not same and len(words) == 1 and "а" <= words[0][0] <= "я":
        same = [one for one in known if _same_stem(one.surname, words[0])]
    if not same and len(words) == 1 and words[0] not in PLACES:
        told = [one for one in known if one.role or one.gender]  # "Google Drive" is nobody
        same = [one for one in told if name_words(one.name)[0] == words[0]]  # "Xi", who is Xi Jinping
    return same[0] if len(same) == 1 else None


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
            joined = of or sentence[end].low in PARTICLES_OF_NAMES
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
    if any(word in NOT_NAMES for word in low) or len(words) > 4:
        return False
    trades = [word for word in low if is_body(word) or is_person(word)]
    if trades and not (len(low) > 1 and low[0] in FIRST_NAMES and trades == low[-1:]):
        return False  # "Jim Baker" is a name, "Grocers Bank" none
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
    for one in sorted(found, key=_in_full):
        words = name_words(one.name)
        like = of_surname.setdefault(words[-1], [])
        same = [n for n in like if _same_person(words, name_words(kept[n].name))]
        if len(same) != 1:
            if not (same and len(words) == 1):
                like.append(len(kept))
                kept.append(one)
            continue
        other = kept[same[0]]
        kept[same[0]] = NamedPerson(other.name, other.at, other.role or one.role, other.gender or one.gender)
    return sorted(kept, key=lambda person: person.at.start)


def _in_full(person: NamedPerson) -> tuple[bool, bool, int]:
    """The order in which others are short forms of it: whole names first, those behind a credit later."""
    words = person.name.split()
    return len(words) == 1, words[0].lower() in OUTLETS, person.at.start


def _same_person(words: list[str], other: list[str]) -> bool:
    last = words[-len(other) :] == other  # a credit before a name: "AP Joe Biden"
    return words[-1] == other[-1] and (len(words) == 1 or words[0] == other[0] or last)


def _same_stem(one: str, other: str) -> bool:
    """Whether two Russian words differ in their endings only: Лавров, Лаврова."""
    stem = min(len(one), len(other)) - 1
    return stem >= 4 and one[:stem] == other[:stem] and abs(len(one) - len(other)) <= 2

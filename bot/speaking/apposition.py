"""The words beside a name into what they say of it: a role, an age, a party; or into whom they name.

"Sergey Lavrov, the Russian foreign minister, said"; "said its president, Nel Smit"; "said lamplighter Odd
Hansen".
"""

from __future__ import annotations

import re

from bot.speaking.phrases import Phrase, clause_start, last_name, speaker_before
from bot.speaking.speech import (
    BEFORE_NOT_SAYING,
    DETERMINERS,
    NOT_NAMES,
    PREPOSITIONS,
    PRONOUNS,
    is_body,
    is_person,
)
from index.records import Span


def with_apposition(sentence: Phrase, comma: int) -> tuple[Phrase, Span | None]:
    """The subject before a comma and the verb: "Sergey Lavrov, the Russian foreign minister, said"."""
    role: Span | None = None
    between = False
    for _ in range(3):
        start = comma_before(sentence, comma)
        part = list(sentence[start:comma])
        if not part or any(word.quoted for word in part):
            return [], None
        before = sentence[start - 1].text == "," if start else False
        if before and not between and _is_name_alone(sentence, start, part=part):
            return part, _role_in(_part_before(sentence, start))
        name = last_name(part)
        if before and _is_of_description(sentence, start):
            comma, between = start - 1, True
            continue
        if before and not between and _is_named_by(part, name) and _role_in(_part_before(sentence, start)):
            return name, _role_in(_part_before(sentence, start))
        if _is_apposition(part) and before:
            told = part[0].low in DETERMINERS or not part[0].capital
            told = told and part[0].low not in PREPOSITIONS | {"who", "whose", "which", "when", "while"}
            told = told and (part[0].low in ("a", "an") or any(is_person(word.text) for word in part))
            role = role or (Span(part[0].start, part[-1].end) if told else None)
            between = True
            comma = start - 1
            continue
        subject = speaker_before(sentence, clause_start(sentence, comma), comma)
        if role is None and before and subject:
            role = _role_in(sentence[comma_before(sentence, start - 1) : start - 1])
        # A name alone between commas, without any apposition, is an address or a list: not a subject.
        return (subject, role) if role or between else ([], None)
    return [], None


def _is_of_description(sentence: Phrase, start: int) -> bool:
    """Whether a part belongs to one before it: "Hasen, a professor at the University in Riga, | Latvia,"."""
    described = _part_before(sentence, start)
    first = start - 1 - len(described)
    described_so = bool(described) and described[0].low in ("a", "an")
    return described_so and first > 1 and sentence[first - 1].text == "," and sentence[first - 2].capital


def _part_before(sentence: Phrase, start: int) -> Phrase:
    return sentence[comma_before(sentence, start - 1) : start - 1]


def without_part(sentence: Phrase, end: int) -> int:
    """Where the words before "for his part" end, with the comma that may stand there."""
    if end < 4 or sentence[end - 1].low not in ("part", "turn"):
        return end
    start = end - 2 if sentence[end - 2].low == "in" else end - 3
    if sentence[start].low not in ("for", "on", "in"):
        return end
    return start - 1 if sentence[start - 1].text == "," else start


def _is_name_alone(sentence: Phrase, start: int, *, part: Phrase) -> bool:
    """Whether a name tells who is described before it: "The developer, | Crestline Homes, | says"."""
    described = _part_before(sentence, start)
    if not described or described[0] is not sentence[0] or described[0].low not in DETERMINERS:
        return False
    of = next((n for n, word in enumerate(part) if word.low in ("of", "from", "at")), len(part))
    rest = all(word.capital or word.low in ("of", "from", "at", "the") for word in part[of:])
    return of in (1, 2, 3, 4) and rest and all(w.capital and w.low not in NOT_NAMES for w in part[:of])


def _is_named_by(part: Phrase, name: Phrase) -> bool:
    """Whether words between commas name who is described before: "its head, | retired major Kofi Asante,"."""
    names = [word for word in name if word.capital and not is_person(word.text)]
    plain = part[: len(part) - len(name)]
    return len(names) >= 2 and len(plain) <= 3 and not any(w.low in DETERMINERS | PREPOSITIONS for w in plain)


def comma_before(sentence: Phrase, end: int) -> int:
    """Where the part that ends at `end` begins: after a comma, a dash or a quotation."""
    start = end
    while start > 0 and sentence[start - 1].text not in ",;:—–" and not sentence[start - 1].quoted:
        start -= 1
    return start


def _is_apposition(part: Phrase) -> bool:
    """Whether words between commas say more of the name before them: a role, an age, a party, a deed."""
    first = part[0].low
    if (
        first in PREPOSITIONS | {"who", "whose", "which", "aged", "when", "while"}
        or part[0].text[0].isdigit()
    ):
        return True
    if first.endswith(("ing", "ed")) or (len(part) == 1 and re.fullmatch(r"[RDI]-\w+\.?", part[0].text)):
        return True
    if first in ("a", "an") and len(part) > 1:
        return True  # "a former skipper from Bodø"
    if first == "now" or (is_person(part[0].text) and any(word.low in PREPOSITIONS for word in part)):
        return True  # "now 48 and retired", "CEO of Block"
    has_role = any(is_person(word.text) or is_body(word.text) for word in part)
    return has_role and (part[0].low in DETERMINERS or not (part[0].capital and part[-1].capital))


def _role_in(part: Phrase) -> Span | None:
    """A role before a name: "the foreign minister", "Armenia’s prime minister"."""
    if not part or not any(is_person(word.text) for word in part):
        return None
    if any(word.text == "," for word in part):
        return None
    whose = part[0].low in DETERMINERS or any(word.text.endswith(("’s", "'s")) for word in part)
    return Span(part[0].start, part[-1].end) if whose else None


def after_trade(words: Phrase) -> Phrase:
    """The name after a trade that is in no list: "said | lamplighter | Odd Hansen"."""
    name = [word for word in words if word.capital]
    plain = words[: len(words) - len(name)]
    known = DETERMINERS | PREPOSITIONS | PRONOUNS | BEFORE_NOT_SAYING | {"and", "there"}
    is_trade = 1 <= len(plain) <= 3 and not any(word.capital or word.low in known for word in plain)
    return name if is_trade and len(name) in (2, 3) else []


def named_after(sentence: Phrase, words: Phrase, end: int) -> Phrase:
    """The name that follows a description: "said its president, | Nel Smit"."""
    if any(word.capital for word in words[1:]) or words[0].low not in DETERMINERS:
        return []
    if end >= len(sentence) or sentence[end].text != "," or not any(is_person(word.text) for word in words):
        return []
    stop = end + 1
    while stop < len(sentence) and sentence[stop].capital:
        stop += 1
    closed = stop == len(sentence) or sentence[stop].text in ".,;"
    return sentence[end + 1 : stop] if closed and 2 <= stop - end - 1 <= 4 else []


def role_after(sentence: Phrase, end: int) -> Span | None:
    """The apposition after a name: ", a virologist at Leeds"."""
    if end >= len(sentence) or sentence[end].text != ",":
        return None
    stop = end + 1
    while stop < len(sentence) and sentence[stop].text[0].isalnum() and stop - end <= 12:
        if sentence[stop].low in {"who", "as", "while", "and"} | BEFORE_NOT_SAYING:
            break
        stop += 1
    part = sentence[end + 1 : stop]
    if part and (part[0].low in DETERMINERS or not part[0].capital) and any(is_person(w.text) for w in part):
        return Span(part[0].start, part[-1].end)
    return None

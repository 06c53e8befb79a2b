"""A place in a sentence into whether what happens there lies behind or ahead: by the nearest verb that tells.

"Lund said on Monday that talks will begin on Friday": the Monday is past, the Friday is to come. What
somebody says in quotation marks is read by itself, and so is what stands around it.
"""

from __future__ import annotations

import re
from typing import Literal

from bot.language.clauses import TENSE, clause_around
from bot.language.words import words_of
from index.records import Span

Tense = Literal["past", "present", "future"]


def _any_of(name: str) -> str:
    """A pattern for the words of a list."""
    return rf"(?:{'|'.join(words_of('tense', name))})"


# "talks expected on Friday" are to come; whether those "that were expected on Friday" came, nobody can tell,
# nor whether schools "ordered to close on Friday" are closed, or what "demanded that it open" did.
_ARRANGED = _any_of("arranged")
_UNCLEAR = (
    rf"(?:(?:was|were|had been) {_ARRANGED}"
    r"|(?:ordered|told|instructed|directed|required|forced|allowed|advised|voted|threatened"
    r"|called (?:on|for))"
    r"(?: [^\s.;:,]+){0,6}? to(?= [a-z])"
    r"|(?:demand|recommend|insist|request|urg|propos|suggest)(?:e?s|e?d) that"
    r"|postponed|delayed|extended|rescheduled|adjourned|put off)"
)
_FUTURE = (
    r"(?:(?:will|shall|won[’']t|would)(?! have)|[’']ll|(?:is|are|be) going to|(?:is|are) to"
    rf"|(?:(?:is|are|be|has been|have been|now) )?{_ARRANGED}(?: again)? (?:to|for|on|by|at|next)"
    rf"|(?:is|are|being|has been|have been) (?:(?:now|also) )?{_ARRANGED}|{_ARRANGED} *\Z"
    r"|(?:plan|hope|intend|want|agree|decide|promise|vow|prepare|pledge|invite|aim|ask|urge|wish)"
    r"(?:s|d|ed|ned)?(?: [^\W\d_]+){0,2} (?:to|for)(?= [a-z])|upcoming|starting|beginning|ahead of)"
)
# The present tells of plans and of habits: "said that he leaves on Friday", "the vote is on Friday".
_PRESENT = (
    rf"(?:{_any_of('present')}"
    r"|(?<!to )(?<!will )(?<!would )(?<!shall )(?<!may )(?<!could )(?<!not )(?<!n’t )(?<!n't )"
    r"(?<!did )(?<!and )(?<!ly )(?:have|leave|arrive|begin|meet|resume|depart|remain|live|stand))"
)
_PAST = rf"(?:(?!{_any_of('not_past')})(?-i:[a-z])[a-z]+ed|{_any_of('past')})"
_RUSSIAN_FUTURE = (
    r"(?:буд[еу]т|состо[ия]тся|пройд[её]т|пройдут|начн[её]тся|начнутся|планиру[еют]+|намерен[аы]?"
    r"|долж(?:ен|на|но|ны)|предстоит|заверш[иа]тся|встретятся|встретится)"
)
_RUSSIAN_PAST = r"(?:[а-яё]{2,}(?:л|ла|ло|ли|лся|лась|лось|лись))"
_TELLING = re.compile(
    rf"\b(?:(?P<unclear>{_UNCLEAR})|(?P<future>{_FUTURE}|{_RUSSIAN_FUTURE})|(?P<present>{_PRESENT})"
    rf"|(?P<past>(?<!\bbe )(?:{_PAST}|{_RUSSIAN_PAST})))(?!\w)",  # "will be held" is to come
    re.IGNORECASE,
)
_QUOTED = re.compile(r"“[^”]*(?:”|\Z)|«[^»]*(?:»|\Z)|\A[^“”]*”|\A[^«»]*»|\"[^\"]*(?:\"|\Z)")
_ADVERB = re.compile(r"(?:,? [a-z]+ly,?)? ")
# A sentence may begin with so many words before its day: "But late on Monday, the ministers met".
_OPENING = 2
_AT = re.compile(r"(?:in|at|during|after|before|on|with|following|amid|from|for|late|early)\b", re.IGNORECASE)


def tense_at(sentence: str, start: int, end: int) -> Tense | None:
    """Whether `sentence[start:end]` is when something happened, happens or will; None where no verb tells.

    The nearest verb before it counts, for "He left on Monday"; without one, the first after it. A past that
    follows at once counts for more: "He would wait, but on Monday left". A future that does leaves it
    open: "the order issued Monday will end", "the council, which met twice, on Monday will vote".
    """
    part = _same_voice(sentence, start, end=end)
    before = [*_TELLING.finditer(part, 0, start)]
    gap = _ADVERB.match(part, end)
    following = _TELLING.match(part, gap.end()) if gap else None
    if following and _read_after(following) == "past":
        return "past"
    if following and before and following["future"] and not before[-1]["future"]:
        return None
    if before:
        return _read(before[-1])
    opening = part[:start].split()
    if len(opening) > _OPENING and not _AT.match(part.lstrip(' “«"—–-')) and part[end : end + 1] in (",", ""):
        return None  # "Troops march on Friday, Lund said"
    after = _TELLING.search(part, end)
    return _read_after(after) if after else None


def looks_ahead(sentence: str, start: int, end: int) -> bool:
    """Whether the clause around a place has a verb of what will or may be: "will ask those elected"."""
    part = _same_voice(sentence, start, end=end)
    around = clause_around(part, Span(start, end), ends=TENSE)
    clause = part[around.start : around.end]
    return any(not one["past"] for one in _TELLING.finditer(clause))


def is_present(sentence: str, start: int, end: int) -> bool:
    """Whether a place tells of how things are, as "today the city, destroyed in the war, is rich" does."""
    part = _same_voice(sentence, start, end=end)
    before = [*_TELLING.finditer(part, 0, start)]
    if before:
        return bool(before[-1]["present"]) or len(part[before[-1].end() : start].split()) > _NEAR
    rest = _ASIDE.sub(lambda found: " " * len(found[0]), part[end:].lstrip(" ,"))
    after = _TELLING.search(rest)
    relative = _RELATIVE.search(rest)
    return not after or bool(after["present"]) or bool(relative and relative.start() < after.start())


_NEAR = 5  # words between a verb and its "today"
_ASKED = re.compile(rf"(?!{_ARRANGED}\b)(?:\w+ed|told|promised|vowed)\b", re.IGNORECASE)
_ASIDE = re.compile(r",[^,]{1,120},")
_RELATIVE = re.compile(r"\b(?:who|which|that|where|whose|whom|котор\w+|где)\b", re.IGNORECASE)


def _read(found: re.Match[str]) -> Tense | None:
    if found["unclear"]:
        return None
    return "future" if found["future"] else "past" if found["past"] else "present"


def _read_after(found: re.Match[str]) -> Tense | None:
    """As a verb after its day tells: on Monday he "asked them to leave", whenever they did."""
    return "past" if _ASKED.match(found[0]) else _read(found)


def _same_voice(sentence: str, start: int, *, end: int) -> str:
    """A sentence with blanks for what is quoted in it, or, of a place that is quoted, for what is not."""
    quoted = [one.span() for one in _QUOTED.finditer(sentence)]
    own = next(((a, b) for a, b in quoted if a <= start and end <= b), None)
    if own:
        return " " * own[0] + sentence[own[0] : own[1]] + " " * (len(sentence) - own[1])
    part = sentence
    for a, b in quoted:
        part = part[:a] + " " * (b - a) + part[b:]
    return part

"""A question into what it asks of somebody's words: who speaks, and about what."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.language.spellings import same_name
from bot.speaking.speaker import Speaker
from bot.speaking.speech import BEFORE_ROLES, is_body, is_person

_VERB = (
    r"(?:(?:say|tell|write|announce|claim|state|declare|comment|warn|promise|note|add|stress|argue|admit|explain"
    r"|call|urge|demand|suggest|confirm|tweet|predict|propose|reply|respond|describe|express|insist|vow|pledge"
    r"|acknowledge|mention|report)(?:s|e?d)?|deny|denie[sd]|replied|said|told|wrote|written)"
)
_ABOUT = r"(?:\s+(?:about|on|regarding|concerning|that|of|for|to|as|in)\b)*\s*"
_SPEAKER_ASKED = re.compile(
    r"(?:.*\b)?(?:what|how|which\s+\w+)\s+(?:did|does|do|has|have|had)\s+"
    rf"(?P<who>.+?)\s+{_VERB}\b{_ABOUT}(?P<topic>.*?)\W*",
    re.IGNORECASE,
)
_ACCORDING = re.compile(
    r"according to (?P<who>[^,]+),\s*(?P<topic>.+?)\W*|(?P<topic2>.+?),? according to (?P<who2>[^,?]+)\W*",
    re.IGNORECASE,
)
_ASKING = re.compile(
    rf"(?:who|which\s+\w+(?:\s+\w+)?)\s+(?:has\s+|had\s+|also\s+)?{_VERB}\b{_ABOUT}(?P<topic>.+?)\W*",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Saying:
    """What a question asks of speech: by whom (None: that is asked) and about what ("" is anything)."""

    who: str | None
    topic: str


def read_saying(question: str) -> Saying | None:
    """What a question asks of somebody's words; None where it asks something else."""
    if found := _ASKING.fullmatch(question):
        return Saying(None, found["topic"])
    if found := _SPEAKER_ASKED.fullmatch(question):
        return _saying(found["who"], found["topic"])
    if found := _ACCORDING.fullmatch(question):
        return _saying(found["who"] or found["who2"], found["topic"] or found["topic2"])
    return None


def is_meant(who: str, speaker: Speaker) -> bool:
    """Whether a question's "Lavrov", "Sergei Lavrov", "the Russian foreign minister" is this speaker."""
    asked, name = _words(who), _words(speaker.name)
    role = _words(re.sub(r"\b(?:of|for|at)\b.*", "", speaker.role or ""))
    own = [word for word in asked if not (is_person(word) or word in BEFORE_ROLES)]
    if any(is_body(word) for word in (*asked, *name)):
        return all(_in(word, name) for word in asked)
    if own and _same(own[-1], name[-1]):
        return len(own) < 2 or len(name) < 2 or _in(own[0], [*name, *role])
    return bool(role) and all(_in(word, role) for word in asked)


def _saying(who: str, topic: str) -> Saying | None:
    """None unless somebody is named: "what does it say about …" asks of nobody."""
    who = re.sub(r"^(?:the|a|an)\s+", "", who.strip(), flags=re.IGNORECASE)
    words = who.split()
    named = any(word[0].isupper() or is_person(word) for word in words)
    return Saying(who, topic.strip()) if named and len(words) <= 8 else None


def _words(text: str) -> list[str]:
    words = [word.lower().removesuffix("'s").removesuffix("’s") for word in re.findall(r"[\w’'-]+", text)]
    return [word for word in words if word not in ("the", "of", "in", "for", "a", "an")] or words


def _in(word: str, words: Sequence[str]) -> bool:
    return any(_same(word, other) for other in words)


def _same(one: str, other: str) -> bool:
    return one == other or same_name(one, other)

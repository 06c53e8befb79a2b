"""Who says the words of a place, held against who is said to."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.checking.around import denial_before
from bot.checking.records import Holding
from bot.language.spellings import same_name
from bot.language.tokens import tokens
from bot.speaking.kinds import kind_of
from bot.speaking.quotations import masked, paragraphs
from bot.speaking.records import NOBODY_TOLD, Speaker
from bot.speaking.speaker import Speakers
from bot.speaking.speech import PLACES, is_body, is_person
from index.letters import folded
from index.records import Article, Span

_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_OF = re.compile(r"(?P<who>.*?\S)\s(?:for|of|to)\s(?P<other>\S.*)")
_OWN = re.compile(r"(?P<other>.*\S)['’]s\s(?P<who>\S.*)")
_LONGEST_NAME = 4
_SMALL = frozenset(("the", "a", "an", "of", "for", "and", "mr", "mrs", "ms", "dr", "sir", "in"))


def held(asked: str, article: Article, span: Span, *, speakers: Speakers) -> tuple[Speaker | None, Holding]:
    """Who says a place of an article, and whether that is `asked`; None is the outlet's own voice.

    Where it cannot be told, it is `asked` if the paragraph names nobody else beside the quotation, and
    somebody else's if the article never names `asked`. It cannot where words without quotation marks are
    denied: "the ministry denied that it had fired".
    """
    speaker = speakers.of(span)
    quoted = any(one.start <= span.start and span.end <= one.end for one in speakers.quotations)
    if speaker is None and not quoted:
        return None, "other"
    if not quoted and denial_before(article, span):
        return speaker, "unclear"  # what somebody denies is not their word
    if speaker is None or speaker.kind == "unclear":
        return speaker or NOBODY_TOLD, _beside(asked, article, span, speakers)
    names = [one for one in (*speaker.name.split(";"), speaker.via or "") if one.strip()]
    return speaker, "same" if any(is_one(asked, name, role=speaker.role) for name in names) else "other"


def _beside(asked: str, article: Article, span: Span, speakers: Speakers) -> Holding:
    """How a speaker who is asked for stands to words of which it is not clear whose they are."""
    surname = (_words(asked) or [""])[-1]
    if surname not in _words(article.body):
        return "other"
    around = next((one for one in paragraphs(article.body) if one.start <= span.start < one.end), span)
    own = masked(article.body, list(speakers.quotations))[around.start : around.end]
    named = {person.name for person in speakers.people if person.surname in _words(own)}
    return "same" if surname in _words(own) and all(is_one(asked, name) for name in named) else "unclear"


def is_one(asked: str, name: str, *, role: str | None = None) -> bool:
    """Whether two names may be of one: "Lavrov", "Foreign Minister Sergei Lavrov"; "White House".

    Of two full names the first ones must go together, too: Joe Biden is not Jill Biden. Who is something of
    somebody is not that one: "a spokesman for Anna Lund"; a ministry's spokesman speaks for the ministry.
    """
    (asked, of_asked), (name, of_name) = _parted(asked), _parted(name)
    if of_asked and of_name and not is_one(of_asked, of_name):
        return False
    mine, theirs = _words(asked), _words(name)
    if not mine or not theirs:
        return False
    short, long = sorted((mine, theirs), key=len)
    if _has(long, short):
        return True
    first, other = _first(mine, role), _first(theirs, role)
    return _alike(mine[-1], theirs[-1]) and (first is None or other is None or first[:2] == other[:2])


def _parted(name: str) -> tuple[str, str]:
    """A name without whose it is, and who that is: "Anna Lund’s spokesman" is "spokesman", of Anna Lund.

    Only a person: what is of a body, or for it, is told by its whole name.
    """
    for found in (_OF.fullmatch(name), _OWN.fullmatch(name)):
        if found and any(map(is_person, found["who"].split())) and _is_somebody(found["other"]):
            return found["who"], found["other"]
    return name, ""


def _is_somebody(name: str) -> bool:
    """Whether words are a person's name and no more; "of Russia Vladimir Putin" begins with a place."""
    words = tokens(name, Span(0, len(name)))
    named = bool(words) and words[0].capital and words[0].low not in PLACES
    return named and len(words) <= _LONGEST_NAME and kind_of(words) == "named"


def _has(long: Sequence[str], short: Sequence[str]) -> bool:
    """Whether a name has the words of another: of a person in their order, "Ministry of Defence" in any."""
    if any(map(is_body, long)):
        return all(any(_alike(one, other) for other in long) for one in short)
    rest = iter(long)
    return all(any(_alike(one, other) for other in rest) for one in short)


def _words(name: str) -> list[str]:
    every = [folded(re.sub("['’]s$", "", word)) for word in _WORD.findall(name)]
    return [word for word in every if word not in _SMALL]


def _first(words: list[str], role: str | None) -> str | None:
    """The first of the names before the last one; no title and no word of the role."""
    told = _words(role or "")
    return next((word for word in words[:-1] if word not in told and not is_person(word)), None)


def _alike(one: str, other: str) -> bool:
    return one == other or same_name(one, other)

"""Who says the words of a place, held against who is said to."""

from __future__ import annotations

import re

from bot.checking.records import Holding
from bot.language.spellings import same_name
from bot.speaking.quotations import masked, paragraphs
from bot.speaking.records import NOBODY_TOLD, Speaker
from bot.speaking.speaker import Speakers
from bot.speaking.speech import is_person
from index.letters import folded
from index.records import Article, Span

_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_SMALL = frozenset(("the", "a", "an", "of", "for", "and", "mr", "mrs", "ms", "dr", "sir", "in"))


def held(asked: str, article: Article, span: Span, *, speakers: Speakers) -> tuple[Speaker | None, Holding]:
    """Who says a place of an article, and whether that is `asked`; None is the outlet's own voice.

    Where it cannot be told, it is `asked` if the paragraph names nobody else beside the quotation, and
    somebody else's if the article never names `asked`.
    """
    speaker = speakers.of(span)
    quoted = any(one.start <= span.start and span.end <= one.end for one in speakers.quotations)
    if speaker is None and not quoted:
        return None, "other"
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

    Of two full names the first ones must go together, too: Joe Biden is not Jill Biden.
    """
    mine, theirs = _words(asked), _words(name)
    if not mine or not theirs:
        return False
    short, long = sorted((mine, theirs), key=len)
    if all(any(_alike(one, other) for other in long) for one in short):
        return True
    first, other = _first(mine, role), _first(theirs, role)
    return _alike(mine[-1], theirs[-1]) and (first is None or other is None or first[:2] == other[:2])


def _words(name: str) -> list[str]:
    every = [folded(re.sub("['’]s$", "", word)) for word in _WORD.findall(name)]
    return [word for word in every if word not in _SMALL]


def _first(words: list[str], role: str | None) -> str | None:
    """The first of the names before the last one; no title and no word of the role."""
    told = _words(role or "")
    return next((word for word in words[:-1] if word not in told and not is_person(word)), None)


def _alike(one: str, other: str) -> bool:
    return one == other or same_name(one, other)

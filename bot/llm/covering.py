"""Do the sentences that were proved answer what was asked? What code can tell: the kind of thing, the names.

A model can write what is true and beside the point, by itself or because an article told it to.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.proposal import Place, Proposed, Weighed
from index.records import Article, Hit

_TIME = re.compile(
    r"\d|\b(?:January|February|March|April|May|June|July|August|September|October|November|December|"
    r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|today|yesterday|tomorrow|tonight|morning|noon|afternoon|evening|"
    r"night|midnight|weekend|week|month|year|spring|summer|autumn|winter|century|hours?|days?|after|before|when)\b",
    re.IGNORECASE,
)
_NUMBER = re.compile(
    r"\d|\b(?:no|none|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozens?|hundreds?|thousands?|"
    r"millions?|billions?|half|third|quarter|several|both|single|twice|once|many|few|\w+teen|\w+ty)\b",
    re.IGNORECASE,
)
_NAME = re.compile(r"\b[^\W\d_a-zа-яё][\w’'-]+")
_WORD = re.compile(r"[\w’'-]+")
_ASKING = re.compile(
    r"\b(?:who|whom|whose|what|which|when|where|why|how|did|does|do|is|are|was|were|has|have|had|will|would|can|could"
    r"|in|on|at|to|for|from|by|of|according|the|an?|and|or|if|there|that|this|many|much|long|often)\b",
    re.IGNORECASE,
)
_NAMED_BY_ROLE = re.compile(
    r"\b(?:minister|president|official|spokes\w+|leader|police|army|troops|government|ministry|general|chief|mayor|"
    r"governor|driver|man|woman|people|soldiers?|residents?|court|team|company|party|group)\b",
    re.IGNORECASE,
)
MOST_WORDS = 0.6
NEAR = 0.3  # of the best candidate's score: a passage with such a sentence has to do with the question
_STEM = 5  # letters by which "Armenia" is known in "Armenian"


def on_topic(question: str, one: Proposed, weighed: Weighed) -> bool:
    """Whether a sentence, or a passage it rests on, has to do with the question at all."""
    if _told_of(question, one) > 0:
        return True
    best = max((candidate.score for candidate in weighed.candidates), default=0.0)
    near = [candidate for candidate in weighed.candidates if candidate.score >= NEAR * best > 0]
    return any(_within(place, candidate.hit) for place in one.places for candidate in near)


def answers(question: str, proposed: Sequence[Proposed], weighed: Weighed) -> bool:
    """Whether some proved sentence is of the kind that was asked for, and about whom the question names.

    Where the evidence was called too little, most of the question's words must be met again as well.
    """
    return any(
        _of_kind(question, weighed.asks_for, one.text)
        and _tells(question, one.text)
        and not _strange_names(question, one)
        and (weighed.enough or _told_of(question, one) >= MOST_WORDS)
        for one in proposed
    )


def _told_of(question: str, one: Proposed) -> float:
    """The share of the question's words that a sentence has, or the words it rests on, or their titles."""
    asked = {stem for stem in _stems(_ASKING.sub(" ", question)) if len(stem) > 3}
    quotes = (place.article.body[place.span.start : place.span.end] for place in one.places)
    titles = (place.article.title for place in one.places)
    return len(asked & _stems(" ".join([one.text, *quotes, *titles]))) / max(len(asked), 1)


def _within(place: Place, hit: Hit) -> bool:
    passage = hit.passage
    return place.article == hit.article and passage.start <= place.span.start < passage.end


def _of_kind(question: str, asks_for: str, text: str) -> bool:
    """Whether a sentence has a date, a number, a name that the question lacks; anything goes for the rest."""
    match asks_for:
        case "date":
            return bool(_TIME.search(text))
        case "number":
            return bool(_NUMBER.search(text))
        case "person" | "organisation":
            return bool(_new_names(question, text)) or bool(_NAMED_BY_ROLE.search(text))
        case "place":
            return bool(_new_names(question, text)) or len(text.split()) > 4
        case _:
            return True


def _tells(question: str, text: str) -> bool:
    """Whether a sentence says anything that the question does not say already."""
    known = _stems(question)
    return not text.rstrip("”’\"'»").endswith("?") and any(
        len(word) > 2 and word[:_STEM].casefold() not in known for word in _WORD.findall(text)
    )


def _new_names(question: str, text: str) -> list[str]:
    known = _stems(question)
    return [name for name in _NAME.findall(text) if name[:_STEM].casefold() not in known]


def _strange_names(question: str, one: Proposed) -> list[str]:
    """Names of the question of which neither the sentence nor the articles it rests on know anything."""
    known = _stems(one.text)
    for article in {place.article.id: place.article for place in one.places}.values():
        known |= _stems(_told(article))
    names = [name for name in _NAME.findall(question) if not _ASKING.fullmatch(name)]
    return [name for name in names if name[:_STEM].casefold() not in known]


def _told(article: Article) -> str:
    beside = (article.title, article.outlet, article.agency, article.author, article.published)
    return " ".join([*filter(None, beside), article.body])


def _stems(text: str) -> set[str]:
    return {word[:_STEM].casefold() for word in _WORD.findall(text)}

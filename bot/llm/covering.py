"""Do the sentences that were proved answer what was asked? What code can tell: the kind of thing, the names.

A model can write what is true and beside the point, by itself or because an article told it to.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.answering.proposal import Place, Proposed, Weighed
from bot.weighing.lexicon import Lexicon
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
_NAMED_BY_ROLE = re.compile(
    r"\b(?:minister|president|official|spokes\w+|leader|police|army|troops|government|ministry|general|chief|mayor|"
    r"governor|driver|man|woman|people|soldiers?|residents?|court|team|company|party|group)\b",
    re.IGNORECASE,
)
# Where the evidence was called too little, this share of the question's words must be met again. In the trial
# of `bot.answering.looking` a share of 0.4 let 11 more answers through, 4 of them right, and 4 where there is
# none.
MOST_WORDS = 0.6
NEAR = 0.3  # of the best candidate's score: a passage with such a sentence has to do with the question


class Covering:
    """Compares sentences with their question, by the keys under which `lexicon` knows words."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon

    def on_topic(self, question: str, one: Proposed, weighed: Weighed) -> bool:
        """Whether a sentence, or a passage it rests on, has to do with the question at all."""
        if self._met(question, one) > 0:
            return True
        best = max((candidate.score for candidate in weighed.candidates), default=0.0)
        near = [candidate for candidate in weighed.candidates if candidate.score >= NEAR * best > 0]
        return any(_within(place, candidate.hit) for place in one.places for candidate in near)

    def answers(self, question: str, proposed: Sequence[Proposed], weighed: Weighed) -> bool:
        """Whether some proved sentence is of the kind that was asked for, and about whom the question names.

        Where the evidence was called too little, most of the question's words must be met again as well.
        """
        return any(
            self._of_kind(question, weighed.asks_for, one.text)
            and not one.text.rstrip("”’\"'»").endswith("?")  # the question said again
            and not self._strangers(question, one, weighed)
            and (weighed.enough or self._met(question, one) >= MOST_WORDS)
            for one in proposed
        )

    def _met(self, question: str, one: Proposed) -> float:
        """The share of the question's words that a sentence has, or what it rests on, or their titles."""
        asked = {word.key for word in self._lexicon.read(question) if not word.plain}
        quotes = (place.article.body[place.span.start : place.span.end] for place in one.places)
        titles = (place.article.title for place in one.places)
        met = self._lexicon.keys(" ".join([one.text, *quotes, *titles]))
        return len(asked & met) / max(len(asked), 1)

    def _of_kind(self, question: str, asks_for: str, text: str) -> bool:
        """Whether a sentence has a date, a number, a name that the question lacks."""
        match asks_for:
            case "date":
                return bool(_TIME.search(text))
            case "number":
                return bool(_NUMBER.search(text))
            case "person" | "organisation":
                known = self._lexicon.keys(question)
                named = (word for word in self._lexicon.read(text) if word.name and not word.plain)
                return any(word.key not in known for word in named) or bool(_NAMED_BY_ROLE.search(text))
            case _:
                return True

    def _strangers(self, question: str, one: Proposed, weighed: Weighed) -> list[str]:
        """Names of the question of which neither the sentence nor the articles it rests on know anything.

        Not those that the best evidence lacks too, where it was enough all the same.
        """
        known = set(self._lexicon.keys(one.text))
        for article in {place.article.id: place.article for place in one.places}.values():
            known |= self._lexicon.keys(_told(article))
        lacked = self._lexicon.keys(" ".join(weighed.missing)) if weighed.enough else frozenset[str]()
        _, *words = self._lexicon.read(question) or (None,)  # the first one is capitalised in any case
        names = (word for word in words if word and word.name and not word.plain)
        return [word.text for word in names if word.key not in known | lacked]


def _within(place: Place, hit: Hit) -> bool:
    passage = hit.passage
    return place.article == hit.article and passage.start <= place.span.start < passage.end


def _told(article: Article) -> str:
    beside = (article.title, article.outlet, article.agency, article.author, article.published)
    return " ".join([*filter(None, beside), article.body])

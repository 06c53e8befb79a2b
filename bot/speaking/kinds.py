"""The words for a speaker into what kind it is: a person, somebody without a name, a body, an outlet."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from bot.language.tokens import Token
from bot.language.words import word_set
from bot.speaking.speech import (
    DETERMINERS,
    NEWS_NAMES,
    NEWS_WORDS,
    ORG_NAMES,
    OUTLETS,
    PLACES,
    PREPOSITIONS,
    is_body,
    is_person,
    singular,
)

_PLURAL_ENDS = ("ians", "icans", "crats", "ists", "als", "ives", "ents", "ants", "ers", "others", "dozens")
_DOCUMENTS = frozenset(("release", "releases", "statement", "conference", "briefing"))
_TEXTS = word_set("speakers", "texts")
_PAPERS_OF = frozenset(("legal", "charging", "divorce", "court", "court’s"))
SpeakerKind = Literal["named", "unnamed", "body", "outlet", "unclear"]

# NATO, CityRail, B&Q; not McCormack, DeSantis
_COMPANY = re.compile(r"[A-Z]{2,}\w*|(?!Mc|Mac|De|Di|Du|La|Le|Lo|Fitz|Van)[A-Z][a-z]+[A-Z]\w*|.*&.*")


def kind_of(words: Sequence[Token], *, reports: bool = False) -> SpeakerKind:
    """The kind of a speaker that is none of the article's people by name.

    `reports` says that its verb is one of outlets: "Vestnik reported". A lone name that tells nothing is a
    person's: articles call people by their surname, and say of a company once what it is.
    """
    head = _head(words)
    if not head:
        return "body"
    if is_outlet(words):
        return "outlet"
    if is_person(head[-1].text) or (is_person(head[0].text) and not is_body(head[-1].text)):
        return "unnamed"
    names = [word for word in head if word.capital and word.low not in DETERMINERS]
    if any(is_body(word.text) for word in head):
        return "body"
    if not names or (len(head) == 1 and _is_plural(head[0]) and not _is_known_place(head)):
        return "unnamed"
    a_body = head[0].low in DETERMINERS and head[-1].text.isupper()  # "the CDC reported"
    if reports and names[-1] is head[-1] and not _is_known_place(head) and not a_body:
        return "outlet"
    known = (
        _is_known_place(head)
        or head[-1].low in ORG_NAMES
        or any(_COMPANY.fullmatch(word.text) for word in names)
    )
    return "body" if known or head[0].low in DETERMINERS or names[-1] is not head[-1] else "named"


def is_outlet(words: Sequence[Token]) -> bool:
    """Whether words are an outlet or agency: "Reuters", "the state agency Vestnik", "local media"."""
    head = [word for word in _head(words) if word.low not in DETERMINERS]
    if not head or any(is_person(word.text) for word in head):
        return False
    named = head[-1].capital and " ".join(word.low for word in head) in OUTLETS
    called = any(word.low in NEWS_WORDS or singular(word.text) in NEWS_WORDS for word in head)
    called = called or any(word.low == "news" for word in head) or head[-1].low == "press"
    if named or (called and not _is_paper(head)):
        return True
    named = len(head) > 1 and head[-1].capital
    return named and (head[-1].low in NEWS_NAMES or head[0].low in ("radio", "television", "channel"))


def is_document(words: Sequence[Token]) -> bool:
    """Whether a speaker is a text or figures: "the report in the Lancet", "new data"."""
    return any(singular(word.text) in _TEXTS for word in _head(words))


def _is_paper(head: Sequence[Token]) -> bool:
    """Whether it is somebody's paper, and no newspaper: "court papers", "a police news release"."""
    papers = head[-1].low == "papers" and len(head) > 1
    return any(word.low in _DOCUMENTS for word in head) or (
        papers and (is_body(head[-2].text) or head[-2].low in _PAPERS_OF)
    )


def _head(words: Sequence[Token]) -> Sequence[Token]:
    """The words before a preposition ties others to them; without a stop."""
    end = next((n for n, word in enumerate(words) if n and word.low in PREPOSITIONS), len(words))
    end = next((n for n, word in enumerate(words[:end]) if word.text in ",;:" or word.low == "who"), end)
    return words[:end]


def _is_known_place(head: Sequence[Token]) -> bool:
    return " ".join(word.low for word in head if word.low not in DETERMINERS) in PLACES


def _is_plural(word: Token) -> bool:
    """Whether a capitalised word may be a plural at the start of a sentence: "Neighbours", not "Forbes"."""
    return is_person(word.text) or word.low.endswith(_PLURAL_ENDS)

"""A question into the form of its answer: a definition, a list, steps over time, the newest, one fact."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from bot.answers.proposal import AnswerForm
from bot.weighing.choose import ScoredSentence
from bot.weighing.terms import Terms

_DEFINITION = re.compile(
    r"(?:what|who)(?:['’]s|\s+(?:is|are|was|were))\s+(?P<named>.+?)\W*"
    r"|what\s+(?:does|do)\s+(?P<meant>.+?)\s+(?:mean|stand for)\W*",
    re.IGNORECASE,
)
_CHANGE = re.compile(
    r"\bhow\s+(?:did|does|do|has|have|had|was|is)\b.+\b(?:(?:chang|develop|evolv|progress|unfold|grow|shift"
    r"|spread)\w*|rise|risen|fall|fallen|gone\s+on|go\s+on|went\s+on)\b"
    r"|\bwhat\s+(?:has\s+|have\s+)?(?:happened|became|become)\b.*\b(?:to|of|with|between|since|until)\b"
    r"|\b(?:timeline|history|course|development)\s+of\b|\bover\s+(?:time|the\s+(?:years|months|weeks))\b",
    re.IGNORECASE,
)
_LATEST = re.compile(
    r"what(?:['’]s|\s+is|\s+are)?\s+(?:the\s+)?(?:latest|news)(?:\s+(?:news|updates?|developments?|state))?"
    r"\s+(?:on|about|with|in|from|regarding|concerning|of)\b"
    r"|what(?:['’]s|\s+is)\s+new\s+(?:with|about|on)\b|any\s+(?:news|updates?)\s+(?:on|about|of|from)\b",
    re.IGNORECASE,
)
_OPEN = re.compile(r"what(?:['’]s|\s+has|\s+have)?\s+happen(?:ed|ing)\b", re.IGNORECASE)
_LIST = re.compile(r"(?:what|who)\s+(?:are|were)\s+the\b|(?:list|name)\b", re.IGNORECASE)
_PLURAL = re.compile(r"(?<!s)s$|(?:men|people|children)$")
_MOST_KEYWORDS = 6
_LONGEST_NAME = 4  # words of what a definition is asked of
_LIKELY = 0.1  # of the best score: what may be put first because it defines
_COVERED, _LEAST = 0.75, 0.6  # of the keywords, by weight: what a passage has beside the best, and the best
_WHOLE = 0.95  # of what the latest is asked on: what a passage has of it, by weight


def read_form(terms: Terms) -> AnswerForm:
    """The form of answer that a question asks for."""
    if asks_for_steps(terms.question):
        return "change"
    if news_of(terms.question):
        return "keywords"
    if defined(terms):
        return "definition"
    if asks_for_several(terms):
        return "list"
    return "keywords" if _is_keywords(terms) else "fact"


def asks_for_steps(question: str) -> bool:
    """Whether a question asks how something went on over time."""
    return bool(_CHANGE.search(question))


def news_of(question: str) -> str | None:
    """What a question asks for the latest on: "the dam" of "What is the latest on the dam?"."""
    found = _LATEST.match(question)
    return question[found.end() :].strip(" ?.!") or None if found else None


def is_open(terms: Terms, first: ScoredSentence) -> bool:
    """Whether no words of a sentence can be all of the answer, and the first one tells of what is asked.

    "What happened in Sand?", "how did the strike develop?": that a reader marks no words there says nothing.
    """
    if not (asks_for_steps(terms.question) or _OPEN.match(terms.question)):
        return False
    return bool(terms.names) or first.features["covered_passage"] >= _LEAST


def asks_for_several(terms: Terms) -> bool:
    """Whether all of several things are asked for: "which countries", "who were the members of"."""
    if terms.kind == "number":
        return False
    plural = bool(terms.focus) and bool(_PLURAL.search(terms.focus[-1].low))
    return plural or bool(_LIST.match(terms.question))


def defined(terms: Terms) -> str | None:
    """What a question asks to be told of that is one name or term, with nothing asked of it."""
    found = _DEFINITION.fullmatch(terms.question.strip())
    if not found:
        return None
    name = re.sub(r"^an?\s+|^the\s+(?=[A-Z])", "", found["named"] or found["meant"])
    words = name.split()
    inner = [word for word in terms.words if word.text in words]
    told = [word for word in inner if not word.plain]
    return name if len(words) <= _LONGEST_NAME and len(told) == len(inner) and told else None


def defining_first(name: str, candidates: Sequence[ScoredSentence]) -> list[ScoredSentence]:
    """Of the likely sentences those that say what `name` is before all others, the plainest first.

    Else the order is kept.
    """
    best = max((one.score for one in candidates), default=0.0)
    shapes = _defining(name)

    def rank(one: ScoredSentence) -> int:
        text = one.hit.article.body[one.span.start : one.span.end]
        told = (n for n, shape in enumerate(shapes) if shape.search(text))
        return len(shapes) if one.score < _LIKELY * best else next(told, len(shapes))

    return sorted(candidates, key=rank)


def about_topic(candidates: Sequence[ScoredSentence]) -> list[ScoredSentence]:
    """The best sentence of each article that has about as many keywords as the best, all alike."""
    most = max((one.features["covered_passage"] for one in candidates), default=0.0)
    least = _COVERED * max(most, _LEAST)
    return _one_an_article(one for one in candidates if one.features["covered_passage"] >= least)


def with_news(candidates: Sequence[ScoredSentence]) -> list[ScoredSentence]:
    """The best sentence of each article of which a passage has all that the latest is asked on, all alike."""
    return _one_an_article(one for one in candidates if one.features["covered_passage"] >= _WHOLE)


def of_story(
    candidates: Sequence[ScoredSentence], terms: Terms, story: Collection[str]
) -> list[ScoredSentence]:
    """The best sentence of each article that tells one story, all alike.

    Those of `story` do, and those whose passage has every name that is asked of, where any is.
    """
    names = {word.key for name in terms.names for word in name.words}
    if not names:
        return about_topic([one for one in candidates if one.hit.article.id in story] or candidates)
    return _one_an_article(one for one in candidates if one.hit.article.id in story or names <= one.known)


def _one_an_article(candidates: Iterable[ScoredSentence]) -> list[ScoredSentence]:
    found: dict[str, ScoredSentence] = {}
    for one in candidates:
        found.setdefault(one.hit.article.id, replace(one, score=1.0))
    return list(found.values())


def _defining(name: str) -> tuple[re.Pattern[str], ...]:
    """How a sentence says what a name is, the plainest way first.

    Behind "testing for X, a part of …" what follows may be of the testing.
    """
    said = rf"[\"“”'‘’]?\b{re.escape(name)}(?:s|es)?\b[\"“”'‘’]?"
    beside = (
        rf"{said}(?:\s*\([^)]*\))?\s*,\s+(?:an?|the|or|which\s+(?:is|are|was|were|means?)|who\s+(?:is|was))\b"
    )
    shapes = (
        rf"{said}(?:\s*\([^)]*\))?(?:,[^,]+,)?\s+(?:is|are|was|were)\s+(?:an?|the|one|short|when)\b"
        rf"|{said}(?:\s*\([^)]*\))?\s+(?:means?|stands?\s+for|refers?\s+to|describes?|consists?\s+of)\b"
        rf"|\b(?:an?|the)\s[^.!?]{{3,80}}\b(?:called|known\s+as|named|dubbed|or)\s+(?:the\s+)?{said}",
        rf"(?<!\bfor\s)(?<!\bof\s)(?<!\bto\s)(?<!\bwith\s)(?<!\bagainst\s)(?<!\bon\s)(?<!\bin\s){beside}",
        beside,
    )
    return tuple(re.compile(shape, re.IGNORECASE) for shape in shapes)


def _is_keywords(terms: Terms) -> bool:
    """Whether a question is bare words: none asks, none is a verb's helper, and there is no question mark."""
    if "?" in terms.question or not 2 <= len(terms.words) <= _MOST_KEYWORDS:
        return False
    return terms.kind == "other" and sum(not word.plain for word in terms.words) >= len(terms.words) - 1

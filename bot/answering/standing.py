"""Hits into hits without what their outlets have withdrawn, which answers nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from index.articles.identity import same_site
from index.corrections import corrections
from index.dates import date_span
from index.errors import BadFilter
from index.records import Article, Hit, Span
from index.withdrawn import says_more, withdrawn

# A question that asks for the error itself: "What did the paper get wrong?", "in its first version".
_ERROR = re.compile(
    r"\b(?:wrong|errors?|mistakes?|mistaken(?:ly)?|misstated?|misreported|mixed up|swapped|retract\w*"
    r"|correct(?:ed|s|ions?)|amended|(?:earlier|first|previous|original) version)\b"
    r"|\b(?:ошиб\w+|исправ\w+|опроверг\w+|ранней версии)\b",
    re.IGNORECASE,
)
_PUBLISHED = re.compile(
    r"\b(?:article|story|report|paper|newspaper|outlet|version|headline|correction|retraction)s?\b"
    r"|\b(?:стать\w+|газет\w+|новост\w+|материал\w*|издани\w+|верси\w+)\b",
    re.IGNORECASE,
)
_IS_IT_TRUE = re.compile(
    r"\b(?:is|was) (?:it|that) (?:true|right|correct|really)\b|\bправда ли\b", re.IGNORECASE
)
_CLAIM = re.compile(
    r"\b(?:said|stated|reported|claimed|suggested|говорилось|сообщалось|утверждалось)\b(?: that\b)?(.*)",
    re.DOTALL,
)
_ANCHOR = re.compile(r"[^\W_]*\d[^\W_]*|(?<!\w)[^\W\d_a-zа-яё]\w+")
_LONG_WORD = re.compile(r"(?<!\w)[a-zа-яё]\w{3,}")
_SHARED = 0.7  # of a withdrawn claim's other words, in a sentence that repeats it


@dataclass(frozen=True)
class _Claim:
    """What an article's note says was wrong: its names and numbers in their order, and its other words."""

    article: Article
    anchors: tuple[str, ...]
    words: frozenset[str]


def standing(hits: Sequence[Hit], question: str) -> list[Hit]:
    """The hits, each with what was withdrawn of it and without the sentences that say nothing else.

    A found article's note withdraws words where it tells of them and where they were said: in an earlier
    article of its outlet and site that has the names and numbers of a claim in its order. A note that tells
    what is right becomes one sentence, for what was wrong says what it is about. Who asks for the error
    itself is shown its sentences.
    """
    articles = {hit.article.id: hit.article for hit in hits}
    taken = {name: withdrawn(one.body, language=one.language) for name, one in articles.items()}
    corrected = [articles[name] for name, spans in taken.items() if spans]
    if not corrected:
        return list(hits)
    asked = _asks_of_error(question, corrected)
    claims = [claim for one in corrected for span in taken[one.id] if (claim := _claim(one, span))]
    return [_standing(hit, taken[hit.article.id], [] if asked else claims, whole=not asked) for hit in hits]


def _asks_of_error(question: str, corrected: Iterable[Article]) -> bool:
    if _IS_IT_TRUE.search(question):
        return True
    named = any(one.outlet and one.outlet.casefold() in question.casefold() for one in corrected)
    return bool(_ERROR.search(question)) and (named or bool(_PUBLISHED.search(question)))


def _standing(hit: Hit, taken: Sequence[Span], claims: Sequence[_Claim], *, whole: bool) -> Hit:
    article, passage = hit.article, hit.passage
    repeated = [claim for claim in claims if _may_repeat(article, claim.article)]
    again = [
        one
        for one in passage.sentences
        if any(_repeats(article.body[one.start : one.end], claim) for claim in repeated)
    ]
    gone = tuple(one for one in (*taken, *again) if one.start < passage.end and passage.start < one.end)
    if not gone:
        return hit
    if whole:
        notes = corrections(article.body, language=article.language)
        kept = _joined(article.body, passage.sentences, notes=notes, gone=gone)
        passage = replace(passage, sentences=tuple(kept))
    return replace(hit, passage=passage, withdrawn=gone)


def _joined(
    body: str, sentences: Sequence[Span], *, notes: Sequence[Span], gone: Sequence[Span]
) -> list[Span]:
    """The sentences with those of one note as one, and without what says nothing but what was wrong."""
    around = {one: next((n for n in notes if n.start <= one.start < n.end), one) for one in sentences}
    groups = (list(group) for _, group in groupby(sentences, key=lambda one: around[one]))
    joined = (Span(group[0].start, group[-1].end) for group in groups)
    return [one for one in joined if says_more(body, one, gone)]


def _claim(article: Article, span: Span) -> _Claim | None:
    """The claim that a note tells of; None where it has too little by which to know it again."""
    found = _CLAIM.search(article.body[span.start : span.end])
    if not found:
        return None
    anchors = tuple(_ANCHOR.findall(found[1]))
    counted = any(word[0].isdigit() for word in anchors)
    if len(anchors) < 2 or not counted:
        return None
    return _Claim(article, anchors, frozenset(_LONG_WORD.findall(found[1])))


def _repeats(sentence: str, claim: _Claim) -> bool:
    words = iter(_ANCHOR.findall(sentence))
    if not all(anchor in words for anchor in claim.anchors):  # each after the one before
        return False
    shared = claim.words & set(_LONG_WORD.findall(sentence))
    return len(shared) >= _SHARED * len(claim.words)


def _may_repeat(article: Article, corrected: Article) -> bool:
    """Whether an article is one of the corrected one's outlet, and certainly not a later one.

    Anybody can write an outlet's name, so their addresses must be of one site. One without an address, as in
    a file, withdraws nothing of one that has it, nor the other way round.
    """
    one, other = article.url, corrected.url
    is_of_site = same_site(one, other) if one or other else True
    is_of_outlet = bool(article.outlet) and article.outlet == corrected.outlet
    if article.id == corrected.id or not (is_of_outlet and is_of_site):
        return False
    try:
        return date_span(article.published or "")[1] <= date_span(corrected.published or "")[1]
    except BadFilter:
        return False

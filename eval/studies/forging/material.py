"""Articles into the sentences that drafts are made of."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from bot.language.words import listed
from bot.proof.records import SentPassage
from bot.speaking.speaker import Speaker, Speakers
from index.records import Article, Hit, Passage, Span
from index.sentences import sentence_spans

_NAME = re.compile(r"(?<![\w’'-])[A-Z][a-z]{2,}(?![\w’'-])")
_NOT_NAMES = frozenset(
    listed("what who when where why how the this that these those there they and but for you his her its")
)
_WORDS = range(8, 46)


@dataclass(frozen=True)
class Source:
    """One sentence of an article, with another article beside it; `text` is its words."""

    article: Article
    span: Span
    other: Article
    speakers: Speakers

    @property
    def text(self) -> str:
        """The sentence."""
        return self.article.body[self.span.start : self.span.end]

    @cached_property
    def speaker(self) -> Speaker | None:
        """Who says it."""
        return self.speakers.of(self.span)

    @property
    def shown(self) -> tuple[SentPassage, ...]:
        """Both articles as passages [1] and [2]."""
        return tuple(shown_as(n, one) for n, one in enumerate((self.article, self.other), start=1))

    @cached_property
    def names(self) -> list[str]:
        """The capitalised words of the article that stand within its sentences."""
        inner = re.sub(r"(?:^|[.!?”\"]\s+|\n)\W*\w+", " ", self.article.body)
        return [name for name in dict.fromkeys(_NAME.findall(inner)) if name.lower() not in _NOT_NAMES]


def shown_as(number: int, article: Article) -> SentPassage:
    """An article as one passage."""
    body = article.body
    passage = Passage(article.id, article.revision, 0, 0, len(body), body, ())
    return SentPassage(number, Hit(passage, article, 1.0, origin=article.id), Span(0, len(body)))


def sources(articles: Sequence[Article], rng: random.Random) -> Iterator[Source]:
    """Whole sentences of English articles, articles and sentences in random order; a few of each article."""
    order = [one for one in articles if (one.language or "en").startswith("en")]
    rng.shuffle(order)
    for n, article in enumerate(order):
        other = order[n - 1]
        if other.body == article.body:
            continue
        speakers = Speakers(article)
        spans = [
            span for span in sentence_spans(article.body) if _is_whole(article.body[span.start : span.end])
        ]
        rng.shuffle(spans)
        for span in spans[:12]:
            yield Source(article, span, other, speakers)


def _is_whole(text: str) -> bool:
    return (
        len(text.split()) in _WORDS
        and text[0].isupper()
        and text.endswith(".")
        and "\n" not in text
        and sum(word[:1].isupper() for word in text.split()) < len(text.split()) / 2
    )

"""An article as it is compared with others: its words, sentences, names and figures."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import cached_property
from itertools import islice

from index.copies.figures import figures_of
from index.copies.overlap import shingles_of
from index.copies.words import keys_of
from index.corrections import corrections
from index.dates import date_span
from index.errors import BadFilter
from index.records import Article
from index.sentences import sentence_spans

SHORT = 5  # words of a sentence that is not looked at
# Sentences of a text, each beside each of another's: 0.2 s for two texts; all of 2,000 took 4 s.
COMPARED = 400
KEPT = 5  # letters of a word that its forms share: "voted", "votes"

OPENING = 3  # sentences
LONG = 4  # letters of a word that may tell what a sentence is about

# A name's last word, within a sentence: "Tuohy" of "Fergal Tuohy".
_NAME = re.compile(
    r"(?<=[\w,;] )(?!(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|January|February|March|April|May|June|July"
    r"|August|September|October|November|December)[A-ZÀ-ÞА-ЯЁ][^\W_]+(?! [A-ZÀ-ÞА-ЯЁ])"
)
_SMALL = re.compile(r"\b[a-zß-ÿа-яё][^\W_]+")
_DATELINE = re.compile(r"\A\s*(?:[A-ZА-ЯЁ][\w .,'’()/-]{2,60}?\s?(?:[-–—]|--)\s+|[A-Z]{3,}: )")


class Telling:
    """An article as it is compared; each part of it is read when it is first asked for, and once."""

    def __init__(self, article: Article) -> None:
        self.article = article

    @cached_property
    def keys(self) -> Sequence[str]:
        """The keys of its body's words."""
        return keys_of(self.article.body)

    @cached_property
    def shingles(self) -> frozenset[str]:
        """Every run of three of them."""
        return shingles_of(self.keys)

    @cached_property
    def texts(self) -> Sequence[str]:
        """Its first sentences, without the shortest and without a dateline."""
        body = _DATELINE.sub("", self.article.body, count=1)
        spans = sentence_spans(body)
        told = (text for one in spans if len((text := body[one.start : one.end]).split()) > SHORT)
        return list(islice(told, COMPARED))

    @cached_property
    def sentences(self) -> Sequence[Counter[str]]:
        """The words of its sentences."""
        return [Counter(keys_of(text)) for text in self.texts]

    @cached_property
    def matter(self) -> Sequence[frozenset[str]]:
        """What the longer words and the figures of its sentences begin with."""
        return [
            frozenset(key[:KEPT] for key in told if len(key) >= LONG or key.isdigit())
            for told in self.sentences
        ]

    @cached_property
    def names(self) -> Sequence[str]:
        """What its names begin with, in order; words that it has in small letters as well are none."""
        small = {key[:KEPT] for key in keys_of(" ".join(_SMALL.findall(self.article.body)))}
        named = keys_of(" ".join(_NAME.findall(self.article.body)))
        return [name for name in dict.fromkeys(key[:KEPT] for key in named) if name not in small]

    @cached_property
    def opening_names(self) -> frozenset[str]:
        """Those of its names that its title or its first sentences have."""
        return self.named_in(" ".join((self.article.title, *self.texts[:OPENING])))

    @cached_property
    def headline(self) -> frozenset[str]:
        """What the longer words of its title begin with."""
        return frozenset(key[:KEPT] for key in keys_of(self.article.title) if len(key) >= LONG)

    @cached_property
    def facts(self) -> frozenset[str]:
        """Its names and figures."""
        return self.figures.union(self.names)

    @cached_property
    def told_figures(self) -> Sequence[frozenset[str]]:
        """The figures of its sentences."""
        return [figures_of(text) for text in self.texts]

    @cached_property
    def corrected(self) -> bool:
        """Whether it has a note in which its outlet corrects it."""
        return bool(corrections(self.article.body, language=self.article.language))

    def named_in(self, text: str) -> frozenset[str]:
        """Those of its names that a text has."""
        return frozenset(self.names).intersection(key[:KEPT] for key in keys_of(text))

    @property
    def lead(self) -> str:
        """Its first sentence that is one; empty where there is none."""
        return self.texts[0] if self.texts else ""

    @property
    def headed(self) -> str:
        """Its title and its lead."""
        return f"{self.article.title}. {self.lead}"

    @cached_property
    def figures(self) -> frozenset[str]:
        """Its figures, those in words as well, and those of the title."""
        return figures_of(f"{self.article.title}\n{self.article.body}")

    @cached_property
    def beginnings(self) -> frozenset[str]:
        """What its words begin with, those of the title as well."""
        return frozenset(key[:KEPT] for key in (*self.keys, *keys_of(self.article.title)))

    @cached_property
    def published(self) -> str:
        """When it was published, as text that orders; empty where that is not known."""
        try:
            return date_span(self.article.published or "")[0]
        except BadFilter:
            return ""

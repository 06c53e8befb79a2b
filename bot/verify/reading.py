"""Texts and articles as the proof reads them: words, figures, dates, sentences, speakers; each read once."""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from bot.language.days import resolved
from bot.language.moments import Moment, read_moments, spans_of
from bot.language.quantities import Quantity, read_quantities
from bot.language.words import Wordlists
from bot.speaking.people import Person
from bot.speaking.quotations import Quotation, quotations
from bot.speaking.speaker import Speaker, Speakers
from bot.verify.alignment import ARTICLES
from bot.weighing.lexicon import Lexicon, Word
from index.records import Article, Span
from index.sentences import sentence_spans

_KEPT = 64  # articles: those of a few questions
_PAUSES = ',;:.!?—–()"“”'

# Whether a word is a name where it stands.
IsName = Callable[[Word], bool]


@dataclass(frozen=True)
class Text:
    """A text, read. `content` are the places in `words` of those that carry a topic: no figures, no dates.

    `clauses` numbers the clause of each word, from 0; a comma, a stop or a conjunction ends one. `sentences`
    numbers its sentence.
    """

    text: str
    words: tuple[Word, ...]
    moments: tuple[Moment, ...]
    quantities: tuple[Quantity, ...]
    content: tuple[int, ...]
    clauses: tuple[int, ...]
    sentences: tuple[int, ...]

    @cached_property
    def keys(self) -> frozenset[str]:
        """The keys of its words."""
        return frozenset(word.key for word in self.words)

    @cached_property
    def order(self) -> tuple[str, ...]:
        """The keys of its words in order, without articles."""
        return tuple(word.key for word in self.words if word.low not in ARTICLES)


class Reader:
    """Reads texts, and remembers the articles it has read; one may be used by several threads."""

    def __init__(self, lexicon: Lexicon, words: Wordlists) -> None:
        self.lexicon = lexicon
        self.words = words
        self._pages: OrderedDict[tuple[str, str], Page] = OrderedDict()

    def text(self, text: str, *, published: str | None = None) -> Text:
        """A text with its words, figures and dates, these resolved against a day of publication."""
        words = self.lexicon.read(text)
        moments = tuple(resolved(read_moments(text), text, published=published))
        dates = spans_of(moments)
        quantities = read_quantities(text, measures=self.words.measures, taken=dates)
        taken = [*dates, *(Span(one.start, one.end) for one in quantities)]
        content = tuple(
            n
            for n, word in enumerate(words)
            if _is_content(word, taken) and word.key not in self.words.deniers
        )
        numbers = _clauses(text, words), _sentences(text, words)
        return Text(text, words, moments, quantities, content, *numbers)

    def page(self, article: Article) -> Page:
        """An article, read; the last few dozen are remembered."""
        name = (article.id, article.revision)
        page = self._pages.get(name)
        if page is None or page.article != article:
            page = self._pages[name] = Page(article, self)
            while len(self._pages) > _KEPT:
                self._pages.popitem(last=False)
        return page


class Page:
    """An article, read as far as it is asked for."""

    def __init__(self, article: Article, reader: Reader) -> None:
        self.article = article
        self._reader = reader
        self._texts: dict[Span, Text] = {}
        self._said: dict[Span, Speaker | None] = {}

    @cached_property
    def sentences(self) -> tuple[Span, ...]:
        """Its sentences, in order."""
        return tuple(sentence_spans(self.article.body, language=self.article.language))

    @cached_property
    def speakers(self) -> Speakers:
        """Who speaks where."""
        return Speakers(self.article)

    @property
    def people(self) -> Sequence[Person]:
        """Whom it names."""
        return self.speakers.people

    @cached_property
    def capitals(self) -> frozenset[str]:
        """The keys of words that the article writes with a capital within a sentence."""
        starts = {span.start for span in self.sentences}
        return frozenset(
            word.key
            for word in self._reader.lexicon.read(self.article.body)
            if word.name and not word.plain and word.start not in starts
        )

    @cached_property
    def title(self) -> Text:
        """Its title."""
        return self._reader.text(self.article.title, published=self.article.published)

    @cached_property
    def quotations(self) -> Sequence[Quotation]:
        """What stands in quotation marks."""
        return quotations(self.article.body)

    def words(self, span: Span) -> str:
        """The characters of a span."""
        return self.article.body[span.start : span.end]

    def text(self, span: Span) -> Text:
        """A span, read."""
        if span not in self._texts:
            self._texts[span] = self._reader.text(self.words(span), published=self.article.published)
        return self._texts[span]

    def speaker(self, span: Span) -> Speaker | None:
        """Who speaks in a span."""
        if span not in self._said:
            self._said[span] = self.speakers.of(span)
        return self._said[span]

    def sentences_of(self, span: Span) -> tuple[Span, ...]:
        """The sentences that a span has a part in."""
        return tuple(one for one in self.sentences if one.start < span.end and span.start < one.end)

    def before(self, span: Span) -> Span | None:
        """The sentence before a span, in the same paragraph."""
        last = next((one for one in reversed(self.sentences) if one.end <= span.start), None)
        if last is None or "\n" in self.article.body[last.end : span.start]:
            return None
        return last


def _is_content(word: Word, taken: Sequence[Span]) -> bool:
    if word.plain or not (word.text[0].isalnum()):
        return False
    return not any(one.start <= word.start < one.end for one in taken)


_ENDS = re.compile(r"[.!?…][”\"’')]*\s+\W*$")


def _sentences(text: str, words: Sequence[Word]) -> tuple[int, ...]:
    """The number of each word's sentence."""
    numbers = [0] if words else []
    for one, other in pairwise(words):
        ends = other.text[0].isupper() and _ENDS.search(text[one.end : other.start]) is not None
        numbers.append(numbers[-1] + (ends and len(one.text) > 1))
    return tuple(numbers)


_JOINING = frozenset(
    ("but", "while", "whereas", "although", "though", "because", "and", "or", "which", "who", "when")
)


def _clauses(text: str, words: Sequence[Word]) -> tuple[int, ...]:
    """The number of each word's clause."""
    if not words:
        return ()
    numbers = [0]
    for one, other in pairwise(words):
        gap = text[one.end : other.start]
        ends = any(mark in gap for mark in _PAUSES) or " - " in gap or other.low in _JOINING
        numbers.append(numbers[-1] + ends)
    return tuple(numbers)

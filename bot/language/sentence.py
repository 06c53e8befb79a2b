"""A sentence of an article read whole: words, figures, days, names, denials, and words that take a side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from bot.language.dates.reading import Day, SentenceDates, read_dates
from bot.language.lexicon import KeyedWord
from bot.language.quantities import BOUND_WORDS, Quantity, is_count, read_quantities
from bot.language.vocabulary import Loaded, Vocabulary, loaded_words
from bot.language.words import word_set
from index.records import Article, Span
from index.sentences import sentence_spans

_BEFORE_PLACES = word_set("places", "before_places")
_TIES = _BEFORE_PLACES | word_set("places", "other_ties")
_DESCRIBING = word_set("places", "describing")
_KINDS_OF_PLACE = _DESCRIBING - {"the", "of", "a"}
_COUNTRIES = word_set("places", "countries")
_BEFORE = 400  # characters in which the sentence before stands
NEARBY = 5  # words on either side of a place
_AT_THE_START = 40  # characters before the name of a subject: "Foreign minister | Ada Cross"
_BETWEEN = ("", " ", "-", "’ ", "' ")  # two words of one name: "Teachers’ League"


@dataclass(frozen=True)
class NameRun:
    """A run of names at `text[start:end]` of its sentence, as it is written, with the keys of its words.

    `tie` is the preposition before it: "in" or "near" of a place, "by" of who did it. `first` is the first
    name of a sentence, near its start.
    """

    start: int
    end: int
    words: str
    keys: frozenset[str]
    tie: str
    first: bool

    @property
    def place(self) -> bool:
        """Whether it tells where something was."""
        return self.tie in _BEFORE_PLACES

    @property
    def actor(self) -> bool:
        """Whether it may tell who did something."""
        return self.tie == "by" or (self.first and not self.tie)

    @property
    def country(self) -> bool:
        """Whether it is a country's, which may hold another place."""
        return self.words.lower() in _COUNTRIES


@dataclass(frozen=True)
class NewsSentence:
    """The sentence `article.body[span.start:span.end]`; each part of it is read when it is first asked for.

    `told` are the places in it that say who says it, of which `keys`, `names`, `quantities` and `days` have
    nothing. All offsets are within `text`.
    """

    article: Article
    span: Span
    vocabulary: Vocabulary = field(compare=False, repr=False)
    told: tuple[Span, ...] = ()

    @cached_property
    def text(self) -> str:
        """Its words as they are written."""
        return self.article.body[self.span.start : self.span.end]

    @cached_property
    def words(self) -> tuple[KeyedWord, ...]:
        """Its words."""
        return self.vocabulary.lexicon.read(self.text)

    @cached_property
    def loaded(self) -> tuple[Loaded, ...]:
        """Its words that take a side."""
        return loaded_words(self.text, self.vocabulary)

    @cached_property
    def denials(self) -> tuple[KeyedWord, ...]:
        """Its words that deny or doubt."""
        return tuple(word for word in self.words if self._denies(word))

    @cached_property
    def days(self) -> tuple[Day, ...]:
        """The days it names."""
        return tuple(one for one in self._dates.days if not _in_any(one.start, self.told))

    @cached_property
    def figures(self) -> tuple[Quantity, ...]:
        """Its figures, those of dates and ranks too."""
        return read_quantities(self.text, measures=self.vocabulary.words.measures)

    @cached_property
    def quantities(self) -> tuple[Quantity, ...]:
        """Its figures that count or measure something."""
        counts = (one for one in self._undated if one.sort != "ordinal" and is_count(self.text, one))
        return tuple(one for one in counts if not _in_any(one.start, self.told))

    @cached_property
    def keys(self) -> tuple[str, ...]:
        """The keys of its words that carry a topic, each once, in order; none of a figure or date."""
        taken = [*self._dates.places, *(Span(one.start, one.end) for one in self._undated)]
        idle = self.vocabulary.saying | self.vocabulary.measures
        keys = [
            word.key
            for word in self._own
            if not (word.plain or word.number or _in_any(word.start, taken))
            and not (word.key in idle or word.low in BOUND_WORDS)
        ]
        return tuple(dict.fromkeys(keys))

    @cached_property
    def wording(self) -> tuple[str, ...]:
        """All its words in order, "#" for each figure."""
        return tuple("#" if word.number else word.low for word in self._own)

    @cached_property
    def names(self) -> tuple[NameRun, ...]:
        """The runs of capitalised words; the first word of a sentence only where general English lacks it."""
        found: list[NameRun] = []
        own, at = self._own, 0
        while at < len(own):
            end = at
            while end < len(own) and self._is_name(end) and (end == at or self._joined(end)):
                end += 1
            if end > at:
                found.append(self._run(at, end, first=not found))
            at = max(end, at + 1)
        return tuple(found)

    @cached_property
    def subject(self) -> NewsSentence | None:
        """The sentence before one that names nobody, which tells of whom it speaks; None if there is none."""
        if self.names:
            return None
        first = max(0, self.span.start - _BEFORE)
        spans = sentence_spans(self.article.body[first : self.span.start].rstrip())
        if not spans:
            return None
        return NewsSentence(
            self.article, Span(first + spans[-1].start, first + spans[-1].end), self.vocabulary
        )

    def place(self, start: int, end: int) -> Span:
        """A part of the sentence as a span of the body."""
        return Span(self.span.start + start, self.span.start + end)

    def within(self, span: Span) -> list[KeyedWord]:
        """The words that begin within a part of it."""
        return [word for word in self.words if span.start <= word.start < span.end]

    def keys_near(self, start: int, end: int) -> list[str]:
        """The keys of the words with a topic nearest to a part of it, at most five on either side."""
        telling = [word for word in self._own if word.key in self.keys]
        before = [word.key for word in telling if word.end <= start][-NEARBY:]
        return list(dict.fromkeys(before + [word.key for word in telling if word.start >= end][:NEARBY]))

    @cached_property
    def _dates(self) -> SentenceDates:
        return read_dates(self.article, self.span)

    @cached_property
    def _undated(self) -> tuple[Quantity, ...]:
        """The figures that are no part of a date."""
        measures = self.vocabulary.words.measures
        return read_quantities(self.text, measures=measures, taken=self._dates.places)

    @cached_property
    def _own(self) -> list[KeyedWord]:
        """The words but for those that say who says it."""
        return [word for word in self.words if not _in_any(word.start, self.told)]

    def _denies(self, word: KeyedWord) -> bool:
        lists = self.vocabulary.words
        if self.text.lower().startswith(lists.not_denials, word.start):
            return False
        denies = word.low in lists.deniers or word.key in lists.deniers or word.low.endswith("n't")
        return denies or (word.key in lists.strong_hedges and word.text != "May")

    def _is_name(self, at: int) -> bool:
        word, lexicon = self._own[at], self.vocabulary.lexicon
        if not word.name or word.plain or word.number or word.key in lexicon.months:
            return False
        if word.low.startswith("i'"):
            return False
        return not _in_any(word.start, self._dates.places) and (at > 0 or word.key not in lexicon.common)

    def _joined(self, at: int) -> bool:
        """Whether a word stands so close behind the one before it that both may be one name."""
        return self.text[self._own[at - 1].end : self._own[at].start] in _BETWEEN

    def _run(self, at: int, end: int, *, first: bool) -> NameRun:
        run = self._own[at:end]
        start, stop = run[0].start, run[-1].end
        keys = frozenset(self.vocabulary.lexicon.key(word.text) for word in run)
        tie = _preposition(self._own[max(0, at - 5) : at])
        return NameRun(start, stop, self.text[start:stop], keys, tie, first and start <= _AT_THE_START)


def _in_any(start: int, spans: Sequence[Span]) -> bool:
    return any(span.start <= start < span.end for span in spans)


def _preposition(before: Sequence[KeyedWord]) -> str:
    """The preposition that ties a name to its sentence, from the five words before it.

    "near | the village of | Tasik", "in | the fishing village of | Skarvik", "by | a student, | Lea Brandt".
    """
    lows = [word.low for word in before]
    if lows[-3:-2] == ["by"] and lows[-2] in ("a", "an", "the") and not before[-1].name:
        return "by"
    described = False
    for word in reversed(before):
        if word.low in _TIES and word.low != "of":
            return word.low
        described = described or word.low in _KINDS_OF_PLACE
        if word.low not in _DESCRIBING and not word.number and (word.plain or not described):
            return ""
    return ""

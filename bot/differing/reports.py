"""A sentence of an article into what two outlets can differ in: figures, dates, names, loaded words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bot.differing.counting import is_count
from bot.language.calendar import ENGLISH_WEEKDAYS
from bot.language.dates.resolve import resolve
from bot.language.dates.written import WrittenDate, days_meant, read_written
from bot.language.lexicon import KeyedWord
from bot.language.quantities import Quantity, read_quantities
from bot.language.tokens import sentences_of, tokens
from bot.language.vocabulary import Loaded, Vocabulary, loaded_words
from bot.language.words import word_set, words_of
from bot.speaking.attribution import attributions
from bot.speaking.speech import COUNTRIES
from index.dates import known_day
from index.records import Article, Span

BEFORE_PLACES = word_set("places", "before_places")
_TIES = BEFORE_PLACES | word_set("places", "other_ties")
_DESCRIBING = word_set("places", "describing")
_WEEKDAYS = "|".join(day.capitalize() for day in ENGLISH_WEEKDAYS)
_DEEDS = words_of("speech", "deeds")
_AT_THE_START = 40  # characters before the name of a subject: "Foreign minister | Ada Cross"


@dataclass(frozen=True)
class Day:
    """A date of a sentence at `text[start:end]`: the days it may be, first and last."""

    start: int
    end: int
    first: date
    last: date
    words: str


@dataclass(frozen=True)
class NameRun:
    """A run of names at `text[start:end]`, with the keys of its words.

    `tie` is the preposition before it: "in" or "near" of a place, "by" of who did it. `first` is the first
    name of a sentence, near its start.
    """

    start: int
    end: int
    keys: frozenset[str]
    tie: str
    first: bool

    @property
    def place(self) -> bool:
        """Whether it tells where something was."""
        return self.tie in BEFORE_PLACES

    @property
    def actor(self) -> bool:
        """Whether it may tell who did something."""
        return self.tie == "by" or (self.first and not self.tie)


@dataclass(frozen=True)
class NewsSentence:
    """One sentence as it is compared with another outlet's.

    `keys` are those of its words that carry a topic, in order, without figures, dates and who says it;
    offsets are within `text`, which begins at `span.start` of the body.
    """

    article: Article
    span: Span
    text: str
    words: tuple[KeyedWord, ...]
    keys: tuple[str, ...]
    names: tuple[NameRun, ...]
    quantities: tuple[Quantity, ...]
    days: tuple[Day, ...]
    loaded: tuple[Loaded, ...]

    def place(self, start: int, end: int) -> Span:
        """A part of the sentence as a span of the body."""
        return Span(self.span.start + start, self.span.start + end)


def read_report(article: Article, span: Span, vocabulary: Vocabulary) -> NewsSentence:
    """The sentence `article.body[span.start:span.end]` as it is compared."""
    text = article.body[span.start : span.end]
    written = [one for one in read_written(text) if text[one.end : one.end + 1] != "-"]  # "Mar-a-Lago"
    days = _days(text, written, article, span)
    dated = [Span(one.start, one.end) for one in written] + [Span(one.start, one.end) for one in days]
    quantities = read_quantities(text, measures=vocabulary.words.measures, taken=dated)
    words = vocabulary.lexicon.read(text)
    told = _attributed(text)
    own = [word for word in words if not _in_any(word, told)]
    names = _names(own, dated, text, vocabulary)
    taken = [*dated, *(Span(one.start, one.end) for one in quantities)]
    keys = [word.key for word in own if not (word.plain or word.number or _in_any(word, taken))]
    idle = vocabulary.saying | vocabulary.measures
    keys = [key for key in keys if key not in idle]
    return NewsSentence(
        article,
        span,
        text,
        words,
        tuple(dict.fromkeys(keys)),
        tuple(names),
        tuple(one for one in quantities if _is_figure(text, one) and not _in_any_span(one.start, told)),
        tuple(one for one in days if not _in_any_span(one.start, told)),
        loaded_words(text, vocabulary),
    )


def _is_figure(text: str, one: Quantity) -> bool:
    return one.sort != "ordinal" and is_count(text, one)


def published_day(article: Article) -> date | None:
    """The day an article was published, None where it is not known to the day."""
    return known_day(article.published)


def _in_any(word: KeyedWord, spans: Sequence[Span]) -> bool:
    return any(span.start <= word.start < span.end for span in spans)


def _in_any_span(start: int, spans: Sequence[Span]) -> bool:
    return any(span.start <= start < span.end for span in spans)


def _attributed(text: str) -> list[Span]:
    """Where a sentence says who says it, with the day on which they did: ", police said on Friday"."""
    found = []
    for sentence in sentences_of(tokens(text, Span(0, len(text)))):
        for one in attributions(sentence):
            if text[one.span.start : one.span.end].lower().endswith(_DEEDS):
                continue
            after = re.match(rf"\s+(?:on )?(?:{_WEEKDAYS})\b", text[one.span.end :])
            end = one.span.end + (after.end() if after else 0)
            found.append(Span(one.span.start, end))
    return found


def _days(text: str, written: Sequence[WrittenDate], article: Article, span: Span) -> list[Day]:
    """The dates of a sentence as days, those relative to the publication included where they are clear."""
    found = []
    for one in resolve(article.body, article.published, within=span):
        start, end = one.start - span.start, one.end - span.start
        first, last = date.fromisoformat(one.first), date.fromisoformat(one.last)
        if one.exact:
            found.append(Day(start, end, first, last, one.words))
    published = published_day(article)
    for date_ in written:
        if any(date_.start < day.end and day.start < date_.end for day in found):
            continue
        days = days_meant(date_, written, text=text, published=published)
        if days:
            found.append(Day(date_.start, date_.end, *days, text[date_.start : date_.end]))
    return sorted(found, key=lambda day: day.start)


def _names(
    own: Sequence[KeyedWord], dated: Sequence[Span], text: str, vocabulary: Vocabulary
) -> list[NameRun]:
    """The runs of capitalised words; the first word of a sentence only where general English lacks it."""
    found: list[NameRun] = []
    at = 0
    while at < len(own):
        if not _is_name(own, at, dated, vocabulary):
            at += 1
            continue
        end = at + 1
        while (
            end < len(own)
            and _is_name(own, end, dated, vocabulary)
            and text[own[end - 1].end : own[end].start] in ("", " ", "-", "’ ", "' ")  # Teachers’ League
        ):
            end += 1
        keys = frozenset(vocabulary.lexicon.key(word.text) for word in own[at:end])
        first = not found and own[at].start <= _AT_THE_START
        found.append(NameRun(own[at].start, own[end - 1].end, keys, _preposition(own, at), first))
        at = end
    return found


def _is_name(own: Sequence[KeyedWord], at: int, dated: Sequence[Span], vocabulary: Vocabulary) -> bool:
    word = own[at]
    if (
        not word.name
        or word.plain
        or word.number
        or word.key in vocabulary.lexicon.months
        or _in_any(word, dated)
    ):
        return False
    return at > 0 or word.key not in vocabulary.lexicon.common


def _preposition(own: Sequence[KeyedWord], at: int) -> str:
    """The preposition that ties a name to its sentence: "near | the village of | Tasik"."""
    for word in reversed(own[max(0, at - 4) : at]):
        if word.low in _TIES and word.low != "of":
            return word.low
        if word.low not in _DESCRIBING and not word.number:
            return ""
    return ""


def is_country(name: NameRun, text: str) -> bool:
    """Whether a name is a country's, which may hold another place."""
    return text[name.start : name.end].lower() in COUNTRIES


def near_in_time(one: Article, other: Article, *, days: int) -> bool:
    """Whether two articles may tell of one event: published within so many days, or one of unknown date."""
    mine, theirs = published_day(one), published_day(other)
    return mine is None or theirs is None or abs(mine - theirs) <= timedelta(days)

"""A sentence into the other words in which a shortening may give some of its words: names, days, tenses.

Only what code worked out itself: whom "he" means by `bot.speaking`, which day "on Monday" is by the article's
date, a person's last name for the whole, and "was given" for "has been given".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import pairwise

from bot.language.calendar import ENGLISH_MONTHS, ENGLISH_WEEKDAYS, SHORT_MONTHS
from bot.language.dates.resolve import NamedDays, resolve
from bot.proof.laying import Piece
from bot.proof.tokens import SentenceWord, words_of
from index.records import Article, Span

PRONOUNS = frozenset(("he", "she", "they", "it"))
_PARTICIPLE = re.compile(r".{2,}(?:ed|en|wn|ght)$")
_PERFECT = {"has": ("was",), "have": ("was", "were"), "had": ("was", "were")}
_LEADING = frozenset(
    ("can", "could", "may", "might", "must", "shall", "should", "to", "will", "would", "'ll", "'d")
)
# What "he will go" becomes after "she said that".
_REPORTED = {
    "will": "would", "is": "was", "are": "were", "has": "had", "have": "had", "can": "could", "may": "might",
}  # fmt: skip


def tenses(words: Sequence[SentenceWord], *, reported: bool) -> Iterator[Piece]:
    """For "has been" also "was"; where the wording reports ("X said that"), for "will" also "would".

    "have" behind a "may" or "to" is no tense of its own: "may have been killed" is no "may was killed".
    """
    lasting = any(word.low in ("for", "since") for word in words)  # "has been ill for years" is no "was ill"
    led = False
    for n, word in enumerate(words):
        led = led or word.form in _LEADING
        done = n + 2 < len(words) and words[n + 1].low == "been" and _PARTICIPLE.match(words[n + 2].low)
        if led and word.form == "have":
            continue
        if done and not lasting:
            yield from (Piece(n, n + 2, (was,)) for was in _PERFECT.get(word.form, ()))
        if reported and word.form in _REPORTED:
            yield Piece(n, n + 1, (_REPORTED[word.form],))


def names(phrases: Iterable[str], *, pronoun: int) -> Iterator[Piece]:
    """The name that a pronoun stands for, in each of these phrases that runs on without a mark."""
    for one in phrases:
        if "," not in one:
            yield Piece(pronoun, pronoun + 1, _forms(one))


def last_names(words: Sequence[SentenceWord], people: Sequence[str]) -> Iterator[Piece]:
    """A person's last name for the whole name."""
    for name in {forms for one in people if len(forms := _forms(one)) > 1}:
        for n in range(len(words) - len(name) + 1):
            if tuple(word.form for word in words[n : n + len(name)]) == name:
                yield Piece(n, n + len(name), name[-1:])


def days(article: Article, span: Span, words: Sequence[SentenceWord]) -> Iterator[Piece]:
    """The day that "on Monday" means, as people write it, beside those words or in their place.

    A date does without the weekday before it.
    """
    for n, (word, after) in enumerate(pairwise(words)):
        if (
            word.low in ENGLISH_WEEKDAYS
            and word.capital
            and after.marks == ","
            and _begins_date(words, n + 1)
        ):
            yield Piece(n, n + 2, (after.form,))
    for one in resolve(article.body, article.published, within=span):
        if not one.exact:
            continue
        start, end = one.start - span.start, one.end - span.start
        inside = [n for n, word in enumerate(words) if start <= word.start and word.end <= end]
        own = tuple(words[n].form for n in inside)
        tie = "on" if one.first == one.last else "in"
        for form in _written(one) if inside else ():
            for forms in ((*own, *form), (tie, *form), form):
                yield Piece(inside[0], inside[-1] + 1, forms, commas=True)


def _begins_date(words: Sequence[SentenceWord], at: int) -> bool:
    """Whether a month and a day's number stand at a place, one before the other."""
    two = [word.low for word in words[at : at + 2]]
    return any(low.isdigit() for low in two) and not {*ENGLISH_MONTHS, *SHORT_MONTHS}.isdisjoint(two)


def _written(one: NamedDays) -> Iterator[tuple[str, ...]]:
    """A day, month or year: "19 October 2020", "October 19", "19 Oct"; "October 2020"; "2020"."""
    parts = one.iso.split("/")[0].split("-") if "/" not in one.iso else []
    if len(parts) == 1:
        yield (parts[0],)
    elif len(parts) == 2:
        month = ENGLISH_MONTHS[int(parts[1]) - 1].title()
        yield from ((month, parts[0]), (month[:3], parts[0]))
    elif parts:
        day = date.fromisoformat(one.iso)
        name = ENGLISH_MONTHS[day.month - 1].title()
        for month in (name, name[:3]):
            for core in ((str(day.day), month), (month, str(day.day))):
                yield from (core, (*core, str(day.year)))


def _forms(text: str) -> tuple[str, ...]:
    return tuple(word.form for word in words_of(text))

"""A sentence into the other words in which a shortening may give some of its words: names, days, tenses.

Only what code worked out itself: whom "he" means by `bot.speaking`, which day "on Monday" is by the article's
date, a person's last name for the whole, and "was given" for "has been given".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from bot.language.calendar import ENGLISH_MONTHS
from bot.language.dates.resolve import NamedDays, resolve
from bot.proof.laying import Piece
from bot.proof.tokens import SentenceWord, words_of
from bot.speaking.records import Speaker
from index.records import Article, Span

PRONOUNS = frozenset(("he", "she", "they", "it"))
_PARTICIPLE = re.compile(r".{2,}(?:ed|en|wn|ght)$")
_PERFECT = frozenset(("has", "have", "had"))
# What "he will go" becomes after "she said that".
_REPORTED = {
    "will": "would", "is": "was", "are": "were", "has": "had", "have": "had", "can": "could", "may": "might",
}  # fmt: skip


def tenses(words: Sequence[SentenceWord], *, reported: bool) -> Iterator[Piece]:
    """For "has been" also "was"; where the wording reports ("X said that"), for "will" also "would"."""
    lasting = any(word.low in ("for", "since") for word in words)  # "has been ill for years" is no "was ill"
    for n, word in enumerate(words):
        done = n + 2 < len(words) and words[n + 1].low == "been" and _PARTICIPLE.match(words[n + 2].low)
        if word.low in _PERFECT and done and not lasting:
            yield Piece(n, n + 2, ("was",))
            yield Piece(n, n + 2, ("were",))
        if reported and word.low in _REPORTED:
            yield Piece(n, n + 1, (_REPORTED[word.low],))


def names(person: Speaker, *, pronoun: int) -> Iterator[Piece]:
    """The name that a pronoun stands for: whole, its last word, with the role before it."""
    name = _lows(person.name)
    role = _lows(person.role or "")
    forms = {name, name[-1:], (*role, *name), (*role, *name[-1:]), ("the", *role)} - {("the",)}
    yield from (Piece(pronoun, pronoun + 1, form) for form in forms if form)


def last_names(words: Sequence[SentenceWord], people: Sequence[str]) -> Iterator[Piece]:
    """A person's last name for the whole name."""
    for name in {lows for one in people if len(lows := _lows(one)) > 1}:
        for n in range(len(words) - len(name) + 1):
            if tuple(word.low for word in words[n : n + len(name)]) == name:
                yield Piece(n, n + len(name), name[-1:])


def days(article: Article, span: Span, words: Sequence[SentenceWord]) -> Iterator[Piece]:
    """The day that "on Monday" means, as people write it, beside those words or in their place."""
    for one in resolve(article.body, article.published, within=span):
        if not one.exact:
            continue
        start, end = one.start - span.start, one.end - span.start
        inside = [n for n, word in enumerate(words) if start <= word.start and word.end <= end]
        own = tuple(words[n].low for n in inside)
        tie = "on" if one.first == one.last else "in"
        for form in _written(one) if inside else ():
            for lows in ((*own, *form), (tie, *form), form):
                yield Piece(inside[0], inside[-1] + 1, lows)


def _written(one: NamedDays) -> Iterator[tuple[str, ...]]:
    """A day, month or year: "19 October 2020", "October 19", "19 Oct"; "October 2020"; "2020"."""
    parts = one.iso.split("/")[0].split("-") if "/" not in one.iso else []
    if len(parts) == 1:
        yield (parts[0],)
    elif len(parts) == 2:
        month = ENGLISH_MONTHS[int(parts[1]) - 1]
        yield from ((month, parts[0]), (month[:3], parts[0]))
    elif parts:
        day = date.fromisoformat(one.iso)
        for month in (ENGLISH_MONTHS[day.month - 1], ENGLISH_MONTHS[day.month - 1][:3]):
            for core in ((str(day.day), month), (month, str(day.day))):
                yield from (core, (*core, str(day.year)))


def _lows(text: str) -> tuple[str, ...]:
    return tuple(word.low for word in words_of(text))

"""What of a question an archive lacks: words that stand nowhere in it, and days after its newest article."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Protocol

from bot.answers.proposal import Weighed
from bot.language.dates.asked import AskedTime
from bot.weighing.times import speak_of
from index.dates import known_day
from index.letters import folded
from index.records import Article, Filters, Hit

HeldDates = tuple[str | None, str | None]  # the first and the last date of an archive
_LOOKED_AT = 3  # of the candidates, for days that are yet to come
_WORD = re.compile(r"\w[\w’'.-]*\w|\w")


class HeldWords(Protocol):
    """What is asked of `index.storage.archive.Archive`."""

    def passage_counts(self, words_: Sequence[str], *, filters: Filters = ...) -> dict[str, int]:
        """In how many passages each word stands."""


def absent_words(
    missing: Sequence[str], hits: Sequence[Hit], times: Sequence[AskedTime], *, archive: HeldWords
) -> list[str]:
    """The words of those missing that stand in no passage of the archive, nor beside a hit's body.

    A day's number or month is none of them: an article need not write "25" to be of the 25th.
    """
    dated = {word for one in times if not one.is_year for word in re.findall(r"\w+", one.words)}
    parts = (word for phrase in missing for word in _WORD.findall(phrase))
    words = [word for word in dict.fromkeys(parts) if word not in dated]
    counts = archive.passage_counts(words) if words else {}
    beside = {part for hit in hits for part in _beside_body(hit.article)}
    return [word for word in words if not counts.get(word) and folded(word) not in beside]


def days_after(times: Sequence[AskedTime], held: HeldDates) -> tuple[str, str] | None:
    """The days of a question, as ISO, where all are later than the archive's newest article."""
    newest = known_day(held[1])
    if not times or newest is None or any(one.first <= newest for one in times):
        return None
    return times[0].iso[0], times[-1].iso[1]


def days_beyond(
    times: Sequence[AskedTime], day: date, held: HeldDates, weighed: Weighed
) -> tuple[str, str] | None:
    """The days of a question asked on `day`, as ISO, where they began after the archive's newest article.

    None where a year is not said, which may be another, and where what comes nearest speaks of them, as of
    what is to come.
    """
    if any(one.first > day or not (one.relative or one.has_year) for one in times) or speak_of(
        weighed.candidates[:_LOOKED_AT], times
    ):
        return None
    return days_after(times, held)


def _beside_body(article: Article) -> list[str]:
    """The words by which a person may call an article that its body need not have: its outlet, its year."""
    named = " ".join(filter(None, (article.outlet, article.agency, article.author, article.published)))
    return re.findall(r"\w+", folded(named))

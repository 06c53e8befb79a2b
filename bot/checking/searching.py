"""A quotation into all the places of an archive where it stands word for word, old revisions too."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.answering.ports import Bodies
from bot.checking.places import QuoteReader
from bot.checking.quote import readings
from bot.checking.records import QuotePlace
from index.records import Article

_NEVER = "9999"  # an article of unknown date comes after all others


def word_for_word(archive: Bodies, text: str) -> list[QuotePlace]:
    """Every place of a quotation, one an article, the earliest first; none is left out.

    Of an article the present revision is told, or else the last that has the words.

    Raises:
        BadInput: the quotation has no words, or too many.
    """
    for reading in readings(text):
        reader = QuoteReader.of(reading, text)
        found: dict[str, QuotePlace] = {}
        for stored in archive.bodies(reading.words, as_written=reading.as_written):
            known = found.get(stored.article.id)
            if not (known and known.current) and (place := reader.place(stored)):
                found[stored.article.id] = place
        if found:
            return sorted(found.values(), key=lambda place: _order(place.article))
    return []


def by_origin(places: Sequence[QuotePlace]) -> list[QuotePlace]:
    """One place an origin, the first of each, with its copies."""
    groups: dict[str, list[QuotePlace]] = {}
    for place in places:
        groups.setdefault(place.origin, []).append(place)
    return [replace(one, also_in=tuple(copy.article for copy in copies)) for one, *copies in groups.values()]


def _order(article: Article) -> tuple[str, str]:
    return article.published or _NEVER, article.id

"""A telling into what it tells: its places read from the archive again, each a proved citation or gone."""

from __future__ import annotations

from dataclasses import dataclass

from bot.answers.citation import Citation, Nearest, cite
from bot.follows.compared import FollowShelf
from bot.follows.records import Follow, FollowTelling, HeldPlace, NewsKind
from index.errors import NotInArchive, Unproved
from index.records import Span


@dataclass(frozen=True)
class ToldItem:
    """One new thing with its words; a side whose words the archive no longer has is None."""

    kind: NewsKind
    now: Nearest | None
    was: Nearest | None


@dataclass(frozen=True)
class ToldTelling:
    """A telling of a follow with its words, as the archive has them at this moment."""

    follow: Follow
    telling: FollowTelling
    items: tuple[ToldItem, ...]


def told(follow: Follow, telling: FollowTelling, shelf: FollowShelf) -> ToldTelling:
    """What a telling tells; what was removed since is told without its words."""
    items = []
    for number, item in enumerate(telling.items, start=1):
        now, was = (_cited(place, shelf, number=number) for place in (item.now, item.was))
        items.append(ToldItem(item.kind, now, was))
    return ToldTelling(follow, telling, tuple(items))


def _cited(place: HeldPlace | None, shelf: FollowShelf, *, number: int) -> Nearest | None:
    if place is None or not place.article:
        return None
    try:
        article = shelf.article(place.article, revision=place.revision)
        found: Citation = cite(article, Span(place.start, place.end), number=number)
    except (NotInArchive, Unproved):
        return None
    short = Span(place.short.start - place.start, place.short.end - place.start) if place.short else None
    within = short if short and 0 <= short.start < short.end <= len(found.quote) else None
    return Nearest(found.number, found.article, found.revision, found.start, found.end, found.quote, within)

"""Hits into those of one story first, where it is asked how something went on."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from bot.answering.later import StoryShelf
from index.records import Hit


def story_of(hits: Sequence[Hit], shelf: StoryShelf) -> frozenset[str]:
    """The ids of the articles of `hits` that tell the story of the first one's, its own among them."""
    told = {one.article.id for one in shelf.story(hits[0].article.id)}
    return frozenset(
        hit.article.id for hit in hits if told & {hit.article.id, *(copy.id for copy in hit.copies)}
    )


def story_first(hits: Sequence[Hit], story: Collection[str], limit: int) -> list[Hit]:
    """At most `limit` hits: the best of each article of a story, then the others; each part best first."""
    first: dict[str, Hit] = {}
    for hit in hits:
        if hit.article.id in story:
            first.setdefault(hit.article.id, hit)
    rest = [hit for hit in hits if first.get(hit.article.id) is not hit]
    return [*first.values(), *rest][:limit]

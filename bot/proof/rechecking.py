"""Words that were cited once into how they stand today: still there, changed, removed, or never said."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from bot.proof.proving import ArticleShelf
from index.copies.revised import revised
from index.errors import NotInArchive

Standing = Literal[
    "word_for_word",  # the article is as it was, the words stand at their place
    "still_there",  # the article was changed since, the words are in it
    "revised",  # it was changed since, the words are not in it any more
    "removed",  # the archive has no such article
    "unknown",  # it has the article, but not that revision
    "forged",  # it has that revision, with other words at that place
]


@dataclass(frozen=True)
class CitedOnce:
    """What a citation said: `quote` was `body[start:end]` of a revision of an article."""

    number: int
    article_id: str
    revision: str
    start: int
    end: int
    quote: str


@dataclass(frozen=True)
class StandsNow:
    """How a citation stands; `now` is what the article has in the place of words that were changed."""

    cited: CitedOnce
    standing: Standing
    now: str | None = None

    @property
    def stands(self) -> bool:
        """Whether the article still has the words."""
        return self.standing in ("word_for_word", "still_there")


def stands_now(cited: CitedOnce, shelf: ArticleShelf) -> StandsNow:
    """How a citation stands in an archive. The words are held against the stored body, letter by letter."""
    try:
        present = shelf.article(cited.article_id)
    except NotInArchive:
        return StandsNow(cited, "removed")
    try:
        body = shelf.article(cited.article_id, revision=cited.revision).body
    except NotInArchive:
        return StandsNow(cited, "unknown")
    if not 0 <= cited.start < cited.end or body[cited.start : cited.end] != cited.quote:
        return StandsNow(cited, "forged")
    if present.revision == cited.revision:
        return StandsNow(cited, "word_for_word")
    changed = revised(cited.quote, body, present)
    if changed is None:
        return StandsNow(cited, "still_there")
    return StandsNow(cited, "revised", present.body[slice(*changed.now)] if changed.now else None)

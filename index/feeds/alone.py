"""What was added without a feed, pages by their addresses and files of feeds, into items of none.

So `dateline watch` looks at such pages again, as at those of a feed, and what was removed stays out.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path

from index.articles.files import opened, read_bytes, shown_path
from index.articles.formats.known import export_format
from index.articles.identity import normal_url
from index.errors import BadArticle
from index.feeds.changes import next_look
from index.feeds.identity import digest
from index.feeds.parse import is_feed
from index.feeds.records import ALONE, Feed, FeedDocument, FeedItem
from index.fetching.records import Fetched, Validators

_HEAD = 100_000  # bytes that show whether a file is a feed
_ONCE = "a file, read once"


def page_item(url: str, now: datetime) -> FeedItem:
    """What is remembered of a page that a person adds: it is looked at again, less and less often."""
    item = FeedItem(ALONE, digest(f"page {normal_url(url)}"), seen_at=now)
    return replace(item, look_at=next_look(item, now))


def is_feed_file(path: Path) -> bool:
    """Whether a file holds a feed, a sitemap or an OPML list, whatever it is called; exports are none."""
    if not path.is_file() or export_format(path):
        return False
    try:
        with opened(path) as stream:
            return is_feed(stream.read(_HEAD))
    except BadArticle:
        return False


def file_answer(path: Path) -> Fetched:
    """A file as if an address had answered with it. Raises `BadArticle`."""
    return Fetched(
        url=shown_path(path),
        final_url="",
        moved_to=None,
        status=200,
        headers={},
        body=read_bytes(path),
        validators=Validators(),
        elapsed_s=0.0,
    )


def file_feed(path: Path, document: FeedDocument, *, now: datetime) -> Feed:
    """A file of a feed as a feed that is read this once, and not remembered."""
    place = shown_path(path)
    return Feed(ALONE, place, document.kind, document.title, added_at=now, next_at=now, ended=_ONCE)

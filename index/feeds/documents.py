"""What a feed's address answered into its document, and an index of sitemaps into its changed parts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from email.message import Message

from index.articles.limited import LimitedChild
from index.articles.web import Web, check_answered
from index.errors import BadArticle, FetchRefused, Refusal
from index.feeds.identity import digest
from index.feeds.parse import is_feed, read_feed
from index.feeds.records import Feed, FeedDocument, FeedItem, NamedAddress
from index.fetching.compression import inflated
from index.fetching.records import Fetched
from index.storage.feeds import FeedMemory

_GZIP = b"\x1f\x8b"
_MOST_BYTES = 50_000_000  # of a sitemap unpacked, as sitemaps.org allows
_MOST_PARTS = 100  # of an index in one reading


@dataclass(frozen=True)
class SitemapPart:
    """A part of a sitemap's index, and what is remembered of it once all of it was read."""

    document: FeedDocument
    item: FeedItem


def is_feed_answer(fetched: Fetched) -> bool:
    """Whether an address answered with a feed, a sitemap or an OPML list, packed or not."""
    try:
        return is_feed(_unpacked(fetched.body))
    except FetchRefused:
        return False


def answered_document(fetched: Fetched, reader: LimitedChild) -> FeedDocument:
    """The document that was answered. Raises `BadArticle` for what is none, `FetchRefused` for a bomb."""
    header = Message()
    header["content-type"] = fetched.headers.get("content-type", "")
    body = _unpacked(fetched.body)
    document = read_feed(body, reader, base=fetched.final_url, charset=header.get_content_charset())
    return replace(document, address=fetched.final_url)


def parts_of(
    document: FeedDocument, feed: Feed, memory: FeedMemory, web: Web, reader: LimitedChild
) -> Iterator[SitemapPart | Refusal]:
    """The parts of a sitemap's index that are new or have changed, newest first; others are not asked for."""
    if document.kind != "sitemap index":
        return
    names = {digest(f"part {place.url}"): place for place in document.places}
    before = memory.items(feed, list(names))
    asked = 0
    for name, place in names.items():
        content = digest(place.updated) if place.updated else None
        if (name in before and content and before[name].content == content) or asked == _MOST_PARTS:
            continue
        asked += 1
        yield _part(place, FeedItem(feed.number, name, content=content), web, reader)


def _part(place: NamedAddress, item: FeedItem, web: Web, reader: LimitedChild) -> SitemapPart | Refusal:
    try:
        web.tell(place.url)
        fetched = web.fetcher.get(place.url)
        return check_answered(fetched) or SitemapPart(answered_document(fetched, reader), item)
    except FetchRefused as exc:
        return Refusal(place.url, str(exc), exc.reason)
    except BadArticle as exc:
        return Refusal(place.url, str(exc), "unreadable")


def _unpacked(body: bytes) -> bytes:
    return inflated(body, most_bytes=_MOST_BYTES) if body.startswith(_GZIP) else body

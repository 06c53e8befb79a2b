"""JSON Feed (versions 1 and 1.1) into a feed's document."""

from __future__ import annotations

import json
from collections.abc import Mapping
from html import escape

from index.articles.identity import joined_address
from index.dates import parse_date
from index.errors import BadArticle
from index.feeds.full_text import is_whole, paragraphs_of
from index.feeds.records import Entry, FeedDocument

_VERSION = "jsonfeed.org/version/"


def is_json_feed(text: str) -> bool:
    """Whether JSON says of itself that it is a feed."""
    return text.lstrip("\ufeff \t\r\n").startswith("{") and _VERSION in text[:100_000].replace("\\/", "/")


def read_json_feed(text: str, *, base: str) -> FeedDocument:
    """The document of a JSON Feed at the address `base`. Raises `BadArticle` where it is none."""
    try:
        feed = json.loads(text.lstrip("\ufeff"))
    except (ValueError, RecursionError) as exc:
        raise BadArticle(f"is no JSON Feed that can be read ({exc})") from exc
    if not isinstance(feed, dict) or _VERSION not in str(feed.get("version")):
        raise BadArticle("is JSON, but no JSON Feed (expected a 'version' of jsonfeed.org)")
    items = feed.get("items")
    if not isinstance(items, list):
        raise BadArticle(f"has 'items' that are {type(items).__name__}, expected a list")
    return FeedDocument(
        kind="json feed",
        title=_text(feed, "title") or "",
        site=_address(feed, "home_page_url", base),
        language=_text(feed, "language"),
        entries=tuple(_entry(item, feed, base) for item in items if isinstance(item, dict)),
    )


def _entry(item: Mapping[str, object], feed: Mapping[str, object], base: str) -> Entry:
    plain, html = _text(item, "content_text"), _text(item, "content_html")
    is_content = bool(plain or html)
    shown = html or (escape(plain, quote=False) if plain else None) or escape(_text(item, "summary") or "")
    text = paragraphs_of(shown)
    dates = [_text(item, name) or "" for name in ("date_published", "date_modified")]
    return Entry(
        guid=_named(item.get("id")),
        url=_address(item, "url", base) or _address(item, "external_url", base),
        title=_text(item, "title") or "",
        text="\n".join(text),
        is_whole=is_whole(text, is_content=is_content),
        author=_authors(item) or _authors(feed),
        published=parse_date(dates[0]),
        updated=parse_date(dates[1]),
        stated=" ".join(filter(None, dates)),
        language=_text(item, "language"),
    )


def _text(value: Mapping[str, object], key: str) -> str | None:
    found = value.get(key)
    return found.strip() or None if isinstance(found, str) else None


def _named(value: object) -> str | None:
    """An id, which may be a number."""
    is_name = isinstance(value, str | int | float) and not isinstance(value, bool)
    return str(value).strip() or None if is_name else None


def _address(value: Mapping[str, object], key: str, base: str) -> str | None:
    found = _text(value, key)
    return joined_address(base, found) if found else None


def _authors(value: Mapping[str, object]) -> str | None:
    """The names of version 1.1's "authors", or of version 1's "author"."""
    authors = value.get("authors")
    given = authors if isinstance(authors, list) else [value.get("author")]
    names = [_text(one, "name") for one in given if isinstance(one, dict)]
    return ", ".join(name for name in names if name) or None

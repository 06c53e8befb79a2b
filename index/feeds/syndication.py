"""RSS of any version, Atom, RDF and CDF into a feed's document: the only file that imports feedparser."""

from __future__ import annotations

import re
import time
from io import BytesIO
from typing import TYPE_CHECKING

from index.dates import YEARS, parse_date
from index.errors import BadArticle
from index.feeds.full_text import is_whole, paragraphs_of
from index.feeds.records import Entry, FeedDocument, FeedKind

if TYPE_CHECKING:
    from feedparser import FeedParserDict

_PERIODS = {"hourly": 3600, "daily": 86_400, "weekly": 604_800, "monthly": 2_592_000, "yearly": 31_536_000}
_PERSON = re.compile(r"\S+@\S+\s*\(([^)]+)\)|(.*?)\s*[<(]?\S+@\S+[>)]?")
_XML_HEAD = re.compile(r"\A\s*<\?xml[^>]{0,200}\?>")


def read_syndication(text: str, *, base: str) -> FeedDocument:
    """The document of a feed's text; `base` is its address, which what it links to is relative to.

    It is given to feedparser as a stream: a text could be taken for the name of a file or for an address.
    Raises `BadArticle` for what is no feed.
    """
    import feedparser

    data = _XML_HEAD.sub("", text, count=1).encode(errors="replace")
    headers = {"content-type": "application/xml; charset=utf-8", "content-location": base}
    try:
        parsed = feedparser.parse(BytesIO(data), response_headers=headers)
    except (LookupError, TypeError, ValueError, AttributeError) as exc:  # its loose parser expects some order
        raise BadArticle(f"is no feed that can be read ({type(exc).__name__}: {exc})") from exc
    entries = tuple(_entry(one) for one in parsed.entries)
    version = parsed.get("version") or ""
    if not version and not entries:
        trouble = parsed.get("bozo_exception")
        raise BadArticle(f"is no feed that can be read ({trouble or 'no items, no known root'})")
    feed = parsed.feed
    broken = parsed.bozo and isinstance(parsed.get("bozo_exception"), SyntaxError | ValueError)
    return FeedDocument(
        kind=_kind(version),
        title=" ".join(paragraphs_of(feed.get("title") or "")),
        site=feed.get("link"),
        language=feed.get("language"),
        every_s=max(_ttl(feed), _update_period(feed)),
        entries=entries,
        notes=("the feed is not well-formed; read as far as it goes",) if broken else (),
    )


def _kind(version: str) -> FeedKind:
    if version.startswith("atom"):
        return "atom"
    return "cdf" if version == "cdf" else "rdf" if version in {"rss090", "rss10"} else "rss"


def _ttl(feed: FeedParserDict) -> int:
    """Seconds that RSS asks for in minutes."""
    ttl = str(feed.get("ttl") or "").strip()
    return 60 * int(ttl[:7]) if ttl.isdecimal() and ttl.isascii() else 0


def _update_period(feed: FeedParserDict) -> int:
    """Seconds between two updates as the syndication module of RSS states them."""
    period = _PERIODS.get(str(feed.get("sy_updateperiod") or "").strip().lower(), 0)
    often = str(feed.get("sy_updatefrequency") or "1").strip()
    return period // max(1, int(often[:6]) if often.isdecimal() and often.isascii() else 1)


def _entry(one: FeedParserDict) -> Entry:
    content = max((paragraphs_of(_html(part)) for part in one.get("content") or ()), key=_size, default=[])
    summary = paragraphs_of(one.get("summary") or "")
    is_content = bool(content) and _size(content) >= _size(summary)
    text = content if is_content else summary
    source = one.get("source") or {}
    return Entry(
        guid=one.get("id") or None,
        url=one.get("link") or None,
        title=" ".join(paragraphs_of(one.get("title") or "")),
        text="\n".join(text),
        is_whole=is_whole(text, is_content=is_content),
        author=_person(one.get("author") or ""),
        outlet=source.get("title") or None,
        published=_date(one, "published") or _date(one, "created"),
        updated=_date(one, "updated"),
        stated=" ".join(str(dict.get(one, name) or "") for name in ("published", "updated")).strip(),
        language=next(
            (part.get("language") for part in one.get("content") or () if part.get("language")), None
        ),
    )


def _html(part: FeedParserDict) -> str:
    value = part.get("value") or ""
    is_plain = part.get("type") == "text/plain"
    return value.replace("&", "&amp;").replace("<", "&lt;") if is_plain else value


def _size(paragraphs: list[str]) -> int:
    return sum(map(len, paragraphs))


def _person(author: str) -> str | None:
    """A name without the address that RSS wants beside it."""
    match = _PERSON.fullmatch(author.strip())
    return ((match[1] or match[2]).strip() if match else author.strip()) or None


def _date(one: FeedParserDict, name: str) -> str | None:
    """A date as it is written, where that can be read, else as feedparser reads it, in UTC."""
    written = dict.get(one, name)  # its own `get` gives one date for another
    if iso := parse_date(str(written or "")):
        return iso
    parsed = dict.get(one, f"{name}_parsed")
    if not isinstance(parsed, time.struct_time) or parsed.tm_year not in YEARS:
        return None
    return time.strftime("%Y-%m-%dT%H:%M:%S+00:00", parsed).zfill(25)

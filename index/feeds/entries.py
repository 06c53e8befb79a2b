"""An item that has its whole text into an article, and what it says into fields that a page lacks."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime

from index.articles.bylines import wire_of
from index.articles.draft import Drafted, Found, article_of, draft_of
from index.articles.identity import host_of
from index.articles.plain import read_plain
from index.coming import LEEWAY
from index.dates import date_span, on_own_clock
from index.errors import BadArticle, Refusal
from index.feeds.records import Entry, FeedDocument
from index.records import Article

_PARTS = re.compile(r"\s+[-–—|>»:•·]\s+|:\s+|\s*[|»]\s*")
_OF_FEEDS = re.compile(r"(?i)\b(?:rss(?: feed)?|atom feed|news ?feed|лента новостей)\b")


def article_from(
    entry: Entry, document: FeedDocument, *, where: str, known_as: str, address: str | None, now: datetime
) -> Found | Refusal:
    """The article that a feed has the text of, under the id `known_as`; `address` where that is its own.

    Whom an item without one names as its source has only been forwarded, or so the feed says.
    """
    published, notes = sane_date(entry, now)
    text = "\n\n".join(entry.text.split("\n"))
    wire = wire_of(entry.author or "")
    try:
        page = read_plain(text, title=entry.title or None)
        fields = {
            **page.draft.model_dump(),
            "id": known_as,
            "outlet": (address and entry.outlet)
            or outlet_of(document.title, document.site)
            or page.draft.outlet,
            "agency": page.draft.agency or wire or (None if address else entry.outlet),
            "author": (None if wire else entry.author) or page.draft.author,
            "published": published or page.draft.published,
            "url": address,
            "language": entry.language or document.language,
        }
        article, told = article_of(Drafted(draft_of(fields), "", (*page.notes, *notes)))
    except BadArticle as exc:
        return Refusal(where, str(exc), "no-article")
    return Found(article, where, told)


def completed(found: Found, entry: Entry, document: FeedDocument, *, now: datetime) -> Found:
    """The article of a page, with what its item says where the page says nothing, or less of its clock."""
    article = found.article
    known = article.published
    published, notes = (_on_own_clock(known, entry.published), ()) if known else sane_date(entry, now)
    filled = replace(
        article,
        title=article.title or entry.title,
        outlet=article.outlet or entry.outlet or outlet_of(document.title, document.site),
        author=article.author or (None if article.agency else entry.author),
        published=published,
        language=article.language or entry.language or document.language,
    )
    return replace(found, article=filled, notes=(*found.notes, *notes))


def completed_by(found: Found, stored: Article) -> Found:
    """A page that is read again, with what is stored of its article where the page says nothing now."""
    article = found.article
    kept = replace(
        article,
        title=article.title or stored.title,
        outlet=article.outlet or stored.outlet,
        agency=article.agency or stored.agency,
        author=article.author or stored.author,
        published=_on_own_clock(article.published, stored.published),
        language=article.language or stored.language,
    )
    return replace(found, article=kept)


def sane_date(entry: Entry, now: datetime) -> tuple[str | None, tuple[str, ...]]:
    """When an item was published, by a clock that may be wrong, and a note where it is.

    A date to come that is less than a day away is that of today; else it is left unknown.
    """
    dates = [date for date in (entry.published, entry.updated) if date]
    past = next((date for date in dates if date_span(date)[0] <= _text(now)), None)
    if not dates or past == dates[0]:
        return past, ()
    told = f"published: {dates[0]!r} is after the moment of reading ({_text(now)} UTC)"
    if past:
        return past, (f"{told}; the date of its update is taken",)
    if date_span(dates[0])[0] <= _text(now + LEEWAY):
        return _text(now)[:10], (f"{told}; the day of reading is taken",)
    return None, (f"{told}; left unknown",)


def outlet_of(title: str, site: str | None) -> str | None:
    """The outlet in the title of its feed, "World | The Harbour Post": the part that its address has, too."""
    title = " ".join(_OF_FEEDS.sub("", title).split()).strip(" -–—|:")
    host = re.sub(r"[^a-z0-9]", "", host_of(site).rpartition(".")[0])
    parts = [part for part in _PARTS.split(title) if part]
    return next((part for part in parts if host and _is_called(part, host)), title or None)


def _is_called(part: str, host: str) -> bool:
    """Whether a host is called by a name, or by its first letters."""
    words = re.findall(r"[a-z0-9]+", part.casefold())
    named = ("".join(words), "".join(words[1:]) if words[:1] == ["the"] else "")
    initials = "".join(word[0] for word in words)
    return any(len(name) > 2 and (name in host or host in name) for name in named) or (
        len(initials) > 2 and initials == host
    )


def _on_own_clock(*dates: str | None) -> str | None:
    return on_own_clock([date for date in dates if date])


def _text(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S")

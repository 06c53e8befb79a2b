"""Sitemaps, news sitemaps, indexes of sitemaps and OPML lists into a feed's document."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from index.articles.identity import joined_address
from index.dates import parse_date
from index.errors import BadArticle
from index.feeds.records import Entry, FeedDocument, NamedAddress

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_MOST = 50_000  # addresses, as sitemaps.org allows


def read_sitemap(text: str, *, base: str) -> FeedDocument:
    """The document of a sitemap or an index of them at the address `base`, newest first."""
    root = _root(text)
    if _name(root) == "sitemapindex":
        places = [
            NamedAddress(url, updated=_said(one, "lastmod"))
            for one in _children(root, "sitemap")
            if (url := joined_address(base, _said(one, "loc")))
        ]
        places.sort(key=lambda place: place.updated, reverse=True)
        return FeedDocument(kind="sitemap index", places=tuple(places[:_MOST]))
    entries = [_entry(one, base) for one in _children(root, "url")]
    entries.sort(key=lambda entry: entry.updated or entry.published or "", reverse=True)
    return FeedDocument(kind="sitemap", entries=tuple(entries[:_MOST]))


def read_opml(text: str, *, base: str) -> FeedDocument:
    """The feeds that an OPML list names, in its order; folders are passed through."""
    root = _root(text)
    places: dict[str, NamedAddress] = {}
    for outline in root.iter("{*}outline"):
        told = {name.lower(): value for name, value in outline.attrib.items()}
        if (link := told.get("xmlurl")) and (url := joined_address(base, link)):
            places.setdefault(url, NamedAddress(url, told.get("title") or told.get("text") or ""))
    head = next(iter(_children(root, "head")), None)
    return FeedDocument(
        kind="opml", title=_said(head, "title") if head is not None else "", places=tuple(places.values())
    )


def _root(text: str) -> Element:
    """The root of a document of XML, read as far as it goes; it reaches for nothing outside."""
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, recover=True, encoding="utf-8"
    )
    try:
        root = etree.fromstring(text.encode(errors="replace"), parser=parser)
    except etree.XMLSyntaxError as exc:
        raise BadArticle(f"is no XML that can be read ({exc})") from exc
    if root is None:
        raise BadArticle("is no XML that can be read")
    return root


def _entry(one: Element, base: str) -> Entry:
    news = next(iter(_children(one, "news")), None)
    publication = next(iter(_children(news, "publication")), None) if news is not None else None
    dates = _said(one, "lastmod"), _said(news, "publication_date")
    return Entry(
        url=joined_address(base, _said(one, "loc")),
        title=_said(news, "title"),
        outlet=_said(publication, "name") or None,
        published=parse_date(dates[1]),
        updated=parse_date(dates[0]),
        stated=" ".join(filter(None, dates)),
        language=_said(publication, "language") or None,
    )


def _children(element: Element, name: str) -> Iterator[Element]:
    """The children of an element that are called so, in whatever namespace."""
    return (child for child in element if _name(child) == name)


def _said(element: Element | None, name: str) -> str:
    """The text of the first child that is called so."""
    found = next(iter(_children(element, name)), None) if element is not None else None
    return " ".join("".join(found.itertext()).split()) if found is not None else ""


def _name(element: Element) -> str:
    tag = element.tag
    return tag.rpartition("}")[2].lower() if isinstance(tag, str) else ""

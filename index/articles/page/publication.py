"""What a page gives as its days in several places into those of publication and of its last change."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from index.articles.page.statements import Statements, types_of
from index.dates import published_date

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_PROPERTIES = ("article:published_time", "article:published", "og:article:published_time",
               "og:published_time", "bt:pubdate")  # fmt: skip
_NAMES = ("pubdate", "publishdate", "publicationdate", "datepublished", "date", "dc.date", "dc.date.issued",
          "dc.date.created", "dcterms.created", "dcterms.date", "dcterms.issued", "parsely-pub-date",
          "sailthru.date", "cxense-parse:recs:publishtime", "cxenseparse:publishtime", "displaydate",
          "article.published", "originalpublicationdate", "article_date_original",
          "date.published")  # fmt: skip
_CHANGED = ("article:modified_time", "og:updated_time", "og:article:modified_time", "datemodified",
            "last-modified", "dcterms.modified", "lastmod")  # fmt: skip
_OTHER_THINGS = re.compile(r"Video|Image|Audio|Media|Photo|Comment|Person|Clip|Event|Product|Posting$")
_FIRST = re.compile(r"(?i)(?:^|[\s_-])(?:published|pubdate|entry-date|post-date|posted-on)(?:$|\s)")
_UPDATED = re.compile(r"(?i)updat|modif|changed")


def stated_dates(tree: HtmlElement, stated: Statements) -> list[str]:
    """What the page states as its date of publication, the surest first, as it is written."""
    marked = [element for element in tree.iter() if element.get("itemprop") == "datePublished"]
    things = [
        thing
        for thing in stated.objects
        if thing is not stated.article and not any(map(_OTHER_THINGS.search, types_of(thing)))
    ]
    found = [
        stated.article.get("datePublished"),
        *stated.named(*_PROPERTIES),
        *(element.get("content") or element.get("datetime") for element in marked),
        *(thing.get("datePublished") for thing in things),
        *stated.named(*_NAMES),
        *_times(tree),
    ]
    return [str(date).strip() for date in found if isinstance(date, str | int) and str(date).strip()]


def changed_dates(stated: Statements) -> list[str]:
    """What the page states as the date of its last change, the surest first."""
    found = [stated.article.get("dateModified"), *stated.named(*_CHANGED)]
    return [date for date in found if isinstance(date, str) and published_date(date)]


def _times(tree: HtmlElement) -> Iterator[str]:
    """The `<time>` that is the article's: the only one, or below the headline the first or one marked so.

    Others on a page are other stories'.
    """
    times = [time for time in tree.iter("time") if time.get("datetime") and not _is_change(time)]
    if len({time.get("datetime") for time in times}) == 1:
        yield str(times[0].get("datetime"))
        return
    near = [time for time in times if _is_near_headline(time)]
    for time in near:
        if _FIRST.search(time.get("class") or "") or time.get("pubdate") is not None:
            yield str(time.get("datetime"))
            return
    if near:
        yield str(near[0].get("datetime"))


def _is_change(time: HtmlElement) -> bool:
    return _UPDATED.search(f"{time.get('class') or ''} {time.get('itemprop') or ''}") is not None


def _is_near_headline(time: HtmlElement) -> bool:
    """Whether the headline is before it in an element around both, and no paragraph between them."""
    from lxml.html import HtmlElement

    between = time.xpath("preceding::*[self::h1 or self::p[string-length(normalize-space(.)) > 100]]")
    last = between[-1] if between else None
    return isinstance(last, HtmlElement) and last.tag == "h1"

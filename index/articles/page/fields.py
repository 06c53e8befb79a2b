"""A page's tree and what it states into the fields of its article."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from index.articles.page.headline import headline_of
from index.articles.page.masthead import outlet_of, site_names
from index.articles.page.publication import changed_dates, stated_dates
from index.articles.page.statements import Statements, plain
from index.articles.page.writers import writers_of
from index.dates import on_own_clock, published_date

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_LANGUAGE = re.compile(r"(?i)[a-z]{2,3}(?:[-_][a-z0-9]{2,8})*")


@dataclass(frozen=True)
class PageFields:
    """The fields of an article as its page states them; `dates` are all that may be its day, as written."""

    title: str
    outlet: str | None
    author: str | None
    agency: str | None
    published: str | None
    updated: str | None
    dates: Sequence[str]
    url: str | None
    language: str | None


def fields_of(tree: HtmlElement, stated: Statements) -> PageFields:
    """What a page states of its article, each where most of its places agree."""
    sites = site_names(tree, stated)
    title = headline_of(tree, stated, sites=sites)
    writers = writers_of(tree, stated, sites=sites)
    dates = stated_dates(tree, stated)
    return PageFields(
        title=title,
        outlet=outlet_of(tree, stated, headline=title),
        author=writers.author,
        agency=writers.agency,
        published=on_own_clock([iso for date in dates if (iso := published_date(date))]),
        updated=next(iter(changed_dates(stated)), None),
        dates=dates,
        url=stated.canonical,
        language=_language(stated),
    )


def _language(stated: Statements) -> str | None:
    """The language of the page: of its root, else of its JSON-LD, else of its `<meta>`; a tag if one is."""
    told = [stated.language, *stated.resolved(stated.article.get("inLanguage"))]
    told += stated.named("og:locale", "content-language", "language", "dc.language")
    given = [plain(one.get("alternateName") if isinstance(one, dict) else one) for one in told]
    return next((one for one in given if _LANGUAGE.fullmatch(one)), next(filter(None, given), None))

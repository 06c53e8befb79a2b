"""Paths and addresses, as a person gives them, into articles: files are read, pages fetched and read.

A page that was fetched before is asked for with its validators; where it has not changed, its article is the
stored one, so that whoever counts finds it unchanged.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from http import HTTPStatus
from itertools import groupby
from pathlib import Path
from typing import Protocol

from index.articles.draft import Found, Supplied
from index.articles.fetched import drafts_of
from index.articles.html import html_reader
from index.articles.limited import LimitedChild
from index.articles.read import NOTHING, count_articles, found_at, read_paths
from index.errors import BadArticle, FetchRefused, Refusal
from index.feeds.records import FeedItem
from index.fetching.records import Fetched, KnownPage, PageVersion, Validators

Source = Path | str  # a file or a folder; an address
_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+://")


class Fetches(Protocol):
    """What asks the web: `index.fetching.fetch.Fetcher`."""

    def get(self, url: str, *, validators: Validators | None = None) -> Fetched:
        """What an address answers. Raises `FetchRefused`."""


@dataclass(frozen=True)
class Web:
    """What is needed to read pages: who fetches, which pages are known, and who is told of each before.

    `is_feed` takes what is no page but a feed, to be read apart, and says whether it did; `remembered` gives
    as what a page's address is to be remembered. `busy` are the hosts that have said, while this is in use,
    that they are asked too often.
    """

    fetcher: Fetches
    known: Callable[[str], KnownPage | None]
    tell: Callable[[str], None] = lambda _: None
    is_feed: Callable[[Fetched], bool] = lambda _: False
    remembered: Callable[[str], FeedItem | None] = lambda _: None
    busy: set[str] = field(default_factory=set)


def sources_of(given: Sequence[str]) -> list[Source]:
    """What a person gives as addresses (anything with "://" after its scheme) and as paths."""
    return [one if _ADDRESS.match(one) else Path(one) for one in given]


def read_sources(
    sources: Sequence[Source], web: Web, *, supplied: Supplied = NOTHING
) -> Iterator[Found | Refusal]:
    """Every article of the sources in order, or its refusal; `supplied`: what to say where one does not."""
    with html_reader() as pages:
        for is_file, some in groupby(sources, lambda source: isinstance(source, Path)):
            if is_file:
                yield from read_paths([Path(path) for path in some], supplied=supplied)
            else:
                for address in some:
                    yield from read_web_page(str(address), web, pages, supplied=supplied)


def count_sources(sources: Sequence[Source]) -> int:
    """About how many articles `read_sources` will find, for a progress bar: one an address."""
    paths = [source for source in sources if isinstance(source, Path)]
    return count_articles(paths) + len(sources) - len(paths)


def read_web_page(
    url: str, web: Web, pages: LimitedChild, *, supplied: Supplied = NOTHING
) -> Iterator[Found | Refusal]:
    """The articles that an address answers with, or the refusal of it."""
    web.tell(url)
    before = web.known(url)
    try:
        _check_busy(url, web)
        fetched = web.fetcher.get(url, validators=before.version.validators if before else None)
        version = PageVersion(url, fetched.validators)
        if fetched.status == 304 and before:
            yield Found(before.article, url, page=version, item=web.remembered(url))
            return
        if refused := check_answered(fetched):
            _note_busy(fetched, web)
            yield refused
            return
        if web.is_feed(fetched):
            return
        for drafted in drafts_of(fetched, pages):
            known = drafted if isinstance(drafted, Refusal) else supplied.beside(drafted)
            found = found_at(url, known)
            item = web.remembered(url)
            yield found if isinstance(found, Refusal) else replace(found, page=version, item=item)
    except FetchRefused as exc:
        yield Refusal(url, str(exc), exc.reason)
    except BadArticle as exc:
        yield Refusal(url, str(exc), "no-article")


def check_answered(fetched: Fetched) -> Refusal | None:
    """Why an address did not answer with something, if it did not."""
    if 200 <= fetched.status < 300:
        return None
    phrase = ""
    with suppress(ValueError):
        phrase = f" ({HTTPStatus(fetched.status).phrase})"
    wait = fetched.headers.get("retry-after")
    later = f", asks to come back after {wait[:40]}" if wait else ""
    reason = f"answers {fetched.status}{phrase}{later}, expected a page"
    return Refusal(fetched.url, reason, f"http-{fetched.status}")


def _check_busy(url: str, web: Web) -> None:
    """Raise `FetchRefused` where a page's host has said that it is asked too often."""
    if _host(url) in web.busy:
        told = "is not asked for, since its host has said that it is asked too often; try later"
        raise FetchRefused("busy", told)


def _note_busy(fetched: Fetched, web: Web) -> None:
    """Remember a host that says that it is asked too often."""
    if fetched.status == 429 or (fetched.status == 503 and fetched.headers.get("retry-after")):
        web.busy.add(_host(fetched.url))


def _host(url: str) -> str:
    return url.partition("://")[2].partition("/")[0].lower()

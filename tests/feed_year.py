"""An invented outlet that has a feed, an archive that reads it, and a clock that is set by hand."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from archive_fakes import HashedWords
from web_server import WebServer, answer, serving

from index.articles.html import html_reader
from index.articles.limited import LimitedChild
from index.articles.web import Web
from index.feeds.outcome import FeedReport
from index.feeds.parse import feed_reader
from index.feeds.reading import FeedTools, read_once
from index.fetching.fetch import Fetcher, FetchSettings
from index.records import Article
from index.storage.archive import Archive
from index.storage.feeds import FeedMemory
from index.storage.ingest import ingest

ELSEWHERE = "127.0.0.2"  # the host of another site, which this machine answers for, too
NEW_YEAR = datetime(2026, 1, 1, 6, 0, tzinfo=UTC)
_DEEDS = ("reopened", "was inspected", "lost its roof", "was sold", "flooded", "drew a crowd", "fell silent")


def words(name: str, *, edit: str = "") -> list[str]:
    """The paragraphs of the story `name`, long enough to be a whole article."""
    told = [
        f"The {name} of Velden {deed} on the {number + 1}th day, and {len(name) * 7 + number} people of the"
        f" {name} quarter came to see what was left of it."
        for number, deed in enumerate(_DEEDS)
    ]
    return [*told, edit] if edit else told


def page(name: str, *, edit: str = "", head: str = "") -> bytes:
    """The page of a story."""
    text = "".join(f"<p>{paragraph}</p>" for paragraph in words(name, edit=edit))
    body = (
        f"<!doctype html><html lang='en'><head><meta charset='utf-8'><title>The {name}</title>{head}</head>"
        f"<body><article><h1>News of the {name}</h1>{text}</article></body></html>"
    )
    return answer(body.encode(), content_type="text/html; charset=utf-8")


@dataclass(frozen=True)
class Item:
    """An item of the feed: whole where it has the text, else a teaser."""

    name: str
    day: str = "Wed, 31 Dec 2025 10:00:00 +0000"
    guid: str = ""
    link: str | None = None
    edit: str = ""
    whole: bool = True

    def xml(self, base: str) -> str:
        text = "".join(f"<p>{one}</p>" for one in words(self.name, edit=self.edit))
        content = f"<content:encoded><![CDATA[{text}]]></content:encoded>" if self.whole else ""
        link = f"{base}/{self.name}" if self.link is None else self.link
        return (
            f"<item><title>News of the {self.name}</title><link>{link}</link>"
            f"<guid>{self.guid or self.name}</guid><pubDate>{self.day}</pubDate>"
            f"<description>A teaser of the {self.name}.</description>{content}</item>"
        )


def rss(*items: Item, base: str, head: str = "") -> bytes:
    """A feed of RSS 2.0."""
    return (
        '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"'
        ' xmlns:content="http://purl.org/rss/1.0/modules/content/"'
        ' xmlns:sy="http://purl.org/rss/1.0/modules/syndication/"><channel><title>The Velden Post</title>'
        f"<link>{base}/</link>{head}{''.join(item.xml(base) for item in items)}</channel></rss>"
    ).encode()


@dataclass
class Outlet:
    """The outlet, the archive that reads it, and the clock of both."""

    server: WebServer
    archive: Archive
    tools: FeedTools
    now: datetime = NEW_YEAR
    reports: list[FeedReport] = field(default_factory=list)

    @property
    def base(self) -> str:
        return self.server.address("", "localhost")

    @property
    def elsewhere(self) -> str:
        return self.server.address("", ELSEWHERE)

    @property
    def memory(self) -> FeedMemory:
        return self.tools.memory

    def publish(self, *items: Item, path: str = "/feed", head: str = "", **headers: str) -> None:
        """What the feed says from now on."""
        body = rss(*items, base=self.base, head=head)
        self.server.pages[path] = answer(body, **{"content_type": "application/rss+xml", **headers})

    def subscribe(self, path: str = "/feed") -> str:
        """Add a feed, by its path or its whole address."""
        return self.memory.add(self._url(path), "rss", "", now=self.now).url

    def read(self, path: str = "/feed", *, later: timedelta = timedelta(hours=2)) -> FeedReport:
        """One reading, after which time passes."""
        url = self._url(path)
        report = read_once(self.memory.at(url), self.tools)
        self.now += later
        return report

    def _url(self, path: str) -> str:
        return path if path.startswith("http") else f"{self.base}{path}"

    def articles(self) -> list[Article]:
        return list(self.archive.articles())

    def titles(self) -> list[str]:
        return [article.title.removeprefix("News of the ") for article in self.articles()]


@contextmanager
def children() -> Iterator[tuple[LimitedChild, LimitedChild]]:
    """What parses feeds and pages; to be shared, since each takes a second to begin."""
    with feed_reader() as feeds, html_reader() as pages:
        yield feeds, pages


@contextmanager
def outlet(home: Path, parsers: tuple[LimitedChild, LimitedChild]) -> Iterator[Outlet]:
    """An outlet without items."""
    encoder, (feeds, pages) = HashedWords(), parsers
    with serving() as server, Archive.open(home, encoder, write=True) as archive:
        hosts = (server.address("", host).partition("//")[2] for host in ("localhost", ELSEWHERE))
        settings = FetchSettings(hosts=frozenset(hosts), delay_s=0)
        with Fetcher(settings) as fetcher:
            made: list[Outlet] = []
            tools = FeedTools(
                Web(fetcher, known=archive.known_page),
                archive,
                FeedMemory(home),
                feeds,
                pages,
                lambda found: ingest(archive, encoder, found),
                now=lambda: made[0].now,
                chance=lambda: 0.0,
            )
            made.append(Outlet(server, archive, tools))
            yield made[0]

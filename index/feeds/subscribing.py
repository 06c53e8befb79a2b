"""Addresses that turned out to be feeds, and lists of them, into feeds that are remembered and read once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from index.articles.files import shown_path
from index.articles.web import Source
from index.errors import BadArticle, FetchRefused, Refusal
from index.feeds.alone import file_answer, file_feed, is_feed_file
from index.feeds.documents import answered_document, is_feed_answer
from index.feeds.outcome import FeedReport
from index.feeds.reading import FeedTools, read_once
from index.feeds.records import Feed
from index.fetching.records import Fetched
from index.storage.tally import Report

_LIST = ".opml"


@dataclass
class FeedsGiven:
    """What of a person's sources are feeds or lists of them, collected to be read apart."""

    given: list[Fetched | Path] = field(default_factory=list)

    def without_files(self, sources: Sequence[Source]) -> list[Source]:
        """`sources` without files of OPML and of feeds, which are kept."""
        self.given += [one for one in sources if isinstance(one, Path) and _is_of_feeds(one)]
        return [one for one in sources if one not in self.given]

    def is_feed(self, fetched: Fetched) -> bool:
        """Whether an address answered with a feed, a sitemap or a list, which is kept."""
        if not is_feed_answer(fetched):
            return False
        self.given.append(fetched)
        return True


def subscribed(given: Sequence[Fetched | Path], tools: FeedTools) -> Iterator[FeedReport | Refusal]:
    """Remember what was answered, and the feeds of lists (answered, or files of OPML), and read each once.

    All are remembered before the first is read, so that a watcher goes on where this is ended. A file of a
    feed has no address to be read on from: it is read this once.
    """
    waiting: list[tuple[Feed, Fetched | None]] = []
    for one in given:
        place = shown_path(one) if isinstance(one, Path) else one.url
        try:
            answered = file_answer(one) if isinstance(one, Path) else one
            document = answered_document(answered, tools.feeds)
        except FetchRefused as exc:
            yield Refusal(place, str(exc), exc.reason)
            continue
        except BadArticle as exc:
            yield Refusal(place, str(exc), "unreadable")
            continue
        if document.kind != "opml":
            if isinstance(one, Path):
                feed = file_feed(one, document, now=tools.now())
            else:
                feed = tools.memory.add(one.url, document.kind, document.title, now=tools.now())
            waiting.append((feed, answered))
            continue
        if not document.places:
            yield Refusal(place, "is an OPML list that names no feed, expected outlines with xmlUrl", "empty")
        places = document.places
        waiting += [(tools.memory.add(at.url, "rss", at.title, now=tools.now()), None) for at in places]
    for feed, told in waiting:
        if tools.stopped():
            return
        report = read_once(feed, tools, answered=told)
        yield report
        if report.stopped:
            return


def _is_of_feeds(path: Path) -> bool:
    return path.suffix.lower() == _LIST or is_feed_file(path)


def with_feeds(report: Report, read: Sequence[FeedReport | Refusal]) -> Report:
    """A report with what became of the feeds that were read beside it; a feed that failed is refused."""
    feeds = [one for one in read if isinstance(one, FeedReport)]
    refused = [
        *(one for one in read if isinstance(one, Refusal)),
        *(Refusal(one.feed.url, one.trouble, one.feed.status or "") for one in feeds if one.trouble),
        *(refusal for one in feeds for refusal in one.refused),
    ]
    return replace(
        report,
        added=report.added + sum(one.added for one in feeds),
        updated=report.updated + sum(one.updated for one in feeds),
        unchanged=report.unchanged + sum(one.unchanged for one in feeds),
        copies=report.copies + sum(one.copies for one in feeds),
        refused=(*report.refused, *refused),
        notes=(*report.notes, *(note for one in feeds for note in one.notes)),
        stopped=report.stopped or any(one.stopped for one in feeds),
    )

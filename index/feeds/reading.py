"""One reading of one feed: asked, parsed, what is new or changed gathered and stored, the outcome remembered.

What is stored is remembered with it in one transaction, and the feed itself last: after a kill the same
reading finds what it had not stored.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from index.articles.draft import Found
from index.articles.identity import same_site
from index.articles.limited import LimitedChild
from index.articles.web import Web, check_answered
from index.errors import BadArticle, FetchRefused, Refusal
from index.feeds.changes import ItemNow
from index.feeds.documents import answered_document, parts_of
from index.feeds.identity import article_id, identities, own_addresses
from index.feeds.items import ItemReader
from index.feeds.outcome import FeedReport, Sum, failed, read
from index.feeds.records import ALONE, Feed, FeedDocument, FeedItem
from index.fetching.records import Fetched
from index.storage.archive import Archive
from index.storage.feeds import FeedMemory
from index.storage.tally import Report

_MOST = 1000  # items of one reading; the rest is for the next
_PORTION = 20  # items that are stored together: what a kill costs


@dataclass(frozen=True)
class FeedTools:
    """What reading feeds takes. `archive` is read; `store` adds to it. `chance` gives 0 to 1.

    `feeds` and `pages` are the children that parse; `stopped` says that a reading is to end early.
    """

    web: Web
    archive: Archive
    memory: FeedMemory
    feeds: LimitedChild
    pages: LimitedChild
    store: Callable[[Sequence[Found | Refusal]], Report]
    now: Callable[[], datetime]
    chance: Callable[[], float]
    stopped: Callable[[], bool] = lambda: False


def read_once(feed: Feed, tools: FeedTools, *, answered: Fetched | None = None) -> FeedReport:
    """Read a feed now and remember what became of it; `answered` is what it has just answered, if it has.

    Raises `ArchiveError` where nothing can be stored; the feed is then as it was before.
    """
    report = _read(feed, tools, answered)
    if report.moved_from and any(one.url == report.feed.url for one in tools.memory.all()):
        ended = f"moved to {report.feed.url}, which is read already"
        report = replace(report, feed=replace(report.feed, url=feed.url, ended=ended), moved_from=None)
    tools.memory.keep(report.feed)
    return report


def _read(feed: Feed, tools: FeedTools, answered: Fetched | None) -> FeedReport:
    now, chance = tools.now(), tools.chance()
    if feed.kind == "pages":
        return _looked_at(feed, tools)
    try:
        tools.web.tell(feed.url)
        fetched = answered or tools.web.fetcher.get(feed.url, validators=feed.validators)
        document = None
        if fetched.status != 304:
            if refused := check_answered(fetched):
                return failed(
                    feed, refused.name, refused.reason, headers=fetched.headers, now=now, chance=chance
                )
            document = answered_document(fetched, tools.feeds)
    except FetchRefused as exc:
        return failed(feed, exc.reason, str(exc), headers={}, now=now, chance=chance)
    except BadArticle as exc:
        return failed(feed, "unreadable", str(exc), headers=fetched.headers, now=now, chance=chance)
    done = _Gathering(feed, tools, now).gathered(document)
    return read(feed, fetched, document, done, now=now, chance=chance)


def _looked_at(feed: Feed, tools: FeedTools) -> FeedReport:
    """What became of the pages that were added without a feed, of those that are due."""
    done = _Gathering(feed, tools, tools.now()).gathered(None)
    left = tools.memory.pages() or replace(feed, ended="none is looked at any more")
    return FeedReport(
        left,
        updated=done.of("updated"),
        unchanged=done.of("unchanged"),
        refused=done.refused,
        stopped=done.stopped,
    )


@dataclass
class _Gathering:
    """The items of one reading, portion by portion into the archive."""

    feed: Feed
    tools: FeedTools
    now: datetime
    sum: Sum = field(default_factory=Sum)
    room: int = _MOST

    def gathered(self, document: FeedDocument | None) -> Sum:
        """What all items come to, those of a sitemap's parts, too; then pages are looked at again."""
        web = replace(self.tools.web, busy=set())
        reader = ItemReader(self.feed, web, self.tools.pages, self.tools.archive, self.now)
        if document is not None:
            self._document(document, reader)
            for part in parts_of(document, self.feed, self.tools.memory, self.tools.web, self.tools.feeds):
                if self.room <= 0 or self._ends():
                    self.sum.left += 1
                    continue
                if isinstance(part, Refusal):
                    self._store([part], [])
                    continue
                left = self.sum.left
                self._document(part.document, reader)
                if self.sum.left == left:
                    self.tools.memory.keep_items([part.item])
        if document is not None and self.feed.number == ALONE:  # a file: nobody asked for pages of others
            return self.sum
        due = self.tools.memory.due_items(self.feed, now=self.now, limit=_PORTION)
        for item in due:
            if not self._ends():
                self._look_again(item, reader)
        return self.sum

    def _document(self, document: FeedDocument, reader: ItemReader) -> None:
        """The items of one document, the newest that there is room for, oldest first."""
        to_read = [item for item in self._items(document) if item.is_to_read()]
        chosen, self.sum.left = (
            to_read[: max(0, self.room)],
            self.sum.left + len(to_read[max(0, self.room) :]),
        )
        self.room -= len(chosen)
        oldest = chosen[::-1]
        for portion in (oldest[at : at + _PORTION] for at in range(0, len(oldest), _PORTION)):
            if self._ends():
                self.sum.left += len(portion)
                continue
            self._portion(portion, document, reader)

    def _items(self, document: FeedDocument) -> Iterator[ItemNow]:
        entries = document.entries
        names = identities(entries)
        before = self.tools.memory.items(self.feed, names)
        addresses = own_addresses(entries, document.site)
        seen: set[str] = set()
        for entry, name, address in zip(entries, names, addresses, strict=True):
            if name not in seen:
                seen.add(name)
                yield ItemNow(entry, name, address, before.get(name))

    def _portion(self, items: Sequence[ItemNow], document: FeedDocument, reader: ItemReader) -> None:
        """Read some items and store them; those that brought nothing are remembered as such."""
        found: list[Found | Refusal] = []
        elsewhere: list[FeedItem] = []
        for item in items:
            if self.tools.stopped():
                self.sum.left += 1
                continue
            known = self._known_as(item, document, reader)
            if self._is_held_elsewhere(known, item.address):
                elsewhere.append(item.read(self.feed.number, known, now=self.now, from_page=False))
            else:
                found.append(reader.read(item, document, known_as=known))
        self._store(found, items)
        if elsewhere:
            self.tools.memory.keep_items(elsewhere)

    def _store(self, found: Sequence[Found | Refusal], items: Sequence[ItemNow]) -> None:
        if not found:
            return
        report = self.tools.store(found)
        self.sum.reports.append(report)
        self.sum.stopped |= report.stopped
        names = {refusal.where: refusal.name for refusal in report.refused}
        refused = [
            item.refused(self.feed.number, names[where], now=self.now)
            for item in items
            if (where := ItemReader.place(item, self.feed)) in names
        ]
        self.sum.again += sum(one.tries > 0 for one in refused)
        self.tools.memory.keep_items(refused)

    def _look_again(self, item: FeedItem, reader: ItemReader) -> None:
        """Ask an article's page whether it was corrected since, unless a feed brings what is new of it."""
        if self._is_left_to_another(item):
            self.tools.memory.keep_items([replace(item, look_at=None)])
            return
        found = reader.look_again(item)
        if isinstance(found, FeedItem):
            self.tools.memory.keep_items([found])
        else:
            self._store([found], [])

    def _known_as(self, item: ItemNow, document: FeedDocument, reader: ItemReader) -> str:
        """The id of an item's article: the one that it has, else the one that its page would have."""
        if item.before and item.before.article and reader.goes_on(item.before.article, document):
            return item.before.article
        return article_id(item.address, feed_url=self.feed.url, identity=item.identity)

    def _is_held_elsewhere(self, article: str, address: str | None) -> bool:
        """Whether another feed that is read has brought this article, or somebody has removed it.

        Two feeds of one page would else take turns with two versions of it. A feed of the page's own site
        goes before those of others.
        """
        others = self._others(article)
        reading = self._reading(others)
        is_before = bool(reading) and all(_goes_before(self.feed, one, address) for one in reading)
        return any(one.removed for one in others) or bool(reading and not is_before)

    def _is_left_to_another(self, item: FeedItem) -> bool:
        """Whether an article's page is looked at for another feed."""
        article = item.article or ""
        if item.feed == ALONE:
            return self._is_held_elsewhere(article, None)
        address = self.tools.archive.page_of(article)
        return any(_goes_before(one, self.feed, address) for one in self._reading(self._others(article)))

    def _others(self, article: str) -> list[FeedItem]:
        holders = self.tools.memory.holders(article)
        return [one for one in holders if one.feed != self.feed.number or one.removed]

    def _reading(self, items: Sequence[FeedItem]) -> list[Feed]:
        """The feeds of some items, of those that are read."""
        numbers = {one.feed for one in items}
        return [feed for feed in self.tools.memory.all() if feed.is_read and feed.number in numbers]

    def _ends(self) -> bool:
        return self.sum.stopped or self.tools.stopped()


def _goes_before(one: Feed, other: Feed, address: str | None) -> bool:
    """Whether one feed is of the site of an address, and the other is not."""
    return same_site(one.url, address) and not same_site(other.url, address)

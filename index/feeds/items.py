"""An item into its article: from the feed where it has all of it, else from its page."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial

from index.articles.draft import Found
from index.articles.identity import host_of, normal_url, same_site
from index.articles.limited import LimitedChild
from index.articles.web import Web, read_web_page
from index.errors import NotInArchive, Refusal
from index.feeds.changes import MOST_CHANGES, ItemNow, next_look
from index.feeds.entries import article_from, completed, completed_by
from index.feeds.identity import article_id, is_of_site
from index.feeds.records import Feed, FeedDocument, FeedItem
from index.records import Article
from index.storage.archive import Archive

_LEAST = 200  # characters of a feed's own text that are taken where the page is not to be had
_TEASER_INSTEAD = {"no-article", "robots", "http-401", "http-402", "http-403", "http-451"}


@dataclass
class ItemReader:
    """Reads the items of one reading of a feed. A page that several items lead to is fetched once."""

    feed: Feed
    web: Web
    pages: LimitedChild
    archive: Archive
    now: datetime
    fetched: dict[str, Found | Refusal] = field(default_factory=dict)

    @staticmethod
    def place(item: ItemNow, feed: Feed) -> str:
        """What a person is told an item is."""
        return item.entry.url or f"{feed.url} ({item.entry.title[:60] or item.identity[:12]})"

    def read(self, item: ItemNow, document: FeedDocument, *, known_as: str) -> Found | Refusal:
        """The article of an item, with what is to be remembered of the item, or why there is none.

        It is the page's where the feed is of another site, too; what such a feed has of it, where the page is
        not to be had, is an article of the feed alone.
        """
        if item.address is None or (item.entry.is_whole and is_of_site(document, item.address)):
            return self._from_feed(item, document, known_as=known_as)
        place = self.place(item, self.feed)
        found = self._from_page(item.address)
        if isinstance(found, Refusal):
            is_teaser = found.name in _TEASER_INSTEAD and len(item.entry.text) >= _LEAST
            if is_teaser or item.entry.is_whole:
                own = self._from_feed(item, document, known_as=known_as)
                note = f"body: only what the feed has, since its page {found.reason}"
                return own if isinstance(own, Refusal) else replace(own, notes=(*own.notes, note))
            return replace(found, where=place)
        whole = self._completed(found, item, document)
        if item.before and item.before.article == known_as:
            whole = replace(whole, article=replace(whole.article, id=known_as))
        return replace(whole, where=place, item=self._remembered(item, from_page=True))

    def look_again(self, item: FeedItem) -> Found | Refusal | FeedItem:
        """The article of an item whose page is due to be asked again; the item alone where there is none."""
        address = self.archive.page_of(item.article or "")
        stored = self.stored(item.article)
        if address is None or stored is None:
            return replace(item, look_at=None)
        found = self._from_page(address)
        if isinstance(found, Refusal) or not same_site(found.article.url, stored.url or address):
            # It leads nowhere, or to another site: the article stays as it was; nobody needs to be told.
            return replace(item, look_at=next_look(item, self.now))
        whole = completed_by(replace(found, article=replace(found.article, id=stored.id)), stored)
        has_changed = whole.article.revision != stored.revision
        if has_changed and item.changes >= MOST_CHANGES:
            return replace(item, look_at=None)
        again = replace(item, changes=item.changes + has_changed)
        return replace(whole, item=replace(again, look_at=next_look(again, self.now)))

    def stored(self, article: str | None) -> Article | None:
        """The article that is stored under an id, if one is."""
        try:
            return self.archive.article(article or "")
        except NotInArchive:
            return None

    def goes_on(self, article: str | None, document: FeedDocument) -> bool:
        """Whether what an item says now may revise the article that it had.

        It may not where that has the id of a page of another site, which the item led to before.
        """
        stored = self.stored(article)
        if stored is None or stored.url is None or is_of_site(document, stored.url):
            return stored is not None
        return stored.id != article_id(stored.url, feed_url="", identity="")

    def _completed(self, found: Found, item: ItemNow, document: FeedDocument) -> Found:
        """A page's article, filled by its item, or by what is stored where the feed is of another site."""
        stored = self.stored(found.article.id)
        if stored and not is_of_site(document, found.article.url):
            return completed_by(found, stored)
        return completed(found, item.entry, document, now=self.now)

    def _from_feed(self, item: ItemNow, document: FeedDocument, *, known_as: str) -> Found | Refusal:
        own = item.address if is_of_site(document, item.address) else None
        name = partial(article_id, feed_url=self.feed.url, identity=item.identity)
        if own is None and known_as == name(item.address):
            known_as = name(None)
        where = self.place(item, self.feed)
        found = article_from(item.entry, document, where=where, known_as=known_as, address=own, now=self.now)
        if isinstance(found, Refusal):
            return found
        remembered = self._remembered(item, from_page=False)
        if own == item.address:
            return replace(found, item=remembered)
        hosts = host_of(document.address), host_of(item.address)
        told = f"url: {hosts[0]} cannot speak for {hosts[1]}; an article of the feed's own, without the link"
        return replace(found, notes=(*found.notes, told), item=remembered)

    def _from_page(self, address: str) -> Found | Refusal:
        name = normal_url(address)
        if name not in self.fetched:
            nothing = Refusal(address, "answers with no article, expected a page", "no-article")
            self.fetched[name] = next(iter(read_web_page(address, self.web, self.pages)), nothing)
        return self.fetched[name]

    def _remembered(self, item: ItemNow, *, from_page: bool) -> FeedItem:
        return item.read(self.feed.number, None, now=self.now, from_page=from_page)

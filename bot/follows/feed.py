"""What somebody is told, read from book and archive, as the Atom feed that is theirs."""

from __future__ import annotations

from uuid import NAMESPACE_URL, uuid5

from bot.follows.atom import atom_feed
from bot.follows.book import FollowBook
from bot.follows.compared import FollowShelf
from bot.follows.told import told
from bot.showing.word_table import DEFAULT
from bot.showing.wording import words_of

_ENTRIES = 100


def feed_of(book: FollowBook, owner: str, shelf: FollowShelf, *, address: str | None = None) -> bytes:
    """The feed of all that an owner follows, in the language of the first; `address` is where it is read."""
    follows = {one.number: one for one in book.of(owner)}
    first = next(iter(follows.values()), None)
    tellings = [
        told(follows[one.follow], one, shelf)
        for one in book.told_to(owner, limit=_ENTRIES)
        if one.follow in follows
    ]
    words = words_of(first.request.language if first else DEFAULT)
    feed_id = uuid5(NAMESPACE_URL, f"dateline:follows:{first.id if first else owner}").urn
    return atom_feed(tellings, words, feed_id=feed_id, address=address, made=first.made if first else None)

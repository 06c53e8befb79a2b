"""An item into the name that its feed knows it by: its guid or id, else its address; never its title."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence

from index.articles.identity import made_id, normal_url, same_site
from index.feeds.records import Entry, FeedDocument


def identities(entries: Sequence[Entry]) -> list[str]:
    """The sha256 of each item's guid, else of its address, else of its text.

    Where several items with different addresses have one guid, which names none of them, the address is
    taken with it. An item without guid and address that changes is another item: nothing else tells.
    """
    shared = Counter(guid for guid, _ in {(one.guid, one.url) for one in entries if one.guid})
    return [digest(_name(one, is_guid_its_own=shared[one.guid or ""] < 2)) for one in entries]


def own_addresses(entries: Sequence[Entry], site: str | None) -> list[str | None]:
    """Each item's address where it is that of its article.

    None where it is the site's front page, or where several items that are whole by themselves share it.
    """
    home = normal_url(site) if site else None
    shared = Counter(normal_url(one.url) for one in entries if one.url and one.is_whole)
    return [
        one.url
        if one.url and normal_url(one.url) != home and not (one.is_whole and shared[normal_url(one.url)] > 1)
        else None
        for one in entries
    ]


def is_of_site(document: FeedDocument, address: str | None) -> bool:
    """Whether a feed came from the site of an address: the words of others are only on their own pages.

    Else any feed could replace another's article. A file is believed, as every file that a person gives.
    """
    return address is not None and (not document.address or same_site(document.address, address))


def article_id(address: str | None, *, feed_url: str, identity: str) -> str:
    """The id of an item's article: that of its page, the same from every feed; without one of hashes."""
    name = f"{normal_url(feed_url)}\n{identity}"
    return made_id(url=address, outlet=None, title="", published=None, revision=name)


def content_of(entry: Entry) -> str:
    """The sha256 of what an item says; another one is another revision."""
    address = normal_url(entry.url) if entry.url else ""
    return digest("\n".join((entry.title, entry.text, entry.author or "", address, entry.stated)))


def stated_of(entry: Entry) -> str | None:
    """The sha256 of the dates that an item states, None where there are none."""
    return digest(entry.stated) if entry.stated else None


def digest(text: str) -> str:
    """The sha256 of a text, as 64 hexadecimal digits."""
    return hashlib.sha256(text.encode(errors="replace")).hexdigest()


def _name(entry: Entry, *, is_guid_its_own: bool) -> str:
    address = normal_url(entry.url) if entry.url else ""
    if entry.guid:
        return f"guid {entry.guid}" if is_guid_its_own else f"guid {entry.guid} {address}"
    return f"url {address}" if address else f"text {entry.title}\n{entry.text}"

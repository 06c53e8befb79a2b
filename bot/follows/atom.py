"""What somebody is told into an Atom feed (RFC 4287): an entry a telling, whose id never changes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from xml.etree.ElementTree import Element, SubElement, register_namespace, tostring

from bot.follows.lines import headline, item_lines, title
from bot.follows.told import ToldTelling
from bot.showing.links import link_target
from bot.showing.wording import Words

MEDIA_TYPE = "application/atom+xml; charset=utf-8"
_ATOM = "http://www.w3.org/2005/Atom"
_NO_XML = re.compile(r"[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NOBODY = "1970-01-01T00:00:00"  # of a feed without entries


def atom_feed(
    tellings: Sequence[ToldTelling], words: Words, *, feed_id: str, address: str | None, made: str | None
) -> bytes:
    """The feed of tellings, the last first.

    `feed_id` is a URN, `address` where the feed is read, if anywhere, `made` when its first
    follow began (UTC, ISO).

    The same tellings make the same bytes while the archive has their words.
    """
    register_namespace("", _ATOM)
    feed = Element(f"{{{_ATOM}}}feed")
    _text(feed, "id", feed_id)
    _text(feed, "title", words.say("following.feed"))
    _text(feed, "updated", f"{tellings[0].telling.at if tellings else made or _NOBODY}Z")
    _text(SubElement(feed, f"{{{_ATOM}}}author"), "name", "Dateline")
    _text(feed, "generator", "Dateline")
    if address:
        SubElement(feed, f"{{{_ATOM}}}link", {"rel": "self", "href": address})
    for one in tellings:
        _entry(feed, one, words)
    made_of: bytes = tostring(feed, encoding="utf-8", xml_declaration=True)
    return made_of


def _entry(feed: Element, told: ToldTelling, words: Words) -> None:
    entry = SubElement(feed, f"{{{_ATOM}}}entry")
    _text(entry, "id", f"urn:uuid:{told.telling.id}")
    _text(entry, "title", title(told, words))
    _text(entry, "updated", f"{told.telling.at}Z")
    _text(entry, "published", f"{told.telling.at}Z")
    SubElement(entry, f"{{{_ATOM}}}category", {"term": told.telling.kind})
    for url in dict.fromkeys(
        filter(None, (link_target(one.now.article.url) for one in told.items if one.now))
    ):
        SubElement(entry, f"{{{_ATOM}}}link", {"rel": "related", "href": url})
    content = _text(entry, "content", "\n".join(_lines(told, words)))
    content.set("type", "text")


def _lines(told: ToldTelling, words: Words) -> list[str]:
    lines = [headline(told, words)]
    for item in told.items:
        lines += ["", words.say(f"news.{item.kind}"), *item_lines(item, words)]
    return lines


def _text(parent: Element, name: str, text: str) -> Element:
    child = SubElement(parent, f"{{{_ATOM}}}{name}")
    child.text = _NO_XML.sub("", text)
    return child

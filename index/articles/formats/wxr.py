"""WXR, what WordPress exports, into articles: its published posts, each with its channel's name as outlet."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from io import BufferedReader
from typing import TYPE_CHECKING

from index.articles.formats.editions import edition_of, wire_in, with_offset
from index.articles.formats.markup import found, local, paragraphs, parsed_xml, text_at
from index.articles.formats.rows import Format, Row
from index.articles.formats.xml_items import XmlItem, items_of, root_attributes, root_name
from index.articles.identity import web_address
from index.canonical import one_line
from index.errors import BadArticle

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

# What is no article by its type; other types are a site's own kinds of articles.
_OTHER = {"attachment": "attachments", "page": "pages", "nav_menu_item": "menu items",
          "revision": "revisions",
          "wp_block": "blocks", "wp_template": "templates", "wp_template_part": "templates",
          "wp_navigation": "menu items", "wp_global_styles": "styles", "custom_css": "styles",
          "customize_changeset": "styles", "oembed_cache": "embeds", "user_request": "requests",
          "product": "products", "feedback": "messages", "elementor_library": "templates"}  # fmt: skip
_UNPUBLISHED = {"draft": "drafts", "auto-draft": "drafts", "pending": "drafts", "private": "private posts",
                "future": "scheduled posts", "trash": "posts in the trash",
                "inherit": "attachments"}  # fmt: skip
_CAPTION = re.compile(r"(?is)\[(?:wp_)?caption\b[^\]]*\].{0,5000}?\[/(?:wp_)?caption\]")
# Shortcodes; what stands in brackets in an article otherwise, such as [sic], stays.
_SHORTCODE = re.compile(
    r"\[/?(?:gallery|embed|audio|video|playlist|more|nextpage)\b[^\]]*\]|\[[a-z][\w-]*(?:\s+[\w-]+=[^\]]+)\]"
    r"|\[/[a-z][\w-]*\]"
)
_DECLARATION = re.compile(rb"<\?xml[^>]{0,200}?\?>")


@dataclass(frozen=True)
class _Channel:
    """What a file says before its posts: the site's name and language, its writers' names by login."""

    name: str | None = None
    language: str | None = None
    writers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class _Post:
    """A post as it was cut out, with its channel and what its tags need to be understood."""

    cut: XmlItem
    channel: _Channel
    opening: bytes


def is_wxr(head: bytes) -> bool:
    """Whether a file begins as an export of WordPress does; a feed does not name WordPress's namespaces."""
    return root_name(head) == "rss" and (b"wordpress.org/export/" in head or b"wxr_version" in head)


def _pieces(stream: BufferedReader) -> Iterator[_Post]:
    channel: _Channel | None = None
    opening = b""
    for cut in items_of(stream, "item"):
        if channel is None:
            declared = _DECLARATION.match(cut.head.lstrip(b"\xef\xbb\xbf \r\n"))
            opening = (declared[0] if declared else b"") + b"<rss" + root_attributes(cut.head) + b">"
            channel = _channel(cut.head)
        yield _Post(cut, channel, opening)


def _channel(head: bytes) -> _Channel:
    """What stands before the first item; it breaks off there, so it is read as far as it goes."""
    root = parsed_xml(head, mended=True)
    channel = next(iter(found(root, "channel")), root)
    writers = {}
    for one in found(channel, "author"):
        login, name = text_at(one, "author_login"), text_at(one, "author_display_name")
        if login:
            writers[login] = name or login
    return _Channel(text_at(channel, "title"), text_at(channel, "language"), writers)


def _read(post: _Post) -> Iterator[Row]:
    if post.cut.item is None:
        yield Row(refused=post.cut.why)
        return
    data = post.opening + post.cut.item + b"</rss>"
    notes: tuple[str, ...] = ()
    try:
        root = parsed_xml(data)
    except BadArticle as exc:
        root, notes = parsed_xml(data, mended=True), (f"{exc}; read as far as it can be",)
    item = next(iter(found(root, "item")), root)
    kind = _first(item, "post_type") or "post"
    status = _first(item, "status") or "publish"
    passed_over = _OTHER.get(kind) or (
        None if status == "publish" else _UNPUBLISHED.get(status, "unpublished posts")
    )
    if passed_over or _first(item, "post_password"):
        yield Row(passed_over=passed_over or "posts behind a password")
        return
    yield Row(fields=_fields(item, post.channel), notes=notes, edition=_modified(item))


def _fields(item: Element, channel: _Channel) -> dict[str, object]:
    title = _first(item, "title")
    text = _text(item, title)
    login = _first(item, "creator") or _first(item, "author")
    addresses = (_first(item, "link"), _first(item, "guid"))
    return {
        "title": title,
        "outlet": channel.name,
        "agency": wire_in(text),
        "author": channel.writers.get(login or "", login),
        "published": _published(item),
        "url": next((one for one in addresses if one and web_address(one)), None),
        "language": channel.language,
        "text": text,
    }


def _text(item: Element, title: str | None) -> str:
    """The content of a post, else its excerpt."""
    contents = {"content": "", "excerpt": ""}
    for one in found(item, "encoded"):
        kind = "excerpt" if "excerpt" in str(one.tag) else "content"
        contents[kind] = contents[kind] or "".join(one.itertext())
    for markup in contents.values():
        if text := paragraphs(_SHORTCODE.sub("", _CAPTION.sub("", markup)), title=title):
            return text
    return ""


def _published(item: Element) -> str | None:
    """When it was published, by the site's own clock with its offset where that can be told."""
    there, utc = _date(item, "post_date"), _date(item, "post_date_gmt")
    return with_offset(there, utc) or (f"{utc}Z" if utc else None) or there or _first(item, "pubDate")


def _modified(item: Element) -> str | None:
    return edition_of(_date(item, "post_modified_gmt"), _date(item, "post_date_gmt"))


def _date(item: Element, name: str) -> str | None:
    """A date; WordPress writes zeros for none."""
    text = _first(item, name)
    return text if text and not text.startswith("0000") else None


def _first(item: Element, name: str) -> str | None:
    """The text of the first child of that name, which stands in a namespace of WordPress's or in none."""
    return next((one_line("".join(one.itertext())) for one in item if local(one) == name), None) or None


FORMAT = Format("a WordPress export", "item", _pieces, _read, mark=b"<item")

"""What an address answered into drafts of articles, by what it says it is and by what it is."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import replace
from email.message import Message
from urllib.parse import urlsplit

from index.articles.decode import Decoded, decode
from index.articles.draft import MOST_CHARACTERS, Drafted
from index.articles.html import declared_encoding, read_html
from index.articles.identity import joined_address, same_site
from index.articles.limited import LimitedChild
from index.articles.plain import read_plain
from index.errors import BadArticle, Refusal
from index.fetching.records import Fetched

_IS_HTML = re.compile(r"(?i)\s*(?:<\?xml[^>]*>\s*)?(?:<!--.{0,2000}?-->\s*)?<(?:!doctype\s+html|html)\b")
_LINK = re.compile(r"(?i)<link\b[^>]{1,1000}>")
_ATTRIBUTE = re.compile(r"""(?i)\b(rel|type|href|title)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""")
_FEEDS = re.compile(r"(?i)application/(?:(?:rss|atom|rdf)\+xml|feed\+json)")
_OF_COMMENTS = re.compile(r"(?i)\bcomments?\b")
_HEAD = 500_000  # characters that a page's links are looked for in
_MOST_FEEDS = 3  # that are named; a front page has one a section
_PICTURES = {"image": "a picture", "audio": "a sound file", "video": "a film", "font": "a font"}


def drafts_of(fetched: Fetched, pages: LimitedChild) -> Iterator[Drafted | Refusal]:
    """The drafts of the articles in a successful answer; of a page it is one.

    This is where another kind of content is told from a page. Raises `BadArticle` for a kind that is not
    read, and where no article is in it; a page that names feeds is told with them.
    """
    media_type, charset = _said(fetched)
    _check_kind(fetched.body, media_type)
    decoded = decode(fetched.body, declared=charset or declared_encoding(fetched.body))
    is_html = media_type in {"text/html", "application/xhtml+xml"}
    if is_html or _IS_HTML.match(decoded.text[:5000]):
        yield _page(decoded, fetched.final_url, pages)
    elif media_type in {"", "text/plain", "text/markdown"}:
        _check_length(decoded.text)
        yield _placed(read_plain(decoded.text), decoded, fetched.final_url)
    else:
        raise BadArticle(f"is {media_type}, expected a web page (HTML)")


def feeds_named(text: str, base: str) -> list[str]:
    """The addresses of the feeds that the head of the page at `base` names, without those of comments."""
    named = [
        joined_address(base, link["href"])
        for link in _links(text, "alternate")
        if _FEEDS.match(link.get("type", ""))
        and not _OF_COMMENTS.search(f"{link.get('title', '')} {link['href']}")
    ]
    return list(dict.fromkeys(address for address in named if address))


def _links(text: str, relation: str) -> Iterator[dict[str, str]]:
    """The attributes of each `<link>` of a page that has this `rel` and an `href`."""
    for link in _LINK.findall(text[:_HEAD]):
        told = {
            name.lower(): html.unescape(one or other or bare)
            for name, one, other, bare in _ATTRIBUTE.findall(link)
        }
        if relation in told.get("rel", "").lower().split() and told.get("href"):
            yield told


def _said(fetched: Fetched) -> tuple[str, str | None]:
    """The media type in lower case and the charset that the header names, if any."""
    header = Message()
    header["content-type"] = fetched.headers.get("content-type", "").split(",")[0]
    named = "/" in header["content-type"]
    return header.get_content_type() if named else "", header.get_content_charset()


def _check_kind(body: bytes, media_type: str) -> None:
    """Raise `BadArticle` for what is no page, whatever is in it."""
    if not body.strip():
        raise BadArticle("is empty, expected a web page")
    if media_type == "application/pdf" or body.startswith(b"%PDF-"):
        raise BadArticle("is a PDF file, expected a web page (save its text as .txt and add that)")
    kind = _PICTURES.get(media_type.partition("/")[0])
    if kind:
        raise BadArticle(f"is {kind} ({media_type}), expected a web page")


def _check_length(text: str) -> None:
    """Raise `BadArticle` for a text of which no article is read, before it is."""
    if len(text) > 2 * MOST_CHARACTERS:
        raise BadArticle(f"has {len(text):,} characters, expected at most {MOST_CHARACTERS:,}")


def _page(decoded: Decoded, address: str, pages: LimitedChild) -> Drafted:
    """The draft of a page, with a note on the feeds that it names."""
    feeds = feeds_named(decoded.text, address)
    told = tuple(f"this page names a feed: {feed}" for feed in feeds[:_MOST_FEEDS])
    try:
        drafted = read_html(decoded.text, pages)
    except BadArticle as exc:
        raise BadArticle("; ".join((str(exc), *told))) from exc
    placed = _placed(drafted, decoded, address)
    return replace(placed, notes=(*placed.notes, *told))


def _placed(drafted: Drafted, decoded: Decoded, address: str) -> Drafted:
    """A draft with the address that it is known by, and the note on its encoding."""
    canonical = next((link["href"] for link in _links(decoded.text, "canonical")), drafted.draft.url)
    draft = drafted.draft.model_copy(update={"url": _own_address(canonical, address)})
    notes = (decoded.note, *drafted.notes) if decoded.note else drafted.notes
    return replace(drafted, draft=draft, notes=notes)


def _own_address(canonical: str | None, address: str) -> str:
    """The address that a page gives as its own, where that can be: else any page could replace another's.

    It must be of the same site, and not its front page, which some templates name on every page.
    """
    stated = joined_address(address, canonical) if canonical else None
    if stated is None:
        return address
    its, real = urlsplit(stated), urlsplit(address)
    is_front = not its.path.strip("/") and not its.query and bool(real.path.strip("/") or real.query)
    return stated if same_site(stated, address) and not is_front else address

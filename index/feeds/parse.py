"""What an address answered into a feed's document, in a child process with limits.

The kind is told by the content: servers call feeds "text/html" and "text/plain".
"""

from __future__ import annotations

import json
import re
from dataclasses import asdict

from index.articles.decode import decode
from index.articles.formats.xml_items import root_name
from index.articles.limited import DEFAULT_LIMITS, ChildLimits, LimitedChild, serve
from index.errors import BadArticle, BadInput
from index.feeds.json_feed import is_json_feed, read_json_feed
from index.feeds.records import Entry, FeedDocument, NamedAddress
from index.feeds.sitemap import read_opml, read_sitemap
from index.feeds.syndication import read_syndication

_DECLARED = re.compile(rb"^[^>]{0,200}<\?xml[^>]{0,100}?encoding\s*=\s*[\"']([\w.:-]+)")
_ROOTS = frozenset(("rss", "feed", "rdf", "channel", "urlset", "sitemapindex", "opml"))
_BEGIN = 100_000  # bytes that show what a document is


def feed_reader(*, limits: ChildLimits = DEFAULT_LIMITS) -> LimitedChild:
    """The child process that `read_feed` asks; close it at the end."""
    return LimitedChild("index.feeds.parse", limits=limits)


def is_feed(body: bytes) -> bool:
    """Whether bytes begin as a feed, a sitemap or an OPML list does."""
    begin = _begun(body)
    return is_json_feed(begin.decode("latin-1")) or _root_of(begin) is not None


def read_feed(body: bytes, reader: LimitedChild, *, base: str, charset: str | None = None) -> FeedDocument:
    """The document that stands at the address `base`; `charset` is what the server said.

    Raises `BadArticle` where it is none, or costs too much to read.
    """
    head = json.dumps({"base": base, "charset": charset}).encode()
    try:
        told = json.loads(reader.ask(head + b"\n" + body))
    except BadInput as exc:
        raise BadArticle(str(exc)) from exc
    if "refused" in told:
        raise BadArticle(told["refused"])
    told["entries"] = tuple(Entry(**one) for one in told["entries"])
    told["places"] = tuple(NamedAddress(**one) for one in told["places"])
    return FeedDocument(**{**told, "notes": tuple(told["notes"])})


def document_of(body: bytes, *, base: str, charset: str | None = None) -> FeedDocument:
    """The same within this process: the child's side. Raises `BadArticle`."""
    declared = _DECLARED.match(body[:400])
    decoded = decode(body, declared=declared[1].decode() if declared else charset)
    text = decoded.text
    if is_json_feed(text):
        document = read_json_feed(text, base=base)
    else:
        root = _root_of(text[:_BEGIN].encode(errors="replace"))
        if root in {"urlset", "sitemapindex"}:
            document = read_sitemap(text, base=base)
        elif root == "opml":
            document = read_opml(text, base=base)
        else:
            document = read_syndication(text, base=base)
    if decoded.note is None:
        return document
    return FeedDocument(**{**vars(document), "notes": (decoded.note, *document.notes)})


def _begun(body: bytes) -> bytes:
    """How a document begins, whatever it is encoded in: what is told apart here is ASCII."""
    begin = body[:_BEGIN]
    if begin[:2] in {b"\xff\xfe", b"\xfe\xff"} or b"\x00" in begin[:4]:
        begin = begin.replace(b"\x00", b"").removeprefix(b"\xff\xfe").removeprefix(b"\xfe\xff")
    return begin.removeprefix(b"\xef\xbb\xbf")


def _root_of(begin: bytes) -> str | None:
    """The name of the root of a feed's XML; None where it is another's."""
    name = (root_name(begin) or "").lower()
    return name if name in _ROOTS else None


def _answered(request: bytes) -> bytes:
    head, _, body = request.partition(b"\n")
    asked = json.loads(head)
    try:
        document = document_of(body, base=asked["base"], charset=asked["charset"])
    except BadArticle as exc:
        return json.dumps({"refused": str(exc)}).encode()
    return json.dumps(asdict(document)).encode()


if __name__ == "__main__":
    serve(_answered)

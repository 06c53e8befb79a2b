"""Every reader of what strangers wrote, as a function of bytes, with what it reads well.

For the fuzzer and what it found. Each raises `BadInput` or nothing.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Iterable
from contextlib import suppress
from io import BufferedReader, BytesIO
from pathlib import Path

from export_files import BODY, CSV, NEWSML, NINJS_1, NINJS_2, NITF, PAGE, TELEGRAM, WXR, parquet, warc

from index.articles.decode import decode
from index.articles.draft import Drafted, article_of, draft_of
from index.articles.formats.child import Exports
from index.articles.formats.known import export_format
from index.articles.formats.rows import unpacked
from index.articles.html import declared_encoding, extract, read_html
from index.articles.jsonl import read_json, read_jsonl
from index.articles.markdown import read_markdown
from index.articles.plain import read_plain
from index.errors import BadInput, Refusal
from index.feeds.entries import outlet_of
from index.feeds.identity import article_id, content_of, identities, own_addresses
from index.feeds.parse import document_of
from index.fetching.addresses import read_address
from index.fetching.compression import unpacked as inflated
from index.fetching.limits import FetchSettings
from index.fetching.robots import judged
from index.sentences import sentence_spans

FEED = f"""<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Quay Post</title><link>https://quay.example/</link>
<ttl>60</ttl><item><title>Bridge &amp; ferry</title><guid isPermaLink="false">7</guid><dc:creator>Ann Dowell
</dc:creator><pubDate>Thu, 07 Mar 2024 10:00:00 GMT</pubDate><link>https://quay.example/7</link><content:encoded>
<![CDATA[<p>{BODY}</p><p hidden>Buy</p>]]></content:encoded></item></channel></rss>"""
ATOM = f"""<feed xmlns="http://www.w3.org/2005/Atom" xml:base="/a/"><title>Quay</title><entry><id>urn:1</id>
<title type="html">A &lt;b&gt;bridge</title><updated>2024-03-07T10:00:00Z</updated><link href="1"/>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>{BODY}</p></div></content></entry></feed>"""
SITEMAP = """<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>https://quay.example/1</loc>
<lastmod>2024-03-07</lastmod></url></urlset>"""
OPML = '<opml version="2.0"><body><outline text="Q"><outline xmlUrl="https://q.example/f"/></outline></body></opml>'
ITEM = {
    "id": "1",
    "url": "/1",
    "content_html": f"<p>{BODY}</p>",
    "date_published": "2024-03-07T10:00:00+01:00",
}
JSON_FEED = json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": "Quay", "items": [ITEM]})
COPIED = f"Bridge opens\n\nQuay Post\nBy Ann Dowell\n7 March 2024\n\nADVERTISEMENT\n\n{BODY}\n\n© 2024 Quay"
MARKDOWN = (
    f"---\ntitle: Bridge\noutlet: Quay Post\npublished: 2024-03-07\nurl: https://q.example/1\n---\n\n{BODY}"
)
ROW = json.dumps(
    {"title": "Bridge", "text": BODY, "published": "2024-03-07", "author": ["Ann"], "url": "q.example"}
)
WEB = "https://quay.example:443/a?b#c\nUser-agent: *\nDisallow: /a*b$\nCrawl-delay: 2"


class Here:
    """Stands for the child that parses pages: the same function, in this process, where coverage is seen."""

    def ask(self, request: bytes) -> bytes:
        """What the child would answer."""
        return extract(request)


def store(drafts: Iterable[Drafted | Refusal]) -> None:
    """What is done with drafts up to the archive: every field is text that UTF-8 can hold."""
    for drafted in drafts:
        if isinstance(drafted, Refusal):
            str(drafted.reason).encode()
            continue
        with suppress(BadInput):
            article, notes = article_of(drafted)
            for text in (*map(str, vars(article).values()), *notes):
                text.encode()
            sentence_spans(article.body[:20_000])


def page(data: bytes) -> None:
    decoded = decode(data, declared=declared_encoding(data))
    store([read_html(decoded.text, Here())])


def exports(data: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "export"
        path.write_bytes(data)
        name = export_format(path)
        if name is not None and name != "parquet":  # that has a parser of its own, in C++
            _export(path, name)


def _export(path: Path, name: str) -> None:
    reader, request = (
        Exports(),
        json.dumps({"path": str(path), "format": name, "skip": 0, "most": 64}).encode(),
    )
    for _ in range(4):
        answer = json.loads(reader.answer(request))
        store(Drafted(draft_of(unpacked(row).fields)) for _, row in answer if row["fields"])
        if not answer:
            return
        request = b""


def json_rows(data: bytes) -> None:
    with suppress(BadInput):
        store(read_json(data))
    with BufferedReader(BytesIO(data)) as stream:
        store(read_jsonl(stream))


def fetched(data: bytes) -> None:
    head, _, rest = data.partition(b"\n")
    text = head.decode("utf-8", errors="replace")
    with suppress(BadInput):
        read_address(text, FetchSettings(), base="https://quay.example/a/")
    with suppress(BadInput):
        inflated(rest, "gzip" if text[:1] < "m" else "deflate", most_bytes=1_000_000)
    rules = rest.decode("utf-8", errors="replace")
    json.loads(
        judged(json.dumps({"text": rules, "url": "https://quay.example/a", "agent": "Dateline"}).encode())
    )


def feeds(data: bytes) -> None:
    document = document_of(data, base="https://q.example/f", charset=None)
    str(document).encode(errors="replace")
    names = identities(document.entries)
    for name, address in zip(names, own_addresses(document.entries, document.site), strict=True):
        article_id(address, feed_url="https://q.example/f", identity=name)
    for entry in document.entries:
        content_of(entry)
        outlet_of(document.title, document.site)


def plain(data: bytes) -> None:
    store([read_plain(decode(data).text)])


def markdown(data: bytes) -> None:
    store([read_markdown(decode(data).text)])


def encodings(data: bytes) -> None:
    decode(data[1:], declared=(None, "gb2312", "cp1251", "utf-16", "hz")[sum(data[:1]) % 5])


READERS: dict[str, tuple[Callable[[bytes], None], list[str | bytes]]] = {
    "page": (page, [PAGE, PAGE.replace("<p>", "<p style='color:#fff;font-size:0'>"), FEED]),
    "exports": (exports, [NITF, NEWSML, json.dumps(NINJS_1), json.dumps(NINJS_2), WXR, json.dumps(TELEGRAM),
                          CSV, warc(), parquet()]),
    "feeds": (feeds, [FEED, ATOM, SITEMAP, OPML, JSON_FEED]),
    "plain": (plain, [COPIED, BODY, COPIED.encode("utf-16")]),
    "markdown": (markdown, [MARKDOWN]),
    "json": (json_rows, [ROW, f"[{ROW}, {ROW}]", f"{ROW}\n{ROW}\n"]),
    "encodings": (encodings, [b"\1" + "桥已经开放".encode("gb2312"), b"\2" + "Мост открыт".encode("cp1251"),
                              b"\0\xff\xfea\0"]),
    "fetched": (fetched, [WEB, "//[::ffff:127.0.0.1]/\n\x1f\x8b\x08"]),
}  # fmt: skip

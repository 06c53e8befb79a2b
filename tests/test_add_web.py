"""Addresses into an archive: a server of the web; the real fetcher, parser, encoder and archive."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from itertools import chain
from pathlib import Path

import pytest
from web_server import WebServer, answer, redirect, serving

from bot.cli import run
from index.articles.fetched import feeds_named
from index.articles.html import html_reader
from index.articles.limited import LimitedChild
from index.articles.web import Web, read_web_page, sources_of
from index.encoding.encoder import Encoder
from index.fetching.fetch import Fetcher, FetchSettings
from index.records import Article
from index.storage.archive import Archive
from index.storage.ingest import ingest
from index.storage.tally import Report

Add = Callable[..., Report]
STORY = (
    "The harbour board of Velden decided on Tuesday to close the old pier for repairs until the spring.",
    "Its chair, Ada Brand, said that divers had found cracks in eleven of the forty pillars under water.",
    "Ferries will leave from the north quay, and the fish market moves to the hall beside the station.",
)


def page(*paragraphs: str, head: str = "", title: str = "Old pier of Velden closes") -> bytes:
    text = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>{head}</head>'
        f"<body><article><h1>{title}</h1>{text}</article></body></html>"
    ).encode()


def html(body: bytes, content_type: str = "text/html; charset=utf-8", **headers: str) -> bytes:
    return answer(body, content_type=content_type, **headers)


@pytest.fixture
def server() -> Iterator[WebServer]:
    with serving() as one:
        yield one


@pytest.fixture(scope="module")
def pages() -> Iterator[LimitedChild]:
    """The child that parses pages."""
    with html_reader() as child:
        yield child


@pytest.fixture
def archive(tmp_path: Path, encoder: Encoder) -> Iterator[Archive]:
    with Archive.open(tmp_path / "home", encoder, write=True) as one:
        yield one


@pytest.fixture
def add(server: WebServer, pages: LimitedChild, archive: Archive, encoder: Encoder) -> Iterator[Add]:
    """Fetches paths of the server and puts what it reads into the archive."""
    settings = FetchSettings(hosts=frozenset({f"localhost:{server.port}"}), delay_s=0)
    with Fetcher(settings) as fetcher:
        web = Web(fetcher, archive.known_page)

        def call(*paths: str) -> Report:
            urls = [server.address(path, "localhost") for path in paths]
            return ingest(archive, encoder, chain(*(read_web_page(url, web, pages) for url in urls)))

        yield call


def only(archive: Archive) -> Article:
    (article,) = archive.articles()
    return article


def test_of_the_command_a_page_goes_in_and_its_neighbours_whatever_becomes_of_it(
    empty_home: Path,
    server: WebServer,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("DATELINE_WEB__HOSTS", f"localhost:{server.port}")
    monkeypatch.setenv("DATELINE_WEB__DELAY", "0")
    monkeypatch.setenv("DATELINE_WEB__CONTACT", "desk@paper.example")
    (tmp_path / "a.md").write_text("---\ntitle: Bridge\noutlet: Herald\n---\nThe bridge was opened in Oslo.")
    here = server.address("", "localhost")
    server.pages |= {
        "/short": redirect("/2024/pier?utm_source=feed"),
        "/2024/pier?utm_source=feed": html(page(*STORY)),
        "/packed": answer(b"x" * 100, content_encoding="br"),
    }
    given = [f"{here}/short", str(tmp_path / "a.md"), f"{here}/gone", f"{here}/packed"]
    given += ["http://10.0.0.1/", "file:///etc/passwd", "https://ann:pass@news.example/"]
    code = run(["--home", str(empty_home), "add", "--json", *given])
    report = json.loads(capsys.readouterr().out)
    assert (code, report["added"]) == (3, 2)
    reasons = {one["where"]: one["reason"] for one in report["refused"]}
    assert reasons[f"{here}/gone"] == "answers 404 (Not Found), expected a page"
    assert "'br'" in reasons[f"{here}/packed"]
    assert "10.0.0.1, which is private" in reasons["http://10.0.0.1/"]
    assert "'file'" in reasons["file:///etc/passwd"]
    assert "names a user" in reasons["https://ann:pass@news.example/"]
    with Archive.open(empty_home) as archive:
        pier = next(one for one in archive.articles() if one.title == "Old pier of Velden closes")
    assert pier.url == f"{here}/2024/pier?utm_source=feed"
    assert pier.body.endswith(STORY[-1])
    assert "(+desk@paper.example)" in server.heads[0]


def test_a_page_that_has_not_changed_is_not_sent_again_and_one_that_has_is_a_revision(
    add: Add, server: WebServer, archive: Archive
) -> None:
    unchanged = answer(status="304 Not Modified", content_length="")
    server.pages["/pier"] = html(page(*STORY), etag='"v1"')
    assert add("/pier").added == 1
    server.pages["/pier"] = unchanged
    report = add("/pier")
    assert (report.unchanged, report.refused) == (1, ())
    assert 'If-None-Match: "v1"' in server.heads[-1]
    server.pages["/pier"] = html(page(*STORY, "The board had named twelve pillars at first."), etag='"v2"')
    assert add("/pier").updated == 1
    server.pages["/pier"] = html(page(*STORY, "The board had named twelve pillars at first."), etag='"v3"')
    assert add("/pier").unchanged == 1
    server.pages["/pier"] = unchanged
    assert add("/pier").unchanged == 1
    assert 'If-None-Match: "v3"' in server.heads[-1]
    assert "twelve pillars" in only(archive).body
    assert len(archive.revisions(only(archive).id)) == 2


def test_a_page_whose_article_was_removed_is_fetched_whole(
    add: Add, server: WebServer, archive: Archive
) -> None:
    server.pages["/pier"] = html(page(*STORY), last_modified="Tue, 07 May 2024 10:00:00 GMT")
    add("/pier")
    archive.remove(only(archive).id)
    assert add("/pier").added == 1
    assert "If-Modified-Since" not in server.heads[-1]


def test_two_addresses_of_one_page_are_one_article(add: Add, server: WebServer, archive: Archive) -> None:
    canonical = '<link rel="canonical" href="/2024/pier">'
    server.pages |= {"/a": html(page(*STORY, head=canonical)), "/b?x=1": html(page(*STORY, head=canonical))}
    report = add("/a", "/b?x=1")
    assert (report.added, report.unchanged + report.updated, report.refused) == (1, 1, ())
    assert only(archive).url == server.address("/2024/pier", "localhost")


@pytest.mark.parametrize(
    "canonical", ["https://other.example/story", "/", "https://", "javascript:alert(1)", "http://[::1"]
)
def test_no_page_takes_the_place_of_another_sites_or_of_all_pages_of_its_own(
    add: Add, server: WebServer, archive: Archive, canonical: str
) -> None:
    head = f'<link rel="canonical" href="{canonical}"><meta property="og:url" content="{canonical}">'
    server.pages["/pier"] = html(page(*STORY, head=head))
    add("/pier")
    assert only(archive).url == server.address("/pier", "localhost")


@pytest.mark.parametrize(
    ("told", "said"),
    [
        (html(b"%PDF-1.7 x", "application/pdf"), "is a PDF file, expected a web page"),
        (html(b"%PDF-1.7 x", "text/html"), "is a PDF file"),
        (html(b"\xff\xd8\xff\xe0", "image/jpeg"), "is a picture (image/jpeg)"),
        (html(b"\0\0\0 ftypmp42", "video/mp4"), "is a film"),
        (html(b"{}", "application/json"), "is application/json, expected a web page"),
        (html(b"  ", "text/html"), "is empty"),
        (answer(status="503 Oh", retry_after="90"), "answers 503 (Service Unavailable), asks to come back"),
        (answer(status="304 Not Modified", content_length=""), "answers 304"),
        (answer(status="599 Oh"), "answers 599, expected a page"),
    ],
)
def test_what_is_no_page_is_told_in_words(add: Add, server: WebServer, told: bytes, said: str) -> None:
    server.pages["/it"] = told
    (refusal,) = add("/it").refused
    assert refusal.where == server.address("/it", "localhost")
    assert said in refusal.reason


@pytest.mark.parametrize(
    ("content_type", "encoding"),
    [
        ("text/html; charset=windows-1251", "cp1251"),
        ("text/plain", "utf-8"),
        ("", "utf-8"),
        ("application/octet-stream", "utf-8"),
    ],
)
def test_a_page_is_read_whatever_it_is_said_to_be(
    add: Add, server: WebServer, archive: Archive, content_type: str, encoding: str
) -> None:
    said = "Совет порта закрыл старый причал до весны, сообщила председатель Ада Бранд во вторник вечером."
    body = page(said, said.replace("старый", "новый")).decode().replace('<meta charset="utf-8">', "")
    server.pages["/it"] = html(body.encode(encoding), content_type)
    assert add("/it").refused == ()
    assert said in only(archive).body


@pytest.mark.parametrize("busy", [answer(status="429 Slow"), answer(status="503 Oh", retry_after="600")])
def test_a_host_that_is_asked_too_often_is_not_asked_on(add: Add, server: WebServer, busy: bytes) -> None:
    server.pages |= {"/a": busy, "/b": html(page(*STORY))}
    refused = add("/a", "/b").refused
    assert "too often" in refused[1].reason
    assert server.asked == ["/a"]


def test_a_page_that_names_a_feed_says_so_also_where_it_has_no_article(add: Add, server: WebServer) -> None:
    head = '<link rel="alternate" type="application/rss+xml" title="News" href="/feed.xml">'
    front = f"<!doctype html><html><head>{head}</head><body></body></html>"
    server.pages |= {"/pier": html(page(*STORY, head=head)), "/": html(front.encode())}
    report = add("/pier", "/")
    named = f"this page names a feed: {server.address('/feed.xml', 'localhost')}"
    assert [one for one in report.notes if named in one]
    assert named in report.refused[0].reason


LINKS = """
<link rel=alternate type=application/atom+xml href=atom.xml>
<LINK HREF='https://feeds.example/a?x=1&amp;y=2' TYPE='application/feed+json' REL='home alternate'>
<link rel="alternate" type="application/rss+xml" href="/news/comments/feed" title="Comments">
<link rel="alternate" type="text/html" hreflang="de" href="/de"><link rel="stylesheet" href="a.css">
<link rel="alternate" type="application/rss+xml" href="javascript:alert(1)">
<link rel="alternate" type="application/rss+xml" href="http://[::1">
<link rel="alternate" type="application/rss+xml" href="/news/atom.xml">
"""


def test_feeds_are_named_by_their_whole_address_once_without_those_of_comments() -> None:
    feeds = feeds_named(LINKS, "https://a.example/news/x")
    assert feeds == ["https://a.example/news/atom.xml", "https://feeds.example/a?x=1&y=2"]


def test_addresses_are_told_from_paths() -> None:
    given = ["https://a.example/x", "FILE:///x", "a/b.md", "c:d.md", "http:/a", "mailto:a@b.example"]
    assert [isinstance(one, str) for one in sources_of(given)] == [True, True, False, False, False, False]

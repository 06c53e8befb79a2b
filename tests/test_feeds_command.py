"""Feeds from the command line, over HTTP and on the page: added, listed, watched, paused, removed."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from feed_year import Item, page, rss
from http_fakes import FakeAsker, FakeLibrary
from page_browser import NEEDS_CHROMIUM, a_page
from starlette.testclient import TestClient
from web_server import WebServer, answer, serving

from bot.cli import run
from bot.commands.watch import beside_server
from bot.feeds import watching
from bot.http.access.keys import KeyRing
from bot.http.app import create_app
from bot.http.settings import HttpSettings
from bot.settings import load_settings
from index.encoding.encoder import Encoder
from index.errors import ArchiveLocked
from index.feeds.outcome import FeedReport
from index.feeds.records import Feed
from index.feeds.watch import WatchLock
from index.storage.archive import Archive
from index.storage.feeds import FeedMemory

NOW = datetime(2026, 11, 29, 8, 0, tzinfo=UTC)
POST = Feed(1, "https://post.example/rss", "rss", "Post <b>", NOW, NOW, status="304", errors={"too-slow": 2})


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[WebServer]:
    with serving() as one:
        monkeypatch.setenv("DATELINE_WEB__HOSTS", f"localhost:{one.port}")
        monkeypatch.setenv("DATELINE_WEB__DELAY", "0")
        yield one


def put(server: WebServer, *items: Item, path: str = "/feed") -> str:
    base = server.address("", "localhost")
    server.pages[path] = answer(rss(*items, base=base), content_type="text/xml", etag='"1"')
    return f"{base}{path}"


def told(home: Path, capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str]:
    code = run(["--home", str(home), *arguments])
    return code, capsys.readouterr().out


def test_a_feed_is_added_listed_watched_paused_and_removed(
    empty_home: Path, server: WebServer, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    url = put(server, Item("bridge"), Item("tower"))
    other = put(server, Item("mill"), path="/other")
    (tmp_path / "mine.opml").write_text(
        f'<opml><body><outline xmlUrl="{other}" text="Other"/><outline xmlUrl="{other}x"/></body></opml>'
    )
    code, out = told(empty_home, capsys, "add", "--json", url, str(tmp_path / "mine.opml"))
    added = json.loads(out)
    assert (code, added["added"], [one["where"] for one in added["refused"]]) == (3, 3, [f"{other}x"])
    assert {one["feed"]["url"]: one["added"] for one in added["feeds"]} == {url: 2, other: 1, f"{other}x": 0}

    listed = json.loads(told(empty_home, capsys, "feeds", "--json")[1])["feeds"]
    assert {(one["url"], one["new"], one["state"], one["status"]) for one in listed} == {
        (url, 2, "read", "200"),
        (other, 1, "read", "200"),
        (f"{other}x", 0, "read", "http-404"),
    }
    assert "The Velden Post" in told(empty_home, capsys, "feeds")[1]

    assert told(empty_home, capsys, "feeds", "pause", f"{url}/") == (0, f"paused {url}/\n")
    put(server, Item("bridge"), Item("tower"), Item("weir"))
    assert told(empty_home, capsys, "watch", "--once") == (0, "")
    assert told(empty_home, capsys, "feeds", "resume", url)[0] == 0
    code, out = told(empty_home, capsys, "watch", "--once")
    assert (code, "The Velden Post · 1 new · next" in out) == (0, True)

    assert told(empty_home, capsys, "feeds", "remove", url)[0] == 0
    assert told(empty_home, capsys, "feeds", "remove", url)[0] == 4
    assert len(json.loads(told(empty_home, capsys, "feeds", "--json")[1])["feeds"]) == 2
    assert json.loads(told(empty_home, capsys, "status", "--json")[1])["articles"] == 4


def test_a_file_of_a_feed_is_read_once_whatever_it_is_called(
    empty_home: Path, server: WebServer, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    base = server.address("", "localhost")
    server.pages["/tower"] = page("tower")
    saved = tmp_path / "saved.txt"
    saved.write_bytes(rss(Item("bridge"), Item("tower", whole=False), base=base))
    code, out = told(empty_home, capsys, "add", str(saved))
    assert (code, "added 2" in out, "The Velden Post · 2 new · a file, read once" in out) == (0, True, True)
    assert told(empty_home, capsys, "feeds")[1].startswith(
        "Pages added by their address\n  1 looked at again"
    )
    again = json.loads(told(empty_home, capsys, "add", "--json", str(saved))[1])
    assert (again["added"], again["updated"], server.asked) == (0, 0, ["/tower"])


def test_one_process_watches_and_a_stopped_watcher_ends(
    empty_home: Path, server: WebServer, encoder: Encoder
) -> None:
    settings, stop = load_settings({"home": empty_home}), threading.Event()
    reports: list[FeedReport] = []

    def tell(report: FeedReport) -> None:
        reports.append(report)
        stop.set()

    with Archive.open(empty_home, encoder, write=True):
        FeedMemory(empty_home).add(put(server, Item("bridge")), "rss", "", now=NOW)
    with WatchLock(empty_home, command="dateline serve") as lock:
        with pytest.raises(ArchiveLocked, match=r"is being watched by process \d+ \(dateline serve\)"):
            WatchLock(empty_home, command="dateline watch")
        with (
            Archive.open(empty_home, encoder) as archive,
            watching(settings, archive, encoder, tell=tell, stop=stop, lock=lock) as watcher,
        ):
            watcher.run()
    assert [(one.added, one.trouble) for one in reports] == [(1, None)]


def test_beside_a_server_feeds_are_read_once_nobody_else_watches(
    empty_home: Path, server: WebServer, encoder: Encoder, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = load_settings({"home": empty_home}).model_copy(update={"watch": True})
    memory = FeedMemory(empty_home)
    with Archive.open(empty_home, encoder, write=True):
        memory.add(put(server, Item("bridge")), "rss", "", now=NOW)

    async def beside(archive: Archive, *, seconds: float) -> None:
        (companion,) = beside_server(settings, archive, encoder)
        await companion.start()
        for _ in range(int(seconds * 20)):
            await asyncio.sleep(0.05)
            if memory.all()[0].status:
                break
        await companion.close()

    with Archive.open(empty_home, encoder) as archive:
        assert beside_server(load_settings({"home": empty_home}), archive, encoder) == ()
        with WatchLock(empty_home, command="dateline watch"):
            asyncio.run(beside(archive, seconds=0.2))
        assert (memory.all()[0].status, "feeds are not read here" in capsys.readouterr().err) == (None, True)
        asyncio.run(beside(archive, seconds=20))
        assert (memory.all()[0].status, archive.status().articles) == ("200", 1)


def test_feeds_over_http_need_a_key_where_reading_does(tmp_path: Path) -> None:
    library = FakeLibrary()
    library.subscriptions = [POST, POST]
    keys = KeyRing(tmp_path / "keys.json")
    with TestClient(create_app(FakeAsker(library), library, keys=keys)) as client:
        page = client.get("/feeds", params={"limit": 1}).json()
    assert (page["total"], page["next"], page["feeds"][0]["errors"]) == (2, 1, {"too-slow": 2})
    settings = HttpSettings(require_key=True)
    with TestClient(create_app(FakeAsker(library), library, keys=keys, settings=settings)) as client:
        assert client.get("/feeds").status_code == 401


def test_what_a_feeds_address_keeps_secret_is_told_to_writers_alone(tmp_path: Path) -> None:
    library, keys = FakeLibrary(), KeyRing(tmp_path / "keys.json")
    secret = "https://desk:s3cret@wire.example/@desk/rss?format=rss&token=s3cret&s3cret#s3cret"
    shown = "https://wire.example/@desk/rss?format=•••&token=•••&•••"
    ended = f"moved to {secret} which is read already"
    library.subscriptions = [replace(POST, url=secret, title=secret, ended=ended)]
    reader, writer = keys.add("reader"), keys.add("writer", write=True)
    with TestClient(create_app(FakeAsker(library), library, keys=keys)) as client:
        for headers in ({}, {"X-API-Key": reader}):
            (feed,) = client.get("/feeds", headers=headers).json()["feeds"]
            assert (feed["url"], feed["title"]) == (shown, shown)
            assert feed["ended"] == f"moved to {shown} which is read already"
        (whole,) = client.get("/feeds", headers={"X-API-Key": writer}).json()["feeds"]
    assert (whole["url"], whole["ended"]) == (secret, ended)


@NEEDS_CHROMIUM
def test_the_page_lists_feeds(tmp_path: Path) -> None:
    library = FakeLibrary()
    library.subscriptions = [POST]
    with a_page(FakeAsker(library), tmp_path) as page:
        page.goto("/?view=feeds")
        page.wait_for_selector("#copies .copied")
        assert page.text_content("#copies h3") == "Post <b>"
        told_of_it = str(page.text_content("#copies .copied"))
    expected = "not read yet · next 29 Nov 2026, 08:00 UTC · 0 new articles, 0 revisions · too-slow 2"
    assert expected in told_of_it

"""`/follows` and its Atom feed: each reader's own, within limits, the same as from the command line."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import feedparser
import pytest
from follow_parts import LATER, QUESTION, FollowedLibrary
from http_fakes import HARBOUR, FakeAsker
from starlette.testclient import TestClient

from bot.cli import run
from bot.follows.database import LAYOUT
from bot.http.access.keys import KeyRing
from bot.http.app import create_app
from bot.http.follows import HttpFollows
from bot.http.settings import HttpSettings
from bot.settings import load_settings
from bot.telling import teller_of

Json = dict[str, object]


@dataclass
class Server:
    client: TestClient
    library: FollowedLibrary
    asker: FakeAsker
    follows: HttpFollows
    keys: KeyRing
    home: Path

    def follow(
        self, question: str = QUESTION, *, headers: dict[str, str] | None = None, **more: object
    ) -> Json:
        answered = self.client.post("/follows", json={"question": question, **more}, headers=headers)
        assert answered.status_code == 201, answered.text
        return cast(Json, answered.json())

    def turn(self) -> None:
        import asyncio

        settings = load_settings({"home": self.home})
        teller = teller_of(settings, self.follows.desk, asker=self.asker, archive=self.library)
        asyncio.run(teller.turn(patient=False))


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    yield from serving(tmp_path, HttpSettings())


def serving(home: Path, settings: HttpSettings) -> Iterator[Server]:
    import asyncio

    library = FollowedLibrary(HARBOUR)
    asker, keys = FakeAsker(library), KeyRing(home / "keys.json")
    follows = HttpFollows(load_settings({"home": home}), library)
    app = create_app(asker, library, keys=keys, settings=settings, home=home, follows=follows)
    with TestClient(app, raise_server_exceptions=False) as client:
        yield Server(client, library, asker, follows, keys, home)
    asyncio.run(follows.close())


def test_a_reader_of_the_page_follows_sees_what_is_new_and_ends_it(server: Server) -> None:
    assert server.client.get("/follows").json() == {"follows": [], "new": 0, "feed": None}
    assert not (server.home / LAYOUT.file_name).exists()
    begun = server.follow()
    mine = {"X-Reader": str(begun["reader"])}
    assert cast(Json, begun["told"])["kind"] == "begun" and begun["secret"] is None
    server.client.post("/follows/seen", headers=mine)
    server.library.take(LATER)
    server.turn()
    listed = server.client.get("/follows", headers=mine).json()
    assert (listed["new"], listed["follows"][0]["status"]) == (1, "answered")
    path = f"/follows/{listed['follows'][0]['id']}"
    log = server.client.get(path, headers=mine).json()
    assert [one["kind"] for one in log["tellings"]] == ["news", "begun"]
    assert log["tellings"][0]["news"][0]["now"]["article"]["outlet"] == "Northern Desk"
    assert server.client.post("/follows/seen", headers=mine).status_code == 204
    assert server.client.get("/follows", headers=mine).json()["new"] == 0
    for other in ({}, {"X-Reader": "x" * 43}):
        assert server.client.get(path, headers=other).status_code == 404
        assert server.client.delete(path, headers=other).status_code == 404
        assert server.client.get("/follows", headers=other).json()["follows"] == []
    assert server.client.delete(path, headers=mine).status_code == 204
    assert server.client.get("/follows", headers=mine).json()["follows"] == []


def test_the_feed_is_atom_its_ids_stay_and_an_unchanged_one_is_not_sent_again(server: Server) -> None:
    begun = server.follow()
    address = f"/{begun['feed']}"
    first = server.client.get(address)
    assert first.headers["content-type"] == "application/atom+xml; charset=utf-8"
    known = {"If-None-Match": f'"other", W/{first.headers["etag"]}'}
    again = server.client.get(address, headers=known)
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", first.headers["etag"])
    server.library.take(LATER)
    server.turn()
    second = server.client.get(address, headers=known)
    assert second.status_code == 200
    feeds = [feedparser.parse(one.text) for one in (first, second)]
    assert [feed.bozo for feed in feeds] == [False, False]
    assert feeds[0].feed.id == feeds[1].feed.id and feeds[0].feed.id.startswith("urn:uuid:")
    ids = [[entry.id for entry in feed.entries] for feed in feeds]
    assert ids[1][1:] == ids[0] and len(set(ids[1])) == 2
    assert feeds[1].entries[0].title == f"News: {QUESTION}"
    assert "Northern Desk" in feeds[1].entries[0].content[0].value
    assert feeds[1].feed.links[0].rel == "self" and feeds[1].feed.author == "Dateline"
    assert server.client.get(f"/follows.atom?token={'x' * 43}").status_code == 404
    assert server.client.get("/follows.atom").status_code == 422
    reader = str(begun["reader"])
    assert server.client.get(f"/follows.atom?token={reader}").status_code == 404  # each opens its own


def test_a_key_follows_with_a_webhook_whose_secret_is_shown_once(server: Server) -> None:
    token = server.keys.add("newsroom")
    key = {"Authorization": f"Bearer {token}"}
    begun = server.follow(headers=key, webhook="https://8.8.8.8/news", quiet="22-7", zone="Asia/Tokyo")
    assert str(begun["secret"]).startswith("whsec_") and begun["reader"] is None
    assert cast(Json, begun["follow"])["quiet"] == "22:00-07:00"
    again = server.follow(headers=key, webhook="https://8.8.8.8/news")
    assert (again["secret"], again["told"]) == (None, None)
    assert str(begun["secret"]) not in server.client.get("/follows", headers=key).text
    refused = server.client.post("/follows", json={"question": QUESTION, "webhook": "https://8.8.8.8/"})
    assert (refused.status_code, "needs a key" in refused.json()["detail"]) == (403, True)


PRIVATE = {
    "http://8.8.8.8/": "not encrypted",
    "https://127.0.0.1/": "loopback",
    "https://[::1]/": "loopback",
    "https://169.254.169.254/": "link-local",
    "gopher://8.8.8.8/": "http",
    "https://8.8.8.8:25/": "port",
}


def test_a_webhook_leads_nowhere_private(server: Server) -> None:
    key = {"X-API-Key": server.keys.add("newsroom")}
    for webhook, told in PRIVATE.items():
        refused = server.client.post("/follows", json={"question": QUESTION, "webhook": webhook}, headers=key)
        assert refused.status_code == 422 and told in refused.json()["detail"]
    assert server.client.get("/follows", headers=key).json()["follows"] == []


def test_a_removed_key_ends_its_follows_and_its_feed(
    server: Server, capsys: pytest.CaptureFixture[str]
) -> None:
    begun = server.follow(headers={"X-API-Key": server.keys.add("newsroom")})
    other = server.follow(headers={"X-API-Key": server.keys.add("desk")})
    assert run(["--home", str(server.home), "key", "remove", "newsroom"]) == 0
    assert server.client.get(f"/{begun['feed']}").status_code == 404
    assert [one.id for one in server.follows.desk.book.all()] == [cast(Json, other["follow"])["id"]]


def test_where_a_key_is_needed_only_the_feeds_own_token_opens_it(tmp_path: Path) -> None:
    for server in serving(tmp_path, HttpSettings(require_key=True)):
        assert server.client.post("/follows", json={"question": QUESTION}).status_code == 401
        begun = server.follow(headers={"X-API-Key": server.keys.add("newsroom")})
        assert server.client.get(f"/{begun['feed']}").status_code == 200
        assert server.client.get("/follows.atom", params={"token": "x" * 43}).status_code == 404
        assert server.client.get("/follows").status_code == 401


NONE: list[Json] = [
    {},
    {"question": " "},
    {"question": QUESTION, "quiet": "22"},
    {"question": QUESTION, "zone": "Mars"},
    {"question": QUESTION, "digest": "25:00"},
    {"question": QUESTION, "filters": {"since": "soon"}},
    {"question": QUESTION, "extra": 1},
    {"question": QUESTION, "language": "xx"},
]


def test_what_cannot_be_followed_is_refused_and_nothing_is_kept(server: Server) -> None:
    for body in NONE:
        refused = server.client.post("/follows", json=body)
        assert refused.status_code == 422, json.dumps(refused.json())
    assert server.follows.desk.book.all() == []

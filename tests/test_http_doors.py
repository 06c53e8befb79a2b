"""Who is let in by which name and path: nobody writes without a key, and no page of another site reads."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.routing import iter_route_contexts
from http_fakes import HARBOUR, FakeAsker, FakeLibrary, serving
from starlette.testclient import TestClient

from bot.http.access.keys import KeyRing
from bot.http.access.write_route import WriteRoute
from bot.http.app import create_app
from bot.http.settings import HttpSettings
from bot.settings import load_settings
from index.errors import BadSetting

NEW = {"articles": [{"id": "planted", "title": "Planted", "text": "The mayor resigned, she said."}]}
SIGNS = ("%0A", "%0a", "%0A%0A", "/%0A", "%7F", "%C2%85", "%0D%0A")
PAGE = "rebound.example"  # the name of a page of somebody else's that is made to lead here


@pytest.fixture
def library() -> FakeLibrary:
    return FakeLibrary()


@pytest.fixture
def keys(tmp_path: Path) -> KeyRing:
    return KeyRing(tmp_path / "keys.json")


def an_app(library: FakeLibrary, keys: KeyRing, settings: HttpSettings | None = None) -> FastAPI:
    return create_app(FakeAsker(library), library, keys=keys, settings=settings)


# By which path


def addresses(app: FastAPI) -> Iterator[tuple[str, str]]:
    """Every method and path of an app, with the id of an article where one is wanted."""
    for route in iter_route_contexts(app.routes):
        for method in sorted(route.methods or ()):
            yield method, str(route.path).replace("{article_id}", HARBOUR.id)


@pytest.mark.parametrize("require_key", [False, True])
@pytest.mark.parametrize("behind", ["%0A", "%0D", "%00", "%20"])
def test_no_path_is_another_ones_by_what_stands_behind_it(
    library: FakeLibrary, keys: KeyRing, behind: str, require_key: bool
) -> None:
    app = an_app(library, keys, HttpSettings(require_key=require_key))
    reader = {"X-API-Key": keys.add("reader", per_minute=0)}
    known = list(addresses(app))
    assert {("POST", "/articles"), ("DELETE", f"/articles/{HARBOUR.id}"), ("POST", "/mcp")} <= set(known)
    with TestClient(app) as client:
        for method, path in known:
            for headers in ({}, reader):
                status = client.request(method, f"{path}{behind}", json=NEW, headers=headers).status_code
                expected = (401, 403, 404, 405, 422) if behind == "%20" else (400,)
                assert status in expected, (method, path)
    assert "planted" not in library.stored
    assert HARBOUR.id in library.stored


def test_over_a_socket_as_well(library: FakeLibrary, keys: KeyRing) -> None:
    body = json.dumps(NEW).encode()
    with serving(an_app(library, keys)) as address:
        host, port = address.removeprefix("http://").split(":")
        for target, status in (("/articles", b"401"), *((f"/articles{one}", b"400") for one in SIGNS)):
            with socket.create_connection((host, int(port)), timeout=10) as wire:
                head = f"POST {target} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                wire.sendall(f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body)
                assert wire.recv(4096).split()[1] == status, target
    assert "planted" not in library.stored


def test_every_route_that_asks_for_a_key_refuses_by_itself_before_it_reads(
    library: FakeLibrary, keys: KeyRing
) -> None:
    app = an_app(library, keys)
    described = app.openapi()["paths"]
    wanting = {
        (method.upper(), path)
        for path, one in described.items()
        for method in one
        if "security" in one[method]
    }
    guarding = {
        (method, str(route.path))
        for route in iter_route_contexts(app.routes)
        if isinstance(route.original_route, WriteRoute)
        for method in route.methods or ()
    }
    assert wanting == guarding == {("POST", "/articles"), ("DELETE", "/articles/{article_id}")}
    with TestClient(app) as client:
        torn = client.post("/articles", content=b"{", headers={"Content-Type": "application/json"})
    assert torn.status_code == 401


# By which name


def statuses(app: FastAPI, name: str, **headers: str) -> dict[str, int]:
    """What is answered, on this machine, to a page that has this name."""
    ping = {"jsonrpc": "2.0", "id": 1, "method": "tools/list", "params": {}}
    said = {"Host": name, "Accept": "application/json, text/event-stream", **headers}
    with TestClient(app, base_url="http://127.0.0.1:8000") as client:
        got = {path: client.get(path, headers=said) for path in ("/ask?q=cranes", "/articles", "/feeds")}
        got |= {"/healthz": client.get("/healthz", headers=said), "/": client.get("/", headers=said)}
        got |= {"/?q=": client.get("/", params={"q": "cranes"}, headers=said)}
        got |= {"/mcp": client.post("/mcp", json=ping, headers=said)}
        assert ("four cranes" in got["/?q="].text) == (got["/ask?q=cranes"].status_code == 200)
    return {path: one.status_code for path, one in got.items()}


OPEN = {"/healthz": 200, "/": 200, "/?q=": 200}


@pytest.mark.parametrize(
    "name",
    ["localhost", "LOCALHOST:8000", "news.localhost", "localhost.", "127.0.0.1:9", "[::1]:8000", "10.0.0.7"],
)
def test_on_this_machine_it_goes_by_this_machines_names(
    library: FakeLibrary, keys: KeyRing, name: str
) -> None:
    assert set(statuses(an_app(library, keys), name).values()) == {200}


@pytest.mark.parametrize(
    "name",
    [PAGE, f"{PAGE}:8000", "localhost.rebound.example", "127.0.0.1.rebound.example", "[", "local host"],
)
def test_a_page_whose_name_is_made_to_lead_here_reads_nothing(
    library: FakeLibrary, keys: KeyRing, name: str
) -> None:
    forged = {"X-Forwarded-For": "127.0.0.1", "X-Forwarded-Host": "localhost"}
    refused = {"/ask?q=cranes": 421, "/articles": 421, "/feeds": 421, "/mcp": 421}
    for headers in ({}, forged):
        got = statuses(an_app(library, keys), name, **headers)
        assert {path: got[path] for path in refused} == refused
        assert got["/healthz"] == 200


def test_a_refused_name_says_what_to_set(library: FakeLibrary, keys: KeyRing) -> None:
    with TestClient(an_app(library, keys), base_url="http://127.0.0.1:8000") as client:
        told = client.get("/status", headers={"Host": PAGE}).json()
        assert f"does not go by the name '{PAGE}'" in told["detail"]
        assert "http.hosts" in told["detail"] and "http.trusted_proxies" in told["detail"]
        key = keys.add("reader")  # which no page can know
        assert client.get("/status", headers={"Host": PAGE, "X-API-Key": key}).status_code == 200


@pytest.mark.parametrize(
    ("settings", "name", "status"),
    [
        (HttpSettings(trusted_proxies=("127.0.0.1",)), "news.example.org", 200),
        (HttpSettings(root_path="/dateline"), "news.example.org", 200),
        (HttpSettings(hosts=("News.example.org",)), "news.EXAMPLE.org:443", 200),
        (HttpSettings(hosts=("news.example.org",)), "localhost", 200),
        (HttpSettings(hosts=("news.example.org",)), PAGE, 421),
        (HttpSettings(hosts=("news.example.org",), trusted_proxies=("127.0.0.1",)), PAGE, 421),
    ],
)
def test_behind_a_proxy_it_goes_by_the_proxys_name(
    library: FakeLibrary, keys: KeyRing, settings: HttpSettings, name: str, status: int
) -> None:
    assert statuses(an_app(library, keys, settings), name)["/ask?q=cranes"] == status


@pytest.mark.parametrize(("settings", "status"), [(None, 200), (HttpSettings(hosts=("localhost",)), 421)])
def test_where_others_reach_it_it_goes_by_every_name_unless_some_are_set(
    library: FakeLibrary, keys: KeyRing, settings: HttpSettings | None, status: int
) -> None:
    with TestClient(an_app(library, keys, settings), base_url="http://198.51.100.7") as client:
        assert client.get("/status", headers={"Host": "desk.example"}).status_code == status
        assert client.get("/status").status_code == 200


def test_a_host_that_is_none_is_refused_by_name(tmp_path: Path) -> None:
    (tmp_path / "settings.toml").write_text('http.hosts = ["https://news.example.org"]')
    with pytest.raises(BadSetting, match=r"'http\.hosts' .* expected names of hosts such as news"):
        load_settings({"home": tmp_path})

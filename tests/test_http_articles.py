from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote

import pytest
from http_fakes import HARBOUR, HOSTILE, RIVAL, FakeAsker, FakeLibrary
from settings_fakes import fixed
from starlette.testclient import TestClient

from bot.http.access.keys import KeyRing
from bot.http.app import create_app
from bot.http.settings import HttpSettings
from index.errors import ArchiveFull, ArchiveLocked, ArchiveMismatch


@pytest.fixture
def library() -> FakeLibrary:
    return FakeLibrary()


@pytest.fixture
def keys(tmp_path: Path) -> KeyRing:
    return KeyRing(tmp_path / "keys.json")


@pytest.fixture
def client(library: FakeLibrary, keys: KeyRing) -> Iterator[TestClient]:
    app = create_app(
        FakeAsker(library), library, keys=keys, settings=fixed(HttpSettings, articles_body_bytes=100_000)()
    )
    with TestClient(app) as client:
        yield client


@pytest.fixture
def writer(client: TestClient, keys: KeyRing) -> TestClient:
    client.headers["Authorization"] = f"Bearer {keys.add('editor', write=True)}"
    return client


def test_articles_come_page_by_page(client: TestClient) -> None:
    first = client.get("/articles", params={"limit": 2}).json()
    assert [one["id"] for one in first["articles"]] == [HOSTILE.id, RIVAL.id]
    assert (first["total"], first["next"]) == (3, 2)
    second = client.get("/articles", params={"limit": 2, "offset": first["next"]}).json()
    assert [one["id"] for one in second["articles"]] == [HARBOUR.id]
    assert second["next"] is None
    assert client.get("/articles", params={"outlet": "Morning Rival"}).json()["total"] == 1


def test_outlets_and_months_are_counted_each_within_the_other(client: TestClient) -> None:
    counts = client.get("/counts", params={"outlet": "Morning Rival"}).json()
    assert {"name": "Harbour Gazette", "articles": 1} in counts["outlets"]  # to choose it as well
    assert (counts["months"], counts["unplaced"]) == ([{"month": "2020-10", "articles": 1}], 0)


def test_an_article_comes_whole_whatever_its_id(client: TestClient) -> None:
    for wanted in (HARBOUR, RIVAL):
        path = f"/articles/{quote(wanted.id)}"
        got = client.get(path).json()
        assert got["body"] == wanted.body
        assert got["revisions"] == [wanted.revision] == [got["revision"]]


def test_a_quote_is_proved_in_the_revision_that_was_cited(client: TestClient, library: FakeLibrary) -> None:
    library.past[HARBOUR.id] = [HARBOUR]
    library.stored[HARBOUR.id] = replace(HARBOUR, body="The story was withdrawn.")
    start = HARBOUR.body.index("“We lost")
    where = {"start": start, "end": start + 26}
    old = client.get(f"/articles/{HARBOUR.id}/quote", params={**where, "revision": HARBOUR.revision}).json()
    assert old["quote"] == "“We lost four cranes,” sai"
    assert old["before"] == HARBOUR.body[:start]
    assert (old["revision"], old["current"]) == (HARBOUR.revision, False)
    assert client.get(f"/articles/{HARBOUR.id}/quote", params=where).status_code == 404
    new = client.get(f"/articles/{HARBOUR.id}/quote", params={"start": 4, "end": 9}).json()
    assert (new["quote"], new["current"]) == ("story", True)
    both = client.get(f"/articles/{HARBOUR.id}").json()["revisions"]
    assert both == [library.stored[HARBOUR.id].revision, HARBOUR.revision]


NEW = {"articles": [{"id": "new", "title": "Tides", "text": "The tide was high.", "outlet": "Gazette"}]}


def test_writing_needs_a_key_that_may_write(client: TestClient, keys: KeyRing, library: FakeLibrary) -> None:
    reader = {"X-API-Key": keys.add("reader")}
    for headers, status in (({}, 401), ({"Authorization": "Bearer dateline_x"}, 401), (reader, 403)):
        assert client.post("/articles", json=NEW, headers=headers).status_code == status
        assert client.delete(f"/articles/{HARBOUR.id}", headers=headers).status_code == status
    assert "new" not in library.stored
    assert HARBOUR.id in library.stored


def test_the_article_of_the_documents_is_added(writer: TestClient) -> None:
    shown = (Path(__file__).parents[1] / "bot" / "http" / "README.md").read_text(encoding="utf-8")
    (body,) = re.findall(r"-d '(.+)'$", shown, re.MULTILINE)
    assert writer.post("/articles", json=json.loads(body)).json()["added"] == 1


def test_a_writer_adds_and_removes(writer: TestClient, library: FakeLibrary) -> None:
    taken = writer.post("/articles", json=NEW)
    assert taken.json() == {"added": 1, "updated": 0, "unchanged": 0, "copies": 0, "refused": [], "notes": []}
    assert library.stored["new"].body == "The tide was high."
    path = f"/articles/{quote(RIVAL.id)}"
    assert writer.delete(path).status_code == 204
    assert writer.get(path).status_code == 404
    assert writer.delete(path).status_code == 404


@pytest.mark.parametrize(
    ("fault", "status"),
    [(ArchiveLocked("by 4711"), 409), (ArchiveFull("/home/x"), 507), (ArchiveMismatch("x"), 503)],
)
def test_what_the_archive_cannot_do_is_a_problem(
    writer: TestClient, library: FakeLibrary, fault: Exception, status: int
) -> None:
    def fail(_: object) -> None:
        raise fault

    library.add = fail  # type: ignore[method-assign, assignment]
    response = writer.post("/articles", json=NEW)
    assert (response.status_code, response.headers["content-type"]) == (status, "application/problem+json")
    assert str(fault) not in response.text
    assert ("retry-after" in response.headers) == (status != 507)


def test_articles_may_be_larger_than_questions(writer: TestClient) -> None:
    large = {"articles": [{"title": "Tides", "text": "The tide was high. " * 4000}]}
    assert writer.post("/articles", json=large).status_code == 200
    larger = {"articles": [{"title": "Tides", "text": "The tide was high. " * 6000}]}
    assert writer.post("/articles", json=larger).status_code == 413


def test_status_tells_what_is_there(client: TestClient) -> None:
    status = client.get("/status").json()
    assert (status["articles"], status["health"]) == (3, "ok")
    assert {"name": "Morning Rival", "articles": 1} in status["outlets"]

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from http_fakes import FakeAsker, FakeLibrary
from starlette.testclient import TestClient

from bot.http.access.keys import KeyRing
from bot.http.app import create_app
from bot.http.library import ArchiveLibrary
from index.encoding.encoder import Encoder
from index.records import revision_of
from index.storage.archive import Archive

TIDES = {
    "id": "tides",
    "title": "Tides",
    "text": "The tide was high. Nobody was hurt.",
    "outlet": "Harbour Gazette",
    "published": "2020-10-19",
}
WINDS = {"id": "winds", "title": "Winds", "text": "The wind was low.", "outlet": "Rival", "published": "2021"}
UNDATED = {"id": "undated", "title": "Fog", "text": "Fog hid the pier.", "published": "someday"}


@pytest.fixture
def home(tmp_path: Path, encoder: Encoder) -> Path:
    with Archive.open(tmp_path, encoder, write=True):
        return tmp_path


@pytest.fixture
def writer(home: Path, encoder: Encoder) -> Iterator[TestClient]:
    keys = KeyRing(home / "keys.json")
    with Archive.open(home, encoder) as archive:
        library = ArchiveLibrary(archive, encoder, writing=lambda: Archive.open(home, encoder, write=True))
        with TestClient(create_app(FakeAsker(FakeLibrary()), library, keys=keys)) as client:
            client.headers["X-API-Key"] = keys.add("editor", write=True)
            yield client


def add(client: TestClient, *articles: dict[str, str]) -> dict[str, object]:
    response = client.post("/articles", json={"articles": articles})
    assert response.status_code == 200
    return dict(response.json())


def test_articles_go_in_once_with_notes_on_what_is_unknown(writer: TestClient) -> None:
    first = add(writer, TIDES, WINDS, UNDATED)
    assert (first["added"], first["unchanged"], first["refused"]) == (3, 0, [])
    assert "published: 'someday' is not a date" in str(first["notes"])
    again = add(writer, TIDES, WINDS, UNDATED)
    assert (again["added"], again["unchanged"]) == (0, 3)
    assert writer.get("/status").json()["articles"] == 3


def test_a_bad_article_is_refused_and_its_neighbour_goes_in(writer: TestClient) -> None:
    taken = add(writer, {**TIDES, "id": "a/b"}, {**WINDS, "text": "…"}, UNDATED)
    assert taken["added"] == 1
    refused = [(one["where"], one["why"]) for one in taken["refused"]]  # type: ignore[attr-defined]
    assert [where for where, _ in refused] == ["article 1", "article 2"]
    assert "'id' is 'a/b'" in refused[0][1]


def test_the_listing_is_newest_first_and_undated_last(writer: TestClient) -> None:
    add(writer, UNDATED, TIDES, WINDS)
    listed = writer.get("/articles").json()
    assert [one["id"] for one in listed["articles"]] == ["winds", "tides", "undated"]
    page = writer.get("/articles", params={"limit": 1, "offset": 1}).json()
    assert ([one["id"] for one in page["articles"]], page["total"], page["next"]) == (["tides"], 3, 2)
    by_outlet = writer.get("/articles", params={"outlet": "harbour gazette"}).json()
    assert [one["id"] for one in by_outlet["articles"]] == ["tides"]
    dated = writer.get("/articles", params={"until": "2020-12-31"}).json()
    assert ([one["id"] for one in dated["articles"]], dated["total"]) == (["tides"], 1)


def test_an_outlet_without_articles_is_answered_with_those_that_may_be_meant(writer: TestClient) -> None:
    add(writer, TIDES)
    response = writer.get("/articles?outlet=Harbor+Gazette")
    assert response.status_code == 422
    told = "the archive has no articles from 'Harbor Gazette'; did you mean 'Harbour Gazette'?"
    assert response.json()["detail"] == told


def test_a_changed_article_keeps_the_revision_that_was_cited(writer: TestClient) -> None:
    add(writer, TIDES)
    changed = {**TIDES, "text": "The tide was very high. Nobody was hurt."}
    assert add(writer, changed)["updated"] == 1
    article = writer.get("/articles/tides").json()
    assert article["revisions"] == [revision_of(changed["text"]), revision_of(TIDES["text"])]
    where = {"start": 13, "end": 17, "revision": article["revisions"][1]}
    proof = writer.get("/articles/tides/quote", params=where).json()
    assert (proof["quote"], proof["current"]) == ("high", False)
    add(writer, TIDES)  # the old words come back: one revision, present again
    assert writer.get("/articles/tides").json()["revisions"][0] == revision_of(TIDES["text"])


def test_a_removed_article_is_gone(writer: TestClient) -> None:
    add(writer, TIDES)
    assert writer.delete("/articles/tides").status_code == 204
    assert writer.get("/articles/tides").status_code == 404
    assert writer.get("/articles").json()["total"] == 0
    missing = writer.delete("/articles/tides")
    assert (missing.status_code, missing.headers["content-type"]) == (404, "application/problem+json")


def test_while_another_process_writes_the_answer_is_409(
    writer: TestClient, home: Path, encoder: Encoder
) -> None:
    with Archive.open(home, encoder, write=True):
        response = writer.post("/articles", json={"articles": [TIDES]})
        assert (response.status_code, response.headers["retry-after"]) == (409, "5")
        assert writer.get("/articles").status_code == 200
    assert add(writer, TIDES)["added"] == 1

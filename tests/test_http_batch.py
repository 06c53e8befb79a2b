from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from http_fakes import FakeAsker, FakeLibrary
from starlette.testclient import TestClient

from bot.http.access.keys import KeyRing
from bot.http.app import create_app
from bot.http.settings import HttpSettings

CRANES = "Which cranes were lost?"


@pytest.fixture
def asker() -> FakeAsker:
    return FakeAsker(FakeLibrary())


@pytest.fixture
def client(asker: FakeAsker, tmp_path: Path) -> Iterator[TestClient]:
    app = create_app(asker, asker.library, keys=KeyRing(tmp_path / "keys.json"))
    with TestClient(app, raise_server_exceptions=False) as client:
        yield client


def ended(client: TestClient, address: str) -> dict[str, object]:
    until = time.monotonic() + 5
    while (status := client.get(address).json())["state"] == "running" and time.monotonic() < until:
        time.sleep(0.01)
    assert isinstance(status, dict)
    return status


def test_a_batch_goes_on_after_its_request_and_gives_a_row_a_question(client: TestClient) -> None:
    item = {"question": CRANES, "filters": {"outlet": ["Morning Rival"]}}
    begun = client.post("/batch", json={"questions": [CRANES, item, "Who rules Atlantis?"]})
    assert begun.status_code == 202
    assert begun.headers["location"] == f"batch/{begun.json()['id']}"
    address = f"/{begun.headers['location']}"
    status = ended(client, address)
    assert (status["state"], status["total"], status["done"]) == ("done", 3, 3)
    rows = client.get(address).json()["rows"]
    assert [row["status"] for row in rows] == ["answered", "answered", "not_in_archive"]
    assert {one["outlet"] for one in rows[1]["quotations"]} == {"Morning Rival"}
    for name in ("csv", "xlsx", "markdown", "html", "jsonl"):
        table = client.get(f"{address}?format={name}")
        assert (table.status_code, b"cranes" in table.content or name == "xlsx") == (200, True)
    assert client.delete(address).status_code == 204
    assert client.get(address).status_code == 404


def test_what_a_server_was_asked_is_asked_again_by_the_next_one(asker: FakeAsker, tmp_path: Path) -> None:
    def served() -> TestClient:
        app = create_app(asker, asker.library, keys=KeyRing(tmp_path / "keys.json"), home=tmp_path)
        return TestClient(app, raise_server_exceptions=False)

    with served() as client:
        item = {"question": CRANES, "filters": {"outlet": ["Morning Rival"], "since": "2020-10"}}
        address = client.post("/batch", json={"questions": [item], "llm": False}).headers["location"]
    (tmp_path / "batches" / "torn.json").write_text("{")
    with served() as client:
        status = ended(client, address)
        assert (status["state"], status["done"]) == ("done", 1)
        assert asker.asked[-1].filters.since == "2020-10"
        assert client.delete(address).status_code == 204
    assert list((tmp_path / "batches").iterdir()) == []


@pytest.mark.parametrize("body", [{}, {"questions": []}, {"questions": [" "]}, {"questions": ["x"] * 501}])
def test_what_is_no_batch_is_refused_whole(client: TestClient, body: object) -> None:
    assert client.post("/batch", json=body).status_code == 422
    assert client.get(f"/batch/{'x' * 22}").status_code == 404


def test_a_caller_has_few_batches_at_once_and_nobody_sees_those_of_others(
    asker: FakeAsker, tmp_path: Path
) -> None:
    asker.seconds = 60
    keys = KeyRing(tmp_path / "keys.json")
    mine, other = ({"X-API-Key": keys.add(name)} for name in ("mine", "other"))
    app = create_app(asker, asker.library, keys=keys)
    with TestClient(app) as client:
        begun = [client.post("/batch", json={"questions": [CRANES]}, headers=mine) for _ in range(3)]
        assert [one.status_code for one in begun] == [202, 202, 429]
        assert "retry-after" in begun[2].headers
        address = f"/{begun[0].headers['location']}"
        assert client.get(address, headers=other).status_code == 404
        assert client.get(address, headers=mine).json()["done"] == 0
        assert client.delete(address, headers=mine).status_code == 204


def test_every_question_of_a_batch_counts_for_the_rate_of_its_caller(
    asker: FakeAsker, tmp_path: Path
) -> None:
    settings = HttpSettings(rate_per_address=4)
    app = create_app(asker, asker.library, keys=KeyRing(tmp_path / "keys.json"), settings=settings)
    with TestClient(app) as client:
        client.post("/batch", json={"questions": [CRANES] * 9})
        until = time.monotonic() + 5
        while len(asker.asked) < 3 and time.monotonic() < until:
            time.sleep(0.01)
        assert len(asker.asked) == 3  # and the request itself
        assert client.get("/status").status_code == 429

"""Which articles tell a story on, and which take back what was said: over HTTP as on the command line."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from archive_fakes import HashedWords, invented, put
from http_fakes import FakeAsker, FakeLibrary
from starlette.testclient import TestClient
from test_later import APOLOGY, CLAIM, COPY, VOTE

from bot.cli import run
from bot.http.access.keys import KeyRing
from bot.http.app import create_app
from bot.http.library import ArchiveLibrary
from bot.http.settings import HttpSettings
from index.records import Article
from index.storage.archive import Archive

ALONE = invented(3)
ISLAND = (
    " The island has had one ferry since 1988, and its 300 people drive to the mainland for school and"
    " shops. A bridge was promised in four elections. The shipping company says that it loses money on every"
    " crossing in winter, and the county has paid half of the fuel for nine years."
)
FERRY = Article(
    "ferry",
    "Island may lose its ferry",
    f"The ferry to Tulløy could stop in October, its captain told the council of Brekka.{ISLAND}",
    outlet="Harbour Post",
    published="2020-06-01",
)
SAVED = replace(
    FERRY,
    id="saved",
    title="Ferry saved for a year",
    body=f"Parliament voted a grant of two million on Thursday that keeps Tulløy's ferry afloat.{ISLAND}",
    published="2020-06-20",
)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    with Archive.open(tmp_path, HashedWords(), write=True) as archive:
        for article in (SAVED, VOTE, COPY, CLAIM, APOLOGY, ALONE, FERRY):
            put(archive, article)
    return tmp_path


@pytest.fixture
def client(home: Path) -> Iterator[TestClient]:
    encoder = HashedWords()
    with closing(Archive.open(home, encoder)) as archive:
        library = ArchiveLibrary(archive, encoder, writing=lambda: Archive.open(home, encoder, write=True))
        app = create_app(FakeAsker(FakeLibrary()), library, keys=KeyRing(home / "keys.json"))
        with TestClient(app) as client:
            yield client


def test_stories_come_with_their_articles_oldest_first_and_copies_once(client: TestClient) -> None:
    listed = client.get("/stories").json()
    assert (listed["total"], listed["next"]) == (2, None)
    bank, ferry = listed["stories"]
    assert [(one["article"]["id"], one["retracts"]) for one in bank["articles"]] == [
        ("claim", False), ("apology", True), ("vote", False),
    ]  # fmt: skip
    first = bank["articles"][0]["article"]
    assert (first["outlet"], first["title"], first["published"]) == (
        "The Courier", "Director knew of losses, says auditor", "2021-03-01T08:00",
    )  # fmt: skip
    assert [one["article"]["id"] for one in ferry["articles"]] == ["ferry", "saved"]


def test_the_command_line_tells_the_same(
    client: TestClient, home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["--home", str(home), "status", "--stories", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["stories"] == client.get("/stories").json()["stories"]
    assert "copied" not in told
    assert run(["--home", str(home), "status", "--stories"]) == 0
    lines = capsys.readouterr().out.splitlines()
    first = lines.index("story      1 Mar 2021 · The Courier · Director knew of losses, says auditor · claim")
    assert lines[first + 1 : first + 3] == [
        "           3 Mar 2021 · The Courier · Auditor apologises to Anna Lund · apology"
        " · takes back what was said",
        "           12 Mar 2021 · The Ledger · Savers vote to sell Kontor Bank · vote",
    ]


def test_stories_and_origins_are_listed_apart(
    client: TestClient, home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["--home", str(home), "status", "--origins", "--stories", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    (copied,) = told["copied"]
    assert {copied["first"]["id"], *(one["article"]["id"] for one in copied["copies"])} == {"claim", "copy"}
    assert told["stories"] == client.get("/stories").json()["stories"]


def test_stories_come_page_by_page_and_one_by_its_article(client: TestClient) -> None:
    whole = client.get("/stories").json()["stories"]
    first = client.get("/stories", params={"limit": 1}).json()
    assert (first["next"], first["stories"]) == (1, whole[:1])
    second = client.get("/stories", params={"limit": 1, "offset": 1}).json()
    assert (second["next"], second["stories"]) == (None, whole[1:])
    one = client.get("/stories", params={"article": "vote"}).json()
    assert (one["total"], one["next"], one["stories"]) == (1, None, whole[:1])
    (copy,) = client.get("/stories", params={"article": "copy"}).json()["stories"]
    assert [told["article"]["id"] for told in copy["articles"]] == ["copy", "apology", "vote"]
    (alone,) = client.get("/stories", params={"article": ALONE.id}).json()["stories"]
    assert [(told["article"]["id"], told["retracts"]) for told in alone["articles"]] == [(ALONE.id, False)]
    missing = client.get("/stories", params={"article": "no-such"})
    assert (missing.status_code, missing.headers["content-type"]) == (404, "application/problem+json")
    assert client.get("/stories", params={"limit": 51}).status_code == 422


def test_an_empty_archive_has_no_stories_and_a_locked_server_tells_none(tmp_path: Path) -> None:
    library = FakeLibrary()
    keys, locked = KeyRing(tmp_path / "keys.json"), HttpSettings(require_key=True)
    with TestClient(create_app(FakeAsker(library), library, keys=keys, settings=locked)) as client:
        assert client.get("/stories").status_code == 401
    with TestClient(create_app(FakeAsker(library), library, keys=keys)) as client:
        assert client.get("/stories").json() == {
            "stories": [], "total": 0, "offset": 0, "limit": 20, "next": None,
        }  # fmt: skip

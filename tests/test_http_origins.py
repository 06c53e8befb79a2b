"""Which articles are copies of one text, and where they differ: over HTTP the same as on the command line."""

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

from bot.cli import run
from bot.http.access.keys import KeyRing
from bot.http.app import create_app
from bot.http.library import ArchiveLibrary
from bot.http.settings import HttpSettings
from bot.showing.copies import copied
from bot.showing.copies_json import CopiedBody
from index.records import Article
from index.storage.archive import Archive

WIRE = replace(invented(1), outlet="Coast Wire", agency="Coast Wire")
EDITED = replace(
    WIRE, id="edited", outlet="Harbour Gazette", body=WIRE.body.replace("On day 3 the", "On day 30 the")
)
SAME = replace(WIRE, id="same", outlet="Morning Rival", body=WIRE.body.replace(" the ", "  the "))
OTHER = invented(2)
OTHER_COPY = replace(OTHER, id="other-copy", outlet="Tull Courier")
ALONE = invented(3)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    with Archive.open(tmp_path, HashedWords(), write=True) as archive:
        for article in (OTHER, WIRE, EDITED, ALONE, SAME, OTHER_COPY):
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


def test_origins_come_with_their_copies_and_each_difference_proved(client: TestClient) -> None:
    listed = client.get("/origins").json()
    assert (listed["total"], listed["next"]) == (2, None)
    wire, other = listed["origins"]
    assert (wire["first"]["id"], wire["agency"], wire["outlets"], wire["articles"]) == (
        WIRE.id, "Coast Wire", 3, 3,
    )  # fmt: skip
    assert [one["article"]["id"] for one in wire["copies"]] == ["edited", "same"]
    (place,) = wire["copies"][0]["differences"]
    assert (place["first"]["quote"], place["copy"]["quote"]) == ("3", "30")
    assert place["first"]["before"].endswith("On day ")
    assert place["first"]["after"].startswith(" the ")
    for side, article in (("first", WIRE), ("copy", EDITED)):
        run_ = place[side]
        assert article.body[run_["start"] : run_["end"]] == run_["quote"]
        proof = client.get(
            f"/articles/{article.id}/quote", params={"start": run_["start"], "end": run_["end"]}
        ).json()
        assert (proof["quote"], proof["revision"]) == (run_["quote"], run_["revision"])
    assert wire["copies"][1]["differences"] == []
    assert other["first"]["id"] == OTHER.id


def test_the_command_line_tells_the_same(
    client: TestClient, home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["--home", str(home), "status", "--origins", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["copied"] == client.get("/origins").json()["origins"]
    assert run(["--home", str(home), "status", "--origins"]) == 0
    told = capsys.readouterr().out
    assert "edited · 1 place differs: “3” → “30”" in told
    assert "same · the same words" in told


def test_origins_come_page_by_page_and_one_by_its_article(client: TestClient) -> None:
    first = client.get("/origins", params={"limit": 1}).json()
    assert (first["next"], len(first["origins"])) == (1, 1)
    second = client.get("/origins", params={"limit": 1, "offset": 1}).json()
    assert (second["next"], second["origins"][0]["first"]["id"]) == (None, OTHER.id)
    one = client.get("/origins", params={"article": "edited"}).json()
    assert (one["total"], one["origins"]) == (1, client.get("/origins").json()["origins"][:1])
    alone = client.get("/origins", params={"article": ALONE.id}).json()["origins"][0]
    assert (alone["first"]["id"], alone["copies"]) == (ALONE.id, [])
    assert client.get("/origins", params={"article": "no-such"}).status_code == 404
    assert client.get("/origins", params={"limit": 51}).status_code == 422


def test_an_empty_archive_has_no_origins_and_a_locked_server_tells_none(tmp_path: Path) -> None:
    library = FakeLibrary()
    app = create_app(
        FakeAsker(library),
        library,
        keys=KeyRing(tmp_path / "keys.json"),
        settings=HttpSettings(require_key=True),
    )
    with TestClient(app) as client:
        assert client.get("/origins").status_code == 401
    app = create_app(FakeAsker(library), library, keys=KeyRing(tmp_path / "keys.json"))
    with TestClient(app) as client:
        assert client.get("/origins").json() == {
            "origins": [], "total": 0, "offset": 0, "limit": 20, "next": None,
        }  # fmt: skip


def test_what_a_copy_leaves_out_is_told_by_how_it_begins() -> None:
    paragraph = "\n\n" + " ".join(f"The {n}th boat came back to the harbour." for n in range(1, 30))
    short = replace(WIRE, id="short")
    long = replace(WIRE, body=WIRE.body + paragraph)
    (place,) = CopiedBody.model_validate(copied([long, short])).copies[0].differences
    assert place.copy_ is None
    told = place.first
    assert told is not None
    assert told.quote.startswith("The 1th boat")
    assert told.end - told.start <= 300 < told.until - told.start
    assert long.body[told.start : told.until] == paragraph.strip().rstrip(".")


def test_the_earliest_comes_first_and_what_has_no_date_last() -> None:
    dates = {"undated": None, "month": "2020-10", "evening": "2020-10-19T18:00", "noon": "2020-10-19T12:00"}
    group = [replace(WIRE, id=name, published=date) for name, date in dates.items()]
    assert [one.id for one in copied(group).articles] == ["noon", "evening", "month", "undated"]
    zoned = replace(WIRE, id="zoned", published="2020-10-19T12:30+04:00")
    assert copied([group[3], zoned]).first.id == "zoned"


def test_a_text_that_differs_everywhere_lists_twenty_places_and_counts_the_rest() -> None:
    words = [f"word{n}" for n in range(200)]
    other = [f"new{n}" if n % 4 == 0 else word for n, word in enumerate(words)]
    group = [_article("a", " ".join(words)), _article("b", " ".join(other))]
    (copy,) = copied(group).copies
    assert (len(copy.differences), copy.more) == (20, 30)


def _article(name: str, body: str) -> Article:
    return Article(id=name, title=name, body=body, outlet=name)

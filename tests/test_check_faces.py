"""A quotation checked from the terminal, over HTTP and in Telegram; errors say what was expected."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from http_fakes import HARBOUR, FakeAsker, FakeLibrary
from telegram_parts import chatting

from bot.cli import run
from bot.http.access.keys import KeyRing
from bot.http.app import create_app
from bot.http.routes.forms import RECORD_TYPE

REAL = "Russia is working with Azerbaijan and Armenia"


@pytest.fixture
def client(tmp_path: Path) -> TestClient:
    library = FakeLibrary()
    return TestClient(create_app(FakeAsker(library), library, keys=KeyRing(tmp_path / "keys.json")))


def test_the_command_says_what_a_quotation_is_and_exits_with_it(
    seeds_home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["--home", str(seeds_home), "check", REAL]) == 0
    told = capsys.readouterr().out
    assert told.startswith("Word for word: ")
    assert "Dateline Wire (also in Harbour Gazette), 19 Oct 2020" in told
    assert run(["--home", str(seeds_home), "check", REAL, "--speaker", "Ida Berg", "--json"]) == 1
    assert json.loads(capsys.readouterr().out)["verdict"] == "other_speaker"


def test_every_quotation_of_a_file_is_checked(
    seeds_home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    draft = tmp_path / "draft.txt"
    draft.write_text(f"“{REAL}”, they wrote, and “the moon is made of cheese”.", encoding="utf-8")
    assert run(["--home", str(seeds_home), "check", "--file", str(draft)]) == 1
    told = " ".join(capsys.readouterr().out.split())
    assert (
        f"“{REAL}” [1: word for word], they wrote, and “the moon is made of cheese” [2: in no article]."
        in told
    )


@pytest.mark.parametrize("arguments", [[], ["words", "--file", "-"]])
def test_the_command_wants_a_quotation_or_a_file(seeds_home: Path, arguments: list[str]) -> None:
    assert run(["--home", str(seeds_home), "check", *arguments]) == 2


def test_the_server_says_what_a_quotation_is(client: TestClient) -> None:
    body = client.post("/check", json={"quote": "we lost four cranes", "speaker": "Ada Lind"}).json()
    (place,) = body["places"]
    assert (body["verdict"], place["quote"], place["set_aside"]) == (
        "word_for_word",
        "We lost four cranes",
        ["capital"],
    )
    assert HARBOUR.body[place["start"] : place["end"]] == place["quote"]


def test_the_server_gives_the_record_of_an_answer_and_verifies_it(client: TestClient) -> None:
    question = {"question": "When do ferries run again?"}
    asked = client.post("/ask", json=question, headers={"Accept": RECORD_TYPE})
    assert asked.headers["content-type"] == RECORD_TYPE
    record = client.get("/ask", params={"q": question["question"], "format": "record"}).json()
    assert record["answer"]["citations"] == asked.json()["answer"]["citations"] != []
    body = client.post("/verify", json=record).json()
    assert (body["stands"], body["as_written"]) == (True, True)
    assert {one["standing"] for one in body["citations"]} == {"word_for_word"}
    record["answer"]["sentences"][0]["speaker"] = "Ada Lind"
    said, _text = client.post("/verify", json=record).json()["unfounded"]
    assert said == {"claim": "speaker", "says": "Ada Lind: Ferries run again from Tuesday."}
    record["answer"]["citations"][0]["quote"] = "Ferries never run again."
    body = client.post("/verify", json=record).json()
    assert (body["stands"], body["as_written"], body["citations"][0]["standing"]) == (False, False, "forged")


@pytest.mark.parametrize("body", [[], {}, "r", None, {"record": "dateline answer", "version": 2}])
def test_the_server_wants_a_record(client: TestClient, body: object) -> None:
    refused = client.post("/verify", json=body)
    assert refused.status_code == 422
    assert body is None or "/ask?format=record" in refused.json()["detail"]
    assert client.get("/search", params={"q": "cranes", "format": "record"}).status_code == 422


def test_half_a_character_in_a_record_is_refused(client: TestClient) -> None:
    record = client.get("/ask", params={"q": "When did the harbour reopen?", "format": "record"}).text
    torn = f'{record.rstrip().removesuffix("}")}, "more": "\\ud800"}}'
    refused = client.post("/verify", content=torn, headers={"Content-Type": "application/json"})
    assert (refused.status_code, "half a character" in refused.json()["detail"]) == (422, True)


def test_files_that_are_no_text_are_refused(
    seeds_home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "draft.doc"
    file.write_bytes(b"\xd0\xcf\x11\xe0")
    for command in (["verify"], ["check", "--file"]):
        assert run(["--home", str(seeds_home), *command, str(file)]) == 3
        assert "is not UTF-8" in capsys.readouterr().err


def test_the_server_checks_every_quotation_of_a_text(client: TestClient) -> None:
    text = "She said “we lost four cranes” and then “a storm closed the port on Friday”."
    body = client.post("/check", json={"text": text}).json()
    assert [one["check"]["verdict"] for one in body["quotes"]] == ["word_for_word", "altered"]


@pytest.mark.parametrize(
    "body",
    [{}, {"quote": "a", "text": "b"}, {"quote": "   "}, {"quote": "“…”"}, {"text": "nobody is quoted"}],
)
def test_the_server_says_what_it_expected(client: TestClient, body: dict[str, str]) -> None:
    response = client.post("/check", json=body)
    assert response.status_code == 422
    assert response.json()["detail"]


def test_the_bot_says_what_a_quotation_is(tmp_path: Path) -> None:
    with chatting(tmp_path) as chat:
        chat.telegram.says("/check We lost four cranes")
        said = chat.telegram.wait_for(1)[-1]
        assert said.text.startswith("Word for word: 1 article, 1 origin\nAda Lind (mayor), Harbour Gazette")
        chat.telegram.says("/check Она сказала: “we lost six cranes today, and”", language="ru")
        assert "1. “we lost six cranes today, and”" in chat.telegram.wait_for(2)[-1].text
        chat.telegram.says("/check")
        assert "/check We lost four cranes" in chat.telegram.wait_for(3)[-1].text

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from http_fakes import HARBOUR, UNSURE, FakeAsker, FakeLibrary
from starlette.testclient import TestClient

from bot.answers.asked import Asked, clean
from bot.http.access.keys import KeyRing
from bot.http.app import create_app
from bot.http.routes.ask_bodies import BLANK_PATTERN
from index.records import Filters


@pytest.fixture
def asker() -> FakeAsker:
    return FakeAsker(FakeLibrary())


@pytest.fixture
def client(asker: FakeAsker, tmp_path: Path) -> Iterator[TestClient]:
    app = create_app(asker, asker.library, keys=KeyRing(tmp_path / "keys.json"))
    with TestClient(app, raise_server_exceptions=False) as client:
        yield client


def test_an_answer_is_the_designs_json(client: TestClient) -> None:
    answer = client.post("/ask", json={"question": "Which cranes were lost?"}).json()
    names = "question status text sentences citations abstention confidence filters notes llm timings_ms"
    assert [name for name in answer if name in names.split()] == names.split()  # others may be added
    assert (answer["prompts"], answer["usage"], answer["cut"]) == ([], None, [])
    assert answer["status"] == "answered"
    assert answer["abstention"] is None
    spoken = answer["sentences"][1]
    assert spoken == {
        "text": "“We lost four cranes,” said mayor Ada Lind.",
        "citations": [2],
        "verdict": "quoted",
        "speaker": "Ada Lind",
        "role": None,
        "also_in": [],
        "short": None,
        "voice": None,
        "wording": None,
    }
    cited = answer["citations"][1]
    assert HARBOUR.body[cited["start"] : cited["end"]] == cited["quote"]
    assert (cited["number"], cited["revision"]) == (2, HARBOUR.revision)
    assert cited["article"]["outlet"] == "Harbour Gazette"
    assert cited["article"]["agency"] == "Coast Wire"
    assert cited["article"]["published"] == "2020-10-19T17:45"
    assert "body" not in cited["article"]


def test_an_abstention_has_its_reason_the_missing_words_and_the_nearest(client: TestClient) -> None:
    answer = client.post("/ask", json={"question": "Who rules Atlantis?"}).json()
    assert answer["status"] == "abstained"
    assert (answer["sentences"], answer["citations"]) == ([], [])
    assert answer["abstention"]["reason"] == "not_in_archive"
    assert answer["abstention"]["missing"] == ["Atlantis"]
    assert answer["abstention"]["nearest"][0]["article"]["id"] == HARBOUR.id


def test_what_may_answer_has_its_likely_words(client: TestClient) -> None:
    answer = client.post("/ask", json={"question": UNSURE}).json()
    assert (answer["status"], answer["sentences"], answer["citations"]) == ("abstained", [], [])
    why = answer["abstention"]
    assert (why["reason"], why["text"]) == ("unsure", "Not sure. Closest in the archive:")
    assert [one["number"] for one in why["nearest"]] == [1, 2]
    for one in why["nearest"]:
        short = one["short"]
        assert short["text"] == one["quote"][short["start"] : short["end"]] == "harbour reopened"


def test_everything_that_was_asked_reaches_the_asker(client: TestClient, asker: FakeAsker) -> None:
    filters = {
        "outlet": ["Harbour Gazette"],
        "since": "2020",
        "until": "2020-10-20",
        "as_of": "2020-10-19T12:00Z",
    }
    history = [{"role": "user", "content": "Hello"}, {"role": "assistant", "content": "Ask."}]
    body = {"question": "cranes?", "filters": filters, "history": history, "llm": False}
    answer = client.post("/ask", json=body).json()
    assert answer["filters"] == filters
    expected = Filters(("Harbour Gazette",), "2020", "2020-10-20", "2020-10-19T12:00Z")
    assert asker.asked == [Asked("cranes?", expected, ("Hello",), False)]


def test_an_address_asks_the_same(client: TestClient, asker: FakeAsker) -> None:
    address = {
        "q": "cranes?",
        "outlet": ["Harbour Gazette", "Morning Rival"],
        "since": "2020-10",
        "llm": "true",
    }
    by_address = client.get("/ask", params=address).json()
    filters = {"outlet": ["Harbour Gazette", "Morning Rival"], "since": "2020-10"}
    by_body = client.post("/ask", json={"question": "cranes?", "filters": filters, "llm": True}).json()
    assert by_address == by_body
    assert asker.asked[0] == asker.asked[1]


def events(text: str) -> list[tuple[str, dict[str, object]]]:
    blocks = [block.split("\n") for block in text.split("\n\n") if block.startswith("event: ")]
    return [(name[7:], json.loads(data[6:])) for name, data in blocks]


def test_a_stream_tells_the_hits_each_sentence_and_the_whole(client: TestClient) -> None:
    question = {"question": "Which cranes were lost?"}
    response = client.post("/ask/stream", json=question)
    assert response.headers["content-type"].startswith("text/event-stream")
    told = events(response.text)
    assert [name for name, _ in told] == ["hits", "sentence", "sentence", "answer"]
    assert told[-1][1] == client.post("/ask", json=question).json()
    sentences = [data["sentence"] for name, data in told if name == "sentence"]
    assert sentences == told[-1][1]["sentences"]
    assert told[1][1]["citations"] == told[-1][1]["citations"][:1]


def test_a_stream_that_fails_says_so_as_its_last_event(client: TestClient, asker: FakeAsker) -> None:
    async def fail(_: Asked) -> None:
        raise RuntimeError("a secret")

    asker.ask = fail  # type: ignore[method-assign, assignment]
    told = events(client.post("/ask/stream", json={"question": "cranes"}).text)
    assert [name for name, _ in told] == ["hits", "error"]
    assert told[-1][1]["status"] == 500
    assert "secret" not in json.dumps(told)


def test_search_shows_hits_and_why(client: TestClient) -> None:
    found = client.get("/search", params={"q": "cranes", "limit": 1}).json()
    assert found["question"] == "cranes"
    (hit,) = found["hits"]
    assert {"text", "start", "end", "score", "dense", "dense_rank", "bm25", "bm25_rank", "copies"} <= set(hit)


BAD = [
    ({}, "body.question"),
    ({"question": ""}, "body.question"),
    ({"question": "  \n"}, "body.question"),
    ({"question": "\u200b\x00\u202e\x1d"}, "body.question"),
    ({"question": "x", "filters": {"outlet": ["\x1d"]}}, "body.filters.outlet.0"),
    ({"question": "x" * 1001}, "body.question"),
    ({"question": 7}, "body.question"),
    ({"question": "x", "filter": {}}, "body.filter"),
    ({"question": "x", "filters": {"since": "May"}}, "body.filters.since"),
    ({"question": "x", "filters": {"since": "2021-02-29"}}, "body.filters.since"),
    ({"question": "x", "filters": {"outlet": "Gazette"}}, "body.filters.outlet"),
    ({"question": "x", "history": [{"role": "system", "content": "x"}]}, "body.history.0.role"),
]


@pytest.mark.parametrize(("body", "where"), BAD)
@pytest.mark.parametrize("path", ["/ask", "/ask/stream"])
def test_a_bad_question_is_a_problem_that_names_the_place(
    client: TestClient, path: str, body: dict[str, object], where: str
) -> None:
    response = client.post(path, json=body)
    assert response.status_code == 422
    assert response.headers["content-type"] == "application/problem+json"
    problem = response.json()
    assert (problem["status"], problem["errors"][0]["where"]) == (422, where)


@pytest.mark.parametrize(
    ("method", "path", "content", "status"),
    [
        ("GET", "/nowhere", None, 404),
        ("GET", "/articles/none", None, 404),
        ("PUT", "/ask", b"{}", 405),
        ("POST", "/healthz", b"{}", 405),
        ("POST", "/ask", b"{", 422),
        ("POST", "/ask", b'{"question": "\\ud800"}', 422),
        ("POST", "/ask", b"\xff\xfe", 422),
        ("GET", "/search?q=x&limit=0", None, 422),
        ("GET", "/ask", None, 422),
        ("GET", "/articles/gazette-0412/quote?start=0&end=99999", None, 404),
        ("GET", "/articles/gazette-0412/quote?start=5&end=5", None, 404),
        ("GET", "/articles/gazette-0412?revision=xyz", None, 422),
    ],
)
def test_every_error_is_a_problem(
    client: TestClient, method: str, path: str, content: bytes | None, status: int
) -> None:
    headers = {"Content-Type": "application/json"} if content else {}
    response = client.request(method, path, content=content, headers=headers)
    assert response.status_code == status
    assert response.headers["content-type"] == "application/problem+json"
    problem = response.json()
    assert problem["status"] == status
    assert problem["type"] == f"urn:dateline:problem:{status}"
    assert problem["title"]
    assert problem["detail"]
    assert status != 405 or response.headers["allow"]


def test_a_fault_inside_tells_nothing_of_itself(
    client: TestClient, asker: FakeAsker, caplog: pytest.LogCaptureFixture
) -> None:
    async def fail(question: Asked) -> None:
        raise ValueError(f"cannot read {question.text} in /home/secret/archive")

    asker.ask = fail  # type: ignore[method-assign, assignment]
    response = client.post("/ask", json={"question": "WHO-ASKED-THIS"})
    assert response.status_code == 500
    assert response.headers["content-type"] == "application/problem+json"
    assert "secret" not in response.text
    assert "ValueError" in caplog.text
    assert "WHO-ASKED-THIS" not in caplog.text


def test_blank_is_what_cleaning_leaves_nothing_of() -> None:
    for code in [*range(0xD800), *range(0xE000, 0x20000), *range(0xE0000, 0xE0200)]:
        assert bool(re.search(BLANK_PATTERN, chr(code))) == bool(clean(chr(code))), hex(code)


@pytest.mark.parametrize(
    ("asked", "accept", "kind"),
    [
        ("", "*/*", "application/json"),
        ("", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "text/html"),
        ("", "application/x-bibtex;q=0.5, text/csv", "text/csv"),
        ("", "image/png", "application/json"),
        ("", "text/csv;q=none, text/html;q=0", "application/json"),
        ("&format=ris", "text/html", "application/x-research-info-systems"),
        ("&format=json", "text/html", "application/json"),
    ],
)
def test_an_answer_and_hits_come_in_the_form_that_is_asked_for(
    client: TestClient, asked: str, accept: str, kind: str
) -> None:
    for address in ("/ask", "/search"):
        found = client.get(f"{address}?q=Which cranes were lost?{asked}", headers={"Accept": accept})
        assert (found.status_code, found.headers["content-type"].partition(";")[0]) == (200, kind)
        assert "lost four cranes" in found.text
    body = {"question": "Which cranes were lost?"}
    posted = client.post(f"/ask?{asked.removeprefix('&')}", json=body, headers={"Accept": accept})
    assert posted.headers["content-type"].partition(";")[0] == kind


def test_a_page_of_an_answer_runs_and_loads_nothing_and_a_table_is_a_file(client: TestClient) -> None:
    page = client.get("/ask?q=Did the lighthouse burn?&format=html")
    assert "default-src 'none'" in page.headers["content-security-policy"]
    assert "<script>" not in page.text
    table = client.get("/ask?q=Which cranes were lost?&format=csv")
    assert table.headers["content-disposition"] == 'attachment; filename="dateline-answer.csv"'
    assert client.get("/ask?q=Who?&format=pdf").status_code == 422

"""The server over the real archive of this project's seeds, asked with the real encoder."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from bot.answering.asking import Dateline
from bot.answering.quoting import Quoter
from bot.answers.asked import Asked
from bot.http.access.keys import KeyRing
from bot.http.app import create_app
from bot.http.library import ArchiveLibrary
from bot.http.settings import HttpSettings
from bot.showing.json import answer_body
from bot.weighing.reading import Reading
from index.articles.read import read_paths
from index.encoding.encoder import Encoder
from index.retrieval.retrieve import Retriever
from index.storage.archive import Archive
from index.storage.ingest import ingest

SEEDS = Path(__file__).parents[1] / "seeds"
LAVROV = "What did Lavrov say about monitoring the ceasefire?"
QUESTIONS = (
    LAVROV,
    "How many Russian peacekeepers were to be sent?",
    "When did the 1994 ceasefire take effect?",
    "When was the first ceasefire agreed in Moscow?",
)


@pytest.fixture(scope="module")
def dateline(
    tmp_path_factory: pytest.TempPathFactory, encoder: Encoder
) -> Iterator[tuple[Dateline, Archive]]:
    home = tmp_path_factory.mktemp("home")
    with Archive.open(home, encoder, write=True) as archive:
        ingest(archive, encoder, read_paths([SEEDS]))
    with Archive.open(home, encoder) as archive:
        retriever, weigher = Retriever(archive, encoder), Reading(archive, encoder)
        yield Dateline(archive, retriever, weigher=weigher, answerer=Quoter()), archive


@pytest.fixture(scope="module")
def client(dateline: tuple[Dateline, Archive], encoder: Encoder) -> Iterator[TestClient]:
    asker, archive = dateline
    library = ArchiveLibrary(
        archive, encoder, writing=lambda: Archive.open(archive.home, encoder, write=True)
    )
    keys = KeyRing(archive.home / "keys.json")
    app = create_app(asker, library, keys=keys, settings=HttpSettings(rate_per_address=0))
    with TestClient(app) as client:
        yield client


def test_every_citation_of_an_answer_is_proved_at_its_own_address(client: TestClient) -> None:
    answers = [client.post("/ask", json={"question": question}).json() for question in QUESTIONS]
    cited = [
        one
        for answer in answers
        for one in [*answer["citations"], *((answer["abstention"] or {}).get("nearest", []))]
    ]
    assert sum(answer["status"] == "answered" for answer in answers) >= 2
    for one in cited:
        where = {name: one[name] for name in ("start", "end", "revision")}
        proof = client.get(f"/articles/{one['article']['id']}/quote", params=where).json()
        assert (proof["quote"], proof["current"]) == (one["quote"], True)
        body = client.get(f"/articles/{one['article']['id']}").json()["body"]
        assert body[one["start"] : one["end"]] == one["quote"]


def test_http_answers_what_the_terminal_prints(
    client: TestClient, dateline: tuple[Dateline, Archive]
) -> None:
    for question in (LAVROV, "Who won the chess olympiad in Tbilisi?"):
        printed = answer_body(asyncio.run(dateline[0].ask(Asked(question)))).model_dump(mode="json")
        answered = client.get("/ask", params={"q": question}).json()
        for one in (printed, answered):
            assert one.pop("timings_ms").keys() >= {"retrieve", "answer", "prove"}
        assert answered == printed


def test_a_stream_ends_with_the_same_answer(client: TestClient) -> None:
    text = client.post("/ask/stream", json={"question": LAVROV}).text
    blocks = [block.split("\n") for block in text.split("\n\n") if block.startswith("event: ")]
    told = [(name[7:], json.loads(data[6:])) for name, data in blocks]
    answer = client.post("/ask", json={"question": LAVROV}).json()
    sentences = [data["sentence"] for name, data in told if name == "sentence"]
    assert [name for name, _ in told] == ["hits", *["sentence"] * len(sentences), "answer"]
    assert sentences == told[-1][1]["sentences"] == answer["sentences"]


def test_what_is_not_there_is_named(client: TestClient) -> None:
    answer = client.post("/ask", json={"question": "Who won the chess olympiad in Tbilisi?"}).json()
    assert answer["abstention"]["reason"] == "not_in_archive"
    assert "Tbilisi" in answer["abstention"]["missing"]
    assert answer["abstention"]["nearest"]


def test_a_filter_that_is_read_from_the_question_is_shown(client: TestClient) -> None:
    question = (
        "What did Lavrov say about monitoring the ceasefire, according to articles until 20 October 2020?"
    )
    answer = client.post("/ask", json={"question": question}).json()
    assert answer["filters"]["until"] == "2020-10-20"
    assert answer["notes"]


def test_a_follow_up_is_read_with_what_came_before(client: TestClient) -> None:
    history = [{"role": "user", "content": LAVROV}, {"role": "assistant", "content": "…"}]
    answer = client.post("/ask", json={"question": "And Aliyev?", "history": history}).json()
    assert answer["question"] == "And Aliyev?"
    assert "read as “What did Aliyev say about monitoring the ceasefire?”" in answer["notes"]
    alone = client.post("/ask", json={"question": LAVROV, "history": history}).json()
    assert alone["notes"] == []


def test_a_chat_quotes_the_archive(client: TestClient) -> None:
    messages = [{"role": "user", "content": LAVROV}]
    done = client.post("/v1/chat/completions", json={"messages": messages}).json()
    content = done["choices"][0]["message"]["content"]
    for sentence in done["dateline"]["sentences"]:
        assert sentence["text"] in content
    assert ("**Quoted from**" in content) == (done["dateline"]["status"] == "answered")


@pytest.mark.parametrize(
    "question", ["\x00", "\u200b", "?", "\u202e\u202c", "x" * 1000, "𝔘" * 1000, "' OR 1=1 --", '"*"']
)
def test_no_question_is_a_fault(client: TestClient, question: str) -> None:
    assert client.post("/ask", json={"question": question}).status_code in (200, 422)

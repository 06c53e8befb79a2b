"""Chat programs as they are: preflights, empty messages, tasks that are no questions; a path prefix."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from http_fakes import FakeAsker, FakeLibrary
from starlette.testclient import TestClient

from bot.http.access.keys import KeyRing
from bot.http.app import create_app
from bot.http.routes.chat_tasks import person_asked, task_reply
from bot.http.routes.forms import RECORD_TYPE
from bot.http.settings import HttpSettings
from bot.language.lexicon import load_lexicon
from bot.settings import load_settings
from bot.showing.formats.chosen import FILE_KINDS
from index.errors import BadSetting

CRANES = "Which cranes were lost at Port Ada?"
TITLE = CRANES.rstrip("?")
SEVERAL = "You have been provided with a set of responses from various models to the latest user query:"
CHAT = f"USER: {CRANES}\nASSISTANT: Four [1].\nUSER: And when?\nASSISTANT: On Friday [1]."


@pytest.fixture
def asker() -> FakeAsker:
    return FakeAsker(FakeLibrary())


def served(asker: FakeAsker, home: Path, settings: HttpSettings) -> TestClient:
    return TestClient(
        create_app(asker, asker.library, keys=KeyRing(home / "keys.json"), settings=settings),
        raise_server_exceptions=False,
    )


@pytest.fixture
def client(asker: FakeAsker, tmp_path: Path) -> Iterator[TestClient]:
    settings = HttpSettings(cors_origins=("https://app.example",), root_path="/dateline/")
    with served(asker, tmp_path, settings) as client:
        yield client


def task(ask: str, output: str) -> str:
    return (
        f"### Task:\n{ask}\n### Output:\n{output}\n### Chat History:\n<chat_history>\n{CHAT}\n</chat_history>"
    )


def said(client: TestClient, *messages: dict[str, object], **more: object) -> str:
    done = client.post("/v1/chat/completions", json={"model": "dateline", "messages": messages, **more})
    assert done.status_code == 200, done.text
    return str(done.json()["choices"][0]["message"]["content"])


def user(content: object) -> dict[str, object]:
    return {"role": "user", "content": content}


def test_the_preflight_of_openais_client_in_a_browser_passes(client: TestClient) -> None:
    headers = {
        "Origin": "https://app.example",
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "authorization,content-type,x-stainless-os,x-stainless-retry-count",
    }
    preflight = client.options("/v1/chat/completions", headers=headers)
    assert preflight.status_code == 200
    assert "x-stainless-os" in preflight.headers["access-control-allow-headers"]
    stranger = client.options("/v1/chat/completions", headers={**headers, "Origin": "https://evil.example"})
    assert "access-control-allow-origin" not in stranger.headers


def test_a_model_is_found_by_its_name(client: TestClient) -> None:
    assert client.get("/v1/models/dateline").json()["id"] == "dateline"
    missing = client.get("/v1/models/gpt-9")
    assert (missing.status_code, "dateline" in missing.json()["error"]["message"]) == (404, True)


def test_null_messages_are_passed_over(client: TestClient) -> None:
    assert "four cranes" in said(client, user(None), {"role": "user"}, user("Which cranes were lost?"))
    assert client.post("/v1/chat/completions", json={"messages": [user(None)]}).status_code == 422


@pytest.mark.parametrize(
    ("prompt", "reply"),
    [
        (task("Generate a concise title.", '{ "title": "…" }'), {"title": TITLE}),
        (task("Generate 1-3 broad tags.", '{ "tags": ["…"] }'), {"tags": ["News", "Port", "Ada"]}),
        (task("Suggest follow-up questions.", '{ "follow_ups": ["…"] }'), {"follow_ups": []}),
        (task("Generate search queries.", '{ "queries": ["…"] }'), {"queries": ["And when?"]}),
        (task("Complete the text.", '{ "text": "…" }'), {"text": ""}),
    ],
)  # fmt: skip
def test_tasks_of_open_webui_are_answered_in_their_form_and_are_no_questions(
    client: TestClient, asker: FakeAsker, prompt: str, reply: object
) -> None:
    assert json.loads(said(client, user(prompt))) == reply
    assert json.loads(said(client, user(prompt + "x" * 30_000))) == reply
    assert asker.asked == []
    assert (
        "dateline_answers_total" not in client.get("/metrics").text.replace("# HELP", "").split("# TYPE")[0]
    )
    streamed = client.post("/v1/chat/completions", json={"messages": [user(prompt)], "stream": True})
    chunks = [line[6:] for line in streamed.text.splitlines() if line.startswith("data: {")]
    assert json.loads(json.loads(chunks[0])["choices"][0]["delta"]["content"]) == reply
    assert streamed.text.rstrip().endswith("[DONE]")


@pytest.mark.parametrize(
    "prompt",
    [
        f"Provide a concise, 5-word-or-less title for the conversation.\n\nUser: {CRANES}\nAI: Four.",
        f'Please generate a short title for this conversation\n\n||>User:\n"{CRANES}"\n||>Response:\n"Four."',
        f"Analyze this conversation and provide:\n1. A concise title\n\nUser: {CRANES}\nAI: Four.",
    ],
)
def test_titles_of_librechat_are_plain(client: TestClient, asker: FakeAsker, prompt: str) -> None:
    assert said(client, user(prompt)) == TITLE
    assert asker.asked == []


def test_tools_that_are_offered_in_words_are_not_called(client: TestClient, asker: FakeAsker) -> None:
    system = {"role": "system", "content": "Available Tools: [{}]"}
    assert json.loads(said(client, system, user("Query: Which cranes were lost?"))) == {"tool_calls": []}
    assert asker.asked == []


def test_answers_to_be_made_one_are_a_question_again(client: TestClient, asker: FakeAsker) -> None:
    said(client, user(f'{SEVERAL} "{CRANES}"\n\nYour task is to synthesize.\n\nResponses: {"Four. " * 300}'))
    assert [one.text for one in asker.asked] == [CRANES]


@pytest.mark.parametrize("form", ["{}", "<user_query>\n{}\n</user_query>"])
def test_a_question_behind_documents_is_the_question(client: TestClient, asker: FakeAsker, form: str) -> None:
    before = "### Task:\nRespond to the user query using the provided context.\n\n<context>\n<source>"
    said(client, user(f"{before}{'Ships. ' * 500}</source>\n</context>\n\n{form.format(CRANES)}"))
    assert [one.text for one in asker.asked] == [CRANES]


@pytest.mark.parametrize(
    "hostile",
    [
        "### Task:</context>x{spaces}y",
        "### Task:</context>{spaces}",
        "### Task:{spaces}</context><user_query>{spaces}x</user_query>{spaces}",
        '### Task: {{{spaces}"title',
        "{spaces}### Task",
        "### Task:\n<chat_history>\nUSER: {spaces}x",
        '### Task: {{ "tags": [] }}\n<chat_history>\nUSER: {names}',
        f'{SEVERAL} "x{{quotes}}',
        "Generate {spaces} title for the chat",
        "analyze this conversation and provide:{spaces}title",
    ],
)
def test_no_message_keeps_the_server_from_answering_others(hostile: str) -> None:
    lexicon = load_lexicon()
    text = hostile.format(spaces=" " * 199_000, quotes='" ' * 99_000, names="Ada Lind, " * 19_000)
    began = time.process_time()
    task_reply(person_asked(text), [text], lexicon=lexicon)
    assert (
        time.process_time() - began < 0.5
    )  # 9,000 spaces took 2.5 s when the end was looked for by a pattern


def test_the_parts_of_a_message_are_as_long_as_a_text_may_be(client: TestClient) -> None:
    part = {"type": "text", "text": "x" * 150_000}
    refused = client.post("/v1/chat/completions", json={"messages": [user([part, part])]})
    assert refused.status_code == 422
    assert "300,001 characters, expected at most 200,000" in refused.json()["error"]["message"]


@pytest.mark.parametrize(
    "question",
    [
        "What title did the mayor give the cranes?",
        "Generate a list of cranes lost",
        "Which task had the cranes?",
    ],
)
def test_a_question_about_titles_is_a_question(client: TestClient, asker: FakeAsker, question: str) -> None:
    said(client, user(question))
    assert [one.text for one in asker.asked] == [question]


def test_a_long_question_makes_a_short_title(client: TestClient) -> None:
    long = f"<chat_history>\nUSER: {'who said ' * 20}?\n</chat_history>"
    title = task_reply(f"### Task:\nA title, no quotes.\n{long}", [], lexicon=load_lexicon())
    assert title
    assert len(title) <= 51
    assert title.endswith("…")
    assert task_reply("### Task:\nA title.", [], lexicon=load_lexicon()) == "News archive"
    summary = f"### Task:\nSummarize the conversation history.\n### Messages Being Compacted:\n{CHAT}"
    assert task_reply(summary, [], lexicon=load_lexicon()) == f"{CRANES}\nAnd when?"


# Under a prefix


@pytest.mark.parametrize("prefix", ["", "/dateline"])  # taken off by the proxy, or left
def test_everything_is_served_under_a_prefix(client: TestClient, prefix: str) -> None:
    assert client.get(f"{prefix}/").status_code == 200
    assert client.get(f"{prefix}/page/page.js").status_code == 200
    assert client.get(f"{prefix}/articles/gazette-0412").json()["id"] == "gazette-0412"
    assert client.get(f"{prefix}/healthz").status_code == 200
    assert client.post(f"{prefix}/articles", json={}).status_code == 401
    assert client.get(f"{prefix}/openapi.json").json()["servers"] == [{"url": "/dateline"}]
    begun = client.post(f"{prefix}/batch", json={"questions": [CRANES]})
    assert client.get(str(begun.request.url.join(begun.headers["location"]))).status_code == 200


def test_the_page_asks_for_nothing_at_the_root(client: TestClient) -> None:
    names = ["index.html", *(path.name for path in Path("bot/http/page").glob("*.js"))]
    for name in names:
        text = client.get("/" if name == "index.html" else f"/page/{name}").text
        for rooted in ('="/', 'fetch("/', 'get("/', "get(`/", 'path: "/', "`/?"):
            assert rooted not in text, (name, rooted)


@pytest.mark.parametrize("path", ["dateline", "/date line", "/a//b", "https://x.example/"])
def test_a_prefix_that_is_none_is_named(path: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATELINE_HTTP__ROOT_PATH", path)
    with pytest.raises(BadSetting, match=r"root_path.*such as /dateline"):
        load_settings({"home": tmp_path})


def test_the_forms_of_an_answer_are_described(client: TestClient) -> None:
    described = client.get("/openapi.json").json()["paths"]["/ask"]["get"]["responses"]["200"]["content"]
    kinds = {kind.media_type for kind in FILE_KINDS.values()}
    assert {"application/json", RECORD_TYPE, *kinds} == set(described)

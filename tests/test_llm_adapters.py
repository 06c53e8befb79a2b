"""Anthropic's and Ollama's own APIs, each scripted over real HTTP: an answer, its usage, its troubles."""

from __future__ import annotations

import asyncio
import json
import threading
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import get_args

import pytest
from asking_fakes import noted
from llm_fakes import STOCK, settings_for, written_by

from bot.answers.answer import Answer
from bot.answers.asked import Asked
from bot.commands.checkup import model_check
from bot.writing import adapters
from bot.writing.adapters import adapter
from bot.writing.model import Counted, Finished, LlmError, ReplyPiece, Request
from bot.writing.settings import LlmSettings, Provider
from index.errors import BadSetting

REPLY = "Anna Lund said that the stock had halved since 1990. [1] «“The stock has halved since 1990.”»"
Event = tuple[str, Mapping[str, object]]


class Scripted(BaseHTTPRequestHandler):
    """Answers every POST with one body; `seen` are (path, headers, body)."""

    status = 200
    kind = "application/json"
    body = b""
    extra: Mapping[str, str] = {}
    seen: list[tuple[str, dict[str, str], dict[str, object]]] = []  # noqa: RUF012

    def do_POST(self) -> None:
        length = int(self.headers["Content-Length"])
        headers = {name.lower(): value for name, value in self.headers.items()}
        self.seen.append((self.path, headers, json.loads(self.rfile.read(length))))
        self.send_response(self.status)
        self.send_header("Content-Type", self.kind)
        self.send_header("Content-Length", str(len(self.body)))
        for name, value in self.extra.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(self.body)

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def scripted(
    body: bytes, *, kind: str = "application/json", status: int = 200, extra: Mapping[str, str] | None = None
) -> Iterator[tuple[str, type[Scripted]]]:
    fields = {"body": body, "kind": kind, "status": status, "extra": extra or {}, "seen": []}
    handler = type("Handler", (Scripted,), fields)
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}", handler
    finally:
        server.shutdown()
        server.server_close()
        thread.join(10)


def anthropic_stream(text: str) -> bytes:
    message = {
        "id": "m",
        "type": "message",
        "role": "assistant",
        "model": "x",
        "content": [],
        "stop_reason": None,
        "stop_sequence": None,
        "usage": {"input_tokens": 700, "output_tokens": 1},
    }
    events: Sequence[Event] = [
        ("message_start", {"message": message}),
        ("content_block_start", {"index": 0, "content_block": {"type": "text", "text": ""}}),
        *(
            ("content_block_delta", {"index": 0, "delta": {"type": "text_delta", "text": text[n : n + 9]}})
            for n in range(0, len(text), 9)
        ),
        ("content_block_stop", {"index": 0}),
        ("message_delta", {"delta": {"stop_reason": "end_turn", "stop_sequence": None},
                           "usage": {"input_tokens": None, "output_tokens": 40}}),
        ("message_stop", {}),
    ]  # fmt: skip
    rows = (f"event: {name}\ndata: {json.dumps({'type': name, **fields})}\n\n" for name, fields in events)
    return "".join(rows).encode()


def anthropic_whole(text: str) -> bytes:
    message = {"id": "m", "type": "message", "role": "assistant", "model": "x", "stop_reason": "end_turn",
               "content": [{"type": "text", "text": text}], "stop_sequence": None,
               "usage": {"input_tokens": 700, "output_tokens": 40}}  # fmt: skip
    return json.dumps(message).encode()


def ollama_stream(text: str) -> bytes:
    rows: list[dict[str, object]] = [
        {"model": "x", "message": {"role": "assistant", "content": text[n : n + 9]}, "done": False}
        for n in range(0, len(text), 9)
    ]
    end = {"model": "x", "message": {"role": "assistant", "content": ""}, "done": True, "done_reason": "stop"}
    rows.append({**end, "prompt_eval_count": 700, "eval_count": 40})
    return "".join(json.dumps(row) + "\n" for row in rows).encode()


def ollama_whole(text: str) -> bytes:
    reply = {"model": "x", "message": {"role": "assistant", "content": text}, "done": True}
    return json.dumps({**reply, "done_reason": "stop", "prompt_eval_count": 700, "eval_count": 40}).encode()


def answer_of(settings: LlmSettings) -> Answer:
    return asyncio.run(written_by(settings)[0].ask(Asked(STOCK)))


@pytest.mark.parametrize(
    ("provider", "stream", "body", "kind"),
    [
        ("anthropic", True, anthropic_stream(REPLY), "text/event-stream"),
        ("anthropic", False, anthropic_whole(REPLY), "application/json"),
        ("ollama", True, ollama_stream(REPLY), "application/x-ndjson"),
        ("ollama", False, ollama_whole(REPLY), "application/json"),
    ],
)
def test_an_answer_comes_through_each_providers_own_api(
    provider: Provider, stream: bool, body: bytes, kind: str
) -> None:
    with scripted(body, kind=kind) as (url, server):
        model = "claude-haiku-4-5" if provider == "anthropic" else "llama3.2"
        answer = answer_of(settings_for(url, model, provider=provider, stream=stream))
    assert (answer.llm, answer.notes) == (model, ())
    assert [one.text for one in answer.sentences] == ["Anna Lund said that the stock had halved since 1990."]
    assert answer.usage is not None
    assert (answer.usage.calls, answer.usage.input, answer.usage.output) == (1, 700, 40)
    ((path, headers, asked),) = server.seen
    assert path == {"anthropic": "/v1/messages", "ollama": "/api/chat"}[provider]
    assert "key-of-the-test" in (headers.get("x-api-key") or headers["authorization"])
    options = asked["options"] if provider == "ollama" else asked
    assert options["temperature"] == 0.0  # type: ignore[index]


@pytest.mark.parametrize("provider", get_args(Provider))
def test_each_provider_is_asked_again_after_the_wait_it_asks_for(provider: Provider) -> None:
    with scripted(b'{"error": "busy"}', status=429, extra={"Retry-After": "0.2"}) as (url, server):
        answer = answer_of(settings_for(url, "some-model", provider=provider))
    assert len(server.seen) == 2
    assert noted(answer) == ("some-model gave no answer: its server answered 429",)
    assert answer.status == "answered" and answer.llm is None


def test_the_doctor_asks_a_model_for_one_word_and_says_what_to_do_where_none_comes() -> None:
    with scripted(ollama_stream(REPLY), kind="application/x-ndjson") as (url, server):
        well = model_check(settings_for(url, "llama3.2", provider="ollama"))
    assert (well.state, len(server.seen)) == ("ok", 1)
    assert "llama3.2 answers" in well.found
    gone = model_check(settings_for("http://127.0.0.1:9", "llama3.2", provider="ollama"))
    assert (gone.state, gone.found) == ("failed", "llama3.2 gave no answer: its server cannot be reached")
    assert "dateline settings" in gone.advice
    assert model_check(LlmSettings()).state == "ok"


@pytest.mark.parametrize("provider", get_args(Provider))
def test_a_server_that_is_not_there_is_named(provider: Provider) -> None:
    answer = answer_of(settings_for("http://127.0.0.1:9", "some-model", provider=provider))
    assert noted(answer) == ("some-model gave no answer: its server cannot be reached",)


@pytest.mark.parametrize("provider", ["anthropic", "ollama"])
def test_half_a_stream_is_no_reply(provider: Provider) -> None:
    body = anthropic_stream(REPLY) if provider == "anthropic" else ollama_stream(REPLY)
    half = body[: body.index(b"stood") if b"stood" in body else len(body) // 2]
    end = half.rindex(b"\n\n" if provider == "anthropic" else b"\n") + 2
    with scripted(half[:end], kind="text/event-stream") as (url, _):
        pieces: list[ReplyPiece] = []

        async def collect() -> None:
            settings = settings_for(url, "claude-haiku-4-5", provider=provider)
            async for piece in adapter(settings).write(Request("rules", "question", 99)):
                pieces.append(piece)  # noqa: PERF401

        try:
            asyncio.run(collect())
        except LlmError as exc:
            assert exc.again
    assert not any(isinstance(piece, Finished) for piece in pieces)
    assert not any(isinstance(piece, Counted) for piece in pieces)


@pytest.mark.parametrize("provider", get_args(Provider))
def test_each_provider_is_an_extra_that_the_tests_have_too(provider: Provider) -> None:
    project = tomllib.loads((Path(__file__).parents[1] / "pyproject.toml").read_text(encoding="utf-8"))
    extras = project["project"]["optional-dependencies"]
    assert set(extras[provider]) <= set(extras["dev"])
    assert adapter(LlmSettings(model="x", provider=provider)).name == "x"


def test_a_missing_package_is_named_with_the_command_that_brings_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(adapters._PACKAGES, "anthropic", "llama_index.llms.not_there")  # type: ignore[attr-defined]
    with pytest.raises(BadSetting, match=r"expected: .* -m pip install .*llama-index-llms-anthropic"):
        adapter(LlmSettings(model="x", provider="anthropic"))

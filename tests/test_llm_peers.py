"""Two servers that others wrote to test clients of language models: llmock judges ours, aimock breaks.

`pip install '.[soak]'` brings llmock; aimock comes with `npm install --no-save @copilotkit/aimock` in
the checkout, or from the folder that AIMOCK names.
"""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest
from asking_fakes import noted
from llm_fakes import STOCK, settings_for, written_by

from bot.answers.answer import Answer
from bot.answers.asked import Asked
from bot.writing.settings import LlmSettings

llmock_package = pytest.importorskip("llmock", reason="llmock is not here: pip install '.[soak]'")
pytestmark = pytest.mark.soak

TEXT = "Anna Lund said that the stock had halved since 1990."
REPLY = f"{TEXT} [1] «“The stock has halved since 1990.”»"
FOLDERS = [
    os.environ.get("AIMOCK", ""),
    Path(__file__).parents[1] / "node_modules" / "@copilotkit" / "aimock",
]
AIMOCK = next((Path(one) for one in FOLDERS if one and (Path(one) / "dist" / "cli.js").is_file()), None)


def ask(settings: LlmSettings) -> Answer:
    return asyncio.run(written_by(settings)[0].ask(Asked(STOCK)))


# llmock: what it does to us, and whether the answer is then written or quoted

FAULTS: list[tuple[str, Callable[..., object], bool]] = [
    ("nothing", lambda mock: mock, True),
    ("busy twice", lambda mock: mock.rate_limit(times=2, retry_after=0.5), True),
    ("busy for ever", lambda mock: mock.rate_limit(times=None, retry_after=0.2), False),
    ("busy for an hour", lambda mock: mock.rate_limit(times=None, retry_after=3600), False),
    ("500 once", lambda mock: mock.fail(500), True),
    ("503 for ever", lambda mock: mock.outage(), False),
    ("529 twice", lambda mock: mock.fail(529, times=2), True),
    ("wrong key", lambda mock: mock.fail(401, times=None), False),
    ("not found", lambda mock: mock.fail(404, times=None), False),
    ("too long", lambda mock: mock.context_overflow(times=None), False),
    ("dropped once", lambda mock: mock.disconnect(after_chunks=1), True),
    ("dropped for ever", lambda mock: mock.disconnect(after_chunks=1, times=None), False),
    ("truncated once", lambda mock: mock.truncate(after_chunks=1), True),
    ("truncated twice", lambda mock: mock.truncate(after_chunks=2, times=2), True),
    ("corrupted once", lambda mock: mock.corrupt(after_chunks=1), True),
    ("stalled once", lambda mock: mock.stall(after_chunks=1, seconds=20), True),
    ("late first token", lambda mock: mock.slow_first_token(20, times=None), False),
    ("slow", lambda mock: mock.delay(0.5), True),
]


@pytest.mark.parametrize(("fault", "script", "written"), FAULTS, ids=[name for name, _, _ in FAULTS])
@pytest.mark.parametrize("provider", ["openai", "anthropic"])
def test_llmock_finds_nothing_wrong_with_the_client(
    provider: str, fault: str, script: Callable[..., object], written: bool, llmock: object
) -> None:
    llmock.pace(30)  # type: ignore[attr-defined]  # so that it can see whether we go on reading
    script(llmock.reply(REPLY, times=None))  # type: ignore[attr-defined]
    url = llmock.base_url(provider)  # type: ignore[attr-defined]
    model = "claude-haiku-4-5" if provider == "anthropic" else "gpt-4o-mini"
    patient = LlmSettings(**vars(settings_for(url, model, provider=provider)) | {"first_token_timeout": 2.0})  # type: ignore[arg-type]
    began = time.monotonic()
    answer = ask(patient)
    assert time.monotonic() - began < 25
    assert answer.status == "answered"
    assert (answer.llm == model) == written
    assert answer.sentences[0].text == (TEXT if written else "“The stock has halved since 1990.”")
    assert bool(answer.notes) != written
    found = [f"{one.severity} {one.code}: {one.title}" for one in llmock.verdict().findings]  # type: ignore[attr-defined]
    hopeless = ("busy for an hour",)  # it asks for more time than a question has: leaving is right
    assert [one for one in found if fault not in hopeless or "gave_up" not in one] == []


# aimock


@pytest.fixture(scope="module")
def aimock(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    node = shutil.which("node")
    if node is None or AIMOCK is None:
        pytest.skip("aimock is not here: npm install --no-save @copilotkit/aimock")
    plain: dict[str, object] = {"response": {"content": REPLY}}
    fixtures = [
        {"match": {"model": "whole"}, **plain},
        {"match": {"model": "slow"}, **plain, "streamingProfile": {"ttft": 300, "tps": 40, "jitter": 0.3}},
        {"match": {"model": "cut"}, **plain, "truncateAfterChunks": 3},
        {"match": {"model": "dropped"}, **plain, "latency": 50, "disconnectAfterMs": 120},
        {"match": {"model": "drop"}, **plain, "chaos": {"dropRate": 1}},
        {"match": {"model": "malformed"}, **plain, "chaos": {"malformedRate": 1}},
        {"match": {"model": "disconnect"}, **plain, "chaos": {"disconnectRate": 1}},
        {"match": {"model": "error"}, "response": {"error": {"message": "no", "type": "x"}, "status": 503}},
    ]
    file = tmp_path_factory.mktemp("aimock") / "fixtures.json"
    file.write_text(json.dumps({"fixtures": fixtures}))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [
        node,
        str(AIMOCK / "dist" / "cli.js"),
        "-p",
        str(port),
        "-f",
        str(file),
        "--log-level",
        "silent",
    ]
    process = subprocess.Popen(command)
    address = f"http://127.0.0.1:{port}"
    for _ in range(100):
        try:
            httpx.get(f"{address}/health")
            break
        except httpx.TransportError:
            time.sleep(0.1)
    yield f"{address}/v1"
    process.terminate()
    process.wait(10)


@pytest.mark.parametrize("stream", [True, False])
@pytest.mark.parametrize("model", ["whole", "slow"])
def test_aimock_is_answered_from(aimock: str, model: str, stream: bool) -> None:
    answer = ask(settings_for(aimock, model, stream=stream))
    assert (answer.llm, [one.text for one in answer.sentences]) == (model, [TEXT])
    assert answer.usage is not None and answer.usage.output > 0


@pytest.mark.parametrize("stream", [True, False])
@pytest.mark.parametrize("model", ["cut", "dropped", "drop", "malformed", "disconnect", "error", "unknown"])
def test_aimock_breaks_and_the_answer_is_quoted(aimock: str, model: str, stream: bool) -> None:
    answer = ask(settings_for(aimock, model, stream=stream))
    if not stream and model in ("cut", "dropped"):  # these are faults of streams
        assert answer.llm == model
        return
    assert (answer.llm, answer.status) == (None, "answered")
    assert noted(answer)[0].startswith(f"{model} gave no answer: ")

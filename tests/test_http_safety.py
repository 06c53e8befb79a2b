from __future__ import annotations

import json
import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from http_fakes import FakeAsker, FakeLibrary
from settings_fakes import fixed
from starlette.testclient import TestClient

from bot.http.access.keys import KeyRing
from bot.http.app import create_app
from bot.http.log_lines import JsonLines
from bot.http.request_log import Life
from bot.http.routes.page import POLICY
from bot.http.settings import HttpSettings

QUESTION = {"question": "Which cranes were lost?"}


@pytest.fixture
def keys(tmp_path: Path) -> KeyRing:
    return KeyRing(tmp_path / "keys.json")


@contextmanager
def a_client(keys: KeyRing, settings: HttpSettings, life: Life | None = None) -> Iterator[TestClient]:
    library = FakeLibrary()
    app = create_app(FakeAsker(library), library, keys=keys, settings=settings, life=life)
    with TestClient(app, raise_server_exceptions=False) as client:
        yield client


def test_a_server_that_requires_a_key_answers_nobody_else(keys: KeyRing) -> None:
    with a_client(keys, HttpSettings(require_key=True)) as client:
        for path in ("/ask?q=x", "/search?q=x", "/articles", "/status", "/v1/models", "/articles/x"):
            refused = client.get(path)
            assert refused.status_code == 401, path
            assert refused.headers["www-authenticate"] == "Bearer"
            told = refused.json()["detail"]
            assert told.startswith(
                "this server answers only with a key, expected the header `Authorization: B"
            )
        assert client.post("/ask", json=QUESTION).status_code == 401
        assert client.post("/ask", json=QUESTION, headers={"X-API-Key": "guess"}).status_code == 401
        for path in ("/", "/page/page.js", "/healthz", "/readyz", "/openapi.json"):
            assert client.get(path).status_code == 200, path
        token = keys.add("reader")
        for headers in ({"Authorization": f"Bearer {token}"}, {"X-API-Key": token}):
            assert client.post("/ask", json=QUESTION, headers=headers).status_code == 200


def test_an_open_server_takes_the_placeholder_of_a_chat_program_but_no_false_key(keys: KeyRing) -> None:
    with a_client(keys, HttpSettings()) as client:
        for token, status in (("sk-none", 200), ("dateline_00000000_" + "a" * 43, 401)):
            response = client.post("/ask", json=QUESTION, headers={"Authorization": f"Bearer {token}"})
            assert response.status_code == status


def test_addresses_and_keys_are_limited_each_by_its_own_rate(keys: KeyRing) -> None:
    slow, quick = keys.add("slow", per_minute=1), keys.add("quick")
    with a_client(keys, fixed(HttpSettings, rate_per_key=4)(rate_per_address=2)) as client:

        def statuses(times: int, token: str | None = None) -> list[int]:
            headers = {"X-API-Key": token} if token else {}
            return [client.get("/status", headers=headers).status_code for _ in range(times)]

        assert statuses(3) == [200, 200, 429]
        assert statuses(2, slow) == [200, 429]
        assert statuses(5, quick) == [200, 200, 200, 200, 429]
        refused = client.get("/status")
        assert refused.headers["content-type"] == "application/problem+json"
        assert 1 <= int(refused.headers["retry-after"]) <= 60
        assert client.get("/healthz").status_code == 200
        assert client.get("/").status_code == 200


@pytest.mark.parametrize(
    ("host", "headers", "most", "says"),
    [
        ("127.0.0.1", {}, 4, "more than 4 requests a minute from this machine"),
        ("::1", {}, 4, "http.rate_loopback"),
        (
            "127.0.0.1",
            {"X-Forwarded-For": "203.0.113.9"},
            2,
            "more than 2 requests a minute from this address",
        ),
        ("127.0.0.1", {"Via": "1.1 proxy"}, 2, "`dateline key add NAME`"),
        ("203.0.113.9", {}, 2, "http.rate_per_address"),
    ],
)
def test_a_script_on_this_machine_may_ask_more_often_and_a_refusal_says_what_helps(
    keys: KeyRing, host: str, headers: dict[str, str], most: int, says: str
) -> None:
    library = FakeLibrary()
    settings = HttpSettings(rate_per_address=2, rate_loopback=4)
    app = create_app(FakeAsker(library), library, keys=keys, settings=settings)
    with TestClient(app, client=(host, 5000)) as client:
        got = [client.get("/status", headers=headers) for _ in range(most + 1)]
    assert [one.status_code for one in got] == [200] * most + [429]
    assert says in got[-1].json()["detail"]


def test_guessing_keys_is_limited_by_address(keys: KeyRing) -> None:
    with a_client(keys, HttpSettings(rate_per_address=3)) as client:
        tries = [
            client.get("/status", headers={"X-API-Key": f"dateline_0000000{n}_" + "a" * 43}).status_code
            for n in range(5)
        ]
        assert tries == [401, 401, 401, 429, 429]


def chunks(size: int) -> Iterator[bytes]:
    yield b'{"question": "'
    for _ in range(size // 100):
        yield b"x" * 100
    yield b'"}'


def test_a_body_is_counted_as_it_comes(keys: KeyRing) -> None:
    with a_client(keys, fixed(HttpSettings, body_bytes=2000)()) as client:
        announced = client.post("/ask", content=b"x" * 2001)
        chunked = client.post("/ask", content=chunks(5000), headers={"Content-Type": "application/json"})
        lying = client.post("/ask", content=b"x" * 5000, headers={"Content-Length": "10"})
        for response in (announced, chunked, lying):
            assert response.status_code == 413
            assert response.headers["content-type"] == "application/problem+json"
        fitting = client.post("/ask", content=chunks(900), headers={"Content-Type": "application/json"})
        assert fitting.status_code == 200


def test_questions_and_keys_stay_out_of_logs_and_metrics(
    keys: KeyRing, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, logger="dateline.http")
    token = keys.add("reader")
    with a_client(keys, HttpSettings()) as client:
        headers = {"Authorization": f"Bearer {token}"}
        client.post("/ask", json={"question": "WHO-ASKED-THIS"}, headers=headers)
        client.get("/ask?q=WHO-ASKED-THIS", headers=headers)
        client.get("/WHO-ASKED-THIS", headers=headers)
        client.get("/articles/WHO-ASKED-THIS", headers=headers)
        metrics = client.get("/metrics").text
    own = "\n".join(record.getMessage() for record in caplog.records if record.name == "dateline.http")
    assert own.count(" key=reader ") == 4
    for text in (own, metrics):
        assert "WHO-ASKED-THIS" not in text
        assert token not in text
        assert token.rpartition("_")[2][:10] not in text


def test_questions_are_logged_where_that_was_asked_for(
    keys: KeyRing, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, logger="dateline.http")
    with a_client(keys, HttpSettings(log_questions=True)) as client:
        client.post("/ask", json={"question": "Who\nforged POST /ask 200?"})
    (line,) = [record.getMessage() for record in caplog.records if record.name == "dateline.http"]
    assert r"question='Who\nforged POST /ask 200?'" in line


def test_as_json_a_request_is_an_object_a_line_without_its_question_unless_asked(
    keys: KeyRing, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, logger="dateline.http")
    for log_questions in (False, True):
        with a_client(keys, HttpSettings(log_questions=log_questions)) as client:
            number = client.post("/ask", json={"question": "Which cranes\nwere lost?"}).headers[
                "x-request-id"
            ]
        line = JsonLines().format(caplog.records[-1])
        told = json.loads(line)
        assert "\n" not in line
        assert (told["method"], told["route"], told["status"], told["id"]) == ("POST", "/ask", 200, number)
        assert told["ms"] > 0
        assert told.get("question") == ("Which cranes\nwere lost?" if log_questions else None)
        assert ("cranes" in line) == log_questions


def test_as_json_what_else_is_logged_is_its_message_and_what_failed() -> None:
    try:
        raise ValueError("no\ngood")
    except ValueError:
        record = logging.LogRecord("dateline.x", logging.WARNING, "", 0, "it %s", ("broke",), sys.exc_info())
    told = json.loads(JsonLines().format(record))
    assert (told["level"], told["logger"], told["message"]) == ("warning", "dateline.x", "it broke")
    assert "ValueError: no\ngood" in told["error"]


def test_metrics_count_answers_by_reason_and_requests_by_route(keys: KeyRing) -> None:
    with a_client(keys, HttpSettings()) as client:
        client.post("/ask", json=QUESTION)
        client.post("/ask", json={"question": "Who rules Atlantis?"})
        client.get("/articles/none")
        text = client.get("/metrics").text
    for line in (
        'dateline_answers_total{reason="",status="answered"} 1.0',
        'dateline_answers_total{reason="not_in_archive",status="abstained"} 1.0',
        'dateline_http_requests_total{method="POST",route="/ask",status="200"} 2.0',
        'dateline_http_requests_total{method="GET",route="/articles/{article_id}",status="404"} 1.0',
        "dateline_gate_inside 0.0",
    ):
        assert line in text


def test_cors_is_off_unless_an_origin_is_named(keys: KeyRing) -> None:
    asking = {"Origin": "https://desk.example", "Access-Control-Request-Method": "POST"}
    for origins, allowed in (((), None), (("https://desk.example",), "https://desk.example")):
        with a_client(keys, HttpSettings(cors_origins=origins)) as client:
            answered = client.get("/healthz", headers={"Origin": "https://desk.example"})
            assert answered.headers.get("access-control-allow-origin") == allowed
            before = client.options("/ask", headers=asking)
            assert before.headers.get("access-control-allow-origin") == allowed
            other = client.get("/healthz", headers={"Origin": "https://evil.example"})
            assert "access-control-allow-origin" not in other.headers


def test_every_answer_is_kept_in_its_place_by_headers(keys: KeyRing) -> None:
    with a_client(keys, HttpSettings()) as client:
        page, api, wrong = client.get("/"), client.get("/status"), client.get("/nowhere")
    assert page.headers["content-security-policy"] == POLICY
    assert "'unsafe" not in POLICY
    for response in (page, api, wrong):
        assert response.headers["x-content-type-options"] == "nosniff"
        assert response.headers["referrer-policy"] == "no-referrer"
        assert response.headers["content-security-policy"].startswith("default-src 'none'")
        assert response.headers["x-request-id"]
        assert "server" not in response.headers


def test_a_server_on_its_way_out_says_so(keys: KeyRing) -> None:
    life = Life()
    with a_client(keys, HttpSettings(), life) as client:
        assert client.get("/readyz").status_code == 200
        life.draining = True
        assert client.get("/readyz").status_code == 503
        still = client.post("/ask", json=QUESTION)
        assert (still.status_code, still.headers["connection"]) == (200, "close")
        assert client.get("/healthz").status_code == 200


def test_a_server_whose_archive_is_broken_is_not_ready(keys: KeyRing) -> None:
    library = FakeLibrary()

    def fail() -> None:
        raise OSError("/home/secret is gone")

    library.status = fail  # type: ignore[method-assign, assignment]
    app = create_app(FakeAsker(library), library, keys=keys)
    with TestClient(app) as client:
        response = client.get("/readyz")
        assert (response.status_code, "secret" in response.text) == (503, False)
        assert client.get("/healthz").status_code == 200


def test_a_slow_answer_ends_as_a_problem(keys: KeyRing) -> None:
    library = FakeLibrary()
    asker = FakeAsker(library, seconds=30)
    app = create_app(asker, library, keys=keys, settings=replace(HttpSettings(), answer_timeout=0.05))
    with TestClient(app) as client:
        assert client.post("/ask", json=QUESTION).status_code == 504
        assert (asker.given_up, asker.at_work) == (1, 0)
        assert "dateline_gate_inside 0.0" in client.get("/metrics").text

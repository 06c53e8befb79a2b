from __future__ import annotations

import json
import socket
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest
from http_fakes import FakeAsker, FakeLibrary, serving, wait_until
from http_process import QUESTION, head
from settings_fakes import fixed

from bot.http.access.keys import KeyRing
from bot.http.app import create_app
from bot.http.settings import HttpSettings


@contextmanager
def a_server(tmp_path: Path, settings: HttpSettings, *, seconds: float) -> Iterator[tuple[str, FakeAsker]]:
    asker = FakeAsker(FakeLibrary(), seconds=seconds)
    app = create_app(asker, asker.library, keys=KeyRing(tmp_path / "keys.json"), settings=settings)
    with serving(app) as address:
        yield address, asker


def send(address: str, path: str, body: dict[str, str]) -> socket.socket:
    """A connection on which a question was sent and nothing was read yet."""
    parts = urlsplit(address)
    connection = socket.create_connection((parts.hostname, parts.port), timeout=10)
    content = json.dumps(body).encode()
    connection.sendall(head(path, len(content)) + content)
    return connection


@pytest.mark.parametrize("path", ["/ask", "/ask/stream", "/v1/chat/completions"])
def test_a_client_that_leaves_is_noticed_within_a_second(tmp_path: Path, path: str) -> None:
    body = {"messages": [{"role": "user", "content": "cranes"}], "stream": True} if "v1" in path else QUESTION
    with a_server(tmp_path, fixed(HttpSettings, at_once=1)(), seconds=30) as (address, asker):
        connection = send(address, path, body)  # type: ignore[arg-type]
        assert wait_until(lambda: asker.at_work == 1, seconds=5)
        if path != "/ask":
            assert b"200 OK" in connection.recv(65536)
        connection.close()
        assert wait_until(lambda: asker.given_up == 1, seconds=1)
        asker.seconds = 0
        assert httpx.post(f"{address}/ask", json=QUESTION, timeout=2).status_code == 200  # the place is free
        assert "dateline_http_clients_left_total" in httpx.get(f"{address}/metrics").text


def test_a_client_that_leaves_the_queue_is_not_worked_for(tmp_path: Path) -> None:
    with a_server(tmp_path, fixed(HttpSettings, at_once=1)(), seconds=0.5) as (address, asker):
        first = send(address, "/ask", QUESTION)
        assert wait_until(lambda: asker.at_work == 1, seconds=5)
        second = send(address, "/ask", QUESTION)
        assert wait_until(lambda: "gate_waiting 1.0" in httpx.get(f"{address}/metrics").text, seconds=5)
        second.close()
        assert wait_until(lambda: "gate_waiting 0.0" in httpx.get(f"{address}/metrics").text, seconds=1)
        with first:
            assert b"200 OK" in first.recv(65536)
        assert len(asker.asked) == 1


def test_beyond_the_queue_the_answer_is_503_and_when_to_come_back(tmp_path: Path) -> None:
    settings = fixed(HttpSettings, waiting=3)(rate_per_address=0)
    with a_server(tmp_path, settings, seconds=0.2) as (address, asker):
        with ThreadPoolExecutor(12) as pool:
            got = list(pool.map(lambda _: httpx.post(f"{address}/ask", json=QUESTION, timeout=10), range(12)))
        statuses = sorted(response.status_code for response in got)
        assert set(statuses) == {200, 503}
        assert 5 <= statuses.count(200) <= 8
        for response in got:
            if response.status_code == 503:
                assert int(response.headers["retry-after"]) >= 1
                assert response.headers["content-type"] == "application/problem+json"
        assert asker.at_work == 0
        assert httpx.post(f"{address}/ask", json=QUESTION).status_code == 200


def test_a_silent_stream_is_kept_awake(tmp_path: Path) -> None:
    with (
        a_server(tmp_path, fixed(HttpSettings, ping=0.05)(), seconds=0.4) as (address, _),
        httpx.stream("POST", f"{address}/ask/stream", json=QUESTION) as response,
    ):
        lines = list(response.iter_lines())
    assert lines.count(": ping") >= 3
    assert "event: answer" in lines


def test_a_body_that_never_ends_is_given_up(tmp_path: Path) -> None:
    with a_server(tmp_path, fixed(HttpSettings, body_timeout=0.2)(), seconds=0) as (address, _):
        parts = urlsplit(address)
        with socket.create_connection((parts.hostname, parts.port), timeout=5) as connection:
            connection.sendall(head("/ask", 50) + b"{")
            assert connection.recv(65536).startswith(b"HTTP/1.1 408 ")

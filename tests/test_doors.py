"""Where the server listens: asked for first, and a port in use is one line."""

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.cli import run
from bot.http.doors import bound_doors


@pytest.fixture
def taken() -> Iterator[socket.socket]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server


def test_a_port_in_use_is_told_in_one_line_before_anything_is_loaded(
    taken: socket.socket, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    port = taken.getsockname()[1]
    assert run(["--home", str(tmp_path), "serve", "--port", str(port)]) == 3
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith(
        f"dateline: cannot listen at port {port} of 127.0.0.1 (Address already in use), ex"
    )
    assert not list(tmp_path.iterdir())


def test_a_host_that_is_not_this_machine_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--home", str(tmp_path), "serve", "--host", "192.0.2.7"]) == 3
    assert "of 192.0.2.7 (Cannot assign requested address)" in capsys.readouterr().err


def test_a_name_is_listened_at_by_each_of_its_addresses(monkeypatch: pytest.MonkeyPatch) -> None:
    places = [
        (socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", 0)),
        (socket.AF_INET6, socket.SOCK_STREAM, 6, "", ("::1", 0, 0, 0)),
    ]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: places)
    doors = bound_doors("localhost", 0)
    try:
        assert [door.getsockname()[0] for door in doors] == ["127.0.0.1", "::1"]
    finally:
        for door in doors:
            door.close()

"""Nothing is told to anybody: no connection, no look-up, nothing kept to be sent later."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from conftest import CACHE
from loopback_only import attempts, why_not

from index.encoding.encoder import Encoder

ROOT = Path(__file__).parents[1]
UNABLE = why_not()
pytestmark = pytest.mark.skipif(UNABLE is not None, reason=f"nothing can be watched here: {UNABLE}")


def as_a_stranger(folder: Path) -> dict[str, str]:
    """The environment of a person who has set nothing, whose home is `folder`."""
    kept = {name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ}
    paths = os.pathsep.join((str(ROOT), str(ROOT / "tests")))
    return kept | {"HOME": str(folder), "PYTHONPATH": paths}


@pytest.mark.parametrize(
    "code",
    [
        "import socket; socket.getaddrinfo('dateline.invalid', 443)",
        "import socket; socket.create_connection(('192.0.2.1', 443), timeout=1)",
        "import socket; socket.create_connection(('2001:db8::1', 443), timeout=1)",
        "import subprocess; subprocess.run(['getent', 'hosts', 'dateline.invalid'])",
    ],
)
def test_what_leaves_the_machine_is_seen(code: str, tmp_path: Path) -> None:
    program = f"try: {code}\nexcept OSError: pass"
    assert attempts([sys.executable, "-c", program], tmp_path / "calls", environment=as_a_stranger(tmp_path))


def test_what_stays_on_the_machine_is_let_through(tmp_path: Path) -> None:
    program = (
        "import socket; heard = socket.create_server(('127.0.0.1', 0));"
        "socket.create_connection(heard.getsockname()).close()"
    )
    command = [sys.executable, "-c", program]
    assert attempts(command, tmp_path / "calls", environment=as_a_stranger(tmp_path)) == []


def test_a_model_that_is_not_on_this_disk_is_looked_for_nowhere_else(tmp_path: Path) -> None:
    program = (
        "from index.encoding.weights import find_model; from index.errors import EncoderError"
        "\ntry: find_model('nobody/none')"
        "\nexcept EncoderError: pass"
        "\nelse: raise SystemExit('it found one')"
    )
    command = [sys.executable, "-W", "ignore", "-c", program]
    assert attempts(command, tmp_path / "calls", environment=as_a_stranger(tmp_path)) == []


@pytest.mark.parametrize("seconds", [0, pytest.param(90, marks=pytest.mark.soak)])
def test_nothing_is_looked_up_or_connected_to_and_nothing_kept_for_it(
    seconds: int, tmp_path: Path, encoder: Encoder
) -> None:
    person, folder = tmp_path / "person", tmp_path / "work"
    person.mkdir()
    folder.mkdir()
    command = [sys.executable, str(ROOT / "tests" / "day_of_work.py"), str(folder), str(seconds)]
    variables = {"DATELINE_INDEX_FROM": "1"}  # so that Chroma works, too
    if not seconds:
        variables["DATELINE_CACHE"] = str(CACHE)  # else the encoder is compiled, which is watched, too
    assert attempts(command, tmp_path / "calls", environment=as_a_stranger(person) | variables) == []
    ours = person / ".cache" / "dateline"
    assert {path for path in person.rglob("*") if path.is_file() and not path.is_relative_to(ours)} == set()

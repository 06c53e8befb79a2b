"""Risky work in a child: it cannot fill the disk, run for ever, or outlive us."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from index.guard import run_guarded

MODULE = """
import os, sys, time
from index.guard import enter_guard
what, *rest = enter_guard(sys.argv[1:])
open("pid", "w").write(str(os.getpid()))
if what == "write":
    with open("big", "wb") as file:
        for _ in range(100):
            file.write(b"x" * 100_000)
            file.flush()
if what == "hang":
    time.sleep(60)
if what == "crash":
    os.abort()
if what == "raise":
    raise ValueError("of this reason")
"""


@pytest.fixture
def risky(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "risky.py").write_text(MODULE)
    monkeypatch.syspath_prepend(str(tmp_path))
    return tmp_path


@pytest.mark.parametrize(
    ("what", "reason"),
    [
        ("nothing", None),
        ("write", "it ended with 1: OSError: [Errno 27] File too large"),
        ("hang", "it did not end within 1 s"),
        ("crash", "it ended with -6: "),
        ("raise", "it ended with 1: ValueError: of this reason"),
    ],
)
def test_every_way_to_fail_is_an_ordinary_failure(risky: Path, what: str, reason: str | None) -> None:
    limit = 1.0 if what == "hang" else 20.0
    failure = run_guarded(
        "risky", [what], folder=risky, file_limit=1_000_000, timeout=limit, stop=lambda: False
    )
    assert failure == reason
    assert sum(path.stat().st_size for path in risky.glob("big")) <= 1_000_000


def test_it_is_killed_when_we_are_told_to_stop(risky: Path) -> None:
    started = time.monotonic()
    failure = run_guarded(
        "risky", ["hang"], folder=risky, file_limit=1000, timeout=50, stop=(risky / "pid").exists
    )
    assert failure == "it was stopped"
    assert time.monotonic() - started < 30
    assert not alive(int((risky / "pid").read_text() or 0))


def test_it_does_not_outlive_us(risky: Path) -> None:
    code = f"""if True:
        from pathlib import Path; from index.guard import run_guarded
        folder = Path({str(risky)!r})
        run_guarded("risky", ["hang"], folder=folder, file_limit=1000, timeout=50, stop=lambda: False)
    """
    paths = {"PYTHONPATH": f"{Path(__file__).parent.parent}:{risky}"}
    with subprocess.Popen([sys.executable, "-c", code], env=os.environ | paths) as parent:
        deadline = time.monotonic() + 20
        while not (risky / "pid").exists() or not (risky / "pid").read_text():
            assert time.monotonic() < deadline
            time.sleep(0.02)
        child = int((risky / "pid").read_text())
        assert alive(child)
        parent.kill()
    deadline = time.monotonic() + 10
    while alive(child) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert not alive(child)


def alive(pid: int) -> bool:
    """Whether a process runs; one that nobody has waited for does not."""
    try:
        return "\nState:\tZ" not in Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return False

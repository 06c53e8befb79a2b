"""Risky work into a child process that cannot fill the disk, run for ever, or outlive us.

Chroma has crashed, hung and, on one damaged folder, written a 69 GB file while opening it. In a child each
of the three is an ordinary failure: a limit on the size of any file, a timeout, and an end when our end of
the pipe closes.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryFile

_POLL = 0.05  # seconds between looks at the child and at `stop`


def run_guarded(
    module: str,
    arguments: Sequence[str],
    *,
    folder: Path,
    file_limit: int,
    timeout: float,
    stop: Callable[[], bool],
) -> str | None:
    """Run `python -m module arguments` in `folder`; None when it succeeded, or else why not, in one line.

    `file_limit` is bytes for any one file that it writes, `timeout` seconds. It is killed as soon as
    `stop()`. Its own session keeps a Ctrl-C at the terminal from it: we decide when it ends.
    """
    packages = str(Path(__file__).resolve().parents[1])
    paths = os.pathsep.join(filter(None, [packages, os.environ.get("PYTHONPATH")]))
    with TemporaryFile() as complaints:
        child = subprocess.Popen(
            [sys.executable, "-m", module, str(file_limit), *arguments],
            cwd=folder,
            env={**os.environ, "PYTHONPATH": paths, "PYTHONWARNINGS": "ignore"},
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=complaints,
            start_new_session=True,
        )
        try:
            reason = _wait(child, timeout=timeout, stop=stop)
        finally:
            child.kill()
            child.communicate()
        if reason is None and child.returncode != 0:
            complaints.seek(0)
            lines = complaints.read().decode(errors="replace").split("\n")
            said = next((line.strip() for line in reversed(lines) if line.strip()), "")
            reason = f"it ended with {child.returncode}: {said[:200]}"
        return reason


def enter_guard(arguments: Sequence[str]) -> list[str]:
    """What a guarded module does first: take on the limit and the leash; returns its own arguments."""
    limit = int(arguments[0])
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    threading.Thread(target=_end_with_parent, daemon=True).start()
    return list(arguments[1:])


def _wait(child: subprocess.Popen[bytes], *, timeout: float, stop: Callable[[], bool]) -> str | None:
    end = time.monotonic() + timeout
    while child.poll() is None:
        if stop():
            return "it was stopped"
        if time.monotonic() > end:
            return f"it did not end within {timeout:.0f} s"
        time.sleep(_POLL)
    return None


def _end_with_parent() -> None:
    """The parent never writes: reading returns when it is gone."""
    os.read(0, 1)
    os._exit(70)

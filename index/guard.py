"""Risky work into a child process that cannot fill the disk, run for ever, or outlive us.

Chroma has crashed, hung and, on one damaged folder, written a 69 GB file while opening it. In a child each
of the three is an ordinary failure: a limit on the size of any file, a timeout, and an end when our end of
the pipe closes.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from subprocess import DEVNULL, Popen
from tempfile import TemporaryFile

from index.children import begin, bound, end

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

    `file_limit` is bytes for any one file that it writes, `timeout` seconds; `stop()` has it killed.
    """
    with TemporaryFile() as complaints:
        own = [str(file_limit), *arguments]
        child = begin(module, own, folder=folder, answers=DEVNULL, complaints=complaints)
        try:
            reason = _wait(child, timeout=timeout, stop=stop)
        finally:
            code = end(child, patience=0)
        if reason is None and code != 0:
            complaints.seek(0)
            lines = complaints.read().decode(errors="replace").split("\n")
            said = next((line.strip() for line in reversed(lines) if line.strip()), "")
            reason = f"it ended with {code}: {said[:200]}"
        return reason


def enter_guard(arguments: Sequence[str]) -> list[str]:
    """What a guarded module does first: take on the limit and the leash; returns its own arguments."""
    bound(file_bytes=int(arguments[0]))
    threading.Thread(target=_end_with_parent, daemon=True).start()
    return list(arguments[1:])


def _wait(child: Popen[bytes], *, timeout: float, stop: Callable[[], bool]) -> str | None:
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

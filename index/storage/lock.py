"""A folder into one that only this process writes to."""

from __future__ import annotations

import fcntl
import json
import os
import sys
from datetime import UTC, datetime
from pathlib import Path

from index.errors import ArchiveFull, ArchiveLocked


class WriterLock:
    """Held from construction until `release`; the operating system lets go of it when the process dies.

    The file says who holds it, for the message that others get. It stays when the lock is released:
    deleting it would let two processes lock two files of one name.
    """

    def __init__(self, path: Path, *, command: str | None = None, doing: str = "written") -> None:
        """Take the lock, or raise `ArchiveLocked` with who has it and is `doing` what; never waits."""
        try:
            self._descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
        except OSError as exc:
            raise ArchiveFull(f"{path}: cannot be written ({exc.strerror})") from exc
        try:
            fcntl.flock(self._descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as exc:
            os.close(self._descriptor)
            raise ArchiveLocked(
                f"{path.parent}: is being {doing} by {_holder(path)}; wait for it to end"
            ) from exc
        self._write({"pid": os.getpid(), "command": command or command_name(), "since": _now()})

    def check(self) -> None:
        """Nothing: the operating system takes it from nobody."""

    def release(self) -> None:
        """Let others write; releasing twice does nothing."""
        if self._descriptor >= 0:
            os.ftruncate(self._descriptor, 0)
            os.close(self._descriptor)
            self._descriptor = -1

    def _write(self, holder: dict[str, str | int]) -> None:
        os.ftruncate(self._descriptor, 0)
        try:
            os.pwrite(self._descriptor, json.dumps(holder).encode(), 0)
        except OSError:
            return  # a full disk: the lock holds without a name


def _holder(path: Path) -> str:
    try:
        holder = json.loads(path.read_text())
        return f"process {holder['pid']} ({holder['command']}), since {holder['since']}"
    except (OSError, ValueError, KeyError, TypeError):
        return "another process"


def command_name() -> str:
    """The program and its command, such as "dateline add"; what else stands there is nobody's business."""
    commands = [one for one in sys.argv[1:2] if not one.startswith("-")]
    return " ".join([Path(sys.argv[0] or "python").name, *commands])


def _now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")

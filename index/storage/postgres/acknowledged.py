"""How far the database's log had come when this machine last wrote: what a replica must have to be read here.

It is a small file of the home folder, since who writes and who answers are often different processes.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Callable
from pathlib import Path

from index.storage.connections import translated

_FILE_NAME = "acknowledged"
_DIGITS = 20


class Acknowledged:
    """The position; without a folder, that of this process alone. Thread-safe."""

    def __init__(self, folder: Path | None) -> None:
        self._path = folder / _FILE_NAME if folder else None
        self._own = 0

    def position(self) -> int:
        """Where the log must have come to."""
        if self._path is None:
            return self._own
        try:
            with self._path.open("rb") as file:
                return max(self._own, int(file.read(_DIGITS) or 0))
        except FileNotFoundError:
            return self._own

    def hold(self, position: int) -> None:
        """This process reads nothing older from now on."""
        self._own = max(self._own, position)

    def note(self, ask: Callable[[], int]) -> None:
        """No process of this machine reads from now on what is older than what `ask` tells.

        Asked while others wait, so that the last word is the latest; that of another database, which may be
        less, counts as well. Raises `ArchiveFull`.
        """
        if self._path is None:
            self.hold(ask())
            return
        with translated(self._path):
            descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX)
                os.pwrite(descriptor, f"{ask():0{_DIGITS}d}".encode(), 0)
            finally:
                os.close(descriptor)

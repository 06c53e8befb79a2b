"""What one process does for all that share an archive, on all machines: watching feeds, telling of news."""

from __future__ import annotations

from types import TracebackType
from typing import ClassVar, Protocol, Self

from index.storage.engine import ArchiveHome
from index.storage.lock import WriterLock
from index.storage.postgres.address import DatabaseAddress, expect_library


class LockHeld(Protocol):
    """A lock that this process has; it is let go of when the process dies."""

    def check(self) -> None:
        """Raise `ArchiveError` where it is no longer held, as when the connection to a database was lost."""

    def release(self) -> None:
        """Let others have it; releasing twice does nothing."""


class HomeLock:
    """LockHeld from its making until the end of `with`; a subclass says for what.

    Where the archive is in a database the lock is there, else in a file of the folder.
    """

    file_name: ClassVar[str]
    doing: ClassVar[str]  # what is being done to the archive by who has it

    def __init__(self, home: ArchiveHome, *, command: str) -> None:
        """Take the lock, or raise `ArchiveLocked` with who has it; never waits."""
        self._held = self._taken(home, command)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, exc: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._held.release()

    def check(self) -> None:
        """Raise `ArchiveError` where another process may do it by now."""
        self._held.check()

    def _taken(self, home: ArchiveHome, command: str) -> LockHeld:
        if isinstance(home, DatabaseAddress):
            expect_library(home)
            from index.storage.postgres.session_lock import SessionLock

            return SessionLock(home, self.file_name, command=command, doing=self.doing)
        home.mkdir(parents=True, exist_ok=True)
        return WriterLock(home / self.file_name, command=command, doing=self.doing)

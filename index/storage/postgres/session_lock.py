"""A database into something that only one process of all servers does, by a lock of its connection."""

from __future__ import annotations

from index.errors import ArchiveError, ArchiveLocked
from index.storage.postgres.address import DatabaseAddress
from index.storage.postgres.connecting import connect, this_process, translated
from index.storage.postgres.schema import expect_primary
from index.storage.postgres.turns import holder_of, lock_number

# A machine that is gone without a word is noticed after 25 s; by itself PostgreSQL looks after two hours.
_NOTICE = (
    b"SELECT set_config('tcp_keepalives_idle', '10', false), set_config('tcp_keepalives_count', '3', false),"
    b" set_config('tcp_keepalives_interval', '5', false), set_config('idle_session_timeout', '0', false),"
    b" set_config('application_name', $1, false)"
)
_IS_HELD = (
    b"SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND granted AND pid = pg_backend_pid()"
    b" AND objsubid = 1 AND (CAST(classid AS bigint) << 32 | CAST(objid AS bigint)) = $1"
)


class SessionLock:
    """A lock of `index.storage.home_lock`; the server lets go of it when the connection ends."""

    def __init__(self, address: DatabaseAddress, name: str, *, command: str, doing: str) -> None:
        """Take the lock, or raise `ArchiveLocked` with who has it and is `doing` what; never waits."""
        self._address = address
        self._name = f"dateline {name}"
        self._raw = connect(address)
        try:
            with translated(address):
                expect_primary(self._raw, address)  # a replica has locks of its own
                self._raw.execute(_NOTICE, (this_process(command),))
                number = lock_number(self._name)
                taken = self._raw.execute(b"SELECT pg_try_advisory_lock($1)", (number,)).fetchone()
                if not taken or not taken[0]:
                    holder = holder_of(self._raw, self._name)
                    raise ArchiveLocked(f"{address}: is being {doing} by {holder}; wait for it to end")
        except BaseException:
            self._raw.close()
            raise

    def check(self) -> None:
        """Raise `ArchiveError` where the connection was lost, or was another one's all the time."""
        with translated(self._address):
            found = self._raw.execute(_IS_HELD, (lock_number(self._name),)).fetchone()
        if not found or not found[0]:
            raise ArchiveError(
                f"{self._address}: the lock {self._name!r} is gone; expected a connection of its own: "
                "a pooler in front must pool sessions, not transactions"
            )

    def release(self) -> None:
        """Let others have it."""
        self._raw.close()

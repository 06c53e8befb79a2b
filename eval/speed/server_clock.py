"""A PostgreSQL server on this machine into the processor seconds that it has used for one database.

On a machine that others keep busy, seconds that have passed say how busy it is.
"""

from __future__ import annotations

import os
from pathlib import Path

from index.storage.postgres.connection import Raw

_TICKS = os.sysconf("SC_CLK_TCK")
_PARENT, _CHILDREN = 1, slice(13, 15)  # fields of /proc/PID/stat behind the name


def processor_seconds(raw: Raw) -> float | None:
    """Of the processes that serve the connection's database, and of those that have ended; None elsewhere."""
    rows = raw.execute(b"SELECT pid FROM pg_stat_activity WHERE datname = current_database()").fetchall()
    try:
        served = sum(int(_read(pid, "schedstat").split()[0]) for (pid,) in rows) / 1e9
        leader = int(_stat(raw.info.backend_pid)[_PARENT])
        return served + sum(map(int, _stat(leader)[_CHILDREN])) / _TICKS
    except (OSError, ValueError, IndexError):  # another machine's, or one that ended meanwhile
        return None


def _stat(pid: int) -> list[str]:
    return _read(pid, "stat").rpartition(")")[2].split()


def _read(pid: int, name: str) -> str:
    return Path(f"/proc/{pid}/{name}").read_text()

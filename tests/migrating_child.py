"""A process that brings a file up to date and kills itself: `python migrating_child.py KIND HOME N`.

It ends by SIGKILL before the N-th statement of SQL, in whichever connection; with 0 where there are fewer.
"""

from __future__ import annotations

import os
import signal
import sqlite3
import sys
from collections.abc import Callable
from itertools import count
from pathlib import Path
from types import FrameType

from archive_fakes import HashedWords

from bot.telegram.updates.database import open_database
from index.storage import schema
from index.storage.archive import Archive

STEPS: tuple[schema.Migration, ...] = (
    lambda on: on.execute("ALTER TABLE articles ADD COLUMN desk TEXT"),
    lambda on: on.execute("UPDATE articles SET desk = 'news'"),
    lambda on: on.execute("ALTER TABLE articles RENAME COLUMN desk TO section"),
)


def steps(home: Path) -> None:
    connection = sqlite3.connect(home / "archive.sqlite", isolation_level=None)
    schema.upgrade(connection, STEPS)
    connection.close()


KINDS: dict[str, Callable[[Path], None]] = {
    "added tables": lambda home: Archive.open(home, HashedWords(), write=True).close(),
    "steps": steps,
    "telegram": lambda home: open_database(home).close(),
}


def main() -> None:
    kind, home, last = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])
    numbers = count(1)

    def profiled(frame: FrameType, event: str, called: object) -> None:
        name = getattr(called, "__name__", "")
        if (
            event == "c_call"
            and name in {"execute", "executemany", "executescript"}
            and next(numbers) == last
        ):
            os.kill(os.getpid(), signal.SIGKILL)

    sys.setprofile(profiled)
    KINDS[kind](home)


if __name__ == "__main__":
    main()

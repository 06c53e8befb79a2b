"""`PYTHONPATH=. python tests/layout_dump.py > tests/layouts/1.sql`: an archive as it is laid out now, as SQL.

Run once a layout, by the version that has it; whatever comes later has to open what it gave. The articles are
invented, the encoder is `HashedWords`.
"""

from __future__ import annotations

import sqlite3
import sys
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from archive_fakes import HashedWords, invented, put

from index.storage.archive import Archive
from index.storage.feeds import FeedMemory
from index.storage.records import Cited


def make(home: Path) -> None:
    """Three articles, one of them with an earlier revision, a quotation of that, and a feed."""
    with Archive.open(home, HashedWords(), write=True) as archive:
        put(archive, invented(1, sentences=2, edition=1))
        earlier = archive.article("a1")
        archive.log("Who saw it?", status="answered", cited=[Cited("a1", earlier.revision, 40, 90)])
        for number in (1, 2, 3):
            put(archive, invented(number, sentences=2))
    FeedMemory(home).add("https://a.example/rss", "rss", "A", now=datetime(2026, 11, 29, tzinfo=UTC))


def dump(path: Path) -> Iterator[str]:
    """The statements that make a database again; what FTS5 keeps for itself is made by its own rows."""
    connection = sqlite3.connect(path)
    made = connection.execute(
        "SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%'"
        " AND name NOT LIKE 'passages_fts_%' ORDER BY rowid"
    ).fetchall()
    yield "BEGIN;"
    yield from (f"{sql};" for _, sql in made)
    tables = [name for name, sql in made if sql.upper().startswith(("CREATE TABLE", "CREATE VIRTUAL"))]
    for table in (*tables, "sqlite_sequence"):
        named = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
        columns = [*(["rowid"] if table == "passages_fts" else []), *named]
        quoted = " || ', ' || ".join(f'quote("{name}")' for name in columns)
        into = ", ".join(f'"{name}"' for name in columns)
        for (values,) in connection.execute(f"SELECT {quoted} FROM {table}"):
            yield f"INSERT INTO {table} ({into}) VALUES ({values});"
    yield "COMMIT;"
    connection.close()


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        make(Path(folder))
        sys.stdout.writelines(f"{line}\n" for line in dump(Path(folder) / "archive.sqlite"))

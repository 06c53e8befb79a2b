"""The tables of an archive, as rows that every engine gives alike, and the proof that two have the same.

What finds passages (FTS5, postings) is made anew from them, and so has no rows of its own here.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from index.storage.engine import Engine
from index.storage.feed_rows import FEED, ITEM
from index.storage.sql import Connection, marks

_AT_ONCE = 100  # articles

Tell = Callable[[int, int], None]  # articles copied, or compared, and how many there are


@dataclass(frozen=True)
class ArchiveTable:
    """A table: its columns, their order, and what chooses its rows of some articles (none: has all rows)."""

    name: str
    columns: str
    order: str
    of: str = ""

    def rows(self, connection: Connection, articles: Sequence[int] = ()) -> list[tuple[object, ...]]:
        """Its rows, those of some articles where they are chosen by them."""
        where = f"WHERE {self.of.format(marks(articles))}" if self.of else ""
        return connection.execute(
            f"SELECT {self.columns} FROM {self.name} {where} ORDER BY {self.order}", tuple(articles)
        ).fetchall()


# In the order in which they refer to each other.
OF_ARTICLES = (
    ArchiveTable(
        "articles",
        "number, id, revision, title, outlet, outlet_folded, agency, author, published, copyright_year, url,"
        " language, earliest, latest, known, origin, added_at",
        "number",
        "number IN ({})",
    ),
    ArchiveTable("revisions", "number, article, hash, body, added_at, superseded_at", "number",
                 "article IN ({})"),
    ArchiveTable("stems", "revision, stems", "revision",
                 "revision IN (SELECT number FROM revisions WHERE article IN ({}))"),
    ArchiveTable("passages", 'seq, article, revision, number, start, "end", sentences, input', "seq",
                 "article IN ({})"),
    ArchiveTable("samples", "hash, article", "article, hash", "article IN ({})"),
    ArchiveTable("editions", "article, made", "article", "article IN ({})"),
    ArchiveTable("pages", "url, article, etag, last_modified, fetched_at", "url", "article IN ({})"),
)  # fmt: skip
OF_ALL = (
    ArchiveTable("stories", "earlier, later, retracts", "earlier, later"),
    ArchiveTable("feeds", FEED, "number"),
    ArchiveTable("feed_items", ITEM, "feed, identity"),
    ArchiveTable("asked", "number, question, at, status", "number"),
    ArchiveTable("quoted", 'asked, article, revision, start, "end"', "asked, rowid"),
)


@dataclass(frozen=True)
class TableProof:
    """A table in both archives: how many rows it has there and here, and whether all of them are the same."""

    table: str
    rows: int
    copied: int
    same: bool


def prove(source: Engine, target: Engine, *, tell: Tell = lambda done, total: None) -> list[TableProof]:
    """Compare every row of every table, and every vector, of an archive and its copy."""
    with source.snapshot() as old, target.snapshot() as new:
        sides = [_Digests(), _Digests()]
        (total,) = old.execute("SELECT count(*) FROM articles").fetchone()
        last = done = 0
        while numbers := _numbers_of_both(old, new, after=last):
            for side, engine, connection in zip(sides, (source, target), (old, new), strict=True):
                for table in OF_ARTICLES:
                    side.take(table.name, table.rows(connection, numbers))
                side.take("vectors", _vectors(engine, connection, numbers))
            done, last = done + len(numbers), numbers[-1]
            tell(min(done, total), total)
        for side, connection in zip(sides, (old, new), strict=True):
            for table in OF_ALL:
                side.take(table.name, table.rows(connection))
    theirs, ours = sides
    return [
        TableProof(name, theirs.rows[name], ours.rows[name], theirs.digest(name) == ours.digest(name))
        for name in theirs.rows
    ]


class _Digests:
    """How many rows each table has, and the sha256 of all of them in their order."""

    def __init__(self) -> None:
        self.rows: dict[str, int] = {}
        self._digests: dict[str, hashlib._Hash] = {}

    def take(self, table: str, rows: Sequence[tuple[object, ...]]) -> None:
        digest = self._digests.setdefault(table, hashlib.sha256())
        self.rows[table] = self.rows.get(table, 0) + len(rows)
        for row in rows:
            digest.update(repr(row).encode("utf-8", "surrogatepass"))

    def digest(self, table: str) -> bytes:
        return self._digests[table].digest()


def next_numbers(connection: Connection, *, after: int) -> list[int]:
    """The numbers of the next articles behind one, as many as are copied at once."""
    rows = connection.execute(
        "SELECT number FROM articles WHERE number > ? ORDER BY number LIMIT ?", (after, _AT_ONCE)
    )
    return [number for (number,) in rows]


def _numbers_of_both(old: Connection, new: Connection, *, after: int) -> list[int]:
    """The next articles' numbers that either has."""
    return sorted({*next_numbers(old, after=after), *next_numbers(new, after=after)})[:_AT_ONCE]


def _vectors(engine: Engine, connection: Connection, numbers: Sequence[int]) -> list[tuple[object, ...]]:
    """The vectors of some articles' passages, by the names of what was encoded."""
    rows = connection.execute(
        f"SELECT seq, input FROM passages WHERE article IN ({marks(numbers)}) ORDER BY seq", tuple(numbers)
    ).fetchall()
    vectors = engine.passages.vectors_of(connection, sorted({name for _, name in rows}))
    return [(seq, vectors[name].astype("<f4").tobytes()) for seq, name in rows if name in vectors]

"""An archive in one home into another home, whole: a file's into a database, a database's into a file.

Articles are copied in the order of their numbers, some in a transaction, each with all its rows; numbers stay
what they are. A move that was broken off goes on behind the last article that arrived.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from itertools import groupby
from operator import itemgetter
from pathlib import Path

import numpy as np

from index.encoding.encoder import EncoderIdentity
from index.errors import ArchiveError, ArchiveLocked
from index.letters import latin
from index.storage import relations
from index.storage.engine import ArchiveHome, Engine, open_engine
from index.storage.sql import Connection, marks
from index.storage.tables import OF_ALL, OF_ARTICLES, ArchiveTable, Tell, next_numbers

_NO_INDEX = 10**9  # passages from which one is built while they are copied
_MARK = "moved_from"  # in `meta` of the copy: of which archive it is one, and whether it is whole
_UNFINISHED, _WHOLE = "unfinished:", "whole:"


@contextmanager
def both_opened(source: ArchiveHome, target: ArchiveHome) -> Iterator[tuple[Engine, Engine]]:
    """An archive, and the one that it is copied into, which is made where it is not there.

    A file is locked as by any command that writes.

    Raises:
        ArchiveError: they are one, or the target holds an archive that is no copy of the source.
    """
    if source == target:
        raise ArchiveError(f"{source}: is to be moved into itself, expected another folder or database")
    with ExitStack() as opened:
        old = _opened(source, None, write=isinstance(source, Path))
        opened.callback(old.close)
        new = _opened(target, old.encoder, write=True)
        opened.callback(new.close)
        _expect_copy(old, new)
        yield old, new


def _opened(home: ArchiveHome, encoder: EncoderIdentity | None, *, write: bool) -> Engine:
    return open_engine(home, encoder, write=write, index_from=_NO_INDEX, command="dateline move")


def copy(source: Engine, target: Engine, *, tell: Tell = lambda done, total: None) -> None:
    """Copy what the target does not have yet; afterwards it is whole.

    Of a database that others write to, its state at the beginning is copied.

    Raises:
        ArchiveLocked: another process copies into the target, too.
    """
    with source.snapshot() as old:
        (total,) = old.execute("SELECT count(*) FROM articles").fetchone()
        with target.snapshot() as new:
            if _mark_of(new) == _WHOLE + _name_of(old):
                return
            (done, last) = new.execute("SELECT count(*), coalesce(max(number), 0) FROM articles").fetchone()
        tell(done, total)
        while numbers := next_numbers(old, after=last):
            with target.transaction() as new:
                _expect_last(new, last, target)
                for table in OF_ARTICLES:
                    _write(new, table, table.rows(old, numbers))
                _index(source, target, old, new, numbers)
            done, last = done + len(numbers), numbers[-1]
            tell(done, total)
        with target.transaction() as new:
            _expect_last(new, last, target)
            for table in OF_ALL:
                new.execute(f"DELETE FROM {table.name}")
                _write(new, table, table.rows(old))
            relations.keep_upto(new, relations.upto(old))
            target.number_on(new)
            _set_mark(new, _WHOLE + _name_of(old))


def expect_whole(engine: Engine) -> None:
    """Raise `ArchiveError` for a copy that is not whole yet."""
    with engine.snapshot() as connection:
        mark = _mark_of(connection)
    if mark and mark.startswith(_UNFINISHED):
        raise ArchiveError(
            f"{engine.home}: only a part of an archive was copied here; run the same `dateline move` again"
        )


def _expect_copy(source: Engine, target: Engine) -> None:
    """Mark an empty target as a copy of the source; raise `ArchiveError` where it is neither."""
    with source.snapshot() as old:
        name = _name_of(old)
    with target.transaction() as new:
        mark = _mark_of(new)
        if mark is None and new.execute("SELECT 1 FROM articles LIMIT 1").fetchone() is None:
            _set_mark(new, _UNFINISHED + name)
        elif mark not in {_UNFINISHED + name, _WHOLE + name}:
            raise ArchiveError(
                f"{target.home}: has an archive already, which is no copy of {source.home}; "
                "expected an empty database, or a folder without one"
            )


def _name_of(connection: Connection) -> str:
    """What an archive is told from others by: its encoder and the first article that it has."""
    first = connection.execute("SELECT number, id, added_at FROM articles ORDER BY number LIMIT 1").fetchone()
    (encoder,) = connection.execute("SELECT value FROM meta WHERE key = 'fingerprint'").fetchone()
    return hashlib.sha256(repr((encoder, first)).encode()).hexdigest()


def _mark_of(connection: Connection) -> str | None:
    row = connection.execute("SELECT value FROM meta WHERE key = ?", (_MARK,)).fetchone()
    return str(row[0]) if row else None


def _set_mark(connection: Connection, mark: str) -> None:
    connection.execute(
        "INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        (_MARK, mark),
    )


def _expect_last(connection: Connection, last: int, target: Engine) -> None:
    (found,) = connection.execute("SELECT coalesce(max(number), 0) FROM articles").fetchone()
    if found != last:
        raise ArchiveLocked(f"{target.home}: another process adds to it; expected none until all is copied")


def _write(connection: Connection, table: ArchiveTable, rows: Sequence[tuple[object, ...]]) -> None:
    columns = table.columns.split(", ")
    connection.executemany(
        f"INSERT INTO {table.name} ({table.columns}) VALUES ({marks(columns)})",
        rows,  # type: ignore[arg-type]  # what the other engine gave is what this one takes
    )


def _index(source: Engine, target: Engine, old: Connection, new: Connection, numbers: Sequence[int]) -> None:
    """Make the passages of some articles be found in the target, by the vectors that the source has."""
    rows = old.execute(
        'SELECT p.article, p.seq, p.start, p."end", p.input, a.title, r.body FROM passages AS p'
        " JOIN articles AS a ON a.number = p.article JOIN revisions AS r ON r.number = p.revision"
        f" WHERE p.article IN ({marks(numbers)}) ORDER BY p.article, p.number",
        tuple(numbers),
    )
    for _, group in groupby(rows, key=itemgetter(0)):
        passages = list(group)
        vectors = source.passages.vectors_of(old, [row[4] for row in passages])
        target.passages.keep(
            new,
            [row[1] for row in passages],
            title=latin(passages[0][5]),
            texts=[latin(body[start:end]) for _, _, start, end, _, _, body in passages],
            vectors=np.stack([vectors[row[4]] for row in passages]),
        )

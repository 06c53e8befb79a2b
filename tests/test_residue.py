"""What SQLite leaves of rows that it has moved is overwritten by who removes them, or who writes next."""

from __future__ import annotations

import os
import random
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from archive_fakes import HashedWords, faults, invented, put

from index.errors import ArchiveLocked
from index.storage.archive import Archive
from index.storage.connections import open_reader, open_writer
from index.storage.sqlite import residue

COUNT = 30


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    """Texts of many lengths, some of them revised: SQLite moves rows from page to page meanwhile."""
    chance = random.Random(7)
    with Archive.open(tmp_path, HashedWords(), write=True) as filled:
        for edition in range(2):
            for number in chance.sample(range(COUNT), COUNT):
                put(filled, invented(number, edition=edition, sentences=chance.choice([3, 12, 40])))
        yield filled


def left_in(path: Path) -> bytes:
    """The letters in unused parts of a file; they also hold numbers of rows that are gone."""
    file = os.open(path, os.O_RDONLY)
    try:
        return b" ".join(
            word
            for place, size in residue.unused(file)
            for word in re.findall(rb"[a-zA-Z]{3,}", os.pread(file, size, place))
        )
    finally:
        os.close(file)


def test_nothing_is_left_in_unused_parts_and_every_row_stays(tmp_path: Path) -> None:
    path, chance = tmp_path / "rows.sqlite", random.Random(3)
    connection = open_writer(path)
    connection.execute("CREATE TABLE texts (name TEXT PRIMARY KEY, text TEXT) WITHOUT ROWID")
    for number in chance.sample(range(400), 400):
        text = f"secret-{number} " * chance.choice([3, 30, 90, 600])  # of some a part stands on other pages
        connection.execute("INSERT INTO texts VALUES (?, ?)", (f"{number:05}", text))
    connection.execute("DELETE FROM texts WHERE name LIKE '%3'")
    kept = connection.execute("SELECT * FROM texts").fetchall()
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    assert b"secret" in left_in(path)

    assert residue.overwrite(path) is None
    assert left_in(path) == b""
    assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert connection.execute("SELECT * FROM texts").fetchall() == kept
    connection.execute("INSERT INTO texts VALUES ('new', 'row')")  # brings no page back from memory
    connection.close()
    assert left_in(path) == b""


def test_who_removes_an_article_leaves_none(tmp_path: Path, archive: Archive) -> None:
    assert left_in(tmp_path / "archive.sqlite")
    archive.remove_all(["a1", "a2"])
    assert left_in(tmp_path / "archive.sqlite") == b""
    assert faults(tmp_path) == []


def test_what_a_killed_process_left_is_overwritten_by_who_writes_next(
    tmp_path: Path, archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(residue, "overwrite", lambda path: "killed")
    with pytest.raises(ArchiveLocked, match=r"bytes of it may still be in unused parts .* next command"):
        archive.remove("a1")
    archive.close()
    assert left_in(tmp_path / "archive.sqlite")
    monkeypatch.undo()
    Archive.open(tmp_path, HashedWords(), write=True).close()
    assert left_in(tmp_path / "archive.sqlite") == b""


def test_who_reads_without_pause_is_waited_for_and_told_of(tmp_path: Path, archive: Archive) -> None:
    reader = open_reader(tmp_path / "archive.sqlite")
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM articles").fetchone()
    put(archive, invented(COUNT))
    assert residue.overwrite(tmp_path / "archive.sqlite", patience=0.1) == "others read it without pause"
    reader.close()
    assert residue.overwrite(tmp_path / "archive.sqlite", patience=0.1) is None


def test_a_file_that_is_no_archive_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "archive.sqlite").write_bytes(b"no database" * 1_000)
    assert residue.overwrite(tmp_path / "archive.sqlite", patience=0.1) == "its process ended with 1"
    assert (tmp_path / "archive.sqlite").read_bytes() == b"no database" * 1_000

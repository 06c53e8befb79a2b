"""An archive of an earlier layout opens, keeps all that it had, and takes what is new."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from archive_fakes import HashedWords, faults, invented, put, question

from index.storage import schema
from index.storage.archive import Archive
from index.storage.backup import back_up, restore
from index.storage.feeds import FeedMemory

LAYOUTS = sorted((Path(__file__).parent / "layouts").glob("*.sql"), key=lambda path: int(path.stem))
ADDED = ("samples", "stories", "stems", "pages", "editions", "feed_items", "feeds")


def laid_out(home: Path, layout: Path) -> sqlite3.Connection:
    home.mkdir(exist_ok=True)
    connection = sqlite3.connect(home / "archive.sqlite")
    connection.executescript(layout.read_text(encoding="utf-8"))
    return connection


def value(home: Path, sql: str) -> object:
    connection = sqlite3.connect(home / "archive.sqlite")
    try:
        return connection.execute(sql).fetchone()[0]
    finally:
        connection.close()


def check(home: Path) -> None:
    """The archive of `layout_dump.make`, read, then written to."""
    with Archive.open(home, HashedWords()) as archive:
        assert [article.id for article in archive.articles()] == ["a1", "a2", "a3"]
        assert archive.article("a1") == invented(1, sentences=2)
        earlier = archive.article("a1", revision=archive.revisions("a1")[-1])
        assert earlier.body == invented(1, sentences=2, edition=1).body
        assert archive.search_words(["report"], limit=5)
        assert archive.search_vectors(question("ferry"), limit=3)
        assert [one.question for one in archive.changed()] == ["Who saw it?"]
    with Archive.open(home, HashedWords(), write=True) as archive:
        assert put(archive, invented(4, sentences=2)) == "added"
        assert put(archive, invented(2, sentences=2)) == "unchanged"
        archive.remove("a3")
    assert faults(home) == []


def test_there_is_an_archive_of_every_layout_to_try() -> None:
    assert [int(path.stem) for path in LAYOUTS] == list(range(1, schema.VERSION + 1))


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda path: path.stem)
def test_an_archive_of_an_earlier_layout_is_read_and_written(layout: Path, tmp_path: Path) -> None:
    laid_out(tmp_path / "home", layout).close()
    check(tmp_path / "home")
    assert value(tmp_path / "home", "SELECT value FROM meta WHERE key = 'schema'") == str(schema.VERSION)
    assert [feed.title for feed in FeedMemory(tmp_path / "home").all()] == ["A"]
    back_up(tmp_path / "home", tmp_path / "backup.tar.gz")
    assert restore(tmp_path / "backup.tar.gz", tmp_path / "again").articles == 3
    assert faults(tmp_path / "again") == []


def test_an_archive_without_what_was_added_to_its_layout_later_gets_it(tmp_path: Path) -> None:
    connection = laid_out(tmp_path, LAYOUTS[0])
    connection.execute("DROP TRIGGER feed_items_removed")
    for name in ADDED:
        connection.execute(f"DROP TABLE IF EXISTS {name}")
    connection.execute("DELETE FROM meta WHERE key = 'letters'")
    connection.commit()
    connection.close()
    check(tmp_path)
    assert value(tmp_path, "SELECT count(*) FROM stems") == 4  # of the bodies that are stored


def test_steps_run_in_their_order_from_where_the_archive_is_and_once() -> None:
    connection = sqlite3.connect(":memory:", isolation_level=None)
    schema.create(connection, HashedWords())
    migrations: list[schema.Migration] = [
        lambda on: on.execute("ALTER TABLE articles ADD COLUMN desk TEXT"),
        lambda on: on.execute("ALTER TABLE articles RENAME COLUMN desk TO section"),
    ]
    for last in (1, 2, 2):
        schema.upgrade(connection, migrations[:last])
    columns = [row[1] for row in connection.execute("PRAGMA table_info(articles)")]
    assert columns.count("section") == 1
    assert connection.execute("SELECT value FROM meta WHERE key = 'schema'").fetchone() == ("3",)


def test_a_step_that_fails_leaves_the_archive_as_it_was() -> None:
    connection = sqlite3.connect(":memory:", isolation_level=None)
    schema.create(connection, HashedWords())
    before = list(connection.iterdump())
    migrations: list[schema.Migration] = [
        lambda on: on.execute("ALTER TABLE articles ADD COLUMN desk TEXT"),
        lambda on: on.execute("DROP TABLE nothing"),
    ]
    with pytest.raises(sqlite3.OperationalError, match="nothing"):
        schema.upgrade(connection, migrations)
    assert list(connection.iterdump()) == before


def test_whoever_opens_an_archive_of_an_earlier_layout_brings_it_up_to_date(tmp_path: Path) -> None:
    connection = laid_out(tmp_path, LAYOUTS[0])
    connection.execute("UPDATE meta SET value = '0' WHERE key = 'schema'")
    connection.commit()
    connection.close()
    Archive.open(tmp_path, HashedWords()).close()
    assert value(tmp_path, "SELECT value FROM meta WHERE key = 'schema'") == str(schema.VERSION)

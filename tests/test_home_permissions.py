"""Whoever makes a home first, others on the machine may not read it, nor what lies in it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from archive_fakes import HashedWords, invented, put

from bot.http.access.key_file import FILE_NAME
from bot.http.access.keys import KeyRing
from bot.telegram.updates.database import open_database
from index.storage.archive import Archive


def by_articles(home: Path) -> None:
    with Archive.open(home, HashedWords(), write=True) as archive:
        put(archive, invented(1))


def by_a_key(home: Path) -> None:
    KeyRing(home / FILE_NAME).add("reader")


def by_telegram(home: Path) -> None:
    with closing(open_database(home)) as database, database.writing() as connection:
        connection.execute("INSERT INTO moves VALUES (-1, -2)")


@pytest.fixture
def careless() -> Iterator[None]:
    """A person whose files anybody may read and write, unless a program says otherwise."""
    before = os.umask(0)
    yield
    os.umask(before)


@pytest.mark.usefixtures("careless")
@pytest.mark.parametrize("first", [by_articles, by_a_key, by_telegram])
def test_a_home_and_its_files_are_their_owners_alone(tmp_path: Path, first: Callable[[Path], None]) -> None:
    home = tmp_path / "new" / "home"
    for make in (first, *({by_articles, by_a_key, by_telegram} - {first})):
        make(home)
        assert home.stat().st_mode & 0o777 == 0o700
    kept = [path for path in home.iterdir() if path.suffix in {".sqlite", ".json"} or "sqlite-" in path.name]
    assert {path.name for path in kept} >= {"archive.sqlite", "telegram.sqlite", FILE_NAME}
    assert {path.name: oct(path.stat().st_mode & 0o777) for path in kept} == {
        path.name: "0o600" for path in kept
    }

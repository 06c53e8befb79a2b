"""A kill at every statement of a migration: what was is there, and the next who opens goes on to the end."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from itertools import count
from pathlib import Path

import pytest
from migrating_child import STEPS, steps
from test_layouts import ADDED, LAYOUTS, check, laid_out, value

from bot.telegram.updates.database import LAYOUT, VERSION, open_database

HERE = Path(__file__).parent
TELEGRAM = HERE / "telegram_version_1.sql"


def killed_at_each(kind: str, original: Path, folder: Path) -> Iterator[Path]:
    """A copy of a home for each statement at which its migration was killed."""
    for last in count(1):
        home = folder / str(last)
        shutil.copytree(original, home)
        command = [sys.executable, str(HERE / "migrating_child.py"), kind, str(home), str(last)]
        environment = {**os.environ, "PYTHONPATH": f"{HERE.parent}:{HERE}"}
        code = subprocess.run(command, env=environment, check=False, capture_output=True).returncode
        assert code in {0, -signal.SIGKILL}
        if code == 0:
            return
        yield home


@pytest.mark.soak
def test_a_kill_as_tables_are_added_loses_nothing(tmp_path: Path, figure: Callable[[str], None]) -> None:
    connection = laid_out(tmp_path / "home", LAYOUTS[0])
    for name in ("TRIGGER feed_items_removed", *(f"TABLE IF EXISTS {name}" for name in ADDED)):
        connection.execute(f"DROP {name}")
    connection.execute("DELETE FROM meta WHERE key = 'letters'")
    connection.commit()
    connection.close()
    kills = 0
    for home in killed_at_each("added tables", tmp_path / "home", tmp_path):
        kills += 1
        check(home)
        assert value(home, "SELECT count(*) FROM stems") == 4
    figure(f"{kills} kills as an older archive was brought up to date, one at each statement: nothing lost")
    assert kills > len(ADDED)


@pytest.mark.soak
def test_a_kill_within_the_steps_of_a_layout_leaves_none_of_them(
    tmp_path: Path, figure: Callable[[str], None]
) -> None:
    laid_out(tmp_path / "home", LAYOUTS[0]).close()
    kills = 0
    for home in killed_at_each("steps", tmp_path / "home", tmp_path):
        kills += 1
        assert value(home, "SELECT count(*) FROM pragma_table_info('articles') WHERE name = 'desk'") == 0
        steps(home)
        assert value(home, "SELECT count(*) FROM articles WHERE section = 'news'") == 3
        assert value(home, "SELECT value FROM meta WHERE key = 'schema'") == str(1 + len(STEPS))
    figure(f"{kills} kills within the steps of a layout: each went on to the end")
    assert kills > len(STEPS)


@pytest.mark.soak
def test_a_kill_as_the_bots_file_is_brought_up_to_date_loses_nothing(
    tmp_path: Path, figure: Callable[[str], None]
) -> None:
    (tmp_path / "home").mkdir()
    with closing(sqlite3.connect(tmp_path / "home" / LAYOUT.file_name)) as connection:
        connection.executescript(TELEGRAM.read_text())
        found = connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")
        tables = [name for (name,) in found]
        counts = {name: connection.execute(f"SELECT count(*) FROM {name}").fetchone() for name in tables}
    kills = 0
    for home in killed_at_each("telegram", tmp_path / "home", tmp_path):
        kills += 1
        open_database(home).close()
        with closing(sqlite3.connect(home / LAYOUT.file_name)) as connection:
            now = {name: connection.execute(f"SELECT count(*) FROM {name}").fetchone() for name in tables}
            assert (now, connection.execute("PRAGMA user_version").fetchone()) == (counts, (VERSION,))
    figure(f"{kills} kills as the Telegram bot's file was brought up to date: nothing lost")
    assert kills > VERSION

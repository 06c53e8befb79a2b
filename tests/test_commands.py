"""Commands that keep an archive well: backup, doctor, completion, a conversation, `--home` anywhere."""

from __future__ import annotations

import sqlite3
import tarfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from prompt_toolkit import PromptSession
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput

from bot.cli import run
from bot.commands.checkup import feeds_check
from bot.commands.conversation import HELP, talk
from index.feeds.records import Feed
from index.storage.backup import back_up, restore

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def dateline(capsys: pytest.CaptureFixture[str]) -> Run:
    def call(*arguments: str) -> tuple[int, str, str]:
        capsys.readouterr()
        code = run([*arguments])
        return code, *capsys.readouterr()

    return call


def test_home_may_stand_behind_the_command(dateline: Run, seeds_home: Path) -> None:
    before = dateline("--home", str(seeds_home), "status", "--json")
    assert dateline("status", "--json", "--home", str(seeds_home)) == before
    assert dateline("--home", "/nowhere", "status", "--json", "--home", str(seeds_home)) == before
    code, _, err = dateline("key", "list", "--home", str(seeds_home))
    assert (code, "make one with `dateline key add NAME`" in err) == (0, True)


def test_a_backup_is_the_archive_and_what_belongs_to_it(
    dateline: Run, seeds_home: Path, tmp_path: Path
) -> None:
    file, home = tmp_path / "copy.tar.gz", tmp_path / "home"
    assert dateline("backup", str(file), "--home", str(seeds_home))[0] == 0
    assert file.stat().st_mode & 0o077 == 0
    with tarfile.open(file) as tar:
        assert not [name for name in tar.getnames() if name.split("/")[0] in ("encoders", "vectors", "lock")]
    code, _, err = dateline("restore", str(file), "--home", str(home))
    assert (code, "18 articles" in err) == (0, True)
    told = dateline("status", "--json", "--home", str(home))[1]
    assert '"articles": 18' in told
    code, _, err = dateline("restore", str(file), "--home", str(home))
    assert (code, "has an archive already" in err) == (4, True)


def test_the_doctor_finds_what_is_well_and_what_is_not(
    dateline: Run, seeds_home: Path, tmp_path: Path
) -> None:
    code, out, _ = dateline("doctor", "--home", str(seeds_home))
    assert (code, "FAIL" in out, "of each of 18 articles is proved" in out) == (0, False, True)
    assert "18 articles find themselves" in out
    assert "the published ones (53aa51172d14…)" in out
    code, out, _ = dateline("doctor", "--home", str(tmp_path / "none"))
    assert code == 4
    assert "begin with `dateline add`" in out


def test_an_archive_is_for_its_owner_alone(dateline: Run, tmp_path: Path) -> None:
    home = tmp_path / "home"
    (tmp_path / "one.md").write_text("---\ntitle: Rain\n---\nIt rained in Bodø on Monday.")
    dateline("add", "--quiet", str(tmp_path / "one.md"), "--home", str(home))
    assert home.stat().st_mode & 0o777 == 0o700
    assert (home / "archive.sqlite").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    ("behind_its_back", "told"),
    [
        (
            "UPDATE revisions SET body = replace(body, '1,960', '1,961')",
            "its words are not those that were added",
        ),
        (
            "UPDATE vectors SET vector = (SELECT vector FROM vectors WHERE seq = 1)",
            "not found by their own words",
        ),
    ],
)
def test_what_was_changed_behind_its_back_is_found(
    behind_its_back: str, told: str, dateline: Run, seeds_home: Path, tmp_path: Path
) -> None:
    home = tmp_path / "home"
    back_up(seeds_home, tmp_path / "copy.tar.gz")
    restore(tmp_path / "copy.tar.gz", home)
    with closing(sqlite3.connect(home / "archive.sqlite", isolation_level=None)) as connection:
        connection.execute(behind_its_back)
    code, out, _ = dateline("doctor", "--home", str(home))
    assert (code, told in out) == (4, True)


def test_feeds_that_nobody_reads_are_told_with_what_to_do() -> None:
    now = datetime(2026, 11, 29, tzinfo=UTC)
    feed = Feed(1, "https://harbour.example/rss.xml", "rss", "Harbour", now, now - timedelta(days=3))
    assert feeds_check([], now, watched=False).state == "ok"
    assert feeds_check([replace(feed, paused=True)], now, watched=False).found == "none is read"
    late = feeds_check([feed], now, watched=False)
    assert (late.state, late.found) == ("warning", "1 of 1 are overdue: https://harbour.example/rss.xml")
    assert "run `dateline watch`" in late.advice
    failing = feeds_check([replace(feed, next_at=now, failures=2, status="404")], now, watched=True)
    assert failing.found == "1 of 1 fail: https://harbour.example/rss.xml (404)"


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_a_shell_completes(dateline: Run, shell: str) -> None:
    code, out, _ = dateline("completion", shell)
    assert (code, "_DATELINE_COMPLETE" in out) == (0, True)


@pytest.fixture
def typed() -> Iterator[Callable[[str], PromptSession[str]]]:
    with create_pipe_input() as keys:

        def session(text: str) -> PromptSession[str]:
            keys.send_text(text)
            return PromptSession(input=keys, output=DummyOutput())

        yield session


def test_a_conversation_keeps_its_thread_until_a_new_one_begins(
    typed: Callable[[str], PromptSession[str]], capsys: pytest.CaptureFixture[str]
) -> None:
    asked: list[tuple[str, list[str]]] = []

    def ask(question: str, thread: Sequence[str]) -> None:
        asked.append((question, [*thread]))

    talk(typed("Who met?\n\nAnd where?\n/new\n/help\nWhy?\n/quit\n"), ask)
    assert asked == [("Who met?", []), ("And where?", ["Who met?"]), ("Why?", [])]
    assert HELP in capsys.readouterr().out
    talk(typed("Who?\n\x04"), ask)
    assert asked[-1] == ("Who?", [])

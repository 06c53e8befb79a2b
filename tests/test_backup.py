"""A home folder into one file and back: what is in the file, and what is refused to be put back."""

from __future__ import annotations

import re
import sqlite3
import tarfile
from contextlib import closing
from pathlib import Path

import pytest

from bot.cli import run
from index.errors import ArchiveError
from index.storage.backup import back_up, restore


@pytest.fixture
def bare_home(tmp_path: Path) -> Path:
    """A home with an archive of no articles."""
    (home := tmp_path / "bare").mkdir()
    with closing(sqlite3.connect(home / "archive.sqlite")) as connection:
        connection.execute("CREATE TABLE articles (id)")
    return home


@pytest.mark.parametrize("spoilt", ["text", "cut", "without", "damaged"])
def test_a_spoilt_backup_leaves_the_home_alone(seeds_home: Path, tmp_path: Path, spoilt: str) -> None:
    file, home = tmp_path / "copy.tar.gz", tmp_path / "home"
    back_up(seeds_home, file)
    whole = file.read_bytes()
    match spoilt:
        case "text":
            file.write_text("no backup")
        case "cut":
            file.write_bytes(whole[: len(whole) // 2])
        case "without":
            with tarfile.open(file, "w:gz"):
                pass
        case "damaged":
            (bad := tmp_path / "archive.sqlite").write_bytes(b"SQLite format 3\0" + bytes(8192))
            with tarfile.open(file, "w:gz") as tar:
                tar.add(bad, "archive.sqlite")
    with pytest.raises(ArchiveError, match=r"copy\.tar\.gz"):
        restore(file, home)
    assert [*home.iterdir()] == []


def test_a_backup_beside_a_writer_is_one_committed_state(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    with closing(sqlite3.connect(home / "archive.sqlite", isolation_level=None)) as writer:
        writer.executescript(
            "PRAGMA journal_mode = WAL; CREATE TABLE articles (id); INSERT INTO articles VALUES (1)"
        )
        writer.execute("BEGIN")
        writer.execute("INSERT INTO articles VALUES (2)")
        back_up(home, tmp_path / "copy.tar.gz")
        writer.execute("COMMIT")
    assert restore(tmp_path / "copy.tar.gz", tmp_path / "again").articles == 1


def test_what_readers_marked_is_backed_up_and_runs_of_the_eval_are_not(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "archive.sqlite")) as connection:
        connection.execute("CREATE TABLE articles (id)")
    for name in ("eval/feedback/cases.jsonl", "eval/runs/one.json"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("{}")
    back_up(tmp_path, tmp_path / "copy.tar.gz")
    with tarfile.open(tmp_path / "copy.tar.gz") as tar:
        assert [one for one in tar.getnames() if one.startswith("eval")] == ["eval/feedback/cases.jsonl"]


def test_what_links_of_a_home_lead_to_is_backed_up(bare_home: Path, tmp_path: Path) -> None:
    (elsewhere := tmp_path / "etc" / "feedback").mkdir(parents=True)
    for folder, name, text in (
        (elsewhere, "cases.jsonl", "{}"),
        (tmp_path / "etc", "settings.toml", "hits = 12"),
    ):
        (folder / name).write_text(text)
    (bare_home / "settings.toml").symlink_to(tmp_path / "etc" / "settings.toml")
    (bare_home / "twice.toml").hardlink_to(tmp_path / "etc" / "settings.toml")
    (bare_home / "eval").symlink_to(tmp_path / "etc")
    (elsewhere / "round").symlink_to(bare_home)
    back_up(bare_home, tmp_path / "copy.tar.gz")
    files = ("archive.sqlite", "eval/feedback/cases.jsonl", "settings.toml", "twice.toml")
    again = tmp_path / "again"
    assert restore(tmp_path / "copy.tar.gz", again).files == files
    assert [(again / one).is_symlink() for one in files] == [False] * 4
    assert (again / "settings.toml").read_text() == (again / "twice.toml").read_text() == "hits = 12"


@pytest.mark.parametrize(
    ("name", "kind", "size"),
    [
        ("settings.toml", tarfile.SYMTYPE, 0),
        ("settings.toml", tarfile.LNKTYPE, 0),
        ("settings.toml", tarfile.FIFOTYPE, 0),
        ("vectors/chroma.sqlite3", tarfile.REGTYPE, 0),
        ("eval/runs/one.json", tarfile.REGTYPE, 0),
        ("archive.sqlite-wal", tarfile.REGTYPE, 0),
        ("eval/feedback/../../../keys.json", tarfile.REGTYPE, 0),
        ("/etc/keys.json", tarfile.REGTYPE, 0),
        (".bashrc", tarfile.REGTYPE, 0),
        ("more bytes than any disk", tarfile.REGTYPE, 1 << 60),
        ("a head of 4194304 bytes", tarfile.XHDTYPE, 1 << 22),
    ],
)
def test_what_no_backup_holds_is_refused_by_name(
    name: str, kind: bytes, size: int, bare_home: Path, tmp_path: Path
) -> None:
    file = tmp_path / "copy.tar.gz"
    member = tarfile.TarInfo(name)
    member.type, member.size, member.linkname = kind, size, "archive.sqlite"
    with tarfile.open(file, "w:gz") as tar:
        tar.add(bare_home / "archive.sqlite", "archive.sqlite")
        tar.fileobj.write(member.tobuf(tarfile.GNU_FORMAT) + bytes(min(size, 1 << 22)))  # type: ignore[union-attr]
    expected = "bytes unpacked that are free" if size == 1 << 60 else re.escape(name)
    with pytest.raises(ArchiveError, match=expected):
        restore(file, tmp_path / "again")
    assert [*(tmp_path / "again").iterdir()] == []


def test_a_restore_says_that_settings_and_keys_are_those_of_the_backup(
    bare_home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, home = str(tmp_path / "copy.tar.gz"), str(tmp_path / "again")
    (bare_home / "keys.json").write_text("[]")
    back_up(bare_home, Path(file))
    code = run(["restore", file, "--home", home])
    assert (code, "keys.json: taken from the backup, too" in capsys.readouterr().err) == (0, True)

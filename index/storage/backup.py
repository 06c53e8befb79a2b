"""A home folder into one file and back: consistent while others read and write it.

SQLite files are copied with SQLite's own backup (https://sqlite.org/backup.html), so a copy is one committed
state; other files as they are. What can be made again (the vectors' index, encoders, eval runs) stays out;
what readers marked is kept with the eval, but is made by nobody again.
"""

from __future__ import annotations

import os
import sqlite3
import tarfile
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from pathlib import Path

from index.errors import ArchiveError, ArchiveFull
from index.storage.connections import FILE_NAME, translated

_MADE_AGAIN = frozenset(("encoders", "vectors", "eval", "lock"))
_FEEDBACK = ("eval", "feedback")
_BESIDE = ("-wal", "-shm", "-journal")
_PAGES = 2_000  # copied at once, between two looks at what others write


def back_up(home: Path, file: Path, *, progress: Callable[[float], None] | None = None) -> int:
    """Write everything of `home` that cannot be made again into `file` (.tar.gz); returns its bytes.

    The file appears whole or not at all, for its owner alone. `progress` is told the part of the archive that
    is copied, 0 to 1.

    Raises:
        ArchiveError: there is no archive, or it is damaged.
        ArchiveFull: the file cannot be written.
    """
    if not (home / FILE_NAME).exists():
        raise ArchiveError(f"{home}: has no archive, expected one that `dateline add` made")
    unfinished = file.with_name(f".{file.name}.{os.getpid()}")
    try:
        with tempfile.TemporaryDirectory(dir=file.parent or None, prefix=".dateline-") as folder:
            with tarfile.open(unfinished, "w:gz", compresslevel=3) as tar:
                unfinished.chmod(0o600)
                for path in _kept(home):
                    name = path.relative_to(home).as_posix()
                    tar.add(_copied(path, Path(folder), progress) if path.suffix == ".sqlite" else path, name)
            unfinished.replace(file)
    except OSError as exc:
        raise ArchiveFull(f"{file}: cannot be written ({exc.strerror}); nothing was changed") from exc
    finally:
        with suppress(OSError):  # it is not there, or on a disk that may only be read
            unfinished.unlink()
    return file.stat().st_size


def restore(file: Path, home: Path) -> int:
    """Put what `back_up` wrote into `home`, which has no archive yet; returns the articles there.

    Nothing is put there unless all of the file can be read and the archive in it is whole.

    Raises:
        ArchiveError: `home` has an archive, or the file is no backup or damaged.
    """
    if (home / FILE_NAME).exists():
        raise ArchiveError(f"{home}: has an archive already, expected a folder without one (--home DIR)")
    home.mkdir(parents=True, exist_ok=True, mode=0o700)
    with tempfile.TemporaryDirectory(dir=home, prefix=".restore-") as folder:
        try:
            with tarfile.open(file) as tar:
                tar.extractall(folder, filter="data")
        except (tarfile.TarError, EOFError, OSError, ValueError) as exc:
            raise ArchiveError(f"{file}: is no backup that can be read ({exc})") from exc
        articles = _articles(Path(folder) / FILE_NAME, file)
        for path in sorted(
            Path(folder).rglob("*"), key=lambda one: one.name == FILE_NAME
        ):  # the archive last
            if path.is_file():
                to = home / path.relative_to(folder)
                to.parent.mkdir(parents=True, exist_ok=True)
                path.replace(to)
                to.chmod(0o600)
    return articles


def _kept(home: Path) -> Iterator[Path]:
    for path in sorted(home.rglob("*")):
        parts = path.relative_to(home).parts
        left = parts[0].startswith(".") or (parts[0] in _MADE_AGAIN and parts[:2] != _FEEDBACK)
        if path.is_file() and not left and not path.name.endswith(_BESIDE):
            yield path


def _copied(path: Path, folder: Path, progress: Callable[[float], None] | None) -> Path:
    to = folder / path.name

    def tell(_: int, remaining: int, total: int) -> None:
        if progress and path.name == FILE_NAME:
            progress(1 - remaining / max(total, 1))

    with (
        translated(path),
        closing(sqlite3.connect(path)) as source,
        closing(sqlite3.connect(to)) as copy,
    ):
        source.backup(copy, pages=_PAGES, progress=tell)
    return to


def _articles(archive: Path, file: Path) -> int:
    """How many articles an archive has, once all of it was checked."""
    if not archive.exists():
        raise ArchiveError(f"{file}: has no {FILE_NAME} in it, expected what `dateline backup` wrote")
    with translated(file), closing(sqlite3.connect(archive)) as connection:
        (found,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
        if found != "ok":
            raise ArchiveError(f"{file}: the archive in it is damaged ({found})")
        return int(connection.execute("SELECT count(*) FROM articles").fetchone()[0])

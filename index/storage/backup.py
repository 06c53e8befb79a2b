"""A home folder into one file and back: consistent while others read and write it.

SQLite files are copied with SQLite's own backup (https://sqlite.org/backup.html), so a copy is one committed
state; other files as they are, and of a link what it leads to. What can be made again (the vectors' index,
encoders, eval runs) stays out; what readers marked is kept with the eval, but is made by nobody again.
"""

from __future__ import annotations

import gzip
import os
import shutil
import sqlite3
import tarfile
import tempfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from index.errors import ArchiveError, ArchiveFull
from index.storage.connections import FILE_NAME, translated

_MADE_AGAIN = frozenset(("encoders", "vectors", "eval", "lock"))
_FEEDBACK = ("eval", "feedback")
_BESIDE = ("-wal", "-shm", "-journal")
_PAGES = 2_000  # copied at once, between two looks at what others write
_HEAD, _LEAST = 1 << 20, 4096  # bytes: the most of what stands before a file, and what each takes on a disk


@dataclass(frozen=True)
class Restored:
    """What was put into a home: how many articles, and the names of all files below it."""

    articles: int
    files: tuple[str, ...]


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
            with tarfile.open(unfinished, "w:gz", compresslevel=3, dereference=True) as tar:
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


def restore(file: Path, home: Path) -> Restored:
    """Put what `back_up` wrote into `home`, which has no archive yet.

    Nothing is put there unless all of the file can be read and the archive in it is whole.

    Raises:
        ArchiveError: `home` has an archive, or the file is no backup, damaged, or has in it what none has.
        ArchiveFull: there is less room than it takes unpacked.
    """
    if (home / FILE_NAME).exists():
        raise ArchiveError(f"{home}: has an archive already, expected a folder without one (--home DIR)")
    home.mkdir(parents=True, exist_ok=True, mode=0o700)
    with tempfile.TemporaryDirectory(dir=home, prefix=".restore-") as folder:
        try:
            files = _unpacked(file, Path(folder))
        except (tarfile.TarError, EOFError, OSError, ValueError, zlib.error) as exc:
            raise ArchiveError(f"{file}: is no backup that can be read ({exc})") from exc
        articles = _articles(Path(folder) / FILE_NAME, file)
        for name in sorted(files, key=lambda one: one == FILE_NAME):  # the archive last
            to = home / name
            to.parent.mkdir(parents=True, exist_ok=True)
            (Path(folder) / name).replace(to)
            to.chmod(0o600)
    return Restored(articles, tuple(sorted(files)))


class _Packed(gzip.GzipFile):
    """A file of which tarfile reads no head into memory that is longer than any of a backup's."""

    def read(self, size: int | None = -1) -> bytes:
        if size is None or not 0 <= size <= _HEAD:
            raise tarfile.ReadError(f"a head of {size} bytes, expected {_HEAD:,} at most")
        return super().read(size)


def _unpacked(file: Path, folder: Path) -> set[str]:
    """The names of the files of a backup, once all of them are in a folder."""
    free = left = shutil.disk_usage(folder).free
    names = set[str]()
    with _Packed(file) as packed, tarfile.open(fileobj=packed, mode="r:") as tar:
        for member in tar:
            left -= max(member.size, _LEAST)
            if left < 0:
                raise ArchiveFull(f"{file}: takes more than the {free:,} bytes unpacked that are free")
            if member.isdir():  # those of files are made with them
                continue
            if not member.isreg() or member.issparse():
                raise ArchiveError(f"{file}: has {member.name!r} in it, which is no file, expected files")
            if not _is_kept(PurePosixPath(member.name).parts):
                raise ArchiveError(f"{file}: has {member.name!r} in it, which no backup holds")
            tar.extract(member, folder, filter="data")
            names.add(PurePosixPath(member.name).as_posix())
    return names


def _kept(home: Path) -> Iterator[Path]:
    return (path for path in _files(home) if _is_kept(path.relative_to(home).parts))


def _files(folder: Path, *, above: frozenset[Path] = frozenset()) -> Iterator[Path]:
    """The files below a folder and in those that its links lead to, but for links that lead back."""
    if (real := folder.resolve()) not in above:
        for path in sorted(folder.iterdir()):
            if path.is_dir():
                yield from _files(path, above=above | {real})
            elif path.is_file():
                yield path


def _is_kept(parts: Sequence[str]) -> bool:
    """Whether a backup holds a file of this name, below its home."""
    if not parts or parts[0].startswith((".", "/")) or ".." in parts or parts[-1].endswith(_BESIDE):
        return False
    return parts[0] not in _MADE_AGAIN or tuple(parts[:2]) == _FEEDBACK


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

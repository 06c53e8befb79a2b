"""Paths that a person gives into the regular files under them, and files into bytes, within limits."""

from __future__ import annotations

import errno
import gzip
import io
import os
import stat
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from index.errors import BadArticle, Refusal

MOST_IN_A_FILE = 10_000_000  # bytes of a file that is read whole; pages with pictures in them have 1 to 5 MB
_LEAST_CAP, _MOST_RATIO = 50_000_000, 100  # what .gz may hold; JSONL of news packs 3:1, a bomb 1,000:1
_GZIP = b"\x1f\x8b"
_KINDS = {
    stat.S_IFIFO: "a named pipe",
    stat.S_IFSOCK: "a socket",
    stat.S_IFCHR: "a device",
    stat.S_IFBLK: "a device",
}


def files_under(paths: Sequence[Path]) -> Iterator[Path | Refusal]:
    """The regular files that `paths` name or hold, folder by folder in the order of their names.

    Hidden files and folders are passed over unless they are named themselves. Links are followed; a link to a
    folder that it stands in is refused, as are missing paths, pipes and devices, which are never opened.
    """
    for path in paths:
        yield from _under(path, inside=())


def read_bytes(path: Path) -> bytes:
    """A file's bytes, unpacked if its name ends in .gz. Raises `BadArticle` for too many or none."""
    with opened(path) as stream:
        data = stream.read(MOST_IN_A_FILE + 1)
    if len(data) > MOST_IN_A_FILE:
        raise BadArticle(
            f"has more than {MOST_IN_A_FILE:,} bytes, the most for one article (JSONL may have more)"
        )
    if not data.strip():
        raise BadArticle("is empty, expected an article")
    return data


@contextmanager
def opened(path: Path) -> Iterator[io.BufferedReader]:
    """A file open for reading bytes, unpacked where its name ends in .gz or it begins as gzip does.

    Raises `BadArticle` where it cannot be opened or read, is damaged, or unpacks to more than a hundred times
    its size.
    """
    try:
        with path.open("rb") as packed:
            if path.suffix.lower() != ".gz" and packed.peek(2)[:2] != _GZIP:
                yield packed
                return
            cap = max(_LEAST_CAP, _MOST_RATIO * os.fstat(packed.fileno()).st_size)
            with gzip.GzipFile(fileobj=packed) as unpacked:
                yield io.BufferedReader(_Capped(unpacked, cap))
    except (gzip.BadGzipFile, zlib.error, EOFError) as exc:
        raise BadArticle(f"is damaged as .gz: {exc}") from exc
    except OSError as exc:
        raise BadArticle(_why(exc)) from exc


class _Capped(io.RawIOBase):
    """A stream that refuses to give more than `cap` bytes."""

    def __init__(self, stream: gzip.GzipFile, cap: int) -> None:
        self._stream, self._cap, self._left = stream, cap, cap

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        data = self._stream.read(len(buffer))
        buffer[: len(data)] = data
        self._left -= len(data)
        if self._left < 0:
            raise BadArticle(
                f"unpacks to more than {self._cap:,} bytes, expected at most {_MOST_RATIO} times its size"
            )
        return len(data)


def _under(path: Path, *, inside: tuple[tuple[int, int], ...]) -> Iterator[Path | Refusal]:
    """The files of one path; `inside` identifies the folders that it stands in."""
    try:
        found = path.stat()
        if stat.S_ISREG(found.st_mode):
            yield path
        elif not stat.S_ISDIR(found.st_mode):
            kind = _KINDS.get(stat.S_IFMT(found.st_mode), "neither a file nor a folder")
            yield Refusal(shown_path(path), f"is {kind}, expected a file or a folder")
        elif (here := (found.st_dev, found.st_ino)) in inside:
            yield Refusal(
                shown_path(path), f"is a link back to {path.resolve()}, which it stands in; not read again"
            )
        else:
            shown = (child for child in path.iterdir() if not child.name.startswith("."))
            for child in sorted(shown, key=lambda child: child.name):
                yield from _under(child, inside=(*inside, here))
    except OSError as exc:
        yield Refusal(shown_path(path), _why(exc))


def shown_path(path: Path) -> str:
    """A path as it can be printed on one line, also where its bytes are not UTF-8."""
    text = str(path).encode("utf-8", errors="replace").decode()
    return "".join(c if c.isprintable() else "?" for c in text)


def _why(exc: OSError) -> str:
    """What an error of the system means for the person who gave the path."""
    if exc.errno == errno.ENOENT:
        return "does not exist"
    if exc.errno in {errno.EACCES, errno.EPERM}:
        return "may not be read (permission denied)"
    if exc.errno == errno.ELOOP:
        return "is a link that leads round in a circle, expected a file or a folder"
    return f"cannot be read: {exc.strerror or exc}"

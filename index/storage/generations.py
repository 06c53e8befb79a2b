"""The folders of the nearest-neighbour index into the one that may be used.

    vectors/current          which generation is in use, what it holds, the sha256 of each of its files
    vectors/<generation>/    one finished index; never written to again, never opened in place

Chroma touches its files even when it is only read, and one flipped byte in them can crash it, hang it or
make it write without end. So a process that wants the index makes its own copy and hashes every byte on the
way; what does not match is not opened. At 40,000 passages that takes 0.4 s once a process, and finds any
damage; a probe that opens the folder in a child takes 2.5 s and finds what it happens to touch.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import shutil
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path

from index.storage.vector_index import IndexBroken

_AT_ONCE = 1 << 20


@dataclass(frozen=True)
class IndexFile:
    """One file of a generation: its path within the folder, its size in bytes, its sha256."""

    path: str
    size: int
    sha256: str


@dataclass(frozen=True)
class Generation:
    """One finished index: `count` vectors, all that were live with `seq <= upto` when it was made."""

    name: str
    upto: int
    count: int
    library: str
    files: tuple[IndexFile, ...]


class Generations:
    """The folder `vectors/`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._pointer = folder / "current"

    def stamp(self) -> tuple[int, int]:
        """Changes whenever another generation comes into use; (0, 0) while none is."""
        try:
            stat = self._pointer.stat()
        except OSError:
            return (0, 0)
        return (stat.st_ino, stat.st_mtime_ns)

    def current(self) -> Generation | None:
        """The generation in use, or None; raises `IndexBroken` when the pointer cannot be read."""
        try:
            data = json.loads(self._pointer.read_bytes())
            files = tuple(IndexFile(**file) for file in data.pop("files"))
            generation = Generation(**data, files=files)
        except FileNotFoundError:
            return None
        except (OSError, ValueError, TypeError, KeyError, AttributeError) as exc:
            raise IndexBroken(f"{self._pointer}: cannot be read ({type(exc).__name__})") from exc
        if not (isinstance(generation.upto, int) and isinstance(generation.count, int) and generation.files):
            raise IndexBroken(f"{self._pointer}: names no index")
        return generation

    def copy(self, generation: Generation, target: Path) -> None:
        """Copy its files, hashing every byte; raises `IndexBroken` at one that is not what was built."""
        for file in generation.files:
            destination = target / file.path
            destination.parent.mkdir(parents=True, exist_ok=True)
            self._check(generation, file, destination)

    def check(self, generation: Generation) -> None:
        """Raise `IndexBroken` unless every file is what was built."""
        for file in generation.files:
            self._check(generation, file, None)

    def switch(self, generation: Generation) -> None:
        """Bring a finished folder into use; a kill leaves the old pointer or the new one, whole."""
        fresh = self._pointer.with_suffix(".new")
        with fresh.open("w") as file:
            json.dump(asdict(generation), file)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(self._pointer)
        sync_folder(self.folder)

    def drop(self) -> None:
        """Use no index from now on, and delete every folder: a removed article's vectors are in them."""
        self._pointer.unlink(missing_ok=True)
        sync_folder(self.folder)
        self.sweep(keep=None)

    def sweep(self, *, keep: str | None) -> None:
        """Delete every folder but `keep`: older ones, damaged ones, those that a kill left unfinished."""
        for entry in self.folder.iterdir():
            if entry.is_dir() and not entry.is_symlink() and entry.name != keep:
                shutil.rmtree(entry, ignore_errors=True)
            elif entry.name not in {keep, self._pointer.name}:
                entry.unlink(missing_ok=True)

    def _check(self, generation: Generation, file: IndexFile, destination: Path | None) -> None:
        source = self.folder / generation.name / file.path
        size, digest = _digest(source, destination)
        if (size, digest) != (file.size, file.sha256):
            raise IndexBroken(f"{source}: is not what was written ({size:,} bytes, {file.size:,} expected)")


def describe(folder: Path, *, upto: int, count: int, library: str) -> Generation:
    """A finished folder with the size and hash of each of its files."""
    files = []
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        size, digest = _digest(path, None)
        files.append(IndexFile(path.relative_to(folder).as_posix(), size, digest))
    return Generation(folder.name, upto, count, library, tuple(files))


def sync_folder(folder: Path) -> None:
    """Make the names in a folder durable."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _digest(source: Path, destination: Path | None) -> tuple[int, str]:
    """Size and sha256 of a file, which is copied on the way when a destination is given."""
    digest, size = hashlib.sha256(), 0
    target = destination.open("wb") if destination else None
    try:
        with source.open("rb") as file:
            while block := file.read(_AT_ONCE):
                size += len(block)
                digest.update(block)
                if target:
                    target.write(block)
    except OSError as exc:
        raise IndexBroken(f"{source}: cannot be read or copied ({exc.strerror})") from exc
    finally:
        if target:
            target.close()
    return size, digest.hexdigest()


class PrivateCopy:
    """A temporary folder for one process; those that killed processes left behind are deleted on the way."""

    _PREFIX = "dateline-index-"

    def __init__(self) -> None:
        root = Path(tempfile.gettempdir())
        for left in root.glob(f"{self._PREFIX}*"):
            _delete_unless_held(left)
        self.folder = Path(tempfile.mkdtemp(prefix=self._PREFIX))
        self._held = (self.folder / "held").open("w")
        fcntl.flock(self._held, fcntl.LOCK_EX)

    def delete(self) -> None:
        """Delete the folder."""
        self._held.close()
        shutil.rmtree(self.folder, ignore_errors=True)


def _delete_unless_held(folder: Path) -> None:
    try:
        with (folder / "held").open("r+") as held:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
            shutil.rmtree(folder, ignore_errors=True)
    except OSError:
        return  # in use, of another user, or just being made

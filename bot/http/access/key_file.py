"""API keys in one file of the home folder, for its owner alone."""

from __future__ import annotations

import os
import secrets
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from index.errors import BadSetting
from index.storage.connections import translated

FILE_NAME = "keys.json"


class Key(BaseModel):
    """A key as it is kept. `per_minute` None: the server's own rate; 0: no limit."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: Annotated[str, Field(pattern="^[0-9a-f]{8}$")]
    name: Annotated[str, Field(pattern=r"^[\w.@-]{1,60}$")]
    sha256: Annotated[str, Field(pattern="^[0-9a-f]{64}$", repr=False)]
    write: bool = False
    per_minute: Annotated[int, Field(ge=0)] | None = None
    made: datetime


_KEYS = TypeAdapter(tuple[Key, ...])


@dataclass(frozen=True)
class _Stamp:
    """What changes when the file does."""

    modified: int
    size: int
    inode: int


class KeyFile:
    """A `KeyStore`; the file is read again when it has changed: a removed key ends at once."""

    quick = True

    def __init__(self, path: Path) -> None:
        self.where = str(path)
        self._path = path
        self._stamp: _Stamp | None = None
        self._keys: tuple[Key, ...] = ()

    def all(self) -> Sequence[Key]:
        """Every key, oldest first; raises `BadSetting` where the file is not what `dateline key` writes."""
        stamp = _stamp_of(self._path)
        if stamp != self._stamp:
            self._keys = _read(self._path) if stamp else ()
            self._stamp = stamp
        return self._keys

    def find(self, key_id: str) -> Key | None:
        """The key of an id."""
        return next((key for key in self.all() if key.id == key_id), None)

    def add(self, key: Key) -> bool:
        """Keep a key; false where another has its name."""
        if any(one.name == key.name for one in self.all()):
            return False
        self._write((*self.all(), key))
        return True

    def remove(self, name: str) -> bool:
        """Let go of a key; false where none has that name."""
        kept = tuple(key for key in self.all() if key.name != name)
        if len(kept) == len(self.all()):
            return False
        self._write(kept)
        return True

    def close(self) -> None:
        """Nothing is open."""

    def _write(self, keys: tuple[Key, ...]) -> None:
        """Replace the file in one step; nobody but its owner may read it."""
        from index.storage.generations import sync_folder  # numpy comes with it

        draft = self._path.with_name(f"{self._path.name}.{secrets.token_hex(4)}")
        try:
            with translated(self._path):
                self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
                handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
                with os.fdopen(handle, "wb") as file:
                    file.write(_KEYS.dump_json(keys, indent=1))
                    file.flush()
                    os.fsync(file.fileno())
                draft.replace(self._path)
                sync_folder(self._path.parent)
        finally:
            with suppress(OSError):  # it is not there, or on a disk that may only be read
                draft.unlink()


def _stamp_of(path: Path) -> _Stamp | None:
    try:
        stat = path.stat()
    except FileNotFoundError:
        return None
    return _Stamp(stat.st_mtime_ns, stat.st_size, stat.st_ino)


def _read(path: Path) -> tuple[Key, ...]:
    try:
        return _KEYS.validate_json(path.read_bytes())
    except ValidationError as exc:
        fault = exc.errors(include_input=False, include_url=False)[0]
        where = ".".join(map(str, fault["loc"]))
        raise BadSetting(
            f"{path}: {where}: {fault['msg']}, expected what `dateline key add` writes"
        ) from None

"""API keys: made once, shown once, kept only as hashes in one file of the home folder.

A key is `dateline_<id>_<secret>`: eight hexadecimal digits that find its line, and 256 random bits. A secret
of that size cannot be guessed from its hash however fast the hash is, so sha256 serves where a password would
need scrypt.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from index.errors import BadInput, BadSetting
from index.storage.connections import translated

FILE_NAME = "keys.json"
PREFIX = "dateline_"
_SHAPE = re.compile(rf"{PREFIX}([0-9a-f]{{8}})_([A-Za-z0-9_-]{{43}})")
_UNKNOWN = hashlib.sha256(b"no key").hexdigest()


class Key(BaseModel):
    """One line of the keys file. `per_minute` None: the server's own rate; 0: no limit."""

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


class KeyRing:
    """The keys of one archive; its file is read again when it has changed: a removed key ends at once."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._stamp: _Stamp | None = None
        self._keys: tuple[Key, ...] = ()

    def all(self) -> Sequence[Key]:
        """Every key, oldest first.

        Raises:
            BadSetting: the file is not what `dateline key` writes.
        """
        stamp = _stamp_of(self._path)
        if stamp != self._stamp:
            self._keys = _read(self._path) if stamp else ()
            self._stamp = stamp
        return self._keys

    def match(self, token: str) -> Key | None:
        """The key that a token is, compared in constant time, or None."""
        shape = _SHAPE.fullmatch(token)
        found = next((key for key in self.all() if shape and key.id == shape[1]), None)
        expected = found.sha256 if found else _UNKNOWN
        return found if hmac.compare_digest(_hash(token), expected) else None

    def add(self, name: str, *, write: bool = False, per_minute: int | None = None) -> str:
        """Make a key and return its token: the only time that it can be seen.

        Raises:
            BadInput: the name is taken or is none.
            ArchiveFull: the file cannot be written.
        """
        if any(key.name == name for key in self.all()):
            raise BadInput(f"{self._path}: there is already a key named {name!r}, expected another name")
        number, secret = secrets.token_hex(4), secrets.token_urlsafe(32)
        token = f"{PREFIX}{number}_{secret}"
        made = datetime.now(UTC).replace(microsecond=0)
        try:
            key = Key(
                id=number, name=name, sha256=_hash(token), write=write, per_minute=per_minute, made=made
            )
        except ValidationError as exc:
            raise BadInput(
                f"key name {name[:80]!r} or its rate is none, expected 1–60 letters, digits or . _ @ -"
            ) from exc
        self._write((*self.all(), key))
        return token

    def remove(self, name: str) -> None:
        """Make a key worthless.

        Raises:
            BadInput: no key has that name.
            ArchiveFull: the file cannot be written.
        """
        kept = tuple(key for key in self.all() if key.name != name)
        if len(kept) == len(self.all()):
            raise BadInput(f"{self._path}: no key is named {name[:80]!r}")
        self._write(kept)

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
            draft.unlink(missing_ok=True)


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "surrogateescape")).hexdigest()


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

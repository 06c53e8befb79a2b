"""API keys: made once, shown once, kept only as hashes, in a file of the home folder or in the database.

A key is `dateline_<id>_<secret>`: eight hexadecimal digits that find its line, and 256 random bits. A secret
of that size cannot be guessed from its hash however fast the hash is, so sha256 serves where a password would
need scrypt.
"""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import re
import secrets
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

from pydantic import ValidationError

from bot.http.access.key_file import Key, KeyFile
from index.errors import BadInput

PREFIX = "dateline_"
_AT_ONCE = 4  # keys that are looked for in a database at the same time
_SHAPE = re.compile(rf"{PREFIX}([0-9a-f]{{8}})_([A-Za-z0-9_-]{{43}})")
_UNKNOWN = hashlib.sha256(b"no key").hexdigest()


class KeyStore(Protocol):
    """Where keys are kept, for every process that asks."""

    where: str
    quick: bool  # whether it answers without waiting, so that an event loop may ask

    def all(self) -> Sequence[Key]:
        """Every key, oldest first."""

    def find(self, key_id: str) -> Key | None:
        """The key of an id."""

    def add(self, key: Key) -> bool:
        """Keep a key; false where another has its name."""

    def remove(self, name: str) -> bool:
        """Let go of a key; false where none has that name."""

    def close(self) -> None:
        """Close it."""


class KeyRing:
    """The keys of one archive. What another process makes or removes holds at once, on every server."""

    def __init__(self, store: Path | KeyStore) -> None:
        """A path is that of a file of keys."""
        self._store: KeyStore = KeyFile(store) if isinstance(store, Path) else store
        self._threads = ThreadPoolExecutor(_AT_ONCE, "looking for keys")

    def all(self) -> Sequence[Key]:
        """Every key, oldest first.

        Raises:
            BadSetting: the file is not what `dateline key` writes.
        """
        return self._store.all()

    async def matched(self, token: str) -> Key | None:
        """As `match`, for an event loop. Raises `ArchiveError` where the database cannot be asked."""
        if self._store.quick:
            return self.match(token)
        return await asyncio.get_running_loop().run_in_executor(self._threads, self.match, token)

    def match(self, token: str) -> Key | None:
        """The key that a token is, compared in constant time, or None."""
        shape = _SHAPE.fullmatch(token)
        found = self._store.find(shape[1]) if shape else None
        expected = found.sha256 if found else _UNKNOWN
        return found if hmac.compare_digest(_hash(token), expected) else None

    def add(self, name: str, *, write: bool = False, per_minute: int | None = None) -> str:
        """Make a key and return its token: the only time that it can be seen.

        Raises:
            BadInput: the name is taken or is none.
            ArchiveFull: it cannot be written.
        """
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
        if not self._store.add(key):
            raise BadInput(
                f"{self._store.where}: there is already a key named {name!r}, expected another name"
            )
        return token

    def take(self, key: Key) -> bool:
        """Keep a key that was made elsewhere; false where another has its name."""
        return self._store.add(key)

    def remove(self, name: str) -> None:
        """Make a key worthless.

        Raises:
            BadInput: no key has that name.
            ArchiveFull: it cannot be written.
        """
        if not self._store.remove(name):
            raise BadInput(f"{self._store.where}: no key is named {name[:80]!r}")

    def close(self) -> None:
        """Let go of where they are kept."""
        self._threads.shutdown()
        self._store.close()


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "surrogateescape")).hexdigest()

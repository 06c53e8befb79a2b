"""Codes into members: who was let in, and who has asked to be."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from bot.telegram.updates.database import now
from index.storage.side import SideDatabase

_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # none that is taken for another
_DAYS = 1


@dataclass(frozen=True)
class Member:
    """A user, or a group (a negative number), that may ask."""

    id: int
    name: str
    at: str


@dataclass(frozen=True)
class Code:
    """What somebody was told to hand to an admin; `language` is theirs."""

    code: str
    id: int
    name: str
    at: str
    language: str | None


class Members:
    """Who was let in by a code, besides those that the settings name."""

    def __init__(self, database: SideDatabase) -> None:
        self._database = database

    def has(self, id_: int) -> bool:
        """Whether a user or a group was let in."""
        with self._database.reading() as connection:
            return connection.execute("SELECT 1 FROM members WHERE id = ?", (id_,)).fetchone() is not None

    def numbers(self, id_: int) -> frozenset[int]:
        """Every number that a user or a group has or had, before it became a supergroup."""
        with self._database.reading() as connection:
            rows = connection.execute("SELECT old FROM moves WHERE new = ?", (id_,)).fetchall()
        return frozenset({id_, *(old for (old,) in rows)})

    def code_for(self, id_: int, name: str, *, language: str | None) -> str:
        """The code of a user or group: the one it was given, as long as that is good."""
        with self._database.writing() as connection:
            connection.execute("DELETE FROM codes WHERE at NOT BETWEEN ? AND ?", _good())
            known = connection.execute("SELECT code FROM codes WHERE id = ?", (id_,)).fetchone()
            if known:
                return str(known[0])
            letters = "".join(secrets.choice(_LETTERS) for _ in range(8))
            code = f"{letters[:4]}-{letters[4:]}"  # 32^8: nobody guesses one of a handful within a day
            connection.execute(
                "INSERT INTO codes VALUES (?, ?, ?, ?, ?)", (code, id_, name[:80], now(), language)
            )
        return code

    def approve(self, code: str) -> Code | None:
        """Let in who was given a code; None when there is no such code, or it has run out."""
        with self._database.writing() as connection:
            connection.execute("DELETE FROM codes WHERE at NOT BETWEEN ? AND ?", _good())
            row = connection.execute(
                "DELETE FROM codes WHERE code = ? RETURNING code, id, name, at, language",
                (code.strip().upper(),),
            ).fetchone()
            if row is None:
                return None
            found = Code(*row)
            connection.execute(
                "INSERT INTO members VALUES (?, ?, ?) ON CONFLICT (id) DO UPDATE"
                " SET name = excluded.name, at = excluded.at",
                (found.id, found.name, now()),
            )
        return found

    def remove(self, id_: int) -> bool:
        """Put somebody out; false when they were not in."""
        with self._database.writing() as connection:
            return connection.execute("DELETE FROM members WHERE id = ?", (id_,)).rowcount > 0

    def all(self) -> Sequence[Member]:
        """Everybody who was let in."""
        with self._database.reading() as connection:
            return [Member(*row) for row in connection.execute("SELECT * FROM members ORDER BY at, id")]

    def codes(self) -> Sequence[Code]:
        """The codes that are good."""
        with self._database.reading() as connection:
            rows = connection.execute("SELECT * FROM codes WHERE at BETWEEN ? AND ? ORDER BY at", _good())
            return [Code(*row) for row in rows]


def _good() -> tuple[str, str]:
    """Between which moments a code was made that is good: one of a day to come would be for too long."""
    return (datetime.now(UTC) - timedelta(days=_DAYS)).strftime("%Y-%m-%dT%H:%M:%S"), now()

"""Who follows what: questions taken in and let go, within limits, each seen by its owner alone."""

from __future__ import annotations

import base64
import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.answers.asked import Asked
from bot.follows.database import iso
from bot.follows.records import GONE, Follow, FollowRequest, FollowTelling, Held
from bot.follows.rows import (
    FOLLOW,
    change_follow,
    follow_at,
    follow_of,
    held_of,
    insert_follow,
    place_row,
    same_follow,
    tellings_of,
    webhook_of,
)
from bot.follows.settings import FollowSettings
from index.errors import BadInput, NotInArchive
from index.storage.side import SideDatabase
from index.storage.sql import Connection

_ALL = 2**62  # rows
HOME = "home"  # the owner of what the command line follows
READER = "reader "  # owners that come from the page, without a key


@dataclass(frozen=True)
class Followed:
    """A question that is followed now; `secret` signs its webhook's messages and is never shown again.

    `is_new`: it was not followed before.
    """

    follow: Follow
    is_new: bool
    secret: str | None = None


class FollowBook:
    """The follows of one home."""

    def __init__(self, file: SideDatabase, settings: FollowSettings = FollowSettings()) -> None:  # noqa: B008 - frozen
        self._file = file
        self._settings = settings

    def add(self, owner: str, request: FollowRequest, *, now: datetime) -> Followed:
        """Follow a question from now on. One that its owner follows already takes the new times and webhook.

        Raises:
            BadQuestion, BadFilter: it is none that can be asked.
            BadInput: its owner, or all together, follow as many as may be.
        """
        asked = Asked(request.question, request.filters).cleaned()
        request = replace(request, question=asked.text)
        with self._file.writing(durably=True) as connection:
            known = same_follow(connection, owner, request)
            secret = (
                _secret() if request.webhook and webhook_of(connection, known) != request.webhook else None
            )
            if known is None:
                self._check_limits(connection, owner, request)
                number = insert_follow(connection, owner, request, secret=secret, now=iso(now))
            else:
                number = known
                change_follow(connection, known, request, secret=secret)
            follow = follow_at(connection, number)
        return Followed(follow, known is None, secret)

    def of(self, *owners: str) -> list[Follow]:
        """What somebody follows, the first first."""
        marks = ", ".join("?" * len(owners))
        return self._where(f"f.owner IN ({marks})", owners)

    def all(self) -> list[Follow]:
        """Everything that is followed."""
        return self._where("1 = 1", ())

    def at(self, id_: str, *owners: str) -> Follow:
        """One of them by its id; without owners, anybody's. Raises `NotInArchive`."""
        found = [one for one in (self.of(*owners) if owners else self.all()) if one.id == id_]
        if not found:
            raise NotInArchive(
                f"no question is followed as {id_[:40]!r}; `dateline follow list` tells the ids"
            )
        return found[0]

    def remove(self, follow: Follow) -> None:
        """Follow it no more: everything of it goes, also what is on its way."""
        with self._file.writing(durably=True) as connection:
            connection.execute("DELETE FROM follows WHERE number = ?", (follow.number,))
        self._file.empty_log()

    def set_times(self, follow: Follow) -> None:
        """Keep the times of its request for what is told from now on."""
        with self._file.writing() as connection:
            change_follow(connection, follow.number, follow.request, secret=None)

    # Asking again

    def due(self, position: str, *, limit: int) -> list[Follow]:
        """Those that were last asked when the archive was another, the new ones first."""
        return self._where(
            "f.position IS NOT ?", (position,), order="f.position IS NOT NULL, f.number", limit=limit
        )

    def held(self, follow: Follow) -> Held:
        """What is held of its last answer."""
        with self._file.reading() as connection:
            return held_of(connection, follow)

    def cited(self) -> list[str]:
        """The articles that places are kept of."""
        with self._file.reading() as connection:
            rows = connection.execute(
                "SELECT article FROM held UNION SELECT article FROM item_places EXCEPT SELECT ''"
            )
            return [article for (article,) in rows]

    def forget_articles(self, articles: Sequence[str]) -> None:
        """Empty the places of articles that the archive no longer has."""
        gone = [(*place_row(GONE), article) for article in articles]
        sets = 'article = ?, revision = ?, start = ?, "end" = ?, short_start = ?, short_end = ?'
        with self._file.writing(durably=True) as connection:
            for table in ("held", "item_places"):
                connection.executemany(f"UPDATE {table} SET {sets} WHERE article = ?", gone)
        self._file.empty_log()

    # Reading

    def tellings(self, follow: Follow, *, limit: int = 50) -> list[FollowTelling]:
        """What was told of a question, the last first."""
        return self._tellings("t.follow = ?", (follow.number,), limit)

    def told_to(self, owner: str, *, limit: int = 50) -> list[FollowTelling]:
        """What was told of all that somebody follows, the last first."""
        return self._tellings("t.follow IN (SELECT number FROM follows WHERE owner = ?)", (owner,), limit)

    def opened(self, owner: str, *, now: datetime) -> None:
        """Its owner has looked; follows of readers without a key are kept as long as somebody does."""
        with self._file.writing() as connection:
            connection.execute("UPDATE follows SET opened = ? WHERE owner = ?", (iso(now), owner))

    def seen(self, owner: str) -> None:
        """Its owner has seen everything that was told."""
        with self._file.writing() as connection:
            connection.execute(
                "UPDATE follows SET seen = coalesce("
                "(SELECT max(number) FROM tellings WHERE follow = follows.number), 0) WHERE owner = ?",
                (owner,),
            )

    def give_feed(self, owner: str, token: str) -> None:
        """Let whoever has the token read what an owner is told; it takes the place of an earlier one."""
        with self._file.writing() as connection:
            connection.execute(
                "INSERT INTO feeds (token, owner) VALUES (?, ?)"
                " ON CONFLICT (owner) DO UPDATE SET token = excluded.token",
                (hashed(token), owner),
            )

    def feed_owner(self, token: str) -> str | None:
        """Whose tellings a token lets read."""
        with self._file.reading() as connection:
            row = connection.execute("SELECT owner FROM feeds WHERE token = ?", (hashed(token),)).fetchone()
        return str(row[0]) if row else None

    def forget(self, *, now: datetime) -> None:
        """Delete what was told long ago, and follows of the page that nobody has looked at since."""
        before = iso(now - timedelta(days=self._settings.keep_days))
        with self._file.writing() as connection:
            connection.execute("DELETE FROM dispatches WHERE state IN ('sent', 'dead') AND at < ?", (before,))
            connection.execute(
                "DELETE FROM tellings WHERE at < ? AND number NOT IN (SELECT telling FROM dispatched)",
                (before,),
            )
            connection.execute(
                "DELETE FROM follows WHERE opened < ? AND owner LIKE ?", (before, f"{READER}%")
            )

    def _check_limits(self, connection: Connection, owner: str, request: FollowRequest) -> None:
        settings = self._settings
        counts = (
            ("owner = ?", owner, settings.per_owner, "you follow"),
            ("via = ?", request.via, settings.per_address, "readers without a key follow from here"),
            ("owner <> ?", "", settings.most, "all together follow"),
        )
        for condition, value, most, who in counts:
            (count,) = connection.execute(
                f"SELECT count(*) FROM follows WHERE {condition}", (value,)
            ).fetchone()
            if count >= most and owner != HOME:
                raise BadInput(
                    f"{who} {count} questions, expected {most} at most: follow another no more first"
                )

    def _where(
        self, condition: str, values: Sequence[str], *, order: str = "f.number", limit: int = _ALL
    ) -> list[Follow]:
        sql = f"SELECT {FOLLOW} FROM follows AS f WHERE {condition} ORDER BY {order} LIMIT ?"
        with self._file.reading() as connection:
            return [follow_of(row) for row in connection.execute(sql, (*values, limit))]

    def _tellings(self, condition: str, values: Sequence[str | int], limit: int) -> list[FollowTelling]:
        newest = f"SELECT t.number FROM tellings AS t WHERE {condition} ORDER BY t.number DESC LIMIT ?"
        with self._file.reading() as connection:
            return tellings_of(connection, f"t.number IN ({newest})", (*values, limit))[::-1]


def hashed(token: str) -> str:
    """A token of many random bits as it is kept."""
    return hashlib.sha256(token.encode()).hexdigest()


def _secret() -> str:
    """What a webhook's messages are signed with, in the form of the Standard Webhooks specification."""
    return f"whsec_{base64.b64encode(secrets.token_bytes(32)).decode()}"

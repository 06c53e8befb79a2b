"""What asking again came to into tellings, and tellings into dispatches that outlive a kill.

    waiting   its time has not come; what is told until then joins it
    sending   on its way: what it tells is settled, so its id means the same however often it is tried
    sent      taken; dead: given up, until somebody has it tried again

State, telling and dispatch are stored in one transaction: a kill before it asks the question again, a kill
after it only sends. What was on its way when a kill came is sent again under the same id.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from bot.follows.database import iso
from bot.follows.records import Channel, Compared, Dispatch, Follow, FollowTelling, TellingKind
from bot.follows.rows import FOLLOW, PLACE, follow_of, place_row, tellings_of
from index.storage.side import SideDatabase
from index.storage.sql import Connection

_TOLD_AT_ONCE: tuple[TellingKind, ...] = ("begun", "not_there")  # whoever follows is there just now


@dataclass(frozen=True)
class LoggedDispatch:
    """A dispatch as the log shows it; `due` is the next try where there is one."""

    id: str
    follow: str
    channel: Channel
    state: str
    due: str
    tries: int
    fault: str | None
    at: str
    tellings: int


class Outbox:
    """What is told and still to be delivered."""

    def __init__(self, file: SideDatabase) -> None:
        self._file = file

    def keep(
        self, follow: Follow, compared: Compared, *, fault: str | None, position: str, now: datetime
    ) -> FollowTelling | None:
        """Store what is held from now on with what is told of it, which comes back.

        Nothing is stored where another process was first, or the question is followed no more.
        """
        held = compared.held
        with self._file.writing(durably=True) as connection:
            first = connection.execute(
                "UPDATE follows SET position = ?, status = ?, reason = ?, fault = ?"
                " WHERE number = ? AND position IS ?",
                (position, held.status, held.reason, fault, follow.number, follow.position),
            ).rowcount
            if not first:
                return None
            connection.execute("DELETE FROM held WHERE follow = ?", (follow.number,))
            connection.executemany(
                f"INSERT INTO held (follow, place, {PLACE}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                [(follow.number, number, *place_row(one)) for number, one in enumerate(held.places)],
            )
            connection.executemany(
                "INSERT INTO known VALUES (?, ?) ON CONFLICT DO NOTHING",
                [(follow.number, name) for name in held.known],
            )
            if compared.kind is None:
                return None
            telling = _tell(connection, follow, compared, fault=fault, now=now)
            _dispatch(connection, follow, telling, kind=compared.kind, now=now)
            return tellings_of(connection, "t.number = ?", (telling,))[0]

    def begin(self, channel: Channel, *, now: datetime, limit: int = 20) -> list[Dispatch]:
        """What has to be sent now, what has waited longest first; from here on nothing joins it."""
        with self._file.writing(durably=True) as connection:
            rows = connection.execute(
                "SELECT number, id, follow, tries FROM dispatches WHERE channel = ? AND due <= ?"
                " AND state IN ('waiting', 'sending') ORDER BY due, number LIMIT ?",
                (channel, iso(now), limit),
            ).fetchall()
            connection.executemany(
                "UPDATE dispatches SET state = 'sending', at = ? WHERE number = ? AND state = 'waiting'",
                [(iso(now), number) for number, *_ in rows],
            )
            return [_of(connection, channel, row) for row in rows]

    def sent(self, dispatch: Dispatch, *, now: datetime) -> None:
        """It was taken."""
        self._became(dispatch, "sent", None, due=now, now=now)

    def failed(self, dispatch: Dispatch, fault: str, *, due: datetime | None, now: datetime) -> None:
        """It was not taken, and is tried again when it is due; without that it is given up."""
        self._became(dispatch, "sending" if due else "dead", fault, due=due or now, now=now)

    def end_webhook(self, dispatch: Dispatch, fault: str, *, now: datetime) -> None:
        """Its address wants no more messages."""
        with self._file.writing(durably=True) as connection:
            connection.execute(
                "UPDATE follows SET webhook_off = 1 WHERE number = ?", (dispatch.follow.number,)
            )
            connection.execute(
                "UPDATE dispatches SET state = 'dead', fault = ?, at = ?"
                " WHERE follow = ? AND channel = 'webhook' AND state IN ('waiting', 'sending')",
                (fault, iso(now), dispatch.follow.number),
            )

    def again(self, *, now: datetime) -> int:
        """Have everything that was given up tried again; how much that is."""
        with self._file.writing(durably=True) as connection:
            tried = connection.execute(
                "UPDATE dispatches SET state = 'sending', tries = 0, due = ?1, at = ?1 WHERE state = 'dead'"
                " AND follow IN (SELECT number FROM follows WHERE webhook_off = 0)",
                (iso(now),),
            )
            return tried.rowcount

    def secret(self, dispatch: Dispatch) -> str:
        """What messages of its follow are signed with."""
        with self._file.reading() as connection:
            (secret,) = connection.execute(
                "SELECT coalesce(secret, '') FROM follows WHERE number = ?", (dispatch.follow.number,)
            ).fetchone() or ("",)
        return str(secret)

    def log(self, follow: Follow | None = None, *, limit: int = 50) -> list[LoggedDispatch]:
        """What was sent or is to be, of one question or all, the last first."""
        with self._file.reading() as connection:
            rows = connection.execute(
                "SELECT d.id, f.id, d.channel, d.state, d.due, d.tries, d.fault, d.at,"
                " (SELECT count(*) FROM dispatched WHERE dispatch = d.number)"
                " FROM dispatches AS d JOIN follows AS f ON f.number = d.follow"
                " WHERE CAST(?1 AS BIGINT) IS NULL OR f.number = ?1 ORDER BY d.at DESC, d.number LIMIT ?2",
                (follow.number if follow else None, limit),
            ).fetchall()
        return [LoggedDispatch(*row) for row in rows]

    def _became(
        self, dispatch: Dispatch, state: str, fault: str | None, *, due: datetime, now: datetime
    ) -> None:
        with self._file.writing(durably=True) as connection:
            connection.execute(
                "UPDATE dispatches SET state = ?, fault = ?, due = ?, tries = tries + 1, at = ?"
                " WHERE number = ?",
                (state, fault, iso(due), iso(now), dispatch.number),
            )


def _tell(
    connection: Connection, follow: Follow, compared: Compared, *, fault: str | None, now: datetime
) -> int:
    (number,) = connection.execute(
        "INSERT INTO tellings (id, follow, kind, reason, fault, at) VALUES (?, ?, ?, ?, ?, ?)"
        " RETURNING number",
        (str(uuid4()), follow.number, compared.kind, compared.held.reason, fault, iso(now)),
    ).fetchone()
    for item, one in enumerate(compared.items):
        connection.execute("INSERT INTO items VALUES (?, ?, ?)", (number, item, one.kind))
        sides = [(side, place) for side, place in (("now", one.now), ("was", one.was)) if place]
        connection.executemany(
            f"INSERT INTO item_places (telling, item, side, {PLACE}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [(number, item, side, *place_row(place)) for side, place in sides],
        )
    return int(number)


def _dispatch(
    connection: Connection, follow: Follow, telling: int, *, kind: TellingKind, now: datetime
) -> None:
    """Put a telling on its way, with what waits for the same moment."""
    request = follow.request
    due = now if kind in _TOLD_AT_ONCE else request.times.due(now)
    for channel in _channels(follow):
        waiting = connection.execute(
            "SELECT number FROM dispatches WHERE follow = ? AND channel = ? AND state = 'waiting'"
            " AND due > ?",
            (follow.number, channel, iso(now)),
        ).fetchone()
        number = waiting[0] if waiting else _new(connection, follow, channel, due=due, now=now)
        connection.execute("INSERT INTO dispatched VALUES (?, ?)", (number, telling))


def _new(connection: Connection, follow: Follow, channel: Channel, *, due: datetime, now: datetime) -> int:
    number = secrets.randbits(62)
    connection.execute(
        "INSERT INTO dispatches (number, id, follow, channel, state, due, at)"
        " VALUES (?, ?, ?, ?, 'waiting', ?, ?)",
        (number, f"msg_{uuid4().hex}", follow.number, channel, iso(due), iso(now)),
    )
    return number


def _channels(follow: Follow) -> Sequence[Channel]:
    webhook: tuple[Channel, ...] = ("webhook",) if follow.request.webhook and not follow.webhook_off else ()
    telegram: tuple[Channel, ...] = ("telegram",) if follow.request.room else ()
    return (*webhook, *telegram)


def _of(connection: Connection, channel: Channel, row: tuple[int, str, int, int]) -> Dispatch:
    number, id_, follow, tries = row
    (found,) = connection.execute(
        f"SELECT {FOLLOW} FROM follows AS f WHERE f.number = ?", (follow,)
    ).fetchall()
    tellings = tellings_of(
        connection, "t.number IN (SELECT telling FROM dispatched WHERE dispatch = ?)", (number,)
    )
    return Dispatch(number, id_, follow_of(found), channel, tries, tuple(tellings))

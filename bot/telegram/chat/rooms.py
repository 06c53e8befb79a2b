"""A chat, or a topic of one, into what it has chosen and asked: its filters and its earlier questions."""

from __future__ import annotations

import json
from collections.abc import Sequence

from bot.telegram.updates.events import Room
from index.records import Filters
from index.storage.side import SideDatabase


class Rooms:
    """What is kept for each room; one never sees another's."""

    def __init__(self, database: SideDatabase, *, history: int) -> None:
        self._database = database
        self._history = history

    def filters(self, room: str) -> Filters:
        """The filters that were set with /since, /until and /outlet."""
        with self._database.reading() as connection:
            row = connection.execute(
                "SELECT since, until, outlet FROM rooms WHERE room = ?", (room,)
            ).fetchone()
        if row is None:
            return Filters()
        since, until, outlet = row
        return Filters(outlet=tuple(json.loads(outlet or "[]")), since=since, until=until)

    def set_filters(self, room: str, filters: Filters) -> None:
        """Keep filters until they are changed."""
        outlet = json.dumps(filters.outlet, ensure_ascii=False)
        with self._database.writing() as connection:
            connection.execute(
                "INSERT INTO rooms (room, since, until, outlet) VALUES (?, ?, ?, ?)"
                " ON CONFLICT (room) DO UPDATE"
                " SET since = excluded.since, until = excluded.until, outlet = excluded.outlet",
                (room, filters.since, filters.until, outlet),
            )

    def tells_changes(self, room: str) -> bool:
        """Whether a room is told when words that were quoted to it change.

        Where nobody has said, a private chat is: whoever got a quotation there asked for it, and has to know.
        A group is not: a message that nobody asked for would be read by all.
        """
        with self._database.reading() as connection:
            row = connection.execute("SELECT changes FROM rooms WHERE room = ?", (room,)).fetchone()
        chosen = row[0] if row else None
        return bool(chosen) if chosen is not None else Room.of(room).private

    def tell_changes(self, room: str, *, on: bool) -> None:
        """Tell a room from now on, or no more."""
        with self._database.writing() as connection:
            connection.execute(
                "INSERT INTO rooms (room, changes) VALUES (?, ?)"
                " ON CONFLICT (room) DO UPDATE SET changes = excluded.changes",
                (room, int(on)),
            )

    def history(self, room: str, *, before: int) -> Sequence[str]:
        """The last questions of a room before one of them, oldest first."""
        with self._database.reading() as connection:
            rows = connection.execute(
                "SELECT text FROM questions WHERE room = ?1 AND number < ?2"
                " AND number > coalesce((SELECT forgotten FROM rooms WHERE room = ?1), 0)"
                " ORDER BY number DESC LIMIT ?3",
                (room, before, self._history),
            ).fetchall()
        return [text for (text,) in reversed(rows)]

    def reset(self, room: str, *, number: int) -> None:
        """Forget filters, and everything asked up to an update as history; its words go."""
        with self._database.writing() as connection:
            connection.execute(
                "INSERT INTO rooms (room, forgotten) VALUES (?1, ?2) ON CONFLICT (room) DO UPDATE"
                " SET since = NULL, until = NULL, outlet = NULL, forgotten = ?2",
                (room, number),
            )
            connection.execute(
                "UPDATE questions SET text = '' WHERE room = ? AND number <= ?", (room, number)
            )

"""A group's number into the one that it has since Telegram made a supergroup of it: everything goes along.

Telegram says so in the group, in the supergroup, and when something is sent to the old number: in any order,
and each may be missed.
"""

from __future__ import annotations

from dataclasses import replace

from bot.telegram.updates.events import Room
from index.storage.side import SideDatabase

# What was chosen there meanwhile, while the bot did not know yet, goes before what was chosen earlier.
_MERGED = """
INSERT INTO rooms (room, since, until, outlet, forgotten, changes)
SELECT :new, since, until, outlet, forgotten, changes FROM rooms WHERE room = :old
ON CONFLICT (room) DO UPDATE SET
    since = coalesce(rooms.since, excluded.since), until = coalesce(rooms.until, excluded.until),
    outlet = coalesce(nullif(rooms.outlet, '[]'), excluded.outlet),
    forgotten = CASE WHEN rooms.forgotten > excluded.forgotten THEN rooms.forgotten
        ELSE excluded.forgotten END,
    changes = coalesce(rooms.changes, excluded.changes)
"""
# Messages are counted anew in a supergroup: a number that was kept is another message's.
_ROOMS = (
    "UPDATE updates SET room = :new, draft = NULL WHERE room = :old",
    "UPDATE questions SET room = :new, message = NULL WHERE room = :old",
    _MERGED,
    "DELETE FROM rooms WHERE room = :old",
)
_NUMBERS = (
    "UPDATE questions SET person = :new WHERE person = :old",  # an admin who hides behind the group
    "DELETE FROM members WHERE id = :new AND EXISTS (SELECT 1 FROM members WHERE id = :old)",
    "UPDATE members SET id = :new WHERE id = :old",
    "UPDATE codes SET id = :new WHERE id = :old AND NOT EXISTS (SELECT 1 FROM codes WHERE id = :new)",
    "UPDATE moves SET new = :new WHERE new = :old",
    "INSERT INTO moves VALUES (:old, :new) ON CONFLICT (old) DO UPDATE SET new = excluded.new",
)


class Moves:
    """The groups that have moved; only a running bot adds to them."""

    def __init__(self, database: SideDatabase) -> None:
        self._database = database
        with database.reading() as connection:
            self._now: dict[int, int] = dict(connection.execute("SELECT old, new FROM moves"))

    def current(self, room: Room) -> Room:
        """A room by the number that its chat has now."""
        return replace(room, chat=self._now.get(room.chat, room.chat))

    def move(self, old: int, new: int) -> bool:
        """Take everything of a group along to its new number; false where that was known."""
        if self._now.get(old) == new:
            return False
        with self._database.writing(durably=True) as connection:
            for statement in _ROOMS:
                connection.execute(statement, {"old": Room(old).key, "new": Room(new).key})
            for statement in _NUMBERS:
                connection.execute(statement, {"old": old, "new": new})
        self._now = {one: new if now == old else now for one, now in self._now.items()} | {old: new}
        return True

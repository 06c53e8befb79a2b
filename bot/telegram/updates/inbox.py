"""Updates into rows that outlive a kill, and answers into parts that are sent once.

    open      came in; it is stored before Telegram is told so, which forgets it then
    sending   its answer is known and lies in the outbox; nothing is worked out again
    done      delivered; dropped: cannot be delivered, or failed for good

A part whose sending had begun when the process was killed may have arrived or not; Telegram does not say.
It is sent again: twice is a nuisance, never is a lost answer. A part that replaces a message on show is an
edit, and an edit that is made twice is one.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from bot.telegram.messages.replies import RoomMessage, from_json, to_json
from bot.telegram.updates.database import now
from index.storage.side import SideDatabase
from index.storage.sql import Connection

_SENT_AGAIN_DAYS = 3


@dataclass(frozen=True)
class Waiting:
    """An update that is not done yet."""

    number: int
    room: str


@dataclass(frozen=True)
class ReplyPart:
    """One message of an answer that has to be sent; `again`: it was begun before."""

    part: int
    message: RoomMessage
    again: bool


UpdateJson = Mapping[str, object]


class Inbox:
    """What came in, until it is answered."""

    def __init__(self, database: SideDatabase) -> None:
        self._database = database

    def take(self, updates: Sequence[tuple[int, str, UpdateJson]], *, bot: int) -> list[Waiting]:
        """Store (update_id, room, update); those that had not been stored before come back, in order.

        Telegram sends an update again for a day at most; a number that is met again later is another update.
        """
        taken = []
        old = (datetime.now(UTC) - timedelta(days=_SENT_AGAIN_DAYS)).strftime("%Y-%m-%dT%H:%M:%S")
        with self._database.writing(durably=True) as connection:
            for update, room, body in updates:
                connection.execute(
                    "UPDATE updates SET update_id = NULL WHERE bot = ? AND update_id = ? AND at < ?",
                    (bot, update, old),
                )
                row = connection.execute(
                    "INSERT INTO updates (bot, update_id, room, at, body, state)"
                    " VALUES (?, ?, ?, ?, ?, 'open') ON CONFLICT DO NOTHING RETURNING number",
                    (bot, update, room, now(), json.dumps(body)),
                ).fetchone()
                if row:
                    taken.append(Waiting(row[0], room))
        return taken

    def waiting(self) -> list[Waiting]:
        """Everything that is not done, oldest first."""
        with self._database.reading() as connection:
            rows = connection.execute(
                "SELECT number, room FROM updates WHERE state IN ('open', 'sending') ORDER BY number"
            )
            return [Waiting(*row) for row in rows]

    def begin(self, number: int) -> tuple[UpdateJson, int]:
        """The body of an open update, and how often work on it has begun, this time included."""
        with self._database.writing() as connection:
            body, tries = connection.execute(
                "UPDATE updates SET tries = tries + 1 WHERE number = ? RETURNING body, tries", (number,)
            ).fetchone()
        return json.loads(body), int(tries)

    def is_open(self, number: int) -> bool:
        """Whether it has no answer yet."""
        with self._database.reading() as connection:
            (state,) = connection.execute("SELECT state FROM updates WHERE number = ?", (number,)).fetchone()
        return bool(state == "open")

    def draft(self, number: int) -> int | None:
        """The message that shows the answer while it is made."""
        with self._database.reading() as connection:
            (draft,) = connection.execute("SELECT draft FROM updates WHERE number = ?", (number,)).fetchone()
        return int(draft) if draft is not None else None

    def set_draft(self, number: int, message: int | None) -> None:
        """Remember it: the answer takes its place, also after a kill."""
        with self._database.writing() as connection:
            connection.execute("UPDATE updates SET draft = ? WHERE number = ?", (message, number))

    def answered(self, number: int, messages: Sequence[RoomMessage]) -> None:
        """From here on the answer is only sent, never worked out again."""
        with self._database.writing() as connection:
            connection.execute("UPDATE updates SET state = 'sending' WHERE number = ?", (number,))
            _store(connection, number, messages)

    def say(
        self,
        room: str,
        messages: Sequence[RoomMessage],
        *,
        bot: int,
        told: Sequence[tuple[int, int]],
        articles: Collection[str] = (),
    ) -> Waiting:
        """Something to say that nobody has asked for; `told` are the (answer, citation) that it tells of.

        `articles` are the ids of those whose words it holds.

        From here on it is sent like an answer, and never made again: both are stored at once.
        """
        with self._database.writing(durably=True) as connection:
            (number,) = connection.execute(
                "INSERT INTO updates (bot, room, at, state) VALUES (?, ?, ?, 'sending') RETURNING number",
                (bot, room, now()),
            ).fetchone()
            _store(connection, number, messages, articles=articles)
            connection.executemany(
                "UPDATE places SET told = ? WHERE number = ? AND citation = ?",
                [(now(), *place) for place in told],
            )
        return Waiting(int(number), room)

    def say_once(
        self,
        room: str,
        messages: Sequence[RoomMessage],
        *,
        bot: int,
        number: int,
        articles: Collection[str] = (),
    ) -> Waiting | None:
        """Something to say that is known by a number of its own, above 0; None where it was stored before.

        Telegram's own numbers are above 0 too, so these are kept below.
        """
        with self._database.writing(durably=True) as connection:
            row = connection.execute(
                "INSERT INTO updates (bot, update_id, room, at, state)"
                " VALUES (?, ?, ?, ?, 'sending') ON CONFLICT DO NOTHING RETURNING number",
                (bot, -number, room, now()),
            ).fetchone()
            if row is None:
                return None
            _store(connection, row[0], messages, articles=articles)
        return Waiting(int(row[0]), room)

    def unsent(self, number: int) -> list[ReplyPart]:
        """The parts that still have to be sent, in order."""
        with self._database.reading() as connection:
            rows = connection.execute(
                "SELECT part, message, started FROM outbox WHERE number = ? AND sent IS NULL ORDER BY part",
                (number,),
            ).fetchall()
        return [ReplyPart(part, from_json(message), bool(started)) for part, message, started in rows]

    def is_unsent(self, number: int, part: int) -> bool:
        """Whether it still has to be sent: an answer on its way is worked out again when articles go."""
        with self._database.reading() as connection:
            row = connection.execute(
                "SELECT 1 FROM outbox WHERE number = ? AND part = ? AND sent IS NULL", (number, part)
            ).fetchone()
        return row is not None

    def started(self, number: int, part: int) -> None:
        """It is being sent now."""
        with self._database.writing() as connection:
            connection.execute("UPDATE outbox SET started = 1 WHERE number = ? AND part = ?", (number, part))

    def sent(self, number: int, part: int, *, message: int) -> None:
        """It has arrived; where it is the first of an answer, that is known by it from then on."""
        with self._database.writing() as connection:
            connection.execute(
                "UPDATE outbox SET sent = ? WHERE number = ? AND part = ?", (message, number, part)
            )
            if part == 0:
                connection.execute(
                    "UPDATE questions SET message = nullif(?, 0) WHERE number = ?", (message, number)
                )

    def done(self, number: int, *, dropped: bool = False) -> None:
        """Nothing is left to do; the words go."""
        with self._database.writing() as connection:
            connection.execute("DELETE FROM outbox WHERE number = ?", (number,))
            connection.execute(
                "UPDATE updates SET state = ?, body = NULL WHERE number = ?",
                ("dropped" if dropped else "done", number),
            )

    def forget(self, before: str) -> None:
        """Delete what was done before a moment."""
        with self._database.writing() as connection:
            connection.execute("DELETE FROM updates WHERE at < ? AND state IN ('done', 'dropped')", (before,))


def _store(
    connection: Connection,
    number: int,
    messages: Sequence[RoomMessage],
    *,
    articles: Collection[str] = (),
) -> None:
    names = json.dumps(sorted(articles))
    connection.executemany(
        "INSERT INTO outbox (number, part, message, articles) VALUES (?, ?, ?, ?)",
        [(number, part, to_json(message), names) for part, message in enumerate(messages)],
    )

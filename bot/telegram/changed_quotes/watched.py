"""What answers cite into what is still to be watched: places whose words nobody was told of."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from bot.telegram.chat.questions import CitedPlace
from bot.telegram.updates.database import now
from index.storage.records import Cited
from index.storage.side import SideDatabase


@dataclass(frozen=True)
class Given:
    """An answer that was delivered, with the places it cites; `message` is the one that began it, if known.

    `person` asked at `at` (UTC); `question` is empty where it was to be forgotten.
    """

    number: int
    room: str
    person: int
    language: str | None
    at: str
    question: str
    message: int | None
    places: tuple[CitedPlace, ...]


# Only what was delivered: nobody has to know that words changed which they never got.
_PLACES = (
    "SELECT q.number, q.room, q.person, q.language, q.at, q.text, q.message,"
    ' p.citation, p.article, p.revision, p.start, p."end", p.seen FROM questions AS q'
    " JOIN updates AS u ON u.number = q.number AND u.state = 'done'"
    " JOIN places AS p ON p.number = q.number"
    " WHERE q.status = 'answered' AND"
)


class Watched:
    """The answers that are watched."""

    def __init__(self, database: SideDatabase) -> None:
        self._database = database

    def revisions(self) -> list[tuple[str, frozenset[str]]]:
        """Each article that is watched, with a revision that was cited or found to have the words still.

        One article comes once for each two of these that its places have.
        """
        with self._database.reading() as connection:
            rows = connection.execute(
                "SELECT DISTINCT p.article, p.revision, p.seen FROM places AS p"
                " JOIN questions AS q ON q.number = p.number"
                " WHERE p.told IS NULL AND q.status = 'answered'"
            ).fetchall()
        return [(article, frozenset(filter(None, known))) for article, *known in rows]

    def citing(self, present: Mapping[str, str], *, since: str, most: int) -> list[Given]:
        """The answers since a moment, oldest first, with those of their places that have to be looked at.

        `present` are articles by id with the revision they have now, "" where they are gone; a place that
        cites this revision, or was found to have its words in it, is left out.
        """
        with self._database.reading() as connection:
            rows = connection.execute(
                f"{_PLACES} q.at >= ? AND p.told IS NULL AND p.article IN (SELECT value FROM json_each(?))"
                " ORDER BY q.number, p.citation",
                (since, json.dumps(list(present))),
            ).fetchall()
        changed = [row for row in rows if present[row[8]] not in (row[9], row[12] or row[9])]
        return list(_given(changed))[:most]

    def in_room(self, room: str) -> list[Given]:
        """All answers of a room, newest first, with all of their places."""
        with self._database.reading() as connection:
            rows = connection.execute(
                f"{_PLACES} q.room = ? ORDER BY q.number DESC, p.citation", (room,)
            ).fetchall()
        return list(_given(rows))

    def seen(self, places: Sequence[tuple[str, int, int]]) -> None:
        """Each is (revision, answer, citation): that revision has the words still, so it has been seen."""
        with self._database.writing() as connection:
            connection.executemany("UPDATE places SET seen = ? WHERE number = ? AND citation = ?", places)

    def settle(self, places: Sequence[tuple[int, int]]) -> None:
        """Nobody wants to be told of these (answer, citation)."""
        with self._database.writing() as connection:
            connection.executemany(
                "UPDATE places SET told = ? WHERE number = ? AND citation = ?",
                [(now(), *place) for place in places],
            )


_Row = tuple[int, str, int, str | None, str, str, int | None, int, str, str, int, int, str | None]


def _given(rows: Sequence[_Row]) -> Iterator[Given]:
    for head, group in groupby(rows, key=lambda row: row[:7]):
        places = tuple(CitedPlace(row[7], Cited(*row[8:12])) for row in group)
        number, room, person, language, at, question, message = head
        yield Given(number, room, person, language, at, question, message, places)

"""What was asked, by whom, and what its answer cites: for the buttons, the votes and the budgets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from bot.answers.answer import Answer, Cell, Difference
from bot.telegram.updates.database import now, today
from bot.telegram.updates.events import Person
from index.storage.records import Cited
from index.storage.side import SideDatabase


@dataclass(frozen=True)
class CitedPlace:
    """What citation `number` of an answer cites."""

    number: int
    cited: Cited


@dataclass(frozen=True)
class Counts:
    """How the bot is used: questions and people since midnight UTC, votes as long as they are kept."""

    today: int
    people: int
    up: int
    down: int
    open: int


class Questions:
    """The questions that were answered or refused."""

    def __init__(self, database: SideDatabase) -> None:
        self._database = database

    def keep(self, number: int, answer: Answer, *, room: str, person: Person) -> None:
        """Keep a question with the places of its citations; worked out again, the later answer counts.

        The room is the one of its update, if that has moved meanwhile.
        """
        shown = answer.abstention.nearest if answer.abstention else answer.citations
        with self._database.writing() as connection:
            connection.execute(
                "INSERT INTO questions (number, room, person, at, text, status, language)"
                " VALUES (?1, coalesce((SELECT room FROM updates WHERE number = ?1), ?2), ?3, ?4, ?5, ?6, ?7)"
                " ON CONFLICT (number) DO UPDATE SET status = excluded.status",
                (number, room, person.id, now(), answer.question, answer.status, person.language),
            )
            connection.execute("DELETE FROM places WHERE number = ?", (number,))
            connection.executemany(
                'INSERT INTO places (number, citation, article, revision, start, "end")'
                " VALUES (?, ?, ?, ?, ?, ?)",
                [(number, one.number, one.article.id, one.revision, one.start, one.end) for one in shown],
            )
            connection.execute("DELETE FROM cells WHERE number = ?", (number,))
            connection.executemany(
                'INSERT INTO cells (number, difference, kind, cell, citation, start, "end")'
                " VALUES (?, ?, ?, ?, ?, ?, ?)",
                [
                    (number, place, difference.kind, at, cell.citation, cell.start, cell.end)
                    for place, difference in enumerate(answer.differences)
                    for at, cell in enumerate(difference.cells)
                ],
            )

    def places(self, number: int) -> Sequence[CitedPlace]:
        """What an answer cites; empty when it is no longer kept."""
        with self._database.reading() as connection:
            rows = connection.execute(
                'SELECT citation, article, revision, start, "end" FROM places WHERE number = ?'
                " ORDER BY citation",
                (number,),
            )
            return [CitedPlace(citation, Cited(*cited)) for citation, *cited in rows]

    def differences(self, number: int) -> Sequence[Difference]:
        """Where the outlets that an answer cites differ, in the order of the answer."""
        with self._database.reading() as connection:
            rows = connection.execute(
                'SELECT difference, kind, citation, start, "end" FROM cells WHERE number = ?'
                " ORDER BY difference, cell",
                (number,),
            )
            groups = groupby(rows, key=lambda row: (row[0], row[1]))
            return [
                Difference(kind, tuple(Cell(*cell) for _, _, *cell in group)) for (_, kind), group in groups
            ]

    def vote(self, number: int, person: int, *, up: bool) -> bool:
        """Keep a vote, one a person; false when the question is no longer kept."""
        with self._database.writing() as connection:
            voted = connection.execute(
                "INSERT INTO votes SELECT number, ?, ?, ? FROM questions WHERE number = ?"
                " ON CONFLICT (number, person) DO UPDATE SET vote = excluded.vote",
                (person, 1 if up else -1, now(), number),
            )
            return voted.rowcount > 0

    def asked_today(self, person: int | None = None) -> int:
        """How many questions a person, or everybody, has asked since midnight UTC."""
        with self._database.reading() as connection:
            (count,) = connection.execute(
                "SELECT count(*) FROM questions WHERE at >= ?1 AND at < ?2"
                " AND (CAST(?3 AS BIGINT) IS NULL OR person = ?3)",
                (*today(), person),
            ).fetchone()
        return int(count)

    def counts(self) -> Counts:
        """How the bot is used."""
        with self._database.reading() as connection:
            asked, people = connection.execute(
                "SELECT count(*), count(DISTINCT person) FROM questions WHERE at >= ? AND at < ?", today()
            ).fetchone()
            up, down = connection.execute(
                "SELECT count(CASE WHEN vote = 1 THEN 1 END), count(CASE WHEN vote = -1 THEN 1 END)"
                " FROM votes"
            ).fetchone()
            (waiting,) = connection.execute(
                "SELECT count(*) FROM updates WHERE state IN ('open', 'sending')"
            ).fetchone()
        return Counts(asked, people, up, down, waiting)

    def forget(self, before: str) -> None:
        """Delete what was asked before a moment, its votes too."""
        with self._database.writing() as connection:
            connection.execute("DELETE FROM questions WHERE at < ?", (before,))

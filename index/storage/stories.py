"""Which articles tell the same story later, and which of them take back what another said."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from index.records import Article
from index.storage.filters_sql import Condition
from index.storage.records import StoryArticle
from index.storage.rows import ARTICLE, CURRENT

_TABLES = """
CREATE TABLE IF NOT EXISTS stories (
    earlier  INTEGER NOT NULL REFERENCES articles ON DELETE CASCADE,
    later    INTEGER NOT NULL REFERENCES articles ON DELETE CASCADE,
    retracts INTEGER NOT NULL,
    PRIMARY KEY (earlier, later)
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS stories_later ON stories (later);
"""


class Link(NamedTuple):
    """The numbers of two articles; `retracts`: the later one takes back what the earlier said."""

    earlier: int
    later: int
    retracts: bool


def create(connection: sqlite3.Connection) -> None:
    """Make the table where there is none; articles that are there already are not looked at again."""
    connection.executescript(_TABLES)


def keep(connection: sqlite3.Connection, number: int, links: Iterable[Link]) -> None:
    """Store the links of one article in place of those that it had."""
    connection.execute("DELETE FROM stories WHERE earlier = ?1 OR later = ?1", (number,))
    connection.executemany("INSERT OR REPLACE INTO stories VALUES (?, ?, ?)", links)


def later(connection: sqlite3.Connection, article_id: str, condition: Condition) -> list[StoryArticle]:
    """Those that pass of the articles that tell an article's story later, one an origin, oldest first."""
    if not _is_made(connection):
        return []
    found = connection.execute(
        f"SELECT max(s.retracts), {ARTICLE} FROM {CURRENT} JOIN stories AS s ON s.later = a.number"
        " JOIN articles AS copy ON copy.number = s.earlier JOIN articles AS mine ON mine.origin = copy.origin"
        f" WHERE mine.id = ? AND a.origin <> mine.origin AND ({condition.sql})"
        " GROUP BY a.origin ORDER BY min(a.earliest), a.number",
        (article_id, *condition.parameters),
    )
    return [StoryArticle(Article(*rest), bool(retracts)) for retracts, *rest in found]


def told(connection: sqlite3.Connection, *, offset: int, limit: int) -> tuple[list[list[StoryArticle]], int]:
    """`limit` of the stories that were told on, behind the first `offset`, and how many there are.

    Those with most articles come first; the articles of each, one an origin, are in the order of their dates.
    """
    if not _is_made(connection):
        return [], 0
    links = [Link(*row) for row in connection.execute("SELECT earlier, later, retracts FROM stories")]
    groups = sorted(_groups(links), key=lambda group: (-len(group), min(group)))
    retracting = {link.later for link in links if link.retracts}
    chosen = groups[offset : offset + limit]
    return [_articles(connection, group, retracting) for group in chosen], len(groups)


def _is_made(connection: sqlite3.Connection) -> bool:
    made = "SELECT 1 FROM sqlite_master WHERE name = 'stories'"
    return connection.execute(made).fetchone() is not None


def _groups(links: Iterable[Link]) -> list[set[int]]:
    """The numbers that links hold together, directly or by others."""
    beside: dict[int, set[int]] = defaultdict(set)
    for link in links:
        beside[link.earlier].add(link.later)
        beside[link.later].add(link.earlier)
    groups, seen = [], set[int]()
    for first in beside:
        if first in seen:
            continue
        group, due = set[int](), [first]
        while due:
            one = due.pop()
            if one not in group:
                group.add(one)
                due += beside[one]
        seen |= group
        groups.append(group)
    return groups


def _articles(connection: sqlite3.Connection, group: set[int], retracting: set[int]) -> list[StoryArticle]:
    marks = ", ".join("?" * len(group))
    rows = connection.execute(
        f"SELECT min(a.number), {ARTICLE} FROM {CURRENT} WHERE a.number IN ({marks})"
        " GROUP BY a.origin ORDER BY min(a.earliest), a.number",
        list(group),
    )
    return [StoryArticle(Article(*rest), number in retracting) for number, *rest in rows]

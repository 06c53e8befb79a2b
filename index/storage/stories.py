"""Which articles tell the same story later, and which of them take back what another said.

Stored is what a later text says: that something was taken back. Whether its outlet may say so of the very
article that is read about is told anew (`index.copies.retracting`): a copy of that is not its outlet's word.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from typing import NamedTuple

from index.copies.retracting import retracts
from index.copies.telling import Telling
from index.records import Article
from index.storage import rows
from index.storage.connections import SqliteConnection
from index.storage.filters_sql import Condition
from index.storage.records import StoryArticle
from index.storage.rows import ARTICLE, CURRENT
from index.storage.sql import Connection, marks

_TABLES = """
CREATE TABLE IF NOT EXISTS stories (
    earlier  INTEGER NOT NULL REFERENCES articles ON DELETE CASCADE,
    later    INTEGER NOT NULL REFERENCES articles ON DELETE CASCADE,
    retracts INTEGER NOT NULL,
    PRIMARY KEY (earlier, later)
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS stories_later ON stories (later);
"""

# Copies are one origin, so a story holds origins together; what joined an origin since is no link any more.
_BETWEEN = (
    "SELECT one.origin AS earlier, other.origin AS later, s.retracts FROM stories AS s"
    " JOIN articles AS one ON one.number = s.earlier JOIN articles AS other ON other.number = s.later"
    " WHERE one.origin <> other.origin"
)
_ANY = Condition("TRUE", ())


class Link(NamedTuple):
    """The numbers of two articles; `retracts`: by the later one, what was said is taken back."""

    earlier: int
    later: int
    retracts: bool


def create(connection: SqliteConnection) -> None:
    """Make the table where there is none; `index.storage.relations` fills it with what is there already."""
    connection.executescript(_TABLES)


def keep(connection: Connection, number: int, links: Iterable[Link], *, below: int) -> None:
    """Store the links of one article in place of those that it had with articles of numbers `below` one."""
    connection.execute(
        "DELETE FROM stories WHERE (earlier = ?1 AND later < ?2) OR (later = ?1 AND earlier < ?2)",
        (number, below),
    )
    connection.executemany(
        "INSERT INTO stories VALUES (?, ?, ?)"
        " ON CONFLICT (earlier, later) DO UPDATE SET retracts = excluded.retracts",
        list(links),
    )


def later(connection: Connection, article_id: str, condition: Condition) -> list[StoryArticle]:
    """Those that pass of the articles that tell an article's story later, one an origin, oldest first.

    Of an origin that takes the article back, it is one that may.
    """
    if not connection.has_table("stories"):
        return []
    found = connection.execute(
        f"SELECT a.origin, told.retracts, {ARTICLE} FROM {CURRENT} JOIN ("
        "SELECT a.number, max(s.retracts) OVER (PARTITION BY a.origin) AS retracts, row_number() OVER"
        " (PARTITION BY a.origin ORDER BY a.earliest NULLS FIRST, a.number) AS place"
        " FROM articles AS a JOIN stories AS s ON s.later = a.number"
        " JOIN articles AS copied ON copied.number = s.earlier"
        " JOIN articles AS mine ON mine.origin = copied.origin"
        f" WHERE mine.id = ? AND a.origin <> mine.origin AND ({condition.sql})"
        ") AS told ON told.number = a.number WHERE told.place = 1"
        " ORDER BY a.earliest NULLS FIRST, a.number",
        (article_id, *condition.parameters),
    ).fetchall()
    told = []
    for origin, tells_so, *row in found:
        mine = rows.article(connection, article_id, revision=None) if tells_so else None
        back = _taking_back(connection, mine, origin, condition) if mine else None
        told.append(StoryArticle(back or Article(*row), back is not None))
    return told


def _taking_back(
    connection: Connection, article: Article, origin: str, condition: Condition
) -> Article | None:
    """The first article of an origin, of those that pass, that takes another back."""
    found = connection.execute(
        f"SELECT {ARTICLE} FROM {CURRENT} WHERE a.origin = ? AND ({condition.sql})"
        " ORDER BY a.earliest NULLS FIRST, a.number",
        (origin, *condition.parameters),
    )
    copies = (Article(*row) for row in found)
    return next((one for one in copies if retracts(Telling(article), Telling(one))), None)


def story(connection: Connection, article_id: str) -> list[StoryArticle]:
    """The story of an article, itself among them, the others one an origin, in the order of their dates.

    Alone where no other article tells it. Raises `NotInArchive`.
    """
    alone = rows.article(connection, article_id, revision=None)
    if not connection.has_table("stories"):
        return [StoryArticle(alone)]
    (mine,) = connection.execute("SELECT origin FROM articles WHERE id = ?", (article_id,)).fetchone()

    def beside(origin: str) -> Iterable[str]:
        linked = (
            f"SELECT later FROM ({_BETWEEN}) AS links WHERE earlier = ?1"
            f" UNION SELECT earlier FROM ({_BETWEEN}) AS links WHERE later = ?1"
        )
        return [found for (found,) in connection.execute(linked, (origin,))]

    return _articles(connection, _held_together(connection, mine, beside), shown=article_id)


def told(connection: Connection, *, offset: int, limit: int) -> tuple[list[list[StoryArticle]], int]:
    """`limit` of the stories that were told on, behind the first `offset`, and how many there are.

    Those with most articles come first; the articles of each, one an origin, are in the order of their dates.
    """
    if not connection.has_table("stories"):
        return [], 0
    beside: dict[str, set[str]] = defaultdict(set)
    for earlier, later, _ in connection.execute(f"{_BETWEEN} ORDER BY s.earlier, s.later"):
        beside[earlier].add(later)
        beside[later].add(earlier)
    found: list[set[str]] = []
    seen = set[str]()
    for origin in beside:
        if origin not in seen:
            found.append(_reached(origin, beside.__getitem__))
            seen |= found[-1]
    found.sort(key=len, reverse=True)
    told_on = [max(origins, key=lambda one: len(beside[one])) for origins in found[offset : offset + limit]]
    return [
        _articles(connection, _held_together(connection, origin, beside.__getitem__)) for origin in told_on
    ], len(found)


def _held_together(connection: Connection, first: str, beside: Callable[[str], Iterable[str]]) -> set[str]:
    """The origins of the story of one: those linked with it, and of those that links of links reach its kin.

    A loose link would chain two stories else; kin share two names of their beginnings, or a sampled shingle.
    """
    near = {first, *beside(first)}
    far = _reached(first, beside) - near
    akin = (
        "SELECT DISTINCT b.origin FROM articles AS a JOIN samples AS own ON own.article = a.number"
        " JOIN samples AS other ON other.hash = own.hash JOIN articles AS b ON b.number = other.article"
        f" WHERE a.origin = ? AND b.origin IN ({marks(far)})"
    )
    return near.union(origin for (origin,) in connection.execute(akin, (first, *far))) if far else near


def _reached(first: str, beside: Callable[[str], Iterable[str]]) -> set[str]:
    """The origins that links hold together with one, directly or by others."""
    reached, due = set[str](), [first]
    while due:
        one = due.pop()
        if one not in reached:
            reached.add(one)
            due += beside(one)
    return reached


def _articles(
    connection: Connection, origins: Collection[str], *, shown: str | None = None
) -> list[StoryArticle]:
    """The earliest article of each origin, or the one that is `shown` of its own; by their dates."""
    among = marks(origins)
    found = connection.execute(
        f"SELECT a.origin, {ARTICLE} FROM {CURRENT} WHERE a.number IN (SELECT number FROM ("
        "SELECT number, row_number() OVER (PARTITION BY origin"
        " ORDER BY id = ? DESC, published IS NULL, earliest NULLS FIRST, number) AS place"
        f" FROM articles WHERE origin IN ({among})) AS shown WHERE place = 1)"
        " ORDER BY a.published IS NULL, a.earliest NULLS FIRST, a.number",
        (shown or "", *origins),
    )
    told = {origin: Article(*rest) for origin, *rest in found}
    tell_so = connection.execute(
        f"SELECT earlier, later FROM ({_BETWEEN}) AS links WHERE retracts = 1 AND later IN ({among})",
        tuple(origins),
    ).fetchall()
    retracting = {
        origin
        for earlier, origin in tell_so
        if earlier in told and _taking_back(connection, told[earlier], origin, _ANY)
    }
    return [StoryArticle(one, origin in retracting) for origin, one in told.items()]

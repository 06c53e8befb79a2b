"""Articles page by page, newest first, and the names of their revisions: for leafing through an archive."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from index.coming import last_moment
from index.letters import folded
from index.records import Article, Filters
from index.storage.filters_sql import Condition, condition
from index.storage.records import ArticleCounts, StoredRevision
from index.storage.rows import ARTICLE, CURRENT, not_there
from index.storage.sql import Connection

ListOrder = Literal["newest", "oldest", "added", "title", "outlet"]
_ORDERS: dict[ListOrder, str] = {
    "newest": "a.published IS NULL, coalesce(a.earliest, '') > ?, a.latest DESC NULLS LAST, a.number DESC",
    "oldest": "a.published IS NULL, a.earliest NULLS FIRST, a.number",
    "added": "a.number DESC",
    "title": "lower(a.title), a.number",
    "outlet": "a.outlet_folded IS NULL, a.outlet_folded, a.latest DESC NULLS LAST, a.number",
}


@dataclass(frozen=True)
class Selection:
    """Which articles are listed: what the filters of a question ask, and more that only a list asks.

    `author` and `agency` are parts of the name, in any case; `language` is a tag ("en" also lists "en-GB").
    `undated`: only those whose date of publication is not known.
    """

    filters: Filters
    language: str | None = None
    author: str | None = None
    agency: str | None = None
    undated: bool = False


def listed(
    connection: Connection, selection: Selection, *, order: ListOrder, offset: int, limit: int
) -> tuple[list[Article], int]:
    """`limit` of the selected articles behind the first `offset`, and how many there are in all."""
    where = condition(selection.filters)
    parts, parameters = [where.sql], [*where.parameters]
    for column, name in (("author", selection.author), ("agency", selection.agency)):
        if name:
            parts.append(f"a.{column} IN (SELECT value FROM json_each(?))")
            parameters.append(json.dumps(_holding(connection, column, name)))
    if selection.language:
        parts.append("(lower(a.language) = ? OR lower(a.language) LIKE ?)")
        parameters += [selection.language.lower(), f"{selection.language.lower()}-%"]
    if selection.undated:
        parts.append("a.published IS NULL")
    sql = " AND ".join(f"({part})" for part in parts)
    (total,) = connection.execute(f"SELECT count(*) FROM articles AS a WHERE {sql}", parameters).fetchone()
    if order == "newest":
        parameters.append(last_moment())
    rows = connection.execute(
        f"SELECT {ARTICLE} FROM {CURRENT} WHERE {sql} ORDER BY {_ORDERS[order]} LIMIT ? OFFSET ?",
        (*parameters, limit, offset),
    )
    return [Article(*row) for row in rows], int(total)


def _holding(connection: Connection, column: str, part: str) -> list[str]:
    """The names of a column that a part stands in, in any case and without marks."""
    rows = connection.execute(f"SELECT DISTINCT {column} FROM articles WHERE {column} IS NOT NULL")
    return [name for (name,) in rows if folded(part) in folded(name)]


def newest(
    connection: Connection, *, offset: int, limit: int, condition: Condition
) -> tuple[list[Article], int]:
    """`limit` articles behind the first `offset`, and how many there are in all.

    Undated ones come last, and before them those that are still to come.
    """
    (total,) = connection.execute(
        f"SELECT count(*) FROM articles AS a WHERE {condition.sql}", condition.parameters
    ).fetchone()
    rows = connection.execute(
        f"SELECT {ARTICLE} FROM {CURRENT} WHERE {condition.sql}"
        f" ORDER BY {_ORDERS['newest']} LIMIT ? OFFSET ?",
        (*condition.parameters, last_moment(), limit, offset),
    )
    return [Article(*row) for row in rows], int(total)


def counted(connection: Connection, filters: Filters) -> ArticleCounts:
    """How many articles each outlet and each month has, for choosing another one.

    Outlets are counted within the dates of the filters, months within their outlets. A month is one of UTC,
    so that `since` its first day and `until` its last let pass exactly those.
    """
    within = condition(replace(filters, outlet=()))
    outlets = connection.execute(
        f"SELECT min(a.outlet), count(*) FROM articles AS a WHERE {within.sql}"
        " GROUP BY a.outlet_folded ORDER BY count(*) DESC, a.outlet_folded NULLS FIRST",
        within.parameters,
    ).fetchall()
    of = condition(Filters(outlet=filters.outlet))
    months = connection.execute(
        "SELECT CASE WHEN a.published IS NOT NULL AND substr(a.earliest, 1, 7) = substr(a.latest, 1, 7)"
        f" THEN substr(a.earliest, 1, 7) END AS month, count(*) FROM articles AS a WHERE {of.sql}"
        " GROUP BY month ORDER BY month DESC",
        of.parameters,
    ).fetchall()
    placed = tuple((month, number) for month, number in months if month)
    return ArticleCounts(tuple(outlets), placed, sum(number for month, number in months if not month))


def revisions(connection: Connection, article_id: str) -> list[str]:
    """The names of an article's revisions, the present one first. Raises `NotInArchive`."""
    rows = connection.execute(
        "SELECT r.hash FROM articles AS a JOIN revisions AS r ON r.article = a.number WHERE a.id = ?"
        " ORDER BY r.hash = a.revision DESC, r.number DESC",
        (article_id,),
    ).fetchall()
    if not rows:
        raise not_there(article_id)
    return [name for (name,) in rows]


def history(connection: Connection, article_id: str) -> list[StoredRevision]:
    """An article's revisions, the present one first, then the later before the earlier.

    Raises `NotInArchive`.
    """
    rows = connection.execute(
        "SELECT r.hash, r.added_at, r.superseded_at FROM articles AS a JOIN revisions AS r"
        " ON r.article = a.number WHERE a.id = ? ORDER BY r.hash = a.revision DESC, r.number DESC",
        (article_id,),
    ).fetchall()
    if not rows:
        raise not_there(article_id)
    return [StoredRevision(*row) for row in rows]


def present(connection: Connection, ids: Sequence[str]) -> dict[str, str]:
    """The present revision of each of these articles by its id; those that are gone are left out."""
    rows = connection.execute(
        "SELECT id, revision FROM articles WHERE id IN (SELECT value FROM json_each(?))",
        (json.dumps(list(ids)),),
    )
    return dict(rows.fetchall())


def dates(connection: Connection) -> tuple[str | None, str | None]:
    """The first and the last day of publication, UTC, a copyright year is none.

    The last is none to come, unless all are.
    """
    first, last = connection.execute(
        "SELECT min(earliest), coalesce(max(CASE WHEN earliest <= ? THEN latest END), max(latest))"
        " FROM articles WHERE published IS NOT NULL",
        (last_moment(),),
    ).fetchone()
    return first and first[:10], last and last[:10]

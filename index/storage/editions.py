"""When the stored version of an article was made, as its source says, so that no older one replaces it."""

from __future__ import annotations

from index.storage.connections import SqliteConnection
from index.storage.sql import Connection


def create(connection: SqliteConnection) -> None:
    """Make the table where it is not there."""
    connection.execute(
        "CREATE TABLE IF NOT EXISTS editions"
        " (article INTEGER PRIMARY KEY REFERENCES articles ON DELETE CASCADE, made TEXT NOT NULL) STRICT"
    )


def edition(connection: Connection, article_id: str) -> str | None:
    """When the stored version was made, UTC; None where that is not known."""
    row = connection.execute(
        "SELECT e.made FROM editions AS e JOIN articles AS a ON a.number = e.article WHERE a.id = ?",
        (article_id,),
    ).fetchone()
    return str(row[0]) if row else None


def keep(connection: Connection, article_id: str, made: str) -> None:
    """Remember when the stored version of an article was made, UTC."""
    connection.execute(
        "INSERT INTO editions (article, made) SELECT number, ? FROM articles WHERE id = ?"
        " ON CONFLICT (article) DO UPDATE SET made = excluded.made",
        (made, article_id),
    )

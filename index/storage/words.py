"""Words into the passages that hold them: BM25 over SQLite's full-text index of titles and texts.

BM25: Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond" (2009). SQLite uses
k1 = 1.2, b = 0.75.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from index.storage.conditions import Condition
from index.storage.stored import Match


def search_words(
    connection: sqlite3.Connection,
    words: Sequence[str],
    *,
    limit: int,
    condition: Condition,
    title_weight: float,
) -> list[Match]:
    """The `limit` passages with the highest BM25 score for any of `words`, best first."""
    if limit < 1 or not words:
        return []
    sql = f"""
        SELECT passages_fts.rowid, -bm25(passages_fts, ?, 1.0) AS score {_matching(condition)}
        ORDER BY score DESC, passages_fts.rowid LIMIT ?"""
    rows = connection.execute(sql, (title_weight, _any_of(words), *condition.parameters, limit))
    return [Match(seq, score) for seq, score in rows]


def passage_counts(
    connection: sqlite3.Connection, words: Sequence[str], *, condition: Condition
) -> dict[str, int]:
    """In how many passages each word stands, stemmed as the index is; one of two parts is a phrase."""
    sql = f"SELECT count(*) {_matching(condition)}"
    counts = {}
    for word in dict.fromkeys(words):
        (counts[word],) = connection.execute(sql, (_any_of([word]), *condition.parameters)).fetchone()
    return counts


def _any_of(words: Sequence[str]) -> str:
    """An FTS5 query. Each word is quoted, so that none is read as an operator ("NOT", "title:", "*")."""
    return " OR ".join('"' + word.replace("\0", "").replace('"', '""') + '"' for word in dict.fromkeys(words))


def _matching(condition: Condition) -> str:
    """FROM and WHERE of both queries. CROSS keeps SQLite from asking the full-text index passage by passage.

    Over 40,000 passages that would take 5 s for three common words with a filter; this way it is 30 ms.
    """
    if not condition:
        return "FROM passages_fts WHERE passages_fts MATCH ?"
    return f"""
        FROM passages_fts CROSS JOIN passages AS p ON p.seq = passages_fts.rowid
        CROSS JOIN articles AS a ON a.number = p.article
        WHERE passages_fts MATCH ? AND {condition.sql}"""

"""Words into the passages that hold them: BM25 over SQLite's full-text index of titles and texts.

BM25: Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond" (2009). SQLite uses
k1 = 1.2, b = 0.75.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from index.letters import latin
from index.storage.exact import deletions_of
from index.storage.filters_sql import Condition
from index.storage.records import Match

_REMEMBERED = 20_000  # words; 4 MB


def search_words(
    connection: sqlite3.Connection,
    words: Sequence[str],
    *,
    limit: int,
    condition: Condition,
    title_weight: float,
    among: Sequence[str] = (),
) -> list[Match]:
    """The `limit` passages with the highest BM25 score for any of `words`, best first.

    `among` are those of the words of which a passage must hold one; none: it may be any. SQLite looks up the
    length of each passage that it scores, 0.7 µs: for all that hold a word of a question, 37 ms over 190,000.
    """
    if limit < 1 or not words:
        return []
    wanted = f"({any_of(among)}) AND ({any_of(words)})" if among else any_of(words)
    sql = f"""
        SELECT passages_fts.rowid, -bm25(passages_fts, ?, 1.0) AS score {_matching(condition)}
        ORDER BY score DESC, passages_fts.rowid LIMIT ?"""
    rows = connection.execute(sql, (title_weight, wanted, *condition.parameters, limit))
    return [Match(seq, score) for seq, score in rows]


class WordCounts:
    """How many passages there are, and in how many each word stands; remembered until the archive changes.

    A common word of 24,000 passages takes 1 ms to count, and every question asks for its words twice.
    Thread-safe: what is remembered is replaced whole.
    """

    def __init__(self) -> None:
        self._known: tuple[tuple[int, int], dict[tuple[str, Condition], int]] = ((-1, -1), {})

    def total(self, connection: sqlite3.Connection) -> int:
        """How many passages can be found."""
        known, key = self._current(connection), ("", Condition("", ()))
        if key not in known:
            (known[key],) = connection.execute("SELECT count(*) FROM passages").fetchone()
        return known[key]

    def counts(
        self, connection: sqlite3.Connection, words: Sequence[str], *, condition: Condition
    ) -> dict[str, int]:
        """In how many passages each word stands, stemmed as the index is; one of two parts is a phrase."""
        known, counts = self._current(connection), {}
        sql = f"SELECT count(*) {_matching(condition)}"
        for word in dict.fromkeys(words):
            count = known.get((word, condition))
            if count is None:
                (count,) = connection.execute(sql, (any_of([word]), *condition.parameters)).fetchone()
                known[word, condition] = count
            counts[word] = count
        return counts

    def _current(self, connection: sqlite3.Connection) -> dict[tuple[str, Condition], int]:
        """What is known of the state that the connection sees, which may be none yet."""
        (last,) = connection.execute("SELECT ifnull(max(seq), 0) FROM passages").fetchone()
        state, (of, known) = (int(last), deletions_of(connection)), self._known
        if of != state or len(known) >= _REMEMBERED:
            known = {}
            self._known = (state, known)
        return known


def any_of(words: Sequence[str]) -> str:
    """An FTS5 query for any of some words, quoted so that none is read as an operator ("NOT", "title:").

    A word with a letter such as "ł" is looked for without it, as it is indexed, and as it is: an archive that
    was made before has it so until it is written to.
    """
    forms = dict.fromkeys(form for word in words for form in (word, latin(word)))
    return " OR ".join('"' + form.replace("\0", "").replace('"', '""') + '"' for form in forms)


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

"""Words into the passages that hold them: BM25 over SQLite's full-text index of titles and texts.

BM25: Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond" (2009). SQLite uses
k1 = 1.2, b = 0.75.
"""

from __future__ import annotations

from collections.abc import Sequence

from index.letters import latin
from index.storage.filters_sql import Condition
from index.storage.records import Match
from index.storage.sql import Connection


def search_words(
    connection: Connection,
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
    wanted = f"({any_of(among)}) AND ({any_of(words)})" if among else any_of(words)
    sql = f"""
        SELECT passages_fts.rowid, -bm25(passages_fts, ?, 1.0) AS score {_matching(condition)}
        ORDER BY score DESC, passages_fts.rowid LIMIT ?"""
    rows = connection.execute(sql, (title_weight, wanted, *condition.parameters, limit))
    return [Match(seq, score) for seq, score in rows]


def count_word(connection: Connection, word: str, *, condition: Condition) -> int:
    """In how many passages a word stands, stemmed as the index is; one of two parts is a phrase."""
    sql = f"SELECT count(*) {_matching(condition)}"
    (count,) = connection.execute(sql, (any_of([word]), *condition.parameters)).fetchone()
    return int(count)


def articles_with(connection: Connection, word: str) -> set[int]:
    """The numbers of the articles that hold a word."""
    rows = connection.execute(
        "SELECT DISTINCT p.article FROM passages_fts CROSS JOIN passages AS p"
        " ON p.seq = passages_fts.rowid WHERE passages_fts MATCH ?",
        (any_of([word]),),
    )
    return {article for (article,) in rows}


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

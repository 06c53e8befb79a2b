"""An article into the name of its origin, which copies of one text share, and the samples that find copies.

Five copies are one origin, not five sources. The first article of an origin names it, by the sha256 of its
words; a later one joins where most of its words are the same (see `index.copies.overlap`), so a repost, a
light edit, an excerpt, a copy with an outlet's note before it. Two reports of one event that were written
apart stay two origins.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Set
from dataclasses import dataclass
from datetime import timedelta

from index.copies.overlap import ALIKE, CONTAINED, Overlap, overlap, shingles_of
from index.copies.retelling import Telling, retold
from index.copies.sample import sample
from index.copies.words import keys_of
from index.dates import known_day
from index.records import Article
from index.storage.rows import ARTICLE, CURRENT, not_there

_LOOKED_AT = (
    8  # articles that share the most of a sample; of 2,600 scraped ones the right one was always first
)

_TOLD_AGAIN = 0.12  # alike, from which on it is asked whether one is the other told again

# Samples say roughly how far two articles are the same; bodies are compared where they may be copies (from
# half of what makes a copy on), or told again (from a quarter). Of 3,125 pairs that 400 of 2,000 scraped
# articles make, that leaves 166, with all 22 that matter.
_HALF, _QUARTER = 0.5, 0.25
_FEW = 24  # hashes of a sample that say too little

_TABLES = """
CREATE TABLE IF NOT EXISTS samples (
    hash    INTEGER NOT NULL,
    article INTEGER NOT NULL REFERENCES articles ON DELETE CASCADE,
    PRIMARY KEY (hash, article)
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS samples_article ON samples (article);
"""


def create(connection: sqlite3.Connection) -> None:
    """Make the table of samples where there is none, and fill it with the articles that are there."""
    made = "SELECT 1 FROM sqlite_master WHERE name = 'samples_article'"
    if connection.execute(made).fetchone():
        return
    try:
        connection.executescript(f"BEGIN IMMEDIATE; {_TABLES}")
        rows = connection.execute(f"SELECT a.number, r.body FROM {CURRENT}")
        for number, body in rows:
            _keep_sample(connection, number, shingles_of(keys_of(body)))
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.rollback()
        raise


def settle(connection: sqlite3.Connection, number: int, article: Article) -> str:
    """Keep the sample of an article that is stored under `number`; returns the name of its origin."""
    keys = keys_of(article.body)
    shingles = shingles_of(keys)
    _keep_sample(connection, number, shingles)
    name = hashlib.sha256(" ".join(keys).encode()).hexdigest()
    same = connection.execute(
        "SELECT 1 FROM articles WHERE origin = ? AND number <> ? LIMIT 1", (name, number)
    ).fetchone()
    return name if same else _nearest(connection, number, article, shingles) or name


def is_copy(connection: sqlite3.Connection, article_id: str) -> bool:
    """Whether another article is of the same origin as a stored one."""
    row = connection.execute(
        "SELECT 1 FROM articles AS a JOIN articles AS b ON b.origin = a.origin AND b.number <> a.number"
        " WHERE a.id = ? LIMIT 1",
        (article_id,),
    ).fetchone()
    return row is not None


def copied(connection: sqlite3.Connection, *, offset: int, limit: int) -> tuple[list[list[Article]], int]:
    """`limit` of the origins with several articles, behind the first `offset`, and how many there are in all.

    Those with most articles come first; the articles of each are in the order of adding.
    """
    several = "SELECT origin FROM articles GROUP BY origin HAVING count(*) > 1"
    (total,) = connection.execute(f"SELECT count(*) FROM ({several})").fetchone()
    names = connection.execute(
        f"{several} ORDER BY count(*) DESC, min(number) LIMIT ? OFFSET ?", (limit, offset)
    ).fetchall()
    return [_articles(connection, name) for (name,) in names], int(total)


def same_origin(connection: sqlite3.Connection, article_id: str) -> list[Article]:
    """The articles of the origin of one, itself among them, in the order of adding. Raises `NotInArchive`."""
    row = connection.execute("SELECT origin FROM articles WHERE id = ?", (article_id,)).fetchone()
    if row is None:
        raise not_there(article_id)
    return _articles(connection, row[0])


def _articles(connection: sqlite3.Connection, origin: str) -> list[Article]:
    rows = connection.execute(
        f"SELECT {ARTICLE} FROM {CURRENT} WHERE a.origin = ? ORDER BY a.number", (origin,)
    )
    return [Article(*row) for row in rows]


def _keep_sample(connection: sqlite3.Connection, number: int, shingles: Set[str]) -> None:
    connection.execute("DELETE FROM samples WHERE article = ?", (number,))
    connection.executemany(
        "INSERT INTO samples VALUES (?, ?)", [(value, number) for value in sorted(sample(shingles))]
    )


def _nearest(connection: sqlite3.Connection, number: int, article: Article, shingles: Set[str]) -> str | None:
    """The origin of the article of which this one is a copy, of the likest; None where there is none."""
    best: tuple[tuple[float, float], str] | None = None
    own = Telling(article.body)
    for one in _candidates(connection, number):
        same_days = _of_days(article.published, one.published)
        if not one.may_be_copied(same_days=same_days):
            continue
        body = _body(connection, one.number)
        found = overlap(shingles, shingles_of(keys_of(body)))
        copied = found.copied or (found.alike >= _TOLD_AGAIN and same_days and retold(own, Telling(body)))
        if copied and (best is None or _order(found) > best[0]):
            best = _order(found), one.origin
    return best and best[1]


def _of_days(one: str | None, other: str | None) -> bool:
    """Whether two articles are known to be published within two days: later ones are no copies retold."""
    mine, theirs = known_day(one), known_day(other)
    return mine is not None and theirs is not None and abs(mine - theirs) <= timedelta(2)


def _order(found: Overlap) -> tuple[float, float]:
    return found.alike, found.contained


@dataclass(frozen=True)
class _Candidate:
    """An article that shares `times` hashes of a sample; `mine` and `theirs` are the samples' sizes."""

    number: int
    origin: str
    published: str | None
    times: int
    mine: int
    theirs: int

    def may_be_copied(self, *, same_days: bool) -> bool:
        """Whether to compare the bodies; of the same days, one may be the other told again."""
        alike = self.times / (self.mine + self.theirs - self.times)
        contained = self.times / min(self.mine, self.theirs)
        if alike >= _HALF * ALIKE or contained >= _HALF * CONTAINED:
            return True
        few = min(self.mine, self.theirs) < _FEW
        return (few or same_days) and (alike >= _QUARTER * _TOLD_AGAIN or contained >= _QUARTER)


def _candidates(connection: sqlite3.Connection, number: int) -> list[_Candidate]:
    """The articles that share most of this sample, one an origin and body, those with most first."""
    rows = connection.execute(
        "SELECT first, origin, published, times, (SELECT count(*) FROM samples WHERE article = ?1),"
        " (SELECT count(*) FROM samples WHERE article = first) FROM ("
        "SELECT b.origin, b.published, min(b.number) AS first, max(shared.times) AS times FROM ("
        "SELECT other.article AS number, count(*) AS times FROM samples AS own"
        " JOIN samples AS other USING (hash)"
        " WHERE own.article = ?1 AND other.article <> ?1 GROUP BY other.article) AS shared"
        " JOIN articles AS b ON b.number = shared.number"
        " GROUP BY b.origin, b.revision ORDER BY times DESC, first LIMIT ?2)",
        (number, _LOOKED_AT),
    )
    return [_Candidate(*row) for row in rows]


def _body(connection: sqlite3.Connection, number: int) -> str:
    """The body of an article; read apart, since grouping bodies took 0.11 s an article at 20,000 articles."""
    (body,) = connection.execute(f"SELECT r.body FROM {CURRENT} WHERE a.number = ?", (number,)).fetchone()
    return str(body)

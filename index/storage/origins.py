"""An article into the name of its origin, which copies of one text share, and the samples that find copies.

Five copies are one origin, not five sources. The first article of an origin names it, by the sha256 of its
words; a later one joins where it tells the same news in the same words (see `index.copies.relation`), so a
repost, a light edit, an excerpt, a copy with an outlet's note before it. What tells the same story later is
an origin of its own, linked with it by `index.storage.stories`; so are reports that were written apart.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from dataclasses import dataclass

from index.copies.overlap import ALIKE, overlap
from index.copies.relation import in_order, relation
from index.copies.retracting import tells_of_retracting
from index.copies.sample import sample, together
from index.copies.telling import Telling
from index.records import Article
from index.storage import stories
from index.storage.connections import SqliteConnection
from index.storage.filters_sql import Condition
from index.storage.rows import ARTICLE, CURRENT, not_there
from index.storage.sql import Connection, marks

_LOOKED_AT = (
    8  # articles that share the most of a sample; of 2,600 scraped ones the right one was always first
)

# Samples say roughly how far two articles are the same; bodies are compared where they may be copies, or tell
# one story: from half of what makes a copy on, or a tenth of the shorter sample.
_HALF, _TENTH = 0.5, 0.1

_ALL = 2**62  # no article has a number as high

_TABLES = """
CREATE TABLE IF NOT EXISTS samples (
    hash    INTEGER NOT NULL,
    article INTEGER NOT NULL REFERENCES articles ON DELETE CASCADE,
    PRIMARY KEY (hash, article)
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS samples_article ON samples (article);
"""


def create(connection: SqliteConnection) -> None:
    """Make the table of samples where there is none, and fill it with the articles that are there."""
    made = "SELECT 1 FROM sqlite_master WHERE name = 'samples_article'"
    if connection.execute(made).fetchone():
        return
    try:
        connection.executescript(f"BEGIN IMMEDIATE; {_TABLES}")
        rows = connection.execute(f"SELECT a.number, {ARTICLE} FROM {CURRENT}")
        for number, *article in rows:
            _keep_sample(connection, number, Telling(Article(*article)))
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.rollback()
        raise


def settle(connection: Connection, number: int, article: Article, *, below: int = _ALL) -> None:
    """Keep the sample of an article that is stored under `number`, its origin and its place in a story.

    It is related with those of numbers `below` one.
    """
    told = Telling(article)
    _keep_sample(connection, number, told)
    name = hashlib.sha256(" ".join(told.keys).encode()).hexdigest()
    same = connection.execute(
        "SELECT 1 FROM articles WHERE origin = ? AND number <> ? AND number < ? LIMIT 1",
        (name, number, below),
    ).fetchone()
    origin, links = (name, []) if same else _related(connection, number, told, below=below)
    stories.keep(connection, number, links, below=below)
    connection.execute("UPDATE articles SET origin = ? WHERE number = ?", (origin or name, number))


def is_copy(connection: Connection, article_id: str) -> bool:
    """Whether another article is of the same origin as a stored one."""
    row = connection.execute(
        "SELECT 1 FROM articles AS a JOIN articles AS b ON b.origin = a.origin AND b.number <> a.number"
        " WHERE a.id = ? LIMIT 1",
        (article_id,),
    ).fetchone()
    return row is not None


def copied(connection: Connection, *, offset: int, limit: int) -> tuple[list[list[Article]], int]:
    """`limit` of the origins with several articles, behind the first `offset`, and how many there are in all.

    Those with most articles come first; the articles of each are in the order of adding.
    """
    several = "SELECT origin FROM articles GROUP BY origin HAVING count(*) > 1"
    (total,) = connection.execute(f"SELECT count(*) FROM ({several}) AS several").fetchone()
    names = connection.execute(
        f"{several} ORDER BY count(*) DESC, min(number) LIMIT ? OFFSET ?", (limit, offset)
    ).fetchall()
    return [_articles(connection, name) for (name,) in names], int(total)


def same_origin(connection: Connection, article_id: str) -> list[Article]:
    """The articles of the origin of one, itself among them, in the order of adding. Raises `NotInArchive`."""
    row = connection.execute("SELECT origin FROM articles WHERE id = ?", (article_id,)).fetchone()
    if row is None:
        raise not_there(article_id)
    return _articles(connection, row[0])


def first_printed(connection: Connection, names: Collection[str], *, condition: Condition) -> list[int]:
    """The passages of the first article of each of these origins that has several which pass.

    The first is of the day on which the archive had the first of them, since anybody can date his copy before
    it; of that day's the one that was published first.
    """
    firsts = connection.execute(
        "SELECT number FROM (SELECT a.number, count(*) OVER (PARTITION BY a.origin) AS several,"
        " row_number() OVER (PARTITION BY a.origin ORDER BY substr(a.added_at, 1, 10), a.earliest IS NULL,"
        f" a.earliest, a.number) AS place FROM articles AS a WHERE a.origin IN ({marks(names)})"
        f" AND ({condition.sql})) AS placed WHERE place = 1 AND several > 1",
        (*names, *condition.parameters),
    ).fetchall()
    numbers = [number for (number,) in firsts]
    found = connection.execute(
        f"SELECT seq FROM passages WHERE article IN ({marks(numbers)}) ORDER BY seq", numbers
    )
    return [seq for (seq,) in found]


def _articles(connection: Connection, origin: str) -> list[Article]:
    rows = connection.execute(
        f"SELECT {ARTICLE} FROM {CURRENT} WHERE a.origin = ? ORDER BY a.number", (origin,)
    )
    return [Article(*row) for row in rows]


def _keep_sample(connection: Connection, number: int, told: Telling) -> None:
    hashes = sample(told.shingles) | together(told.names)
    connection.execute("DELETE FROM samples WHERE article = ?", (number,))
    connection.executemany("INSERT INTO samples VALUES (?, ?)", [(value, number) for value in sorted(hashes)])


def _related(
    connection: Connection, number: int, told: Telling, *, below: int
) -> tuple[str | None, list[stories.Link]]:
    """The origin of which an article is a copy, of the likest, and the links to those that tell its story."""
    copied: dict[str, tuple[float, float]] = {}
    links: list[stories.Link] = []
    for one in _candidates(connection, number, below=below):
        if not one.may_be_related:
            continue
        other = Telling(_article(connection, one.number))
        earlier, later = in_order(other, told)
        how = relation(earlier, later)
        if how == "copy":
            found = overlap(told.shingles, other.shingles)
            copied[one.origin] = max(copied.get(one.origin, (0.0, 0.0)), (found.alike, found.contained))
        elif how == "later":
            numbers = (one.number, number) if later is told else (number, one.number)
            links.append(stories.Link(*numbers, tells_of_retracting(earlier, later)))
    return max(copied, key=lambda origin: copied[origin], default=None), links


@dataclass(frozen=True)
class _Candidate:
    """An article that shares `times` hashes of a sample; `mine` and `theirs` are the samples' sizes."""

    number: int
    origin: str
    times: int
    mine: int
    theirs: int

    @property
    def may_be_related(self) -> bool:
        """Whether to compare the bodies."""
        alike = self.times / (self.mine + self.theirs - self.times)
        contained = self.times / min(self.mine, self.theirs)
        return alike >= _HALF * ALIKE or contained >= _TENTH


def _candidates(connection: Connection, number: int, *, below: int) -> list[_Candidate]:
    """The articles that share most of this sample, one an origin and body, those with most first."""
    rows = connection.execute(
        "SELECT first, origin, times, (SELECT count(*) FROM samples WHERE article = ?1),"
        " (SELECT count(*) FROM samples WHERE article = first) FROM ("
        "SELECT b.origin, min(b.number) AS first, max(shared.times) AS times FROM ("
        "SELECT other.article AS number, count(*) AS times FROM samples AS own"
        " JOIN samples AS other USING (hash)"
        " WHERE own.article = ?1 AND other.article <> ?1 AND other.article < ?3"
        " GROUP BY other.article) AS shared"
        " JOIN articles AS b ON b.number = shared.number"
        " GROUP BY b.origin, b.revision ORDER BY times DESC, first LIMIT ?2) AS likest"
        " ORDER BY times DESC, first",
        (number, _LOOKED_AT, below),
    )
    return [_Candidate(*row) for row in rows]


def _article(connection: Connection, number: int) -> Article:
    """An article; read apart, since grouping bodies took 0.11 s an article at 20,000 articles."""
    row = connection.execute(f"SELECT {ARTICLE} FROM {CURRENT} WHERE a.number = ?", (number,)).fetchone()
    return Article(*row)

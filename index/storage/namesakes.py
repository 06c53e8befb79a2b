"""An article without outlet or day into the stored one that it is an edit of, or that it must not replace.

Its id is made of its text, so that two letters under "Letters to the editor" are two articles. An edit has
another text: it is known by its words, among the stored articles that have its title.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from index.articles.identity import ids_by_text, made_id, told_apart
from index.copies.edited import edited
from index.copies.overlap import shingles_of
from index.copies.sample import sample
from index.copies.words import keys_of
from index.records import Article
from index.storage.connections import SqliteConnection
from index.storage.rows import CURRENT
from index.storage.sql import Connection

_LOOKED_AT = 8  # namesakes that are compared, those first that share most of a sample
_NAMED = 64  # of which those are taken; the others have ids that were given, or were read just now

_NAME = (
    "a.title = :title AND coalesce(a.outlet, '') = :outlet AND coalesce(a.published, '') = :published"
    " AND a.url IS NULL"
)


@dataclass(frozen=True)
class Namesake:
    """A stored article of the same title; `edited`: the article that was asked about is a version of it."""

    id: str
    edited: bool


def create(connection: SqliteConnection) -> None:
    """Make titles quick to find; to look through 5,000 articles takes 8 ms, for each that is added."""
    connection.execute("CREATE INDEX IF NOT EXISTS articles_title ON articles (title)")


def is_named_by_text(article: Article) -> bool:
    """Whether an article's id was made of its title and text."""
    if article.url or not article.title or told_apart(article.outlet, article.published):
        return False
    return is_made(article)


def is_made(article: Article) -> bool:
    """Whether an article's id was made, and not given; none has a url."""
    return article.url is None and article.id == made_id(
        url=None,
        outlet=article.outlet,
        title=article.title,
        published=article.published,
        revision=article.revision,
    )


def namesake(connection: Connection, article: Article, *, free: Callable[[str], bool]) -> Namesake | None:
    """The stored article that one named by its text is a version of, else one that only shares its title.

    Only those whose ids are `free` are looked at. None where there is none, and where its own id is stored.
    """
    if connection.execute("SELECT 1 FROM articles WHERE id = ?", (article.id,)).fetchone():
        return None
    first: str | None = None
    for looked_at, (number, known_as) in enumerate(_namesakes(connection, article, free)):
        if looked_at == _LOOKED_AT:
            break
        if _is_version(connection, number, article):
            return Namesake(known_as, edited=True)
        first = first or known_as
    return Namesake(first, edited=False) if first else None


def known_with_less(connection: Connection, article: Article, *, free: Callable[[str], bool]) -> str | None:
    """The id of the stored article with this very text, of which outlet or day were not known before.

    So what is added again with `--outlet` is no copy of itself. Only ids that were made, and are `free`.
    """
    if not article.title:
        return None
    rows = connection.execute(
        "SELECT a.number, a.id, a.outlet, a.published FROM articles AS a"
        " JOIN revisions AS r ON r.article = a.number"
        " WHERE a.title = ? AND a.url IS NULL AND r.hash = ?"
        " AND (a.outlet IS NULL OR a.outlet = ?) AND (a.published IS NULL OR a.published = ?)"
        " ORDER BY a.number",
        (article.title, article.revision, article.outlet, article.published),
    )
    for number, known_as, outlet, published in rows.fetchall():
        less = (replace(article, outlet=a, published=b) for a in {None, outlet} for b in {None, published})
        made = any(_by_text(connection, number, known_as, one) for one in less)  # it may have had less still
        if made and known_as != article.id and free(known_as):
            return str(known_as)
    return None


def _namesakes(
    connection: Connection, article: Article, free: Callable[[str], bool]
) -> Iterator[tuple[int, str]]:
    """Number and id of those whose ids were made of their texts, likely versions first."""
    named = {"title": article.title, "outlet": article.outlet or "", "published": article.published or ""}
    hashes = json.dumps(sorted(sample(shingles_of(keys_of(article.body)))))
    had, alike, any_ = (
        f"SELECT a.number, a.id FROM articles AS a JOIN revisions AS r ON r.article = a.number"
        f" WHERE {_NAME} AND r.hash = :revision ORDER BY a.number",
        "SELECT a.number, a.id FROM samples AS s CROSS JOIN articles AS a WHERE a.number = s.article"
        f" AND s.hash IN (SELECT CAST(value AS BIGINT) FROM json_each(:hashes)) AND {_NAME}"
        f" GROUP BY a.number, a.id ORDER BY count(*) DESC, a.number LIMIT {_NAMED}",
        f"SELECT a.number, a.id FROM articles AS a WHERE {_NAME} ORDER BY a.number LIMIT {_NAMED}",
    )
    values = named | {"revision": article.revision, "hashes": hashes}
    seen = set[int]()
    for query in (had, alike, any_):
        for number, known_as in connection.execute(query, values):
            if number not in seen and free(known_as) and _by_text(connection, number, known_as, article):
                yield number, known_as
            seen.add(number)


def _by_text(connection: Connection, number: int, known_as: str, article: Article) -> bool:
    """Whether a namesake's id was made, and not given."""
    revisions = connection.execute("SELECT hash FROM revisions WHERE article = ?", (number,))
    return known_as in ids_by_text(
        outlet=article.outlet,
        title=article.title,
        published=article.published,
        revisions=[name for (name,) in revisions],
    )


def _is_version(connection: Connection, number: int, article: Article) -> bool:
    """Whether an article has had this very text, or has one that this is an edit of."""
    had = connection.execute(
        "SELECT 1 FROM revisions WHERE article = ? AND hash = ?", (number, article.revision)
    ).fetchone()
    if had:
        return True
    (body,) = connection.execute(f"SELECT r.body FROM {CURRENT} WHERE a.number = ?", (number,)).fetchone()
    return edited(body, article.body)

"""An article into the rows that keep it, and out of every one of them again; inside a transaction."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import numpy as np

from index.dates import date_span
from index.encoding.encoder import Vectors
from index.errors import BadArticle, BadFilter
from index.letters import latin
from index.records import Article, Passage
from index.split import passage_input
from index.storage import origins, relations, stem_counts
from index.storage.engine import PassageIndex
from index.storage.filters_sql import folded
from index.storage.records import Outcome
from index.storage.rows import not_there
from index.storage.sql import Connection

_META = ("title", "outlet", "agency", "author", "published", "copyright_year", "url", "language")


@dataclass(frozen=True)
class _Row:
    """What is stored of an article: its number, whether it is the same, and what `known` depends on."""

    number: int
    revision: str
    title: str
    meta: tuple[str | int | None, ...]
    latest: str | None
    known: str | None


def input_hash(article: Article, text: str) -> str:
    """The name of what the encoder is given for a passage; equal inputs have equal vectors."""
    return hashlib.sha256(passage_input(article, text).encode()).hexdigest()


def compare(connection: Connection, article: Article) -> Outcome:
    """What adding the article would do."""
    return _outcome(_stored(connection, article.id), article)


def _outcome(row: _Row | None, article: Article) -> Outcome:
    if row is None:
        return "added"
    same = row.revision == article.revision and row.meta == _meta(article)
    return "unchanged" if same else "updated"


def keep(
    connection: Connection,
    article: Article,
    passages: Sequence[Passage],
    vectors: Vectors,
    *,
    dimensions: int,
    index: PassageIndex,
) -> Outcome:
    """Store an article with its passages; nothing happens when it is there already, exactly so.

    A changed body becomes a new revision: the passages of the old one leave the search, its body stays, so
    that what was cited can be shown. Raises `BadArticle` before anything is written.
    """
    span = _span(article)
    _check(article, passages, vectors, dimensions=dimensions)
    row = _stored(connection, article.id)
    outcome = _outcome(row, article)
    if outcome == "unchanged":
        return outcome
    now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S")
    known = _known(article, span[1], row, now=now)
    number = _write_article(connection, article, row, (*span, known), now=now)
    revision = _write_revision(connection, number, article, now=now)
    if row is None or row.revision != article.revision:
        origins.settle(connection, number, article)
        relations.note(connection, number)
    rows = _passage_rows(article, number, revision, passages)
    if row is None or _passages_of(connection, number) != rows:
        if row is not None:
            _drop_passages(connection, number, index)
        seqs = _write_passages(connection, rows)
        texts = [latin(passage.text) for passage in passages]
        index.keep(connection, seqs, title=latin(article.title), texts=texts, vectors=vectors)
    else:
        _tell_of_change(connection)
        if row.title != article.title:
            index.rename(connection, number, latin(article.title))
    return outcome


def lowest_seq(connection: Connection, ids: Sequence[str]) -> int:
    """The lowest sequence number that the articles' passages have; raises `NotInArchive`."""
    lowest: int | None = None
    for article_id in ids:
        (first,) = connection.execute(
            "SELECT min(seq) FROM passages WHERE article = ?", (_number(connection, article_id),)
        ).fetchone()
        lowest = first if lowest is None else min(lowest, first)
    return lowest or 0


def forget(connection: Connection, ids: Sequence[str], *, index: PassageIndex) -> None:
    """Delete articles with everything that names them. Raises `NotInArchive`."""
    for number in dict.fromkeys(_number(connection, article_id) for article_id in ids):
        connection.execute(
            "DELETE FROM asked WHERE number IN (SELECT asked FROM quoted WHERE article = ?)", (number,)
        )
        _drop_passages(connection, number, index)
        connection.execute("DELETE FROM articles WHERE number = ?", (number,))
    index.scrub(connection)


def _number(connection: Connection, article_id: str) -> int:
    row = _stored(connection, article_id)
    if row is None:
        raise not_there(article_id)
    return row.number


def _check(article: Article, passages: Sequence[Passage], vectors: Vectors, *, dimensions: int) -> None:
    where = f"article {article.id!r}"
    if not article.id:
        raise BadArticle(f"{where}: has no id")
    if not passages:
        raise BadArticle(f"{where}: has no passages; expected at least one sentence of text")
    if vectors.shape != (len(passages), dimensions):
        raise BadArticle(
            f"{where}: vectors of shape {vectors.shape}, expected ({len(passages)}, {dimensions})"
        )
    if not np.isfinite(vectors).all():
        raise BadArticle(f"{where}: a vector has values that are not finite")
    for number, passage in enumerate(passages):
        if (passage.article, passage.revision, passage.number) != (article.id, article.revision, number):
            raise BadArticle(f"{where}: passage {number} names another article, revision or number")
        if not passage.text or article.body[passage.start : passage.end] != passage.text:
            raise BadArticle(f"{where}: passage {number} is not its body at {passage.start}–{passage.end}")


def _span(article: Article) -> tuple[str | None, str | None]:
    """The earliest and latest moment of publication, UTC; the copyright year where no date is known."""
    if article.published is not None:
        try:
            return date_span(article.published)
        except BadFilter as exc:
            raise BadArticle(
                f"article {article.id!r}: 'published' is {article.published!r}, "
                "expected an ISO date such as 2020-10-19"
            ) from exc
    if article.copyright_year is not None:
        return f"{article.copyright_year:04}-01-01T00:00:00", f"{article.copyright_year:04}-12-31T23:59:59"
    return None, None


def _known(article: Article, latest: str | None, row: _Row | None, *, now: str) -> str | None:
    """By when this revision had certainly been published.

    A first revision: by its date, or when it was last changed. A body that changed while its date did not was
    changed at a moment that often nobody told us; certain is only that it was so when it was added. So
    `as_of` does not see today's correction in 2020.
    """
    if latest is None:
        return None
    changed = _changed(article, now=now)
    if row is None or row.latest is None or latest > row.latest:
        return max(latest, changed or latest)
    if row.revision != article.revision:
        return max(latest, changed or now)
    return max(latest, row.known) if row.known and row.known > row.latest else latest


def _changed(article: Article, *, now: str) -> str | None:
    """When its source says that the text was last changed, UTC; None where it does not, or not yet."""
    try:
        changed = date_span(article.updated)[1] if article.updated else None
    except BadFilter:
        return None
    return changed if changed and changed <= now else None


def _meta(article: Article) -> tuple[str | int | None, ...]:
    return (
        article.title, article.outlet, article.agency, article.author,
        article.published, article.copyright_year, article.url, article.language,
    )  # fmt: skip


def _stored(connection: Connection, article_id: str) -> _Row | None:
    row = connection.execute(
        f"SELECT number, revision, latest, known, {', '.join(_META)} FROM articles WHERE id = ?",
        (article_id,),
    ).fetchone()
    if row is None:
        return None
    number, revision, latest, known, *meta = row
    return _Row(number, revision, meta[0], tuple(meta), latest, known)


def _write_article(
    connection: Connection,
    article: Article,
    row: _Row | None,
    dates: tuple[str | None, str | None, str | None],
    *,
    now: str,
) -> int:
    values = {
        "revision": article.revision,
        **dict(zip(_META, _meta(article), strict=True)),
        "outlet_folded": folded(article.outlet) if article.outlet else None,
        **dict(zip(("earliest", "latest", "known"), dates, strict=True)),
    }
    if row is None:
        values |= {"id": article.id, "added_at": now, "origin": ""}  # `origins.settle` names it
        marks = ", ".join(f":{name}" for name in values)
        (number,) = connection.execute(
            f"INSERT INTO articles ({', '.join(values)}) VALUES ({marks}) RETURNING number", values
        ).fetchone()
        return int(number)
    sets = ", ".join(f"{name} = :{name}" for name in values)
    connection.execute(f"UPDATE articles SET {sets} WHERE number = :number", values | {"number": row.number})
    return row.number


def _write_revision(connection: Connection, number: int, article: Article, *, now: str) -> int:
    """The number of the current revision; the others are marked as superseded. A body may come back."""
    connection.execute(
        "UPDATE revisions SET superseded_at = ? WHERE article = ? AND hash <> ? AND superseded_at IS NULL",
        (now, number, article.revision),
    )
    (revision,) = connection.execute(
        "INSERT INTO revisions (article, hash, body, added_at) VALUES (?, ?, ?, ?)"
        " ON CONFLICT (article, hash) DO UPDATE SET superseded_at = NULL RETURNING number",
        (number, article.revision, article.body, now),
    ).fetchone()
    stem_counts.count(connection, int(revision), article.body)
    return int(revision)


_PassageRow = tuple[int, int, int, int, int, str, str]


def _passage_rows(
    article: Article, number: int, revision: int, passages: Sequence[Passage]
) -> list[_PassageRow]:
    return [
        (number, revision, p.number, p.start, p.end, json.dumps(p.sentences), input_hash(article, p.text))
        for p in passages
    ]


def _passages_of(connection: Connection, number: int) -> list[_PassageRow]:
    return connection.execute(
        'SELECT article, revision, number, start, "end", sentences, input FROM passages WHERE article = ?'
        " ORDER BY number",
        (number,),
    ).fetchall()


def _write_passages(connection: Connection, rows: Sequence[_PassageRow]) -> list[int]:
    """The sequence numbers that the passages are stored under."""
    connection.executemany(
        'INSERT INTO passages (article, revision, number, start, "end", sentences, input)'
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        rows,
    )
    (article, *_) = rows[0]
    written = connection.execute("SELECT seq FROM passages WHERE article = ? ORDER BY number", (article,))
    return [int(seq) for (seq,) in written]


def _drop_passages(connection: Connection, number: int, index: PassageIndex) -> None:
    """Take an article's passages out of the search; `deletions` tells other processes that some went."""
    index.drop(connection, number)
    gone = connection.execute("DELETE FROM passages WHERE article = ?", (number,)).rowcount
    if gone:
        _tell_of_change(connection)


def _tell_of_change(connection: Connection) -> None:
    """What was remembered of words, of vectors and of which articles pass a filter may no longer be so."""
    connection.execute(
        "UPDATE meta SET value = CAST(CAST(value AS INTEGER) + 1 AS TEXT) WHERE key = 'deletions'"
    )

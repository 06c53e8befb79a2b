"""Stored rows into articles, passages and what an archive says of itself."""

from __future__ import annotations

import json
from collections.abc import Sequence, Set

from index.errors import NotInArchive
from index.records import Article, Passage, Span
from index.stems import Stems, unpacked
from index.storage import stem_counts
from index.storage.filters_sql import Condition
from index.storage.records import ArchiveStatus, EngineState, IndexHealth, StoredIdentity, StoredPassage
from index.storage.sql import Connection, marks

ARTICLE = (
    "a.id, a.title, r.body, a.outlet, a.agency, a.author, a.published, a.copyright_year, a.url, a.language"
)
CURRENT = "articles AS a JOIN revisions AS r ON r.article = a.number AND r.hash = a.revision"
_AT_ONCE = 200  # articles a page; a snapshot is not held open while the caller works on them


def article(connection: Connection, article_id: str, *, revision: str | None) -> Article:
    """An article with its current body, or with that of a revision of it. Raises `NotInArchive`."""
    row = connection.execute(
        f"SELECT {ARTICLE} FROM articles AS a JOIN revisions AS r ON r.article = a.number"
        " WHERE a.id = ? AND r.hash = coalesce(?, a.revision)",
        (article_id, revision),
    ).fetchone()
    if row is None:
        raise not_there(article_id, revision=revision)
    return Article(*row)


def not_there(article_id: str, *, revision: str | None = None) -> NotInArchive:
    """The error for an article, or a revision of it, that the archive does not have."""
    of = f" with revision {revision[:12]}…" if revision else ""
    return NotInArchive(f"no article {article_id!r}{of} in the archive; `dateline list` shows the ids it has")


def page(connection: Connection, *, after: int, condition: Condition) -> list[tuple[int, Article]]:
    """The next 200 articles behind number `after`, with their numbers, in the order of adding."""
    rows = connection.execute(
        f"SELECT a.number, {ARTICLE} FROM {CURRENT} WHERE a.number > ? AND ({condition.sql})"
        " ORDER BY a.number LIMIT ?",
        (after, *condition.parameters, _AT_ONCE),
    )
    return [(number, Article(*rest)) for number, *rest in rows]


def copies_of(connection: Connection, article_id: str) -> list[Article]:
    """The other articles of its origin, in the order in which they were added."""
    rows = connection.execute(
        f"SELECT {ARTICLE} FROM {CURRENT} WHERE a.id <> ?1"
        " AND a.origin = (SELECT origin FROM articles WHERE id = ?1) ORDER BY a.number",
        (article_id,),
    )
    return [Article(*row) for row in rows]


def passages(connection: Connection, seqs: Sequence[int]) -> list[StoredPassage]:
    """The passages of these sequence numbers, in the order asked; those that are gone are left out."""
    rows = connection.execute(
        f'SELECT seq, number, start, "end", sentences, revision FROM passages WHERE seq IN ({marks(seqs)})',
        list(seqs),
    ).fetchall()
    revisions = _revisions(connection, {row[-1] for row in rows})
    found = {}
    for seq, number, start, end, sentences, revision in rows:
        article, name, origin, stems = revisions[revision]
        spans = tuple(map(Span._make, json.loads(sentences)))
        passage = Passage(article.id, name, number, start, end, article.body[start:end], spans)
        found[seq] = StoredPassage(seq, passage, article, origin, stems)
    return [found[seq] for seq in seqs if seq in found]


def _revisions(
    connection: Connection, numbers: Set[int]
) -> dict[int, tuple[Article, str, str, Stems | None]]:
    """Articles by the number of their revision, each read once, with its name, origin and stems."""
    counted = stem_counts.are_counted(connection)
    stems, join = ("s.stems", "LEFT JOIN stems AS s ON s.revision = r.number") if counted else ("NULL", "")
    rows = connection.execute(
        f"SELECT r.number, r.hash, a.origin, {stems}, {ARTICLE} FROM revisions AS r"
        f" JOIN articles AS a ON a.number = r.article {join}"
        f" WHERE r.number IN ({marks(numbers)})",
        list(numbers),
    )
    return {
        number: (Article(*rest), name, origin, unpacked(packed) if packed else None)
        for number, name, origin, packed, *rest in rows
    }


def outlets(connection: Connection) -> list[tuple[str | None, int]]:
    """(outlet, articles), most articles first; one spelling of each outlet."""
    return connection.execute(
        "SELECT min(outlet), count(*) FROM articles GROUP BY outlet_folded"
        " ORDER BY count(*) DESC, outlet_folded NULLS FIRST"
    ).fetchall()


def status(
    connection: Connection,
    *,
    encoder: StoredIdentity,
    index: IndexHealth,
    engine: EngineState,
    unrelated: int,
) -> ArchiveStatus:
    """What is in the archive."""
    articles, origins, undated, earliest, latest = connection.execute(
        "SELECT count(*), count(DISTINCT origin), count(*) - count(published),"
        " min(earliest) FILTER (WHERE published IS NOT NULL),"
        " max(latest) FILTER (WHERE published IS NOT NULL)"
        " FROM articles"
    ).fetchone()
    counts = {
        table: int(connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0])
        for table in ("passages", "revisions", "asked")
    }
    return ArchiveStatus(
        articles=articles,
        passages=counts["passages"],
        revisions=counts["revisions"],
        origins=origins,
        copies=articles - origins,
        undated=undated,
        earliest=earliest,
        latest=latest,
        outlets=tuple(outlets(connection)),
        questions=counts["asked"],
        bytes=engine.bytes,
        encoder=encoder,
        index=index,
        engine=engine,
        unrelated=unrelated,
    )

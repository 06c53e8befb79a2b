"""Editions of a corpus into a PostgreSQL archive, in bulk: COPY, an edition a transaction, no triggers.

`dateline add` takes ten articles a second, since it encodes them; 2,000,000 passages would take a day.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise

import numpy as np

from eval.speed.growth_corpus import Corpus, Edition, Numbers, Places
from index.encoding.encoder import Vectors
from index.records import revision_of
from index.storage.filters_sql import folded
from index.storage.postgres.connection import PostgresConnection, Raw
from index.storage.postgres.postings import BUCKET, LENGTHS
from index.storage.postgres.turns import SCHEMA
from index.storage.relations import keep_upto

_ADDED_AT = "2026-01-01T00:00:00"
_NUMBERED = (("articles", "number"), ("revisions", "number"), ("passages", "seq"))

Tell = Callable[[int], None]  # how many passages are there


def filled(raw: Raw, corpus: Corpus) -> int:
    """How many editions of the corpus an archive holds."""
    (last,) = raw.execute(f"SELECT coalesce(max(number), 0) FROM {SCHEMA}.articles".encode()).fetchone() or (
        0,
    )
    return int(last) // len(corpus.articles)


def fill(raw: Raw, corpus: Corpus, *, upto: int, tell: Tell) -> None:
    """Store the editions that are missing of the first `upto`; the user must be the server's owner.

    A fill that was broken off goes on behind the last edition that arrived.
    """
    for number in range(filled(raw, corpus), upto):
        with raw.transaction():
            # Foreign keys are not looked up: 8,000,000 of them are known to be there.
            raw.execute(b"SET LOCAL session_replication_role = replica")
            raw.execute(f"SET LOCAL search_path = {SCHEMA}, public".encode())
            _store(raw, corpus, corpus.edition(number), number)
        tell((number + 1) * len(corpus.passages))
    for table, column in _NUMBERED:
        raw.execute(
            f"SELECT setval(pg_get_serial_sequence('{SCHEMA}.{table}', '{column}'),"
            f" (SELECT max({column}) FROM {SCHEMA}.{table}))".encode()
        )
    raw.execute(b"ANALYZE")


def _store(raw: Raw, corpus: Corpus, edition: Edition, number: int) -> None:
    first = number * len(corpus.articles) + 1
    # Each edition begins a bucket, so that its postings are rows of their own.
    seqs = number * span(corpus) + 1 + np.arange(len(corpus.passages))
    names = [revision_of(body) for body in edition.bodies]
    suffix = f"-edition-{number}" if number else ""
    rows = list(zip(corpus.articles, edition.titles, edition.bodies, names, strict=True))
    _copy(raw, "articles (number, id, revision, title, outlet, outlet_folded, published, earliest, latest,"
          " known, origin, added_at)",
          ((first + i, row[1] + suffix, name, title, row[4], folded(row[4]) if row[4] else None, *row[6:10],
            row[1] + suffix, _ADDED_AT) for i, (row, title, _, name) in enumerate(rows)))  # fmt: skip
    _copy(raw, "revisions (number, article, hash, body, added_at)",
          ((first + i, first + i, name, body, _ADDED_AT)
           for i, (_, _, body, name) in enumerate(rows)))  # fmt: skip
    _copy(raw, "stems (revision, stems)", ((first + i, row[10]) for i, (row, *_) in enumerate(rows)))
    chance = np.random.default_rng(number)
    _copy(raw, "samples (hash, article)",
          ((int(one), first + i) for i, (row, *_) in enumerate(rows)
           for one in chance.integers(-(2**62), 2**62, row[11])))  # fmt: skip
    _copy(raw, 'passages (seq, article, revision, number, start, "end", sentences, input)',
          ((seq, first + row[0], first + row[0], *row[1:5], chance.bytes(32).hex())
           for seq, row in zip(seqs.tolist(), corpus.passages, strict=True)))  # fmt: skip
    with raw.cursor().copy(b"COPY vectors (seq, vector) FROM STDIN (FORMAT BINARY)") as copy:
        copy.write(packed_vectors(seqs, edition.vectors))
    copy_words(raw, corpus.terms, edition.words, seqs)
    keep_upto(PostgresConnection(raw), first + len(rows) - 1)  # who adds would relate all of them


def span(corpus: Corpus) -> int:
    """By how much the numbers of an edition's passages are beyond those of the one before."""
    return -(-(len(corpus.passages) + 1) // BUCKET) * BUCKET


def _copy(raw: Raw, columns: str, rows: Iterable[Sequence[object]]) -> None:
    with raw.cursor().copy(f"COPY {columns} FROM STDIN".encode()) as copy:
        for row in rows:
            copy.write_row(row)


def packed_vectors(seqs: Numbers, vectors: Vectors) -> bytes:
    """Rows of (seq, vector) in COPY's binary format; pgvector's is a length, 0, and numbers."""
    count, dimensions = vectors.shape
    row = np.dtype([("fields", ">i2"), ("bytes", ">i4"), ("seq", ">i8"), ("size", ">i4"),
                    ("dimensions", ">i2"), ("unused", ">i2"), ("vector", ">f4", (dimensions,))])  # fmt: skip
    rows = np.zeros(count, row)
    rows["fields"], rows["bytes"], rows["seq"] = 2, 8, seqs
    rows["size"], rows["dimensions"], rows["vector"] = 4 + 4 * dimensions, dimensions, vectors
    return b"PGCOPY\n\xff\r\n\0" + bytes(8) + rows.tobytes() + b"\xff\xff"


def copy_words(raw: Raw, terms: Sequence[str], words: Places, seqs: Numbers, *, bucket: int = BUCKET) -> None:
    """Store the postings of passages that are stored as `seqs`."""
    with raw.cursor().copy(b"COPY words (term, bucket, places) FROM STDIN (FORMAT BINARY)") as copy:
        copy.set_types(["text", "int4", "bytea"])
        for row in _rows(terms, words, seqs, bucket):
            copy.write_row(row)


def _rows(
    terms: Sequence[str], words: Places, seqs: Numbers, bucket: int
) -> Iterator[tuple[str, int, bytes]]:
    """The rows of postings, as `index.storage.postgres.postings` writes them, and those of lengths."""
    lengths = np.bincount(words.passages, minlength=len(seqs))
    yield from _cut(seqs, lengths, np.zeros(len(seqs), np.int64), [LENGTHS], bucket)
    yield from _cut(seqs[words.passages], words.places, words.terms, terms, bucket)


def _cut(
    seqs: Numbers, places: Numbers, terms: Numbers, names: Sequence[str], bucket: int
) -> Iterator[tuple[str, int, bytes]]:
    buckets, inside = np.divmod(seqs, bucket)
    order = np.lexsort((places, inside, buckets, terms))
    pairs = np.stack([inside[order], places[order]], axis=1).astype("<u2")
    terms, buckets = terms[order], buckets[order]
    begins = np.flatnonzero((np.diff(terms, prepend=-1) != 0) | (np.diff(buckets, prepend=-1) != 0))
    for start, end in pairwise([*begins.tolist(), len(terms)]):
        yield names[terms[start]], int(buckets[start]), pairs[start:end].tobytes()

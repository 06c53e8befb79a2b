"""An archive's words into postings with rows of several sizes: what they take, to be read and to be added to.

    python -m eval.speed.buckets HOME FOLDER postgresql://… [--editions 8] [--buckets 256,1024,4096,16384]

A row of `index.storage.postgres.postings` has the places of a term in one bucket of passages. Each size gets
a schema of its own in the database, with the same editions (see `growth_corpus`) of the archive in HOME. The
last bucket is half full when batches are added, as it is on the average. Read are the words of the
questions in FOLDER.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from statistics import median
from time import perf_counter

import click
import numpy as np

from eval.cases import load_set
from eval.speed.growth_corpus import Corpus, Places, corpus_of
from eval.speed.growth_fill import copy_words
from index.retrieval.query import read_query
from index.storage.postgres.address import DatabaseAddress
from index.storage.postgres.connecting import connect
from index.storage.postgres.connection import Raw
from index.storage.postgres.postings import Postings
from index.storage.postgres.turns import READ, begun, in_turn

_BATCH, _BATCHES, _QUESTIONS, _LIMIT = 64, 20, 100, 30  # passages a batch is what `ingest` has
_TABLES = (
    'CREATE TABLE {0}.words (term TEXT COLLATE "C" NOT NULL, bucket INTEGER NOT NULL, places BYTEA NOT NULL,'
    " PRIMARY KEY (term, bucket))",
    "CREATE INDEX ON {0}.words (bucket)",
    "CREATE TABLE {0}.meta (key TEXT, value TEXT)",
    "INSERT INTO {0}.meta VALUES ('deletions', '0')",
    "CREATE TABLE {0}.passages (seq BIGINT PRIMARY KEY)",
)


@dataclass(frozen=True)
class BucketFigures:
    """Of rows of one size: bytes and rows a passage, and medians of milliseconds and of the log's bytes."""

    bucket: int
    bytes_a_passage: float
    rows_a_passage: float
    question_ms: float
    batch_ms: float
    log_bytes_a_passage: float


@dataclass(frozen=True)
class _Place:
    """The tables of one size."""

    raw: Raw
    address: DatabaseAddress
    schema: str


def measure(
    at: _Place, corpus: Corpus, questions: Sequence[str], *, bucket: int, editions: int
) -> BucketFigures:
    """Make the postings, and read and write them."""
    raw, schema = at.raw, at.schema
    raw.execute(f"DROP SCHEMA IF EXISTS {schema} CASCADE; CREATE SCHEMA {schema}".encode())
    for table in _TABLES:
        raw.execute(table.format(schema).encode())
    count = passages = 0
    for number in range(editions):
        last = number == editions - 1
        words = corpus.edition(number).words
        most = len(corpus.passages) // bucket * bucket - bucket // 2 if last else len(corpus.passages)
        seqs = count + np.arange(len(corpus.passages))
        with raw.transaction():
            raw.execute(f"SET LOCAL search_path = {schema}".encode())
            copy_words(raw, corpus.terms, _first(words, most), seqs[:most], bucket=bucket)
        passages += most
        count += most if last else -(-most // bucket) * bucket
    raw.execute(f"INSERT INTO {schema}.passages VALUES ({count})".encode())
    raw.execute(f"VACUUM ANALYZE {schema}.words".encode())
    rows, size = raw.execute(
        f"SELECT count(*), pg_total_relation_size('{schema}.words') FROM {schema}.words".encode()
    ).fetchone() or (0, 0)
    postings = Postings(bucket=bucket)
    asked = [_asked(at, postings, question) for question in questions]
    batches = [_added(at, postings, corpus, count + 1 + number * _BATCH) for number in range(_BATCHES)]
    postings.close()
    return BucketFigures(
        bucket,
        size / passages,
        rows / passages,
        1000 * median(asked),
        1000 * median(seconds for seconds, _ in batches),
        median(log for _, log in batches) / _BATCH,
    )


def _first(words: Places, passages: int) -> Places:
    kept = words.passages < passages
    return Places(words.terms[kept], words.passages[kept], words.places[kept])


def _asked(at: _Place, postings: Postings, question: str) -> float:
    words = read_query(question).words
    with begun(at.raw, READ, path=at.schema, address=at.address) as connection:
        postings.total(connection)  # the lengths are read once, whatever is asked
        began = perf_counter()
        postings.search(connection, words, limit=_LIMIT, allowed=None, title_weight=2.0, among=())
        return perf_counter() - began


def _added(at: _Place, postings: Postings, corpus: Corpus, first: int) -> tuple[float, int]:
    """The seconds until a batch is written, and the bytes in the write-ahead log."""
    chosen = corpus.passages[first % 1_000 :: 37][:_BATCH]
    texts = {
        first + number: (corpus.articles[one[0]][2], corpus.articles[one[0]][3][one[2] : one[3]])
        for number, one in enumerate(chosen)
    }
    before = at.raw.execute(b"SELECT pg_current_wal_insert_lsn()").fetchone()
    began = perf_counter()
    with begun(at.raw, in_turn(at.schema), path=at.schema, address=at.address) as connection:
        postings.write(connection, texts)
    taken = perf_counter() - began
    (log,) = at.raw.execute(b"SELECT pg_current_wal_insert_lsn() - $1::pg_lsn", before).fetchone() or (0,)
    return taken, int(log)


@click.command()
@click.argument("home", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.argument("folder", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.argument("database")
@click.option("--editions", default=8, show_default=True)
@click.option("--buckets", default="256,1024,4096,16384", show_default=True)
def main(home: Path, folder: Path, database: str, editions: int, buckets: str) -> None:
    """Print what rows of each size take."""
    corpus = corpus_of(home)
    questions = [case.question for case in islice(load_set(folder).cases, _QUESTIONS)]
    click.echo(f"{'bucket':>8}{'bytes':>8}{'rows':>8}{'question ms':>13}{'batch ms':>10}{'log bytes':>11}")
    address = DatabaseAddress(database)
    with connect(address) as raw:
        for bucket in map(int, buckets.split(",")):
            place = _Place(raw, address, f"bucket_{bucket}")
            one = measure(place, corpus, questions, bucket=bucket, editions=editions)
            click.echo(
                f"{one.bucket:8}{one.bytes_a_passage:8.0f}{one.rows_a_passage:8.1f}{one.question_ms:13.1f}"
                f"{one.batch_ms:10.0f}{one.log_bytes_a_passage:11.0f}"
            )


if __name__ == "__main__":
    main()

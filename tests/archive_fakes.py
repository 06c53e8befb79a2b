"""Invented articles, and an encoder that knows nothing but words: neighbours for the archive's tests."""

from __future__ import annotations

import os
import random
import sqlite3
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from zlib import crc32

import numpy as np

from index.encoding.encoder import Vectors
from index.letters import latin
from index.records import Article, Passage
from index.split import passage_input, split
from index.storage import rows
from index.storage.archive import Archive
from index.storage.engine import ArchiveHome
from index.storage.postgres.address import DatabaseAddress, is_database
from index.storage.postgres.postings import Postings
from index.storage.postgres.terms import Tokeniser
from index.storage.records import Outcome, StoredPassage
from index.storage.writing import input_hash

TOWNS = ("Velmora", "Ostrana", "Kirdal", "Penhallow", "Sabrenko", "Tull", "Miravet", "Ghorran")
THINGS = ("ferry", "granary", "tramway", "reservoir", "archive", "lighthouse", "orchard", "viaduct")
DEEDS = ("reopened", "was inspected", "lost its roof", "was sold", "flooded", "drew a crowd", "fell silent")
OUTLETS = ("Harbour Post", "The Inland Wire", "Tull Courier", None)


class HashedWords:
    """Each word adds to one of 64 numbers; texts with the same words have the same vector."""

    name = "hashed-words"
    fingerprint = "f" * 64
    dimensions = 64
    max_tokens = 64

    def __init__(self) -> None:
        self.encoded: list[str] = []

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        return [len(text.split()) for text in texts]

    def encode(self, texts: Sequence[str]) -> Vectors:
        self.encoded += texts
        vectors = np.full((len(texts), self.dimensions), 1e-3, np.float32)
        for row, text in enumerate(texts):
            for word in text.casefold().split():
                hashed = crc32(word.encode())
                vectors[row, hashed % self.dimensions] += 1 + hashed % 7 / 10
        return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def invented(number: int, *, sentences: int = 12, edition: int = 0) -> Article:
    """Article `number`: a few paragraphs on nothing, with one word that stands in no other article."""
    pick = random.Random(f"{number}/{edition}")
    lines = [f"The mark of this report is {mark(number)}."]
    for line in range(sentences):
        town, thing, deed = pick.choice(TOWNS), pick.choice(THINGS), pick.choice(DEEDS)
        lines.append(
            f"On day {line + 1} the {thing} of {town} {deed} and {pick.randrange(900)} people saw it."
        )
    paragraphs = [" ".join(lines[start : start + 4]) for start in range(0, len(lines), 4)]
    return Article(
        id=f"a{number}",
        title=f"Report {number} from {pick.choice(TOWNS)}",
        body="\n\n".join(paragraphs),
        outlet=OUTLETS[number % len(OUTLETS)],
        published=f"2020-{number % 12 + 1:02}-{number % 28 + 1:02}",
        language="en",
    )


def mark(number: int) -> str:
    """The word that only article `number` has."""
    return "q" + "".join("bcdfghjklm"[int(digit)] for digit in f"{number:06}") + "zu"


def put(archive: Archive, article: Article, encoder: HashedWords | None = None) -> Outcome:
    """Add one article, split and encoded."""
    encoder = encoder or HashedWords()
    passages = split(article, encoder)
    return archive.add(article, passages, vectors_for(article, passages, encoder))


def vectors_for(article: Article, passages: Sequence[Passage], encoder: HashedWords) -> Vectors:
    """The vectors of an article's passages, as ingest makes them."""
    return encoder.encode([passage_input(article, passage.text) for passage in passages])


def hashes_for(article: Article, encoder: HashedWords) -> list[str]:
    """The names of what the encoder is given for an article."""
    return [input_hash(article, passage.text) for passage in split(article, encoder)]


def question(text: str) -> Vectors:
    """A question's vector, shape (64,)."""
    return HashedWords().encode([text])[0]


def faults(home: ArchiveHome) -> list[str]:
    """What is wrong with an archive of invented articles: anything half there, or not as it went in."""
    wrong = _faults_of_database(home) if isinstance(home, DatabaseAddress) else _faults_of_file(home)
    encoder = HashedWords()
    with Archive.open(home, encoder) as archive:
        stored: dict[str, list[StoredPassage]] = {}
        with archive._engine.snapshot() as connection:
            seqs = [seq for (seq,) in connection.execute("SELECT seq FROM passages ORDER BY seq")]
        for one in archive.passages(seqs):
            stored.setdefault(one.article.id, []).append(one)
        for article in archive.articles():
            expected = split(article, encoder)
            have = [one.passage for one in stored.pop(article.id, [])]
            if have != expected:
                wrong.append(f"{article.id}: {len(have)} passages of {len(expected)}, or other ones")
            names = hashes_for(article, encoder)
            vectors = archive.vectors_of(names)
            exact = vectors_for(article, expected, encoder)
            if not all(np.allclose(vectors[name], row) for name, row in zip(names, exact, strict=True)):
                wrong.append(f"{article.id}: a vector is not that of its passage")
        wrong += [f"{name}: passages without an article" for name in stored]
    return wrong


def _faults_of_file(home: Path) -> list[str]:
    connection = sqlite3.connect(home / "archive.sqlite", isolation_level=None)
    wrong = [f"{check}: {row}" for check in ("integrity_check", "foreign_key_check")
             for row in connection.execute(f"PRAGMA {check}") if row != ("ok",)]  # fmt: skip
    try:
        connection.execute("INSERT INTO passages_fts (passages_fts, rank) VALUES ('integrity-check', 1)")
    except sqlite3.DatabaseError as exc:
        wrong.append(f"full-text: {exc}")
    counts = [connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
              for table in ("passages", "vectors", "passages_fts")]  # fmt: skip
    connection.close()
    if len(set(counts)) != 1:
        wrong.append(f"passages, vectors and full-text rows: {counts}")
    return wrong


def _faults_of_database(home: DatabaseAddress) -> list[str]:
    """Every place of every term must be one that its passage has, and the other way round."""
    with Archive.open(home) as archive, archive._engine.snapshot() as connection:
        wrong = [fault] if (fault := archive._engine.fault(connection)) else []
        seqs = [seq for (seq,) in connection.execute("SELECT seq FROM passages ORDER BY seq")]
        texts = [
            (latin(one.article.title), latin(one.passage.text)) for one in rows.passages(connection, seqs)
        ]
        tokeniser = Tokeniser()
        expected = {(term, seqs[text], place) for term, text, place in tokeniser.places(texts)}
        tokeniser.close()
        kept = Postings()._read(connection, sorted({term for term, _, _ in expected}))
        (terms,) = connection.execute("SELECT count(DISTINCT term) FROM words WHERE term <> ''").fetchone()
    found = [(term, *place) for term, some in kept.items()
             for place in zip(some.seqs.tolist(), some.places.tolist(), strict=True)]  # fmt: skip
    if len(found) != len(expected) or set(found) != expected or terms != len(kept):
        wrong.append(f"places of terms: {len(found)} of {len(expected)}, {terms} terms of {len(kept)}")
    return wrong


def name_of(home: ArchiveHome) -> str:
    """A home as one argument of a program that a test starts."""
    return home.url if isinstance(home, DatabaseAddress) else str(home)


def home_named(name: str) -> ArchiveHome:
    """What `name_of` named."""
    return DatabaseAddress(name) if is_database(name) else Path(name)


def in_child(code: str, *arguments: str) -> subprocess.Popen[str]:
    """A Python program beside the tests, which may import what they do."""
    tests = Path(__file__).parent
    return subprocess.Popen(
        [sys.executable, "-c", code, *arguments],
        cwd=tests,
        env={**os.environ, "PYTHONPATH": str(tests.parent)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def exit_of(code: str, *arguments: str) -> int:
    """How such a program ended."""
    with in_child(code, *arguments) as child:
        return child.wait()

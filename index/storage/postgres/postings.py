"""Words into the passages that hold them: BM25 over postings that are kept in a table, four bytes a place.

A row of `words` has the places of one term in one bucket of 1,024 passages: pairs of 16 bits, the passage in
the bucket and the place in it (`terms.TITLE` and on: in the title). The rows of the empty term have each
passage's length instead of a place. So a question reads a few rows for each of its words, whose places are
scored in one go here, not row by row in the database.

BM25: Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond" (2009), as FTS5 has it
(k1 = 1.2, b = 0.75, a title's places weigh more), with the same terms: both engines give one ranking.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.letters import latin
from index.storage.exact import Integers, ranked, state_of
from index.storage.postgres.terms import TITLE, Tokeniser
from index.storage.records import Match
from index.storage.sql import Connection, marks

BUCKET = 1_024  # passages; larger ones make fewer rows, and each batch rewrites more of them
LENGTHS = ""  # the term whose places are lengths
_K1, _B = 1.2, 0.75
_LEAST = 1e-6  # what a word weighs that stands in half of all passages, or more

_Pairs = NDArray[np.uint16]
_Texts = Mapping[int, tuple[str, str]]


@dataclass(frozen=True)
class _Places:
    """Where a term or a phrase stands: passages, ascending, and places in them; both have shape (n,)."""

    seqs: Integers
    places: Integers

    def followed_by(self, other: _Places) -> _Places:
        """Those of its places right behind which the other stands."""
        mine, theirs = self.seqs << 16 | self.places, other.seqs << 16 | other.places
        kept = np.isin(mine + 1, theirs)
        return _Places(self.seqs[kept], self.places[kept])

    def frequencies(self, title_weight: float) -> tuple[Integers, NDArray[np.float64]]:
        """The passages, each once, and how often it stands in each."""
        if not len(self.seqs):
            return self.seqs, np.empty(0)
        first = np.flatnonzero(np.diff(self.seqs, prepend=-1))
        weights = np.where(self.places >= TITLE, title_weight, 1.0)
        return self.seqs[first], np.add.reduceat(weights, first)


_NOWHERE = _Places(np.empty(0, np.int64), np.empty(0, np.int64))


class Postings:
    """The postings of an archive. Thread-safe."""

    def __init__(self, *, bucket: int = BUCKET) -> None:
        self._bucket = bucket
        self._tokeniser = Tokeniser()
        self._lengths: tuple[tuple[int, int], NDArray[np.float64]] = ((-1, -1), np.empty(0))

    def write(self, connection: Connection, texts: _Texts) -> None:
        """Take in passages by their numbers, each with its title and text."""
        seqs = sorted(texts)
        rows: dict[tuple[str, int], list[int]] = defaultdict(list)
        lengths = dict.fromkeys(seqs, 0)
        for term, number, place in self._tokeniser.places([texts[seq] for seq in seqs]):
            bucket, passage = divmod(seqs[number], self._bucket)
            rows[term, bucket] += (passage, place)
            lengths[seqs[number]] += 1
        for seq, length in lengths.items():
            bucket, passage = divmod(seq, self._bucket)
            rows[LENGTHS, bucket] += (passage, min(length, 0xFFFF))
        packed = [np.array(pairs, "<u2").tobytes() for pairs in rows.values()]
        connection.execute(
            "INSERT INTO words (term, bucket, places) SELECT * FROM unnest("
            "CAST(? AS text[]), CAST(? AS integer[]), CAST(? AS bytea[]))"
            " ON CONFLICT (term, bucket) DO UPDATE SET places = words.places || excluded.places",
            ([term for term, _ in rows], [bucket for _, bucket in rows], packed),
        )

    def erase(self, connection: Connection, seqs: Set[int]) -> None:
        """Forget passages: every place of theirs is cut out of its row."""
        for bucket in sorted({seq // self._bucket for seq in seqs}):
            gone = np.zeros(self._bucket, bool)
            gone[[seq % self._bucket for seq in seqs if seq // self._bucket == bucket]] = True
            left: dict[str, bytes] = {}
            rows = connection.execute("SELECT term, places FROM words WHERE bucket = ?", (bucket,))
            for term, packed in rows:
                pairs = _pairs(packed)
                kept = ~gone[pairs[:, 0]]
                if not kept.all():
                    left[term] = pairs[kept].tobytes()
            connection.execute(
                "UPDATE words SET places = new.places FROM unnest(CAST(? AS text[]), CAST(? AS bytea[]))"
                " AS new (term, places) WHERE words.term = new.term AND words.bucket = ?",
                (list(left), list(left.values()), bucket),
            )
            connection.execute("DELETE FROM words WHERE bucket = ? AND length(places) = 0", (bucket,))

    def search(
        self,
        connection: Connection,
        words: Sequence[str],
        *,
        limit: int,
        allowed: Integers | None,
        title_weight: float,
        among: Sequence[str],
    ) -> list[Match]:
        """The `limit` passages of those `allowed` (None: of all) with the highest score, best first.

        `among` are those of the words of which one must stand there; as in FTS5, where that is a condition
        beside the others, they count twice.
        """
        lengths = self._lengths_of(connection)
        total = int(np.count_nonzero(lengths))
        if not total:
            return []
        mean = lengths.sum() / total
        wanted = list(dict.fromkeys(words))
        found = self._find(connection, [*wanted, *among])
        scores, may = np.zeros(len(lengths)), np.zeros(len(lengths), bool)
        for number, places in enumerate(found):
            seqs, times = places.frequencies(title_weight)
            weight = max(np.log((total - len(seqs) + 0.5) / (len(seqs) + 0.5)), 0.0) or _LEAST
            long = 1 - _B + _B * lengths[seqs] / mean
            scores[seqs] += weight * times * (_K1 + 1) / (times + _K1 * long)
            if number >= len(wanted) or not among:
                may[seqs] = True
        rows = np.flatnonzero(may) if allowed is None else allowed[may[allowed]]
        return ranked(rows, scores[rows], limit=limit)

    def counts(
        self, connection: Connection, words: Sequence[str], *, allowed: Integers | None
    ) -> dict[str, int]:
        """In how many of the passages each word stands; one of two parts is a phrase."""
        counted = {}
        for word, places in zip(words, self._find(connection, words), strict=True):
            seqs = np.unique(places.seqs)
            counted[word] = len(seqs if allowed is None else np.intersect1d(seqs, allowed))
        return counted

    def holding(self, connection: Connection, word: str) -> list[int]:
        """The passages that hold a word."""
        (places,) = self._find(connection, [word])
        return [int(seq) for seq in np.unique(places.seqs)]

    def total(self, connection: Connection) -> int:
        """How many passages have words."""
        return int(np.count_nonzero(self._lengths_of(connection)))

    def close(self) -> None:
        """Let go of the tokeniser."""
        self._tokeniser.close()

    def _find(self, connection: Connection, words: Sequence[str]) -> list[_Places]:
        """Where each word stands; one of several terms as a phrase."""
        phrases = self._tokeniser.phrases([latin(word.replace("\0", "")) for word in words])
        found = self._read(connection, sorted({term for phrase in phrases for term in phrase}))
        return [_phrase([found.get(term, _NOWHERE) for term in phrase]) for phrase in phrases]

    def _read(self, connection: Connection, terms: Sequence[str]) -> dict[str, _Places]:
        """Where each of these terms stands."""
        rows = connection.execute(
            f"SELECT term, bucket, places FROM words WHERE term IN ({marks(terms)}) ORDER BY term, bucket",
            terms,
        )
        parts: dict[str, list[tuple[Integers, Integers]]] = defaultdict(list)
        for term, bucket, packed in rows:
            pairs = _pairs(packed).astype(np.int64)
            parts[term].append((pairs[:, 0] + bucket * self._bucket, pairs[:, 1]))
        return {
            term: _Places(np.concatenate([one for one, _ in some]), np.concatenate([one for _, one in some]))
            for term, some in parts.items()
        }

    def _lengths_of(self, connection: Connection) -> NDArray[np.float64]:
        """How many terms each passage has, by its number; 0 where there is none.

        Of what was only added since the last time, those buckets are read; where some are gone, all.
        """
        state, (of, known) = state_of(connection), self._lengths
        if of == state:
            return known
        whole = min(of[0], state[0]) // self._bucket * self._bucket
        same = known[:whole] if of[1] == state[1] else known[:0]
        lengths = np.zeros(state[0] + 1)
        lengths[: len(same)] = same
        newer = connection.execute(
            "SELECT bucket, places FROM words WHERE term = ? AND bucket >= ?",
            (LENGTHS, len(same) // self._bucket),
        )
        for bucket, packed in newer:
            pairs = _pairs(packed).astype(np.int64)
            lengths[pairs[:, 0] + bucket * self._bucket] = pairs[:, 1]
        self._lengths = (state, lengths)
        return lengths


def _phrase(terms: Sequence[_Places]) -> _Places:
    """Where terms stand one behind the other: the places of the last of them."""
    if not terms:
        return _NOWHERE
    following = terms[-1]
    for term in reversed(terms[:-1]):
        following = term.followed_by(following)
    return following


def _pairs(packed: bytes) -> _Pairs:
    return np.frombuffer(packed, "<u2").reshape(-1, 2)

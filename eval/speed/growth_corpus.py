"""An archive's articles into as many editions of them as are wanted, with texts edited and vectors made up.

An edition has the same articles with every third longer word, and every figure, in another's place of the
same length: what was cut at some letter is still cut there, and the words of all editions are as common as
those of the first. A vector is the first edition's, moved by half the difference of two others: so it stays
among the vectors of texts, where numbers drawn at random would not, which have hardly any neighbours.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.encoding.encoder import Vectors
from index.letters import latin
from index.storage.archive import Archive
from index.storage.engine import reading
from index.storage.postgres.terms import TITLE, Tokeniser
from index.storage.sql import Connection

_WORD = re.compile(r"([^\W_]+)")
_EDITED = re.compile(r"[a-z]{4,}|[0-9]+")
_REPLACED = 1 / 3
_MOVED = 0.5

Numbers = NDArray[np.int64]


@dataclass(frozen=True)
class Places:
    """Where terms stand: passages, counted from 0, and places in them, as postings have them."""

    terms: Numbers
    passages: Numbers
    places: Numbers


@dataclass(frozen=True)
class Edition:
    """All articles once more: titles and bodies in their order, the vectors and the words of all passages."""

    titles: list[str]
    bodies: list[str]
    vectors: Vectors
    words: Places


class Corpus:
    """The articles of an archive that editions are made of; `articles`, `passages` and so on are its rows."""

    def __init__(self, connection: Connection, archive: Archive) -> None:
        self.articles = connection.execute(
            "SELECT a.number, a.id, a.title, r.body, a.outlet, a.outlet_folded, a.published, a.earliest,"
            " a.latest, a.known, s.stems, (SELECT count(*) FROM samples WHERE article = a.number)"
            " FROM articles AS a JOIN revisions AS r ON r.article = a.number AND r.hash = a.revision"
            " JOIN stems AS s ON s.revision = r.number ORDER BY a.number"
        ).fetchall()
        place = {row[0]: number for number, row in enumerate(self.articles)}
        rows = connection.execute(
            'SELECT article, number, start, "end", sentences, input FROM passages ORDER BY article, number'
        ).fetchall()
        self.passages = [(place[article], *rest) for article, *rest in rows]
        inputs = sorted({row[-1] for row in rows})
        known: dict[str, Vectors] = {}
        for start in range(0, len(inputs), 500):
            known |= archive.vectors_of(inputs[start : start + 500])
        self.vectors: Vectors = np.stack([known[row[-1]] for row in rows])
        self._cut()

    def edition(self, number: int) -> Edition:
        """The edition of a number, the same each time; that of 0 is the archive itself."""
        chance = np.random.default_rng(number)
        words = self._words if not number else self._exchanged(chance)
        pieces = self._pieces.copy()
        pieces[self._word_at] = self._surfaces[words]
        texts = ["".join(pieces[start:end]) for start, end in self._texts]
        half = len(texts) // 2
        return Edition(texts[:half], texts[half:], self._moved(chance, number), self._placed(words))

    def _cut(self) -> None:
        """Titles, then bodies, into words and what stands between them."""
        texts = [row[2] for row in self.articles] + [row[3] for row in self.articles]
        pieces: list[str] = []
        bounds, word_at, word_text, word_start = [], [], [], []
        for number, text in enumerate(texts):
            cut = _WORD.split(text)
            lengths = np.cumsum([0, *map(len, cut)])
            word_at.append(len(pieces) + np.arange(1, len(cut), 2))
            word_start.append(lengths[1 : len(cut) : 2])
            word_text.append(np.full(len(cut) // 2, number))
            bounds.append((len(pieces), len(pieces) + len(cut)))
            pieces += cut
        self._pieces = np.array(pieces, object)
        self._texts = bounds
        self._word_at = np.concatenate(word_at)
        surfaces, self._words = _numbered([pieces[at] for at in self._word_at])
        self._surfaces = np.array(surfaces, object)
        self.terms, self._term_of = _terms_of(surfaces)
        kind = np.array([len(one) * 2 + one.isdigit() if _EDITED.fullmatch(one) else 0 for one in surfaces])
        self._kind = kind[self._words]
        self._occurrences = self._located(np.concatenate(word_text), np.concatenate(word_start))

    def _located(self, texts: Numbers, starts: Numbers) -> tuple[Numbers, Numbers, Numbers]:
        """Each word's number among all words, the passage and the place; a title is in all passages."""
        half = len(self.articles)
        article = np.array([row[0] for row in self.passages])
        start, end = (np.array([row[column] for row in self.passages]) for column in (2, 3))
        first = np.searchsorted(article, np.arange(half + 1))
        bounds = np.searchsorted(texts, np.arange(2 * half + 1))
        found: list[tuple[Numbers, Numbers, Numbers]] = []
        for number in range(half):
            title = np.arange(bounds[number], bounds[number + 1])
            low, high = bounds[half + number], bounds[half + number + 1]
            for passage in range(first[number], first[number + 1]):
                inside = np.arange(*(low + np.searchsorted(starts[low:high], (start[passage], end[passage]))))
                found.append((inside, np.full(len(inside), passage), np.arange(len(inside))))
                found.append((title, np.full(len(title), passage), TITLE + np.arange(len(title))))
        words, passages, places = (np.concatenate(one) for one in zip(*found, strict=True))
        return words, passages, places

    def _exchanged(self, chance: np.random.Generator) -> Numbers:
        """The words with a part of them in each other's places, among those of one length and kind."""
        words = self._words.copy()
        chosen = np.flatnonzero((self._kind > 0) & (chance.random(len(words)) < _REPLACED))
        kinds = self._kind[chosen]
        into, out = np.argsort(kinds, kind="stable"), np.lexsort((chance.random(len(chosen)), kinds))
        words[chosen[into]] = self._words[chosen[out]]
        return words

    def _moved(self, chance: np.random.Generator, number: int) -> Vectors:
        if not number:
            return self.vectors
        count = len(self.vectors)
        one, other = chance.permutation(count), chance.permutation(count)
        moved = self.vectors + _MOVED * (self.vectors[one] - self.vectors[other])
        moved /= np.linalg.norm(moved, axis=1, keepdims=True)
        return moved.astype(np.float32)

    def _placed(self, words: Numbers) -> Places:
        at, passages, places = self._occurrences
        terms = self._term_of[words[at]]
        known = terms >= 0
        return Places(terms[known], passages[known], places[known])


def _numbered(words: Sequence[str]) -> tuple[list[str], Numbers]:
    """The different words, and of each word which of them it is."""
    numbers: dict[str, int] = {}
    at = np.fromiter((numbers.setdefault(word, len(numbers)) for word in words), np.int64, len(words))
    return list(numbers), at


def _terms_of(surfaces: Sequence[str]) -> tuple[list[str], Numbers]:
    """The different terms of words, and of each word which it has; -1 where it is not just one."""
    tokeniser = Tokeniser()
    try:
        phrases = tokeniser.phrases([latin(one) for one in surfaces])
    finally:
        tokeniser.close()
    terms, numbers = _numbered([one[0] if len(one) == 1 else "" for one in phrases])
    if "" in terms:
        numbers = np.where(numbers == terms.index(""), -1, numbers)
    return terms, numbers


def corpus_of(home: Path) -> Corpus:
    """The corpus of the archive in a folder."""
    with Archive.open(home) as archive, reading(home) as connection:
        return Corpus(connection, archive)

"""A text into the stems of its words and how often each stands in it, packed into a few bytes a stem."""

from __future__ import annotations

import re
import zlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import snowballstemmer
from numpy.typing import NDArray

from index.letters import folded

_WORD = re.compile(r"(?<!\w)[^\W_]+")
_MOST = 255


@dataclass(frozen=True)
class Stems:
    """The stems of one text by the hashes of their letters (32 bits, ascending), and their counts up to 255.

    Two of a million words share a hash by chance about once in ten texts, and then count together.
    """

    hashes: NDArray[np.uint32]
    counts: NDArray[np.uint8]

    def counts_of(self, keys: Iterable[str]) -> dict[str, int]:
        """How often each of these stems stands in the text; those that do not are left out."""
        wanted = list(keys)
        hashes = np.array([_hash(key) for key in wanted], np.uint32)
        at = np.minimum(np.searchsorted(self.hashes, hashes), len(self.hashes) - 1)
        found = np.where(self.hashes[at] == hashes, self.counts[at], 0) if len(self.hashes) else 0 * hashes
        return {key: int(count) for key, count in zip(wanted, found, strict=True) if count}

    def packed(self) -> bytes:
        """Five bytes a stem: the hashes, little-endian, then the counts."""
        return self.hashes.astype("<u4").tobytes() + self.counts.tobytes()


def stems_of(text: str) -> Stems:
    """The stems of a text."""
    counts: Counter[int] = Counter()
    for word, count in Counter(_WORD.findall(folded(text))).items():
        counts[_hash(stem(word))] += count
    ordered = sorted(counts.items())
    return Stems(
        np.array([value for value, _ in ordered], np.uint32),
        np.array([min(count, _MOST) for _, count in ordered], np.uint8),
    )


def unpacked(packed: bytes) -> Stems:
    """What `Stems.packed` gave."""
    size = len(packed) // 5
    return Stems(np.frombuffer(packed, "<u4", size), np.frombuffer(packed, np.uint8, size, 4 * size))


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """The stem by Porter's algorithm, as in the full-text index; what is not Latin stays as it is."""
    return str(snowballstemmer.stemmer("porter").stemWord(word)) if word.isascii() else word


@lru_cache(maxsize=100_000)
def _hash(key: str) -> int:
    return zlib.crc32(key.encode())

"""The soak: how long a damaged index of 20,000 passages takes to be built anew, and what it leaves."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from archive_fakes import HashedWords, invented, put
from test_vectors import FILES, damage

from index.encoding.encoder import Vectors
from index.storage.archive import Archive

PASSAGES, LONGEST = 20_000, 60.0
DIMENSIONS = 384  # as the default encoder has


class Scattered(HashedWords):
    """Vectors as many and as long as real ones, in any direction."""

    dimensions = DIMENSIONS

    def encode(self, texts: list[str]) -> Vectors:
        rows = [np.random.default_rng(random.Random(text).getrandbits(64)).normal(size=DIMENSIONS)
                for text in texts]  # fmt: skip
        vectors = np.array(rows, np.float32).reshape(len(texts), DIMENSIONS)
        return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


@pytest.mark.soak
def test_a_damaged_index_is_built_anew_within_a_minute_and_no_file_runs_away(
    tmp_path: Path, figure: Callable[[str], None], many: Callable[[int], int]
) -> None:
    home, wanted, encoder = tmp_path / "home", many(PASSAGES), Scattered()
    with Archive.open(home, encoder, write=True, index_from=100) as archive:
        first, total = 0, 0
        while total < wanted:
            with archive.batch():
                for number in range(first, first + 5):
                    put(archive, invented(number, sentences=2000), encoder)
            first, total = first + 5, archive.passage_total()
        assert archive.tend() is None
        before = sum(path.stat().st_size for path in home.rglob("*") if path.is_file())
    slowest = 0.0
    for name in FILES:
        damage(next((home / "vectors").rglob(name)), "one bit")
        with Archive.open(home, encoder, write=True, index_from=100) as archive:
            state = archive.status().index.state
            began = time.monotonic()
            assert archive.tend() is None
            slowest = max(slowest, time.monotonic() - began)
            assert (state, archive.status().index.state) == ("damaged", "ready"), name
            assert archive.search_vectors(encoder.encode(["The ferry of Tull"])[0], limit=5)
        after = sum(path.stat().st_size for path in home.rglob("*") if path.is_file())
        assert after < 1.5 * before, f"{name}: {before:,} bytes before, {after:,} now"
    figure(f"an index of {total:,} passages built anew {len(FILES)} times, the longest {slowest:.0f} s")
    assert slowest <= LONGEST

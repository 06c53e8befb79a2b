"""The vectors of an archive into a checked generation of its index; run as a module, the guarded half of it.

A child process builds the folder, opens a copy of it as any reader would, counts, and asks for sampled
vectors, which must find themselves. Only then is the folder described and brought into use.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import uuid4

import numpy as np

from index.guard import enter_guard, run_guarded
from index.storage.connections import open_reader
from index.storage.exact import block_of, read_vectors
from index.storage.generations import Generation, Generations, describe
from index.storage.sql import Connection
from index.storage.vector_index import IndexBroken, VectorIndex, build_index, library_version, open_index

_SAMPLES = 50
_FOUND = 0.95  # of the samples; a graph over many equal vectors may leave one out
_FINDS_WITHIN = 10  # nearest


def make_generation(
    database: Path,
    generations: Generations,
    *,
    upto: int,
    count: int,
    dimensions: int,
    stop: Callable[[], bool],
) -> Generation:
    """Build, check and describe an index over the `count` vectors with `seq <= upto`; not yet in use.

    Raises `IndexBroken` when the child fails or runs out of its limits, or `stop()` says so.
    """
    name = f"{upto}-{uuid4().hex[:8]}"
    folder = generations.folder / name
    folder.mkdir()
    # Chroma 1.5.9 through LlamaIndex: 6 kB a passage beside 4 bytes a dimension, three times over.
    file_limit = (64 << 20) + count * (16_384 + 16 * dimensions)
    # Measured 3 ms a vector on a busy core, at 40,000; ten times that, and a minute for importing and
    # opening.
    timeout = 60 + count * 0.03
    arguments = [str(database.absolute()), str(folder.absolute()), str(upto), str(count), str(dimensions)]
    failure = run_guarded(
        "index.storage.indexing", arguments, folder=folder, file_limit=file_limit, timeout=timeout, stop=stop
    )
    if failure:
        raise IndexBroken(f"the index over {count:,} passages could not be made: {failure}")
    return describe(folder, upto=upto, count=count, library=library_version())


def main(arguments: list[str]) -> None:
    """What the child does."""
    database, folder_name, *numbers = enter_guard(arguments)
    upto, count, dimensions = map(int, numbers)
    folder = Path(folder_name)
    connection = open_reader(Path(database))
    blocks = read_vectors(connection, after=0, upto=upto, dimensions=dimensions)
    build_index(folder, blocks, count=count)
    with TemporaryDirectory(dir=folder.parent, prefix="check-") as copy:  # a kill leaves it to `sweep`
        shutil.copytree(folder, copy, dirs_exist_ok=True)
        index = open_index(Path(copy))
        _check(index, connection, upto=upto, count=count, dimensions=dimensions)
        index.close()


def _check(index: VectorIndex, connection: Connection, *, upto: int, count: int, dimensions: int) -> None:
    """Raise `IndexBroken` unless it holds `count` vectors and sampled ones find themselves or equals."""
    if index.count != count:
        raise IndexBroken(f"it holds {index.count} vectors instead of {count}")
    step = max(1, count // _SAMPLES)
    rows = connection.execute(
        "SELECT seq, 0, vector FROM"
        " (SELECT seq, vector, row_number() OVER (ORDER BY seq) AS place FROM vectors WHERE seq <= ?)"
        " WHERE place % ? = 0",
        (upto, step),
    ).fetchall()
    samples = block_of(rows, dimensions=dimensions)
    found = 0
    for vector in samples.vectors:
        near = index.nearest(vector, limit=_FINDS_WITHIN)
        marks = ", ".join("?" * len(near))
        near_rows = connection.execute(f"SELECT seq, 0, vector FROM vectors WHERE seq IN ({marks})", near)
        scores = np.vecdot(block_of(near_rows.fetchall(), dimensions=dimensions).vectors, vector)
        found += bool(len(scores) and np.max(scores) > np.dot(vector, vector) - 1e-4)
    if found < _FOUND * len(rows):
        raise IndexBroken(f"only {found} of {len(rows)} sampled vectors find themselves")


if __name__ == "__main__":
    main(sys.argv[1:])

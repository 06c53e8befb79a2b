"""What the archive asks of an index of nearest neighbours, and the one place that chooses who keeps it.

Another library needs a file like `index.storage.chroma`, and is named here instead; what it builds is
checked, copied and replaced without knowing it (see `index.storage.generations`).
"""

from __future__ import annotations

from collections.abc import Iterable
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Protocol

from index.encoding.encoder import Vectors
from index.extras import installing
from index.storage.exact import VectorBlock


class IndexBroken(Exception):
    """The index cannot be used, whatever the reason; the archive then searches exactly."""


class VectorIndex(Protocol):
    """An open index; `count` is how many vectors it holds."""

    @property
    def count(self) -> int:
        """How many vectors it holds."""

    def nearest(self, vector: Vectors, *, limit: int) -> list[int]:
        """The sequence numbers of about the `limit` nearest vectors, nearest first. Raises `IndexBroken`."""

    def close(self) -> None:
        """Let go of the files."""


def open_index(folder: Path) -> VectorIndex:
    """Open a folder that `build_index` made, and that may be written to. Raises `IndexBroken`."""
    from index.storage.chroma import ChromaIndex

    return ChromaIndex.open(folder)


def build_index(folder: Path, blocks: Iterable[VectorBlock], *, count: int) -> None:
    """Put `count` vectors into a new folder. Raises `IndexBroken`."""
    library_version()  # without Chroma there is no use in trying
    from index.storage.chroma import build

    build(folder, blocks, count=count)


def library_version() -> str:
    """The version of the library; a folder that another one made is built anew.

    Raises `IndexBroken` where it is not installed.
    """
    try:
        return version("chromadb")
    except PackageNotFoundError as exc:
        raise IndexBroken(
            f"Chroma is not installed here: `{installing('llama-index-vector-stores-chroma')}` brings it"
        ) from exc


def check_library(made_by: str) -> None:
    """Raise `IndexBroken` where a folder was made by another version."""
    if made_by != library_version():
        raise IndexBroken(f"made by Chroma {made_by}, this is {library_version()}")

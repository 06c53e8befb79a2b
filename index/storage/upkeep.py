"""The nearest-neighbour index kept in step with the archive: when to build it anew, what state it is in."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from index.storage.connections import ReadConnections
from index.storage.generations import Generation, Generations
from index.storage.indexing import make_generation
from index.storage.records import IndexHealth
from index.storage.sql import Connection
from index.storage.vector_index import IndexBroken, check_library

_DEAD = 0.2  # of an index: beyond it, asking for twice as many as wanted may leave too few


class Upkeep:
    """What the writer does for the index; `health` is for readers too."""

    def __init__(self, database: Path, generations: Generations, *, dimensions: int, index_from: int) -> None:
        self._database = database
        self._generations = generations
        self._dimensions = dimensions
        self._index_from = index_from
        self._sound: str | None = None  # the generation whose bytes were checked
        self._failed: str | None = None

    def tend(self, readers: ReadConnections, *, stop: Callable[[], bool]) -> str | None:
        """Build the index anew when it is due; returns why that failed, or None. It is then not tried again.

        Due: it is damaged or of another Chroma; a fifth of it is deleted; or what is newer is more than both
        `index_from` and half of what it holds, so that 400,000 passages added in one go cost four builds.
        """
        with readers.snapshot() as connection:
            upto, total, due = self._look(connection)
        if not due or self._failed:
            return self._failed
        if total < self._index_from:
            self._generations.drop()
            return None
        try:
            generation = make_generation(
                self._database,
                self._generations,
                upto=upto,
                count=total,
                dimensions=self._dimensions,
                stop=stop,
            )
            self._generations.switch(generation)
        except (IndexBroken, OSError) as exc:
            self._generations.sweep(keep=self._name())
            self._failed = None if stop() else f"searching without an index: {exc}"
            return self._failed
        self._sound = generation.name
        self._generations.sweep(keep=generation.name)
        return None

    def forget(self, lowest: int) -> None:
        """Delete every folder that may hold a vector with `seq >= lowest`."""
        try:
            generation = self._generations.current()
        except IndexBroken:
            generation = None
        if generation and generation.upto < lowest:
            self._generations.sweep(keep=generation.name)
        else:
            self._generations.drop()

    def sweep(self) -> None:
        """Delete what a killed writer left behind; a damaged index stays until another has replaced it."""
        self._generations.sweep(keep=self._name())

    def health(self, connection: Connection) -> IndexHealth:
        """What state it is in, having hashed every byte of it."""
        (total,) = connection.execute("SELECT count(*) FROM passages").fetchone()
        try:
            generation = self._generations.current()
            if generation is None:
                return IndexHealth("none", 0, total)
            tail = _newer(connection, generation)
            self._check(generation)
        except IndexBroken as exc:
            return IndexHealth("damaged", 0, total, str(exc))
        return IndexHealth("ready", total - tail, tail)

    def _look(self, connection: Connection) -> tuple[int, int, bool]:
        """The highest sequence number, how many passages there are, and whether the index is due."""
        upto, total = connection.execute("SELECT ifnull(max(seq), 0), count(*) FROM passages").fetchone()
        try:
            generation = self._generations.current()
            if generation is None:
                return upto, total, total >= self._index_from
            if generation.name != self._sound:
                self._check(generation)
                self._sound = generation.name
        except IndexBroken:
            return upto, total, True
        tail = _newer(connection, generation)
        dead = generation.count - (total - tail)
        due = tail > max(self._index_from, generation.count // 2) or dead > _DEAD * generation.count
        return upto, total, due

    def _check(self, generation: Generation) -> None:
        check_library(generation.library)
        self._generations.check(generation)

    def _name(self) -> str | None:
        try:
            generation = self._generations.current()
        except IndexBroken:
            return None
        return generation.name if generation else None


def _newer(connection: Connection, generation: Generation) -> int:
    (tail,) = connection.execute("SELECT count(*) FROM passages WHERE seq > ?", (generation.upto,)).fetchone()
    return int(tail)

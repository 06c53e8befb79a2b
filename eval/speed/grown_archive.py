"""One archive over PostgreSQL into the figures of its size, its speed, and what is found in it."""

from __future__ import annotations

import os
import re
import tempfile
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from statistics import median

import click

from eval.speed.growth_corpus import Corpus
from eval.speed.growth_figures import Adding, Asking, Kept, Size
from eval.speed.growth_shards import split
from eval.speed.nearness import DEPTH, recall_through, truths_of
from eval.speed.scale import Counting, edited
from eval.speed.server_clock import processor_seconds
from index.articles.draft import Found
from index.encoding.encoder import Encoder
from index.encoding.prompts import asking
from index.records import Article, Filters
from index.retrieval.retrieve import Retriever
from index.storage.archive import Archive
from index.storage.engine import ArchiveHome
from index.storage.ingest import ingest
from index.storage.postgres.address import DatabaseAddress
from index.storage.postgres.connecting import connect
from index.storage.postgres.turns import SCHEMA

_WARM = 5  # questions that are asked before
_ASKING = ("exact", "indexed", "split")  # each has questions of its own
_JUDGED = 100  # questions, for recall
_LIMIT = 12
_EFS = (40, 100, 200, 400)
_ROUNDS, _ADDED = 3, 20
_POLL = 2.0  # seconds
_ALL = "no filter"
_SPANS = (("2022-01", "2022-06"), ("2022-10", "2022-10"))
_WORD = re.compile(r"\b[a-z]{4,}\b")
_SIZES = (
    "SELECT c.relname, CAST(pg_total_relation_size(c.oid) AS bigint) FROM pg_class AS c"
    f" JOIN pg_namespace AS n ON n.oid = c.relnamespace WHERE n.nspname = '{SCHEMA}' AND c.relkind = 'r'"
).encode()
_INDEX_SIZE = f"SELECT coalesce(pg_relation_size(to_regclass('{SCHEMA}.vectors_nearest')), 0)".encode()


class GrownArchive:
    """The archive of one size."""

    def __init__(
        self, address: DatabaseAddress, encoder: Encoder, questions: Sequence[str], kept: Kept, name: str
    ) -> None:
        self.address = address
        self._encoder = encoder
        self._questions = questions
        self._kept = kept
        self._name = name

    def measure(self, what: str, corpus: Corpus, shards: Sequence[DatabaseAddress]) -> None:
        """One part of it, where it does not stand in the file."""
        if self._kept.has(self._name, what) or (what == "split" and not shards):
            return
        click.echo(f"{self._name}: {what} …", err=True)
        load = os.getloadavg()[0]
        match what:
            case "exact":
                values = {"exact": self._asked(what, self.address), "size": self._size()}
            case "build":
                values = {"build": self._built(), "size": self._size()}
            case "indexed":
                values = {"indexed": self._asked(what, self.address), "found": self._found(self.address)}
            case "adding":
                values = {"adding": self._added(corpus)}
            case "split":
                coordinator = split(self.address, shards)
                values = {
                    "split": self._asked(what, coordinator, shards),
                    "split_found": self._found(coordinator),
                }
            case _:
                raise click.ClickException(f"--only {what}: expected exact, build, indexed, adding or split")
        self._kept.keep(self._name, {"passages": self._count(), **values, f"load_{what}": load})

    def _asked(self, what: str, home: DatabaseAddress, shards: Sequence[DatabaseAddress] = ()) -> Asking:
        """Retrieval of some questions, and the search by vectors alone of others: none is asked twice."""
        place, half = _ASKING.index(what), len(self._questions) // len(_ASKING) // 2
        some = self._questions[2 * place * half :][: 2 * half]
        vectors = asking(self._encoder).encode(some[half:])
        with Archive.open(home, self._encoder) as archive:
            retriever = Retriever(archive, self._encoder)
            retrieve = partial(retriever.retrieve, limit=_LIMIT)
            whole = _timed([partial(retrieve, one) for one in some[:half]], servers=[home, *shards])
            search = partial(archive.search_vectors, limit=DEPTH)
            alone = _timed([partial(search, one) for one in vectors], servers=[home, *shards])
        return Asking(whole[0], alone[0], whole[1], alone[1])

    def _built(self) -> float:
        """The seconds until the index that the program has asked for is there."""
        with Archive.open(self.address, write=True, index_from=1) as archive:
            begun, last = time.perf_counter(), ""
            while (health := archive.status().index).state != "ready":
                if (note := archive.tend()) is not None:
                    raise click.ClickException(note)
                if health.reason and health.reason != last:
                    click.echo(f"    {health.reason}, {time.perf_counter() - begun:.0f} s", err=True)
                    last = health.reason
                time.sleep(_POLL)
            return time.perf_counter() - begun

    def _found(self, home: DatabaseAddress) -> dict[str, float]:
        """How much of what is nearest is found with each filter, in what time, and by the index alone."""
        vectors = asking(self._encoder).encode(self._questions[:_JUDGED])
        told: dict[str, float] = {}
        with Archive.open(home, self._encoder) as archive, connect(self.address) as raw:
            filters = _filters(archive)
            truths = truths_of(self.address, vectors, filters)
            for name, truth in truths.items():
                found, taken = [], []
                for vector in vectors:
                    begun = time.perf_counter()
                    found.append(archive.search_vectors(vector, limit=DEPTH, filters=filters[name]))
                    taken.append(time.perf_counter() - begun)
                told[f"{name}: recall"] = truth.part_of([[one.seq for one in some] for some in found])
                told[f"{name}: ms"] = 1000 * median(taken)
            told |= {f"index, {ef}": recall_through(raw, truths[_ALL], ef=ef) for ef in _EFS}
        return told

    def _size(self) -> Size:
        """Bytes a passage."""
        with connect(self.address) as raw:
            parts: dict[str, int] = dict(raw.execute(_SIZES).fetchall())
            (index,) = raw.execute(_INDEX_SIZE).fetchone() or (0,)
        count = self._count()
        vectors, words = parts.pop("vectors") - index, parts.pop("words")
        return Size(*(size / count for size in (sum(parts.values()), vectors, index, words)))

    def _count(self) -> int:
        with connect(self.address) as raw:
            (count,) = raw.execute(f"SELECT count(*) FROM {SCHEMA}.passages".encode()).fetchone() or (0,)
        return int(count)

    def _added(self, corpus: Corpus) -> Adding:
        """The same articles into an SQLite archive that was empty and into this one, in turns."""
        counting = Counting(self._encoder, made_up=True)
        originals = [Article(row[1], row[2], row[3], row[4], published=row[6]) for row in corpus.articles]
        words = sorted({word for one in originals[:100] for word in _WORD.findall(one.body)})
        # Of an edition that nobody has, so that they are no copies and were not encoded.
        fresh = [edited(one, -1 - int(time.time()), words) for one in originals[: 2 * _ROUNDS * _ADDED]]
        rounds: dict[ArchiveHome, list[tuple[float, float]]] = {}
        with tempfile.TemporaryDirectory(prefix="dateline-growth-") as folder:
            homes: list[ArchiveHome] = [Path(folder), self.address]
            for number in range(_ROUNDS + 1):
                for home in homes[:: 1 if number % 2 else -1]:
                    some = fresh[number * _ADDED : (number + 1) * _ADDED]
                    with Archive.open(home, counting, write=True, index_from=10**9) as archive:
                        begun, worked = time.perf_counter(), _worked([self.address])
                        ingest(archive, counting, (Found(one, one.id, ()) for one in some))
                        taken = time.perf_counter() - begun, _worked([self.address]) - worked
                    rounds.setdefault(home, []).append((len(some) / taken[0], 1000 * taken[1] / len(some)))
            # The first one warms.
            (sqlite, sqlite_cpu), (here, here_cpu) = (
                map(median, zip(*rounds[home][1:], strict=True)) for home in homes
            )
        return Adding(sqlite, here, sqlite_cpu, here_cpu)


def _filters(archive: Archive) -> dict[str, Filters]:
    """None, and those that let very many, some, and few pass."""
    outlets = [name for name, _ in archive.outlets() if name]
    return {
        _ALL: Filters(),
        outlets[0]: Filters(outlet=(outlets[0],)),
        outlets[1]: Filters(outlet=(outlets[1],)),
        **{f"{since}/{until}": Filters(since=since, until=until) for since, until in _SPANS},
    }


def _timed(
    searches: Sequence[Callable[[], object]], *, servers: Sequence[DatabaseAddress]
) -> tuple[float, float]:
    """The median of what each took, and the mean of processor time; the first few are not counted."""
    for search in searches[:_WARM]:
        search()
    taken: list[float] = []
    worked = _worked(servers)
    for search in searches[_WARM:]:
        begun = time.perf_counter()
        search()
        taken.append(time.perf_counter() - begun)
    return 1000 * median(taken), 1000 * (_worked(servers) - worked) / len(taken)


def _worked(servers: Sequence[DatabaseAddress]) -> float:
    """The processor seconds of this process and of the servers."""
    seconds = time.process_time()
    for server in servers:
        with connect(server) as raw:
            seconds += processor_seconds(raw) or 0.0
    return seconds

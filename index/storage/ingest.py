"""Articles as they are read into an archive: split, encoded, stored in batches.

While one batch is encoded, the next one is read and split and the one before is stored.
"""

from __future__ import annotations

import hashlib
import signal
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from types import FrameType
from typing import Literal

import numpy as np

from index.articles.read import Found, Refusal
from index.encoding.encoder import Encoder, Vectors
from index.errors import ArchiveFull, BadArticle, EncoderError
from index.records import Article, Passage
from index.split import passage_input, split
from index.storage.archive import Archive
from index.storage.namesakes import is_named_by_text
from index.storage.records import Outcome
from index.storage.writing import input_hash

# Passages that may be encoded and not yet stored, about a second's work: what a kill costs and a Ctrl-C waits
# for. They are taken in halves, one of which is encoded while the other is stored; only an article that is
# longer than a half by itself goes beyond. Articles a half: what is unchanged has no passages to count.
BATCH = 128
_PASSAGES = BATCH // 2
_ARTICLES = 64


@dataclass(frozen=True)
class Progress:
    """`done` articles (also refused ones) are settled; the last is `article`, from `where`."""

    done: int
    where: str
    outcome: Outcome | Literal["refused"]
    article: str | None = None


@dataclass(frozen=True)
class Report:
    """What became of the articles. `copies` of those added have the words of another that was there before.

    `stopped`: a signal ended it after a batch; what was read by then is stored, and running it again goes on.
    """

    added: int = 0
    updated: int = 0
    unchanged: int = 0
    copies: int = 0
    refused: tuple[Refusal, ...] = ()
    notes: tuple[str, ...] = ()
    stopped: bool = False


@dataclass(frozen=True)
class _Prepared:
    """An article with its passages, what the encoder is given for each, and the names of those inputs."""

    found: Found
    passages: tuple[Passage, ...] = ()
    inputs: tuple[str, ...] = ()
    hashes: tuple[str, ...] = ()


@dataclass
class _Tally:
    """What has been settled so far."""

    progress: Callable[[Progress], None] | None
    counts: dict[Outcome, int] = field(default_factory=lambda: {"added": 0, "updated": 0, "unchanged": 0})
    copies: int = 0
    refused: list[Refusal] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    read: dict[str, tuple[str, str]] = field(default_factory=dict)

    def settle(self, found: Found, outcome: Outcome) -> None:
        self.counts[outcome] += 1
        self.notes.extend(f"{found.where}: {note}" for note in found.notes)
        self._tell(found.where, outcome, found.article.id)

    def refuse(self, where: str, reason: str) -> None:
        self.refused.append(Refusal(where, reason))
        self._tell(where, "refused", None)

    def report(self, *, stopped: bool) -> Report:
        return Report(
            **self.counts,
            copies=self.copies,
            refused=tuple(self.refused),
            notes=tuple(self.notes),
            stopped=stopped,
        )

    def _tell(self, where: str, outcome: Outcome | Literal["refused"], article: str | None) -> None:
        if self.progress:
            done = sum(self.counts.values()) + len(self.refused)
            self.progress(Progress(done, where, outcome, article))


def ingest(
    archive: Archive,
    encoder: Encoder,
    found: Iterable[Found | Refusal],
    *,
    progress: Callable[[Progress], None] | None = None,
) -> Report:
    """Add what was found to an archive that is open for writing, and keep its index up to date.

    `progress` is called for an article once it is stored, in the order of reading. What cannot be used is
    refused and the others go in. In the main thread a first SIGINT or SIGTERM ends it after the batch at
    hand; a second one does what it always does. Raises `ArchiveFull` when the disk is full; what was told
    to `progress` is stored.
    """
    tally = _Tally(progress)
    with _until_signalled() as stopped:
        batches = _batches(archive, encoder, found, tally, stopped)
        for batch, vectors in _encoded_ahead(archive, encoder, batches):
            _store(archive, batch, vectors, tally)
            note = archive.tend(stop=stopped)
            if note and note not in tally.notes:
                tally.notes.append(note)
        return tally.report(stopped=stopped())


def _encoded_ahead(
    archive: Archive, encoder: Encoder, batches: Iterator[list[_Prepared]]
) -> Iterator[tuple[list[_Prepared], dict[str, Vectors]]]:
    """Each batch with its vectors; the next one is encoded in another thread meanwhile.

    The encoder leaves the interpreter to this thread, so that reading, splitting and storing cost no time of
    their own while a processor is free.
    """
    before: tuple[list[_Prepared], Future[dict[str, Vectors]]] | None = None
    with ThreadPoolExecutor(1, "encoding batches") as thread:
        try:
            for batch in batches:
                # What the batch before has is not stored yet; its job is done when this one's begins.
                known = before[1] if before else None
                job = thread.submit(_encoded, archive, encoder, batch, known)
                if before:
                    yield before[0], before[1].result()
                before = batch, job
            if before:
                yield before[0], before[1].result()
        finally:
            thread.shutdown(cancel_futures=True)


def _batches(
    archive: Archive,
    encoder: Encoder,
    found: Iterable[Found | Refusal],
    tally: _Tally,
    stopped: Callable[[], bool],
) -> Iterator[list[_Prepared]]:
    """Articles split into passages, in half batches; after a signal what there is, and no more."""
    batch: list[_Prepared] = []
    size = 0
    for one in found:
        prepared = _prepare(archive, encoder, one, tally)
        if prepared:
            if batch and size + len(prepared.passages) > _PASSAGES:
                yield batch
                batch, size = [], 0
            batch.append(prepared)
            size += len(prepared.passages)
        if batch and (len(batch) >= _ARTICLES or size >= _PASSAGES or stopped()):
            yield batch
            batch, size = [], 0
        if stopped():
            return
    if batch:
        yield batch


def _prepare(archive: Archive, encoder: Encoder, one: Found | Refusal, tally: _Tally) -> _Prepared | None:
    """The article split into passages, none where it is unchanged; None where it is refused."""
    if isinstance(one, Refusal):
        tally.refuse(one.where, one.reason)
        return None
    one = _named(archive, one, tally)
    article = one.article
    digest = _digest(article)
    first, where = tally.read.setdefault(article.id, (digest, one.where))
    if first != digest:
        # Which of two is right, nobody can tell; taking the last would make each later run swap them.
        tally.refuse(one.where, f"has the id {article.id!r} of another article, read from {where}")
        return None
    if archive.compare(article) == "unchanged":
        return _Prepared(one)
    try:
        passages = tuple(split(article, encoder))
    except EncoderError as exc:
        tally.refuse(one.where, str(exc))
        return None
    inputs = tuple(passage_input(article, passage.text) for passage in passages)
    return _Prepared(one, passages, inputs, tuple(input_hash(article, passage.text) for passage in passages))


def _named(archive: Archive, one: Found, tally: _Tally) -> Found:
    """What was found under the id of the stored article that it is an edit of, where none was given to it.

    What one run reads are no edits of one another: which is the later, nobody can tell.
    """
    article = one.article
    if not is_named_by_text(article) or article.id in tally.read:
        return one

    def free(known_as: str) -> bool:
        return tally.read.get(known_as, ("",))[0] in ("", _digest(replace(article, id=known_as)))

    found = archive.namesake(article, free=free)
    if found is None:
        return one
    if found.edited:
        return replace(one, article=replace(article, id=found.id))
    note = (
        f"has the title of {found.id} ({article.title[:60]!r}) but other words; kept as another article, "
        "since no outlet and day tell the two apart"
    )
    return replace(one, notes=(*one.notes, note))


def _digest(article: Article) -> str:
    return hashlib.sha256(repr(article).encode()).hexdigest()


def _encoded(
    archive: Archive, encoder: Encoder, batch: Sequence[_Prepared], before: Future[dict[str, Vectors]] | None
) -> dict[str, Vectors]:
    """The vectors of all inputs of a batch by the inputs' names.

    What is stored, or was encoded for the batch before, is not encoded again.
    """
    inputs = {name: text for one in batch for name, text in zip(one.hashes, one.inputs, strict=True)}
    vectors = archive.vectors_of(list(inputs)) if inputs else {}
    if before:
        vectors |= {name: vector for name, vector in before.result().items() if name in inputs}
    fresh = sorted(inputs.keys() - vectors.keys(), key=lambda name: (-len(inputs[name]), name))
    if fresh:
        vectors.update(zip(fresh, encoder.encode([inputs[name] for name in fresh]), strict=True))
    return vectors


def _store(archive: Archive, batch: Sequence[_Prepared], vectors: dict[str, Vectors], tally: _Tally) -> None:
    """Store a batch in one transaction; only what is committed is told."""
    copies = 0
    try:
        with archive.batch():
            outcomes = []
            for one in batch:
                outcomes.append(_add(archive, one, vectors))
                copies += outcomes[-1] == "added" and archive.is_copy(one.found.article)
    except ArchiveFull as exc:
        stored = tally.counts["added"] + tally.counts["updated"]
        raise ArchiveFull(f"{exc} ({stored} articles added or updated before)") from exc
    tally.copies += copies
    for one, outcome in zip(batch, outcomes, strict=True):
        if isinstance(outcome, BadArticle):
            tally.refuse(one.found.where, str(outcome))
            continue
        tally.settle(one.found, outcome)


def _add(archive: Archive, one: _Prepared, vectors: dict[str, Vectors]) -> Outcome | BadArticle:
    article = one.found.article
    if not one.passages and archive.compare(article) == "unchanged":
        return "unchanged"
    try:
        rows = [vectors[name] for name in one.hashes]
        stacked = np.stack(rows) if rows else np.empty((0, archive.encoder.dimensions), np.float32)
        return archive.add(article, one.passages, stacked)
    except BadArticle as exc:
        return exc


@contextmanager
def _until_signalled() -> Iterator[Callable[[], bool]]:
    """Whether SIGINT or SIGTERM has come; handlers can only be set in the main thread, elsewhere none is."""
    came = threading.Event()
    if threading.current_thread() is not threading.main_thread():
        yield came.is_set
        return
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}

    def note(number: int, frame: FrameType | None) -> None:
        came.set()
        restore()

    def restore() -> None:
        for number, handler in before.items():
            signal.signal(number, handler)

    for number in before:
        signal.signal(number, note)
    try:
        yield came.is_set
    finally:
        restore()

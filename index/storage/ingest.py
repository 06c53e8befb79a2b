"""Articles as they are read into an archive: split, encoded, stored in batches.

While one batch is encoded, the next one is read and split and the one before is stored.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace

import numpy as np

from index.articles.doubles import Doubles
from index.articles.draft import Found
from index.encoding.encoder import Encoder, Vectors
from index.errors import ArchiveFull, BadArticle, EncoderError, Refusal
from index.records import Passage
from index.split import passage_input, split
from index.storage.archive import Archive
from index.storage.namesakes import is_made, is_named_by_text
from index.storage.records import Outcome
from index.storage.signals import until_signalled
from index.storage.tally import Progress, Report, Tally
from index.storage.writing import input_hash

# Passages that may be encoded and not yet stored, about a second's work: what a kill costs and a Ctrl-C waits
# for. They are taken in halves, one of which is encoded while the other is stored; only an article that is
# longer than a half by itself goes beyond. Articles a half: what is unchanged has no passages to count.
BATCH = 128
_PASSAGES = BATCH // 2
_ARTICLES = 64
EARLIER = 16  # articles that an earlier Dateline stored, related in one transaction: 0.2 s of a processor


@dataclass(frozen=True)
class _Prepared:
    """An article with its passages, what the encoder is given for each, and the names of those inputs.

    It has none where it is `unchanged`.
    """

    found: Found
    passages: tuple[Passage, ...] = ()
    inputs: tuple[str, ...] = ()
    hashes: tuple[str, ...] = ()
    unchanged: bool = False


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
    tally = Tally(progress)
    with until_signalled() as stopped:
        batches = _batches(archive, encoder, found, tally, stopped)
        for batch, vectors in _encoded_ahead(archive, encoder, batches):
            _store(archive, batch, vectors, tally)
            archive.relate(limit=EARLIER)
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
    tally: Tally,
    stopped: Callable[[], bool],
) -> Iterator[list[_Prepared]]:
    """Articles split into passages, in half batches; after a signal what there is, and no more."""
    batch: list[_Prepared] = []
    size = 0
    doubles = Doubles()
    for one in found:
        prepared = _prepare(archive, encoder, one, doubles)
        if isinstance(prepared, Refusal):
            tally.refuse(prepared)
        else:
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


def _prepare(
    archive: Archive, encoder: Encoder, one: Found | Refusal, doubles: Doubles
) -> _Prepared | Refusal:
    """The article under its name and split into passages."""
    named = one if isinstance(one, Refusal) else _named(archive, one, doubles)
    if isinstance(named, Refusal):
        return named
    article = named.article
    if _is_superseded(archive, named, doubles) or archive.compare(article) == "unchanged":
        return _Prepared(named, unchanged=True)
    try:
        passages = tuple(split(article, encoder))
    except EncoderError as exc:
        return Refusal(named.where, str(exc))
    inputs = tuple(passage_input(article, passage.text) for passage in passages)
    return _Prepared(
        named, passages, inputs, tuple(input_hash(article, passage.text) for passage in passages)
    )


def _is_superseded(archive: Archive, one: Found, doubles: Doubles) -> bool:
    """Whether a later version of an article is stored or was read before: agencies send all of them."""
    made = one.edition
    others = (doubles.edition(one.article.id), archive.edition(one.article.id)) if made else ()
    return any(made < other for other in others if made and other)


def _named(archive: Archive, one: Found, doubles: Doubles) -> Found | Refusal:
    """What was found under the id of the stored article that it is an edit of, where none was given to it.

    What one run reads are no edits of one another: which is the later, nobody can tell.
    """
    article = one.article

    def free(known_as: str) -> bool:
        return doubles.is_free(known_as, of=article)

    refused = doubles.refusal(one)
    if refused:
        return refused
    if is_made(article) and (known := archive.known_with_less(article, free=free)):
        same = replace(one, article=replace(article, id=known))
        return doubles.refusal(same) or same
    if not is_named_by_text(article):
        return one
    found = archive.namesake(article, free=free)
    if found is None:
        return one
    if found.edited:
        edit = replace(one, article=replace(article, id=found.id))
        return doubles.refusal(edit) or edit
    note = (
        f"has the title of {found.id} ({article.title[:60]!r}) but other words; kept as another article, "
        "since no outlet and day tell the two apart"
    )
    return replace(one, notes=(*one.notes, note))


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


def _store(archive: Archive, batch: Sequence[_Prepared], vectors: dict[str, Vectors], tally: Tally) -> None:
    """Store a batch in one transaction; only what is committed is told."""
    copies = 0
    try:
        with archive.batch():
            outcomes = []
            for one in batch:
                outcomes.append(_add(archive, one, vectors))
                copies += outcomes[-1] == "added" and archive.is_copy(one.found.article)
                if not isinstance(outcomes[-1], Refusal):
                    archive.keep_source(one.found.article, page=one.found.page, item=one.found.item)
    except ArchiveFull as exc:
        stored = tally.counts["added"] + tally.counts["updated"]
        raise ArchiveFull(f"{exc} ({stored} articles added or updated before)") from exc
    tally.copies += copies
    for one, outcome in zip(batch, outcomes, strict=True):
        if isinstance(outcome, Refusal):
            tally.refuse(outcome)
        else:
            tally.settle(one.found, outcome)


def _add(archive: Archive, one: _Prepared, vectors: dict[str, Vectors]) -> Outcome | Refusal:
    if one.unchanged:
        return "unchanged"
    try:
        rows = [vectors[name] for name in one.hashes]
        stacked = np.stack(rows) if rows else np.empty((0, archive.encoder.dimensions), np.float32)
        outcome = archive.add(one.found.article, one.passages, stacked)
        if one.found.edition:
            archive.keep_edition(one.found.article.id, one.found.edition)
        return outcome
    except BadArticle as exc:
        return Refusal(one.found.where, str(exc))

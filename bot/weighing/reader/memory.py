"""A reader into one that reads no passage twice for a question: reranking and weighing read the same ones."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from threading import Lock

from bot.weighing.reader.reader import PassageRead, PassageReader
from index.records import Hit, Span

_KEPT = 512  # reads: those of the last forty questions, 2 MB at most

_Key = tuple[str, str, str, int, tuple[Span, ...]]


class Remembering:
    """Keeps the last reads; safe to use from several threads."""

    def __init__(self, reader: PassageReader) -> None:
        self._reader = reader
        self._known: OrderedDict[_Key, PassageRead] = OrderedDict()
        self._lock = Lock()

    def read(self, question: str, hits: Sequence[Hit]) -> list[PassageRead]:
        """What the reader says of each hit, now or before."""
        by_key = {_key(question, hit): hit for hit in hits}
        with self._lock:
            known = {key: self._known[key] for key in by_key if key in self._known}
        new = [key for key in by_key if key not in known]
        known.update(zip(new, self._reader.read(question, [by_key[key] for key in new]), strict=True))
        with self._lock:
            for key in by_key:
                self._known[key] = known[key]
                self._known.move_to_end(key)
            while len(self._known) > _KEPT:
                self._known.popitem(last=False)
        return [known[_key(question, hit)] for hit in hits]


def _key(question: str, hit: Hit) -> _Key:
    return question, hit.article.id, hit.passage.revision, hit.passage.number, hit.withdrawn

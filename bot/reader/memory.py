"""A reader into one that reads no passage twice for a question: reranking and weighing read the same ones."""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock

from bot.reader.reader import PassageRead, PassageReader
from index.records import Hit

_KEPT = 512  # reads: those of the last forty questions, 2 MB at most

_Key = tuple[str, str, str, int]


class Remembering:
    """Keeps the last reads; safe to use from several threads."""

    def __init__(self, reader: PassageReader) -> None:
        self._reader = reader
        self._known: OrderedDict[_Key, PassageRead] = OrderedDict()
        self._lock = Lock()

    def read(self, question: str, hit: Hit) -> PassageRead:
        """What the reader says, now or before."""
        key = (question, hit.article.id, hit.passage.revision, hit.passage.number)
        with self._lock:
            known = self._known.get(key)
        if known is None:
            known = self._reader.read(question, hit)
        with self._lock:
            self._known[key] = known
            self._known.move_to_end(key)
            while len(self._known) > _KEPT:
                self._known.popitem(last=False)
        return known

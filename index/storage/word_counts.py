"""Words into in how many passages each stands; remembered until the archive changes."""

from __future__ import annotations

from collections.abc import Sequence

from index.storage.engine import PassageIndex
from index.storage.exact import state_of
from index.storage.filters_sql import EVERYTHING, Condition
from index.storage.sql import Connection, marks

_REMEMBERED = 20_000  # words; 4 MB
# In so many passages a word is rare, and fifty copies of one text would make it common. In fewer a few copies
# change little; in more it is common without them, and to look for them would take longer than 2 ms.
_FEW, _MANY = 20, 400


class WordCounts:
    """How many passages there are, and in how many each word stands; remembered until the archive changes.

    What copies of one text say, they say once: who sends in fifty makes none of its words less rare.
    A common word of 24,000 passages takes 1 ms to count, and every question asks for its words twice.
    Thread-safe: what is remembered is replaced whole.
    """

    def __init__(self, passages: PassageIndex) -> None:
        self._passages = passages
        self._known: tuple[tuple[int, int], dict[tuple[str, Condition], int]] = ((-1, -1), {})

    def total(self, connection: Connection) -> int:
        """How many passages can be found."""
        known, key = self._current(connection), ("", EVERYTHING)
        if key not in known:
            (known[key],) = connection.execute("SELECT count(*) FROM passages").fetchone()
        return known[key]

    def counts(self, connection: Connection, words: Sequence[str], *, condition: Condition) -> dict[str, int]:
        """In how many passages each word stands, stemmed as the index is; one of two parts is a phrase."""
        known, wanted = self._current(connection), list(dict.fromkeys(words))
        fresh = [word for word in wanted if (word, condition) not in known]
        counted = self._passages.counts(connection, fresh, condition=condition) if fresh else {}
        known.update({(word, condition): self._once(connection, word, n) for word, n in counted.items()})
        return {word: known[word, condition] for word in wanted}

    def articles_with(self, connection: Connection, word: str) -> set[int]:
        """The numbers of the articles that hold a word."""
        return self._passages.articles_with(connection, word)

    def _once(self, connection: Connection, word: str, count: int) -> int:
        """A count of passages, those of the copies of a text taken for those of one article."""
        if not _FEW <= count <= _MANY:
            return count
        articles = sorted(self._passages.articles_with(connection, word))
        (origins,) = connection.execute(
            f"SELECT count(DISTINCT origin) FROM articles WHERE number IN ({marks(articles)})", articles
        ).fetchone()
        return max(1, round(count * int(origins) / len(articles)))

    def _current(self, connection: Connection) -> dict[tuple[str, Condition], int]:
        """What is known of the state that the connection sees, which may be none yet."""
        state, (of, known) = state_of(connection), self._known
        if of != state or len(known) >= _REMEMBERED:
            known = {}
            self._known = (state, known)
        return known

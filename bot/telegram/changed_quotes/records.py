"""What became of an answer that was given: its changed words, as they were and as they are."""

from __future__ import annotations

from dataclasses import dataclass

from bot.answers.citation import Citation
from bot.telegram.changed_quotes.watched import Given


@dataclass(frozen=True)
class ChangedWords:
    """Words of citation `number` that their article no longer has, each a proved quotation.

    `quoted` is what they were; None where the archive no longer has that revision. `now` stands in their
    place; None where they were taken out. `notes` are corrections that the article carries since.
    """

    number: int
    quoted: Citation | None
    now: Citation | None
    notes: tuple[Citation, ...] = ()


@dataclass(frozen=True)
class ChangedAnswer:
    """An answer that was given, and what became of the words it cites."""

    given: Given
    words: tuple[ChangedWords, ...]

    @property
    def places(self) -> list[tuple[int, int]]:
        """(answer, citation) of each changed place."""
        return [(self.given.number, one.number) for one in self.words]

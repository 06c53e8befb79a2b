"""What becomes of articles that are added, one by one, into a report."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

from index.articles.draft import Found
from index.errors import Refusal
from index.storage.records import Outcome

_FIRST = 3  # places that are told by name


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

    `undated` and `unnamed` of those that were not refused came without a day of publication, or an outlet;
    the first few of them by their places, for a person.
    `stopped`: a signal ended it after a batch; what was read by then is stored, and running it again goes on.
    """

    added: int = 0
    updated: int = 0
    unchanged: int = 0
    copies: int = 0
    undated: int = 0
    unnamed: int = 0
    undated_first: tuple[str, ...] = field(default=(), compare=False)
    unnamed_first: tuple[str, ...] = field(default=(), compare=False)
    refused: tuple[Refusal, ...] = ()
    notes: tuple[str, ...] = ()
    stopped: bool = False


@dataclass
class Tally:
    """What has been settled so far; `progress` is called for each."""

    progress: Callable[[Progress], None] | None
    counts: dict[Outcome, int] = field(default_factory=lambda: {"added": 0, "updated": 0, "unchanged": 0})
    copies: int = 0
    undated: list[str] = field(default_factory=list)
    unnamed: list[str] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def settle(self, found: Found, outcome: Outcome) -> None:
        """Count an article that is stored."""
        self.counts[outcome] += 1
        self.undated += [found.where] * (found.article.published is None)
        self.unnamed += [found.where] * (found.article.outlet is None)
        self.notes.extend(f"{found.where}: {note}" for note in found.notes)
        self._tell(found.where, outcome, found.article.id)

    def refuse(self, refusal: Refusal) -> None:
        """Count one that cannot be used."""
        self.refused.append(refusal)
        self._tell(refusal.where, "refused", None)

    def report(self, *, stopped: bool) -> Report:
        """What has become of all."""
        return Report(
            **self.counts,
            copies=self.copies,
            undated=len(self.undated),
            unnamed=len(self.unnamed),
            undated_first=tuple(self.undated[:_FIRST]),
            unnamed_first=tuple(self.unnamed[:_FIRST]),
            refused=tuple(self.refused),
            notes=tuple(self.notes),
            stopped=stopped,
        )

    def _tell(self, where: str, outcome: Outcome | Literal["refused"], article: str | None) -> None:
        if self.progress:
            done = sum(self.counts.values()) + len(self.refused)
            self.progress(Progress(done, where, outcome, article))

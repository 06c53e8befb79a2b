"""How two reports stand to one another, and what they share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Protocol

from bot.differing.reports import published_day
from bot.language.sentence import NameRun, NewsSentence
from bot.language.vocabulary import Vocabulary
from bot.language.wordlists import weigh
from index.records import Span

PairKind = Literal["figure", "date", "place", "actor", "wording", "update", "agreed"]


ALIKE = 0.4  # the share of the shorter one's words that both must have
VERY_ALIKE = 0.6  # of the longer one's words, where a name is what differs or no name is shared
HALF = 0.5  # of the shorter one's words, where one name is shared and much around what differs
A_THIRD = 0.33  # of the longer one's words, where two names are shared
NEAR = 1.2  # what must be shared around two places: two to four words
NEARLY = 1.0  # the same where nearly all of the shorter one is in the longer
CLOSE = 0.7  # of the shorter one's words, with `VERY_ALIKE` of the longer one's: the same told twice


@dataclass(frozen=True)
class Pair:
    """How two reports stand to one another: what kind, and the words of each as spans of their bodies."""

    kind: PairKind
    one: Span
    other: Span


class Extent(Protocol):
    """What stands somewhere in a report's text."""

    @property
    def start(self) -> int:
        """Where it begins."""

    @property
    def end(self) -> int:
        """Where it ends."""


@dataclass(frozen=True)
class Reports:
    """Two reports that may tell of one event."""

    one: NewsSentence
    other: NewsSentence

    @property
    def both(self) -> tuple[NewsSentence, NewsSentence]:
        """The one and the other."""
        return self.one, self.other

    @property
    def vocabulary(self) -> Vocabulary:
        """What both were read by."""
        return self.one.vocabulary

    @property
    def order(self) -> int:
        """1 where the other was published on a later day, -1 on an earlier one, else 0."""
        mine, theirs = published_day(self.one.article), published_day(self.other.article)
        if mine is None or theirs is None or mine == theirs:
            return 0
        return 1 if theirs > mine else -1

    def pair(self, kind: PairKind, first: Extent, second: Extent) -> Pair:
        """A part of each, as spans of the bodies."""
        return Pair(kind, self.one.place(first.start, first.end), self.other.place(second.start, second.end))


@dataclass(frozen=True)
class Alike(Reports):
    """Two reports with what they share: of the shorter one's words, and how many; names, and those of one."""

    share: float
    of_both: float  # the share of the longer one's words
    shared_words: int
    shared_names: int
    only_one: tuple[NameRun, ...]
    only_other: tuple[NameRun, ...]
    worded_alike: bool  # but for a figure or a word, of one subject
    by_context: bool  # one names nobody, and is read with the sentence before it

    @property
    def close(self) -> bool:
        """Whether one is nearly a retelling of the other.

        Of 5,700 pairs of sentences of two outlets' articles on one event, what differed in those less alike
        were figures of two things, with one exception in thirty.
        """
        told_twice = self.share >= CLOSE and self.of_both >= VERY_ALIKE
        return self.worded_alike or (told_twice and not self.by_context)

    @property
    def anchored(self) -> bool:
        """Whether enough is shared to speak of one event: a name, or nearly all of several words."""
        if self.worded_alike:
            return True
        if self.shared_names:
            return self.share >= (ALIKE if self.shared_names == 1 else A_THIRD)
        return self.of_both >= VERY_ALIKE and self.shared_words >= 3

    def near(self, first: Extent, second: Extent) -> float:
        """How much tell the words that both have around two places of theirs; 0.2 to 1 a word."""
        return sum(weigh(key, self.vocabulary.lexicon) for key in self._held(first, second))

    def opposed(self, pair: Pair) -> bool:
        """Whether the words around what differs say opposite things: "54 % disapprove", "44 % approve"."""
        mine, theirs = (
            set(report.keys_near(part.start - report.span.start, part.end - report.span.start))
            for report, part in zip(self.both, (pair.one, pair.other), strict=True)
        )
        return any(self.vocabulary.words.opposed(a, b) for a in mine - theirs for b in theirs - mine)

    def in_one_frame(self, first: Extent, second: Extent) -> bool:
        """Whether both stand among the same words and names, however else the sentences are told."""
        near = self.near(first, second)
        if self.shared_names >= 2:
            return near >= NEAR or (self.share >= VERY_ALIKE and self.of_both >= A_THIRD)
        names = {key for name in self.one.names for key in name.keys}
        plain = sum(key not in names for key in self._held(first, second))
        told = near >= (NEAR if self.share < CLOSE else NEARLY) and plain >= 1
        return self.shared_names == 1 and self.share >= HALF and told

    def _held(self, first: Extent, second: Extent) -> list[str]:
        """The keys of the words around a place of the one that are around a place of the other, too."""
        mine = self.one.keys_near(first.start, first.end)
        theirs = self.other.keys_near(second.start, second.end)
        same = self.vocabulary.words.same
        return [key for key in mine if key in theirs or any(same(key, there) for there in theirs)]

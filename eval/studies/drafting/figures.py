"""Drafts and the answers that came of them into figures: right, refused, in its own words, lost."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from bot.answers.answer import Answer
from bot.proof.records import DraftLine
from bot.proof.verbatim import plain
from bot.showing.text import answer_text
from bot.showing.wording import words_of
from bot.writing.drafts import DraftReader
from eval.cases import Case
from eval.metrics.answer_match import answer_match
from eval.metrics.percentile import percentile

_MOST = 0.6  # of a draft's lines


@dataclass(frozen=True)
class Shown:
    """One case: the draft as it came, its lines, and the answer that came of it."""

    case: Case
    draft: str
    answer: Answer

    @property
    def lines(self) -> list[DraftLine]:
        """The lines of the draft."""
        return self._read()[0]

    @property
    def refused(self) -> bool:
        """Whether the model says that nothing answers."""
        lines, refused = self._read()
        return refused and not lines

    @property
    def right_in_draft(self) -> bool:
        """Whether the draft holds what is expected."""
        return self._holds(self.draft)

    @property
    def right(self) -> bool:
        """Whether the answer does."""
        return self.answer.status == "answered" and self._holds(answer_text(self.answer, words_of()))

    def in_own_words(self, line: DraftLine) -> bool:
        """Whether a line is shown as the model wrote it."""
        return any(_bare(one.text) == _bare(line.text) for one in self.answer.sentences)

    def _read(self) -> tuple[list[DraftLine], bool]:
        reader = DraftReader()
        lines = [*reader.feed(self.draft), *reader.end()]
        return lines, reader.refused

    def _holds(self, text: str) -> bool:
        return bool(self.case.answer) and bool(answer_match(text, self.case.answer or ()))


@dataclass(frozen=True)
class Share:
    """A part of a whole."""

    part: int
    whole: int

    @property
    def value(self) -> float:
        """From 0 to 1; 1 of nothing."""
        return self.part / self.whole if self.whole else 1.0


@dataclass
class Figures:
    """What all cases came to."""

    shown: list[Shown] = field(default_factory=list)

    @property
    def right_in_draft(self) -> Share:
        """Of the answerable cases, those whose draft has the answer."""
        answerable = [one for one in self.shown if one.case.answer]
        return Share(sum(one.right_in_draft for one in answerable), len(answerable))

    @property
    def kept(self) -> Share:
        """Of these, those whose answer has it still."""
        right = [one for one in self.shown if one.right_in_draft]
        return Share(sum(one.right for one in right), len(right))

    @property
    def refused_in_draft(self) -> Share:
        """Of the cases without an answer, those that the model refuses."""
        without = [one for one in self.shown if one.case.to_abstain]
        return Share(sum(one.refused for one in without), len(without))

    @property
    def refusals(self) -> Share:
        """Of the model's refusals, those that stay one."""
        refused = [one for one in self.shown if one.refused]
        return Share(sum(one.answer.status == "abstained" for one in refused), len(refused))

    @property
    def in_own_words(self) -> Share:
        """Of the lines, those shown as the model wrote them."""
        lines = [(one, line) for one in self.shown for line in one.lines if one.answer.llm]
        return Share(sum(one.in_own_words(line) for one, line in lines), len(lines))

    @property
    def lost(self) -> int:
        """Lines of which nothing is shown."""
        return sum(len(one.answer.cut) for one in self.shown)

    @property
    def kept_whole(self) -> bool:
        """Whether nothing right was lost, every refusal stayed one, and most lines kept their own words."""
        everything = not self.lost and self.kept.value == self.refusals.value == 1.0
        return everything and self.in_own_words.value >= _MOST

    def lines(self) -> Iterator[str]:
        """A line a figure, for a terminal."""
        yield _told("right in the draft, of the answerable", self.right_in_draft)
        yield _told("right after the proof, of these", self.kept)
        yield _told("refused in the draft, of those without answer", self.refused_in_draft)
        yield _told("refusals that stay refusals", self.refusals)
        yield _told("lines shown in their own words", self.in_own_words)
        yield f"{'lines lost':48} {self.lost}"
        spent = [one.answer.timings_ms.get("prove", 0.0) for one in self.shown if one.answer.llm]
        yield f"{'citing an answer, ms':48} p50 {percentile(spent, 50) or 0.0:.1f}"


def _told(name: str, share: Share) -> str:
    return f"{name:48} {share.part:4} of {share.whole:4} ({share.value:.3f})"


def _bare(text: str) -> str:
    return " ".join(plain(text).split()).strip(" .'").casefold()

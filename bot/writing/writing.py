"""Passages into an answer that a language model writes, in one call: each line proved as soon as it is whole.

The model chooses; code proves where it points. What is shown of a line is `bot.proof.lines`' business: its
own wording where that is proved, else the article's sentences. Only a line that points nowhere is cut.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field, replace

from bot.answers.answer import Cut, TokenUsage
from bot.answers.lines import plain
from bot.answers.notes import ModelFailed, NothingKept
from bot.answers.proposal import NoAnswer, ProposalPart, Proposed, Weighed, Written
from bot.answers.question import Question
from bot.proof.lines import Lines, Lost
from bot.proof.records import DraftLine
from bot.writing.drafts import REFUSAL, DraftReader
from bot.writing.model import LanguageModel, LlmError, Request
from bot.writing.patience import Again, Allowance, Patience
from bot.writing.sending import Limits, Sent, number_passages, send
from index.records import Hit
from prompts.loader import Prompt, load_prompt

_LOG = logging.getLogger("dateline.llm")
MOST = 4  # sentences of an answer
_READ = 12  # lines that are looked at; a model that writes more has not read its rules


@dataclass(frozen=True)
class Prompts:
    """What a model is asked with."""

    answer: Prompt
    question: Prompt

    @property
    def versions(self) -> tuple[str, ...]:
        """Names for exactly these wordings, such as "answer 3f9a0c1b2d4e"."""
        return tuple(f"{prompt.name} {prompt.version}" for prompt in (self.answer, self.question))


def load_prompts() -> Prompts:
    """The prompts that ship with Dateline. Raises `BadPrompt` where one does not fit what is filled in."""
    return Prompts(
        load_prompt("answer", {"boundary", "most", "refusal"}),
        load_prompt("question", {"passages", "question"}),
    )


# A question and its hits into the hits in the order in which they are sent.
Order = Callable[[str, Sequence[Hit]], Sequence[Hit]]


@dataclass
class _Work:
    """One answer being written."""

    sent: Sent
    allowance: Allowance
    read: set[DraftLine] = field(default_factory=set)
    given: list[Proposed] = field(default_factory=list)
    cut: list[Cut] = field(default_factory=list)
    refused: bool = False

    @property
    def full(self) -> bool:
        """Whether nothing more is wanted of the model."""
        return len(self.given) >= MOST or len(self.read) >= _READ

    def take(self, proposed: Sequence[Proposed]) -> list[Proposed]:
        """Those of a line's sentences that say something new, as far as there is room."""
        new = [one for one in proposed if not any(_repeats(one, other) for other in self.given)]
        new = new[: MOST - len(self.given)]
        self.given += new
        return new


class Writer:
    """The answerer that has a language model write."""

    def __init__(
        self,
        model: LanguageModel,
        lines: Lines,
        *,
        prompts: Prompts,
        patience: Patience,
        limits: Limits,
        order: Order | None = None,
    ) -> None:
        """`order` says in which order passages are sent; None is as they were found."""
        self._model = model
        self._lines = lines
        self._prompts = prompts
        self._patience = patience
        self._limits = limits
        self._order = order

    async def propose(
        self, question: Question, weighed: Weighed, *, hits: Sequence[Hit]
    ) -> AsyncGenerator[ProposalPart, None]:
        """The sentences whose places were found, a refusal or what went wrong, and last what it took."""
        if self._order:
            hits = await asyncio.to_thread(self._order, question.topic, hits)
        work = self._begin(question, hits)
        trouble: LlmError | None = None
        try:
            async with aclosing(self._written(question, weighed, work)) as sentences:
                async for one in sentences:
                    yield one
        except LlmError as exc:
            trouble = exc
        outcome = self._outcome(work, trouble)
        if outcome:
            yield outcome
        yield self._account(work)

    def _begin(self, question: Question, hits: Sequence[Hit]) -> _Work:
        limits = replace(self._limits, context=min(self._limits.context, self._patience.tokens))
        room = limits.room(self._prompts.answer.text, question.topic)
        shown = number_passages(hits, most=limits.passages, tokens=room)
        return _Work(send(shown, question.topic), self._patience.allowance())

    async def _written(
        self, question: Question, weighed: Weighed, work: _Work
    ) -> AsyncGenerator[Proposed, None]:
        """The sentences of each line, as soon as it is read."""
        async with aclosing(self._drafted(self._request(question, work.sent), work)) as drafts:
            async for drafted in drafts:
                for one in await self._proved(drafted, weighed, work):
                    yield one
                if work.full:
                    return

    def _request(self, question: Question, sent: Sent) -> Request:
        rules = self._prompts.answer.fill({"boundary": sent.boundary, "most": str(MOST), "refusal": REFUSAL})
        asked = self._prompts.question.fill({"passages": sent.text, "question": plain(question.topic)})
        return Request(rules, asked, self._limits.max_tokens)

    async def _drafted(self, request: Request, work: _Work) -> AsyncGenerator[DraftLine, None]:
        """The lines of a reply that were not read before; it may start over."""
        reader = DraftReader()
        async with aclosing(self._patience.write(self._model, request, allowance=work.allowance)) as pieces:
            async for piece in pieces:
                if isinstance(piece, Again):
                    reader = DraftReader()
                    continue
                for one in reader.feed(piece):
                    yield one
        for one in reader.end():
            yield one
        work.refused = reader.refused

    async def _proved(self, drafted: DraftLine, weighed: Weighed, work: _Work) -> list[Proposed]:
        """What is shown of a line; nothing where it points nowhere, or was read before."""
        if drafted in work.read:
            return []
        work.read.add(drafted)
        try:
            outcome = await asyncio.to_thread(
                self._lines.prove, drafted, work.sent.shown, shorts=weighed.shorts
            )
        except (
            Exception
        ) as exc:  # whatever a model writes, a fault of ours in reading it costs that line only
            _LOG.exception("the proof of a line failed")
            outcome = Lost(drafted.text, f"its proof failed ({type(exc).__name__})")
        if isinstance(outcome, Lost):
            work.cut.append(Cut(outcome.text, outcome.finding))
            return []
        return work.take(outcome)

    def _outcome(self, work: _Work, trouble: LlmError | None) -> ProposalPart | None:
        name = self._model.name
        if trouble:
            return ModelFailed(name, trouble.what, begun=bool(work.given))
        if work.given:
            return None
        return NoAnswer(name) if work.refused else NothingKept(name, wrote=bool(work.cut))

    def _account(self, work: _Work) -> Written:
        spent = work.allowance
        return Written(
            self._model.name,
            wrote=bool(work.given),
            prompts=self._prompts.versions,
            usage=TokenUsage(spent.calls, spent.read, spent.written, spent.estimated),
            cut=tuple(work.cut),
        )


def _repeats(one: Proposed, other: Proposed) -> bool:
    """Whether a sentence's words were given already: two halves of a thought are one, quoted whole."""
    return one.text == other.text or (one.text in other.text and set(one.places) <= set(other.places))

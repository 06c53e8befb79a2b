"""Passages into an answer that a language model writes: each sentence proved, repaired once, or cut.

A sentence is given on as soon as it is proved; the first ones wait until, together, they answer the question.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field, replace

from bot.answering.answer import Cut, Usage
from bot.answering.proposal import Part, Proposed, Remark, Weighed, Written
from bot.llm.checking import PROVED, Checker, Fault, Prover
from bot.llm.covering import Covering
from bot.llm.drafts import REFUSAL, DraftReader
from bot.llm.model import LlmError, Model, Request
from bot.llm.patience import Again, Allowance, Patience, tokens_of
from bot.llm.sending import Sent, number_passages, send
from bot.questions.question import Question
from bot.showing.wording import plain
from bot.verify.records import Drafted
from index.records import Hit
from prompts.loader import Prompt, load_prompt

MOST = 4  # sentences of an answer
_CHECKED = 12  # sentences that are looked at; a model that writes more has not read its rules


@dataclass(frozen=True)
class Prompts:
    """What a model is asked with."""

    answer: Prompt
    question: Prompt
    repair: Prompt

    def versions(self, *, repaired: bool) -> tuple[str, ...]:
        """Names for exactly these wordings, such as "answer 3f9a0c1b2d4e"."""
        used = (self.answer, self.question, *((self.repair,) if repaired else ()))
        return tuple(f"{prompt.name} {prompt.version}" for prompt in used)


def load_prompts() -> Prompts:
    """The prompts that ship with Dateline. Raises `BadPrompt` where one does not fit what is filled in."""
    return Prompts(
        load_prompt("answer", {"boundary", "most", "refusal"}),
        load_prompt("question", {"passages", "question"}),
        load_prompt("repair", {"passages", "question", "faults", "refusal"}),
    )


@dataclass(frozen=True)
class Limits:
    """How much a model is sent and may write, in passages and tokens."""

    passages: int
    max_tokens: int
    context: int


# A question and its hits into the hits in the order in which they are sent.
Order = Callable[[str, Sequence[Hit]], Sequence[Hit]]


@dataclass
class _Work:
    """One answer being written."""

    question: Question
    weighed: Weighed
    sent: Sent
    allowance: Allowance
    checked: set[Drafted] = field(default_factory=set)
    said: set[str] = field(default_factory=set)
    waiting: list[Proposed] = field(default_factory=list)
    failed: list[Fault] = field(default_factory=list)
    cut: list[Cut] = field(default_factory=list)
    before: str = ""  # the sentence that a reader has seen last
    given: int = 0
    refused: bool = False
    repaired: bool = False

    @property
    def full(self) -> bool:
        """Whether nothing more is wanted of the model."""
        return self.given + len(self.waiting) >= MOST or len(self.checked) >= _CHECKED

    def take(self, proposed: Proposed, covering: Covering) -> list[Proposed]:
        """The sentences that may be given on now that this one is proved."""
        self.waiting.append(proposed)
        self.said.add(proposed.text)
        self.before = proposed.text
        if not self.given and not covering.answers(self.question.topic, self.waiting, self.weighed):
            return []
        ready, self.waiting = self.waiting, []
        self.given += len(ready)
        return ready

    def fail(self, fault: Fault) -> None:
        """A sentence that may not be shown: cut at once, or kept for the repair."""
        if fault.hopeless:
            self.cut.append(Cut(fault.text, fault.finding))
        else:
            self.failed.append(fault)

    def end(self) -> None:
        """What is still failed or waiting now is cut."""
        self.cut += [Cut(one.text, one.finding) for one in self.failed]
        self.cut += [Cut(one.text, f"{PROVED}, but does not answer the question") for one in self.waiting]
        self.failed, self.waiting = [], []


class Writer:
    """The answerer that has a language model write."""

    def __init__(
        self,
        model: Model,
        prover: Prover,
        *,
        covering: Covering,
        prompts: Prompts,
        patience: Patience,
        limits: Limits,
        order: Order | None = None,
    ) -> None:
        """`order` says in which order passages are sent; None is as they were found."""
        self._model = model
        self._order = order
        self._covering = covering
        self._checker = Checker(prover, covering)
        self._prompts = prompts
        self._patience = patience
        self._limits = limits

    async def propose(
        self, question: Question, weighed: Weighed, *, hits: Sequence[Hit]
    ) -> AsyncGenerator[Part, None]:
        """The sentences that were proved, remarks on what went wrong, and last what it took."""
        if self._order:
            hits = await asyncio.to_thread(self._order, question.topic, hits)
        work = self._begin(question, weighed, hits)
        trouble: LlmError | None = None
        try:
            async with aclosing(self._written(work)) as sentences:
                async for one in sentences:
                    yield one
        except LlmError as exc:
            trouble = exc
        work.end()
        remark = self._remark(work, trouble)
        if remark:
            yield Remark(remark)
        yield self._account(work)

    def _begin(self, question: Question, weighed: Weighed, hits: Sequence[Hit]) -> _Work:
        limits = self._limits
        room = min(limits.context, self._patience.tokens) - limits.max_tokens - self._overhead(question)
        shown = number_passages(hits, most=limits.passages, tokens=room)
        sent = send(shown, question.topic)
        return _Work(question, weighed, sent, self._patience.allowance())

    def _overhead(self, question: Question) -> int:
        """The tokens of the rules and the question, and of sentences to be repaired."""
        return tokens_of(self._prompts.answer.text) + tokens_of(question.topic) + 600

    async def _written(self, work: _Work) -> AsyncGenerator[Proposed, None]:
        """The draft's sentences that are proved, then the repaired ones."""
        for repairing in (False, True):
            if repairing and (work.full or not work.failed):
                return
            request = self._repair(work) if repairing else self._ask(work)
            async with aclosing(self._sentences(request, work)) as drafts:
                async for drafted in drafts:
                    proposed = await self._proved(drafted, work)
                    for one in work.take(proposed, self._covering) if proposed else []:
                        yield one
                    if work.full:
                        break

    def _ask(self, work: _Work) -> Request:
        values = {"passages": work.sent.text, "question": plain(work.question.topic)}
        return self._request(self._prompts.question.fill(values), work)

    def _repair(self, work: _Work) -> Request:
        """The request to write again what failed; from now on that has failed for good."""
        faults = "\n".join(f"- {plain(one.text)}\n  {one.finding}" for one in work.failed)
        work.cut += [Cut(one.text, one.finding) for one in work.failed]
        work.failed, work.repaired = [], True
        values = {
            "passages": work.sent.text,
            "question": plain(work.question.topic),
            "faults": faults,
            "refusal": REFUSAL,
        }
        return self._request(self._prompts.repair.fill(values), work)

    def _request(self, user: str, work: _Work) -> Request:
        rules = self._prompts.answer.fill(
            {"boundary": work.sent.boundary, "most": str(MOST), "refusal": REFUSAL}
        )
        return Request(rules, user, self._limits.max_tokens)

    async def _sentences(self, request: Request, work: _Work) -> AsyncGenerator[Drafted, None]:
        """The sentences of a reply that were not looked at before; it may start over."""
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
        work.refused = work.refused or reader.refused

    async def _proved(self, drafted: Drafted, work: _Work) -> Proposed | None:
        """A sentence ready to be cited; None where it failed, or was looked at before."""
        if drafted in work.checked or drafted.text in work.said:
            return None
        work.checked.add(drafted)
        outcome = await asyncio.to_thread(
            self._checker.check,
            replace(drafted, before=work.before),
            work.sent.shown,
            question=work.question.topic,
            weighed=work.weighed,
        )
        if isinstance(outcome, Fault):
            work.fail(outcome)
            return None
        repeated = any(
            outcome.text in said for said in work.said
        )  # two halves of a thought are one, quoted whole
        return None if repeated else outcome

    def _remark(self, work: _Work, trouble: LlmError | None) -> str | None:
        name = self._model.name
        if trouble:
            what = "did not finish its answer" if work.given else "gave no answer"
            return f"{name} {what}: {trouble}"
        if work.given:
            return None
        if work.refused:
            return f"{name} found no answer in the passages"
        if any(cut.finding.startswith(PROVED) for cut in work.cut):
            return f"nothing that {name} wrote answers the question"
        return f"nothing that {name} wrote could be proved" if work.cut else f"{name} wrote no sentence"

    def _account(self, work: _Work) -> Written:
        spent = work.allowance
        return Written(
            self._model.name,
            wrote=bool(work.given),
            prompts=self._prompts.versions(repaired=work.repaired),
            usage=Usage(spent.calls, spent.read, spent.written, spent.estimated),
            cut=tuple(work.cut),
        )

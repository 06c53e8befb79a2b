"""A question into a proved answer, step by step: question → retrieve → enough? → answer → prove.

`index` is sync and answerers are async: the crossings into a thread are here and in the answerers.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import aclosing, suppress
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Protocol

from bot.answering.abstaining import no_answer, unproved
from bot.answering.clock import Clock
from bot.answering.corrections import corrections_of
from bot.answering.dated_words import dated_words
from bot.answering.evidence import EvidenceArchive, EvidenceRetriever, Looked, Looker, Weigher
from bot.answering.followup import standalone
from bot.answering.later import StoryShelf, no_longer_said, with_later
from bot.answering.newest import newest_of, wants_newest
from bot.answering.ports import Step
from bot.answers.answer import Abstention, Answer, TokenUsage
from bot.answers.asked import Asked, Wording
from bot.answers.notes import ModelFailed, NoModel, Note, NothingKept
from bot.answers.origins import origins_of
from bot.answers.proposal import Answerer, NoAnswer, ProposalPart, Proposed, Refused, Written
from bot.language.lexicon import Lexicon, load_lexicon
from bot.proof.proving import Proof, Proved, cite_nearest
from index.errors import ArchiveError
from index.records import Hit
from index.storage.records import Cited


@dataclass
class _Told:
    """What was proved and said of one question so far."""

    proof: Proof
    written: list[Written]
    proved: list[Proved] = field(default_factory=list)
    remarks: list[Note] = field(default_factory=list)
    no_answer: NoAnswer | None = None
    logged: bool = True


class Rewriter(Protocol):
    """Makes a follow-up question stand alone, with a language model."""

    async def standalone(self, question: str, history: Sequence[str]) -> tuple[str | None, Written]:
        """The question, or None where it cannot be trusted; and what that took. Raises nothing."""


@dataclass(frozen=True)
class Llm:
    """A language model at work: `name` is what it is called.

    `answerers` write with it, by what is shown of a wording that is not proved; `wording` is the usual one.
    """

    name: str
    answerers: Mapping[Wording, Answerer]
    wording: Wording
    rewriter: Rewriter


class Differ(Protocol):
    """Finds where the origins behind an answer differ; `bot.differing.differences.Differ` is one."""

    def add(self, answer: Answer, hits: Sequence[Hit], *, shelf: StoryShelf) -> Answer:
        """The answer with its differences and the citations that only these need."""


class Dateline:
    """Answers questions from one archive; made by `bot.assemble`."""

    def __init__(
        self,
        archive: EvidenceArchive,
        retriever: EvidenceRetriever,
        *,
        weigher: Weigher,
        answerer: Answerer,
        llm: Llm | None = None,
        differ: Differ | None = None,
        lexicon: Lexicon | None = None,
        limit: int = 12,
    ) -> None:
        """`lexicon`: None loads the one that ships."""
        self._archive = archive
        lexicon = lexicon or load_lexicon()
        self._looker = Looker(archive, retriever, weigher=weigher, lexicon=lexicon, limit=limit)
        self._answerer = answerer
        self._llm = llm
        self._differ = differ

    @property
    def llm(self) -> str | None:
        """The language model that may write answers."""
        return self._llm.name if self._llm else None

    @property
    def wording(self) -> Wording | None:
        """What is shown of its words that are not proved, unless a question asks otherwise."""
        return self._llm.wording if self._llm else None

    async def ask(self, asked: Asked) -> Answer:
        """The proved answer to a question, or an abstention.

        Raises:
            BadQuestion: it is empty or longer than 1,000 characters.
            BadFilter: a date of the filters is not ISO.
        """
        async with aclosing(self.steps(asked)) as steps:
            async for step in steps:
                if isinstance(step, Answer):
                    return step
        raise AssertionError("the last step is the answer")

    async def steps(self, asked: Asked) -> AsyncGenerator[Step, None]:
        """The hits when they are found, each sentence when it is proved, then the answer. Raises as `ask`.

        Closing the iterator ends the work, that of a language model's server too.
        """
        clock, asked = Clock(), asked.cleaned()
        self._archive.begin_answer()
        used = self._llm if asked.llm is not False else None
        alone, written = await _stand_alone(asked, used, clock)
        look = partial(self._looker.look, asked, alone=alone, clock=clock)
        looked = await asyncio.to_thread(self._archive.at_once, look)
        yield looked.hits
        told = _Told(Proof(self._archive), written=written, logged=asked.logged)
        if asked.llm and not used:
            told.remarks.append(NoModel())
        answerer = used.answerers[asked.wording or used.wording] if used else None
        async with aclosing(self._tell(looked, answerer, told, clock)) as proved:
            async for one in proved:
                yield one
        finish = partial(self._finish, looked, told, clock)
        answer = await asyncio.to_thread(self._archive.at_once, finish)
        if told.logged:
            with clock.step("log"):
                await asyncio.to_thread(self._log, looked.question.text, answer)
        yield replace(answer, timings_ms=dict(clock.taken))

    async def search(self, asked: Asked, *, limit: int = 12) -> list[Hit]:
        """The passages nearest to a question, best first; nothing is answered. Raises as `ask`."""
        asked = asked.cleaned()
        alone = standalone(asked.text, asked.history)
        search = partial(self._looker.search, asked, alone=alone, limit=limit)
        return await asyncio.to_thread(self._archive.at_once, search)

    # Answering, proving and keeping

    async def _tell(
        self, looked: Looked, writer: Answerer | None, told: _Told, clock: Clock
    ) -> AsyncGenerator[Proved, None]:
        """Each sentence when it is proved: the language model's, or quoted where it could not be asked.

        The model is asked whenever something was found. Where it finds no answer there is none: it reads
        better than the weighing does.
        """
        answerers = [writer] if writer and looked.hits else []
        answerers += [self._answerer] if looked.refused is None else []
        for answerer in answerers:
            parts = answerer.propose(looked.question, looked.weighed, hits=looked.hits)
            async with aclosing(_timed(parts, clock)) as timed:
                async for part in timed:
                    one = await self._prove(part, told, clock)
                    if one:
                        yield one
            if told.proved or told.no_answer:
                return

    async def _prove(self, part: ProposalPart, told: _Told, clock: Clock) -> Proved | None:
        """The sentence that a part is, proved; anything else is kept for the answer."""
        match part:
            case ModelFailed() | NothingKept():
                told.remarks.append(part)
            case NoAnswer():
                told.no_answer = part
            case Written():
                told.written.append(replace(part, wrote=part.wrote and bool(told.proved)))
            case Proposed():
                with clock.step("prove"):
                    proved = await asyncio.to_thread(told.proof.prove, part)
                told.proved += [proved] if proved else []
                return proved
        return None

    def _finish(self, looked: Looked, told: _Told, clock: Clock) -> Answer:
        looked = replace(looked, notes=(*looked.notes, *told.remarks))
        if told.proved:
            with clock.step("compare"):
                answer = self._answered(looked, told.proved)
        else:
            with clock.step("prove"):
                answer = self._refusal(looked, _why_none(looked, told))
        return _with_llm(answer, told.written)

    def _answered(self, looked: Looked, proved: Sequence[Proved]) -> Answer:
        """The answer with what a reader of news needs beside it: where outlets differ, and as of when."""
        answer = self._with_age(_of_proved(looked, proved))
        if self._differ:
            answer = self._differ.add(answer, looked.hits, shelf=self._archive)
        origins = origins_of(answer.citations, looked.hits)
        answer = with_later(answer, self._archive)
        return replace(
            answer,
            dates=dated_words(answer.citations),
            corrections=corrections_of(answer.citations),
            origins=origins,
        )

    def _with_age(self, answer: Answer) -> Answer:
        """The answer to what asks for the latest, with how old the newest is that it quotes."""
        if not wants_newest(answer.question):
            return answer
        newest = newest_of(answer.citations, answer.filters, latest=self._archive.dates()[1])
        return replace(answer, notes=(*answer.notes, newest)) if newest else answer

    def _refusal(self, looked: Looked, refused: Refused) -> Answer:
        nearest = cite_nearest(refused.nearest, self._archive)
        gone = refused.why.reason == "unsure" and not nearest
        filters = looked.question.filters
        return Answer(
            question=looked.question.text,
            abstention=Abstention("unproved") if gone else replace(refused.why, nearest=nearest),
            confidence=looked.weighed.probability,
            filters=filters,
            notes=(*looked.notes, *no_longer_said(nearest, filters, self._archive)),
        )

    def _log(self, question: str, answer: Answer) -> None:
        cited = [Cited(one.article.id, one.revision, one.start, one.end) for one in answer.citations]
        with suppress(ArchiveError):  # a full disk is no reason to keep an answer back
            self._archive.log(question, status=answer.status, cited=cited)


async def _stand_alone(asked: Asked, llm: Llm | None, clock: Clock) -> tuple[str, list[Written]]:
    """A question as it stands alone, by the language model where there is one and can be trusted.

    Beside it what asking the model took.
    """
    by_rules = standalone(asked.text, asked.history)
    if llm is None or not asked.history:
        return by_rules, []
    with clock.step("answer"):
        alone, written = await llm.rewriter.standalone(asked.text, asked.history)
    return alone or by_rules, [written]


def _why_none(looked: Looked, told: _Told) -> Refused:
    if told.no_answer:
        return no_answer(told.no_answer.llm, looked.weighed, known=looked.refused)
    return looked.refused or unproved(looked.weighed)


def _of_proved(looked: Looked, proved: Sequence[Proved]) -> Answer:
    by_number = {citation.number: citation for one in proved for citation in one.citations}
    citations = tuple(by_number[number] for number in sorted(by_number))
    return Answer(
        question=looked.question.text,
        sentences=tuple(one.sentence for one in proved),
        citations=citations,
        confidence=looked.weighed.probability,
        filters=looked.question.filters,
        notes=looked.notes,
    )


def _with_llm(answer: Answer, written: Sequence[Written]) -> Answer:
    """The answer with what the language models took, and which of them wrote its sentences."""
    if not written:
        return answer
    usages = [one.usage for one in written]
    usage = TokenUsage(
        calls=sum(one.calls for one in usages),
        input=sum(one.input for one in usages),
        output=sum(one.output for one in usages),
        estimated=any(one.estimated for one in usages),
    )
    return replace(
        answer,
        llm=next((one.llm for one in written if one.wrote), None),
        prompts=tuple(dict.fromkeys(prompt for one in written for prompt in one.prompts)),
        usage=usage,
        cut=tuple(cut for one in written for cut in one.cut),
    )


async def _timed(
    parts: AsyncGenerator[ProposalPart, None], clock: Clock
) -> AsyncGenerator[ProposalPart, None]:
    """The parts as they come; what it took to make them is the step "answer"."""
    async with aclosing(parts):
        while True:
            with clock.step("answer"):
                part = await anext(parts, None)
            if part is None:
                return
            yield part

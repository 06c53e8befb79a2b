"""A question into a proved answer, step by step: question → retrieve → enough? → answer → prove.

`index` is sync and answerers are async: the two crossings into a thread are here and nowhere else.
"""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import AsyncGenerator, Iterator, Sequence
from contextlib import aclosing, contextmanager, suppress
from dataclasses import dataclass, field, replace
from typing import Protocol

from bot.abstaining import not_in_archive, not_stated, nothing_stored, outside_dates, unproved
from bot.answer import Abstention, Answer, Usage
from bot.followup import standalone
from bot.proposal import Answerer, Part, Proposed, Refused, Remark, Weighed, Written
from bot.proving import Proof, Proved, Shelf, cite_all
from bot.question import LONGEST, Question, clean, describe, may_name_outlet, read_question
from bot.variants import names_in, nearest_name, same_name
from bot.wording import sentence_line
from index.errors import ArchiveError
from index.records import Article, Filters, Hit
from index.storage.stored import ArchiveStatus, Cited

_EVERYTHING = Filters()
Step = tuple[Hit, ...] | Proved | Answer
NO_LLM = "no language model is set up here, so the answer is quoted"
WORTH_A_TRY = 0.15  # how likely the evidence must be for a language model to try where the rules gave up


class Archive(Shelf, Protocol):
    """What asking needs of `index.storage.archive.Archive`."""

    def passage_counts(self, words_: Sequence[str], *, filters: Filters = ...) -> dict[str, int]:
        """In how many passages each word stands."""

    def outlets(self) -> list[tuple[str | None, int]]:
        """(outlet, articles)."""

    def status(self) -> ArchiveStatus:
        """What is in the archive."""

    def log(self, question: str, *, status: str, cited: Sequence[Cited] = ()) -> None:
        """Remember what was asked and quoted."""


class Retriever(Protocol):
    """What asking needs of `index.retrieval.retrieve.Retriever`."""

    def retrieve(self, question: str, *, filters: Filters = ..., limit: int = ...) -> list[Hit]:
        """The passages nearest to a question, best first."""


class Weigher(Protocol):
    """Reads hits: which sentences may answer, and whether they do."""

    def weigh(self, question: str, hits: Sequence[Hit], *, filters: Filters) -> Weighed:
        """The candidates of the hits, best first, and whether they hold the answer."""


@dataclass
class _Clock:
    """How long each step took, in milliseconds; a step that is done twice counts twice."""

    taken: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        started = time.perf_counter()
        try:
            yield
        finally:
            spent = (time.perf_counter() - started) * 1000
            self.taken[name] = round(self.taken.get(name, 0.0) + spent, 2)


@dataclass(frozen=True)
class _Looked:
    """What looking into the archive gave; `refused` says why nothing there answers."""

    question: Question
    hits: tuple[Hit, ...]
    weighed: Weighed
    refused: Refused | None = None
    notes: tuple[str, ...] = ()

    @property
    def may_be_written(self) -> bool:
        """Whether a language model may try: there is evidence, or some of it and nothing that rules it out.

        What the rules call too little a model may find all the same, in words unlike the question's; what it
        writes is proved like anything else. Names that are nowhere and dates outside are not for it to judge.
        """
        if self.refused is None:
            return True
        likely = (self.weighed.probability or 0.0) >= WORTH_A_TRY
        return bool(self.hits) and self.refused.reason == "not_stated" and likely


@dataclass(frozen=True)
class _AskedAlone:
    """A question as it was typed, and as it stands alone."""

    text: str
    full: str
    written: tuple[Written, ...] = ()


@dataclass
class _Told:
    """What was proved and said of one question so far."""

    proof: Proof
    written: list[Written]
    proved: list[Proved] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)


class Rewriter(Protocol):
    """Makes a follow-up question stand alone, with a language model."""

    async def standalone(self, question: str, history: Sequence[str]) -> tuple[str | None, Written]:
        """The question, or None where it cannot be trusted; and what that took. Raises nothing."""


@dataclass(frozen=True)
class Llm:
    """A language model at work: `name` is what it is called."""

    name: str
    answerer: Answerer
    rewriter: Rewriter


class Dateline:
    """Answers questions from one archive; made by `bot.assemble`."""

    def __init__(
        self,
        archive: Archive,
        retriever: Retriever,
        *,
        weigher: Weigher,
        answerer: Answerer,
        llm: Llm | None = None,
        limit: int = 12,
    ) -> None:
        self._archive = archive
        self._retriever = retriever
        self._weigher = weigher
        self._answerer = answerer
        self._llm = llm
        self._limit = limit

    @property
    def llm(self) -> str | None:
        """The language model that may write answers."""
        return self._llm.name if self._llm else None

    async def ask(
        self,
        question: str,
        *,
        filters: Filters = _EVERYTHING,
        history: Sequence[str] = (),
        llm: bool | None = None,
    ) -> Answer:
        """The proved answer to a question, or an abstention; `history` are earlier questions, oldest first.

        `llm`: whether a language model may write it; None: where the settings name one.

        Raises:
            BadQuestion: it is empty or longer than 1,000 characters.
            BadFilter: a date of the filters is not ISO.
        """
        async with aclosing(self.steps(question, filters=filters, history=history, llm=llm)) as steps:
            async for step in steps:
                if isinstance(step, Answer):
                    return step
        raise AssertionError("the last step is the answer")

    async def steps(
        self,
        question: str,
        *,
        filters: Filters = _EVERYTHING,
        history: Sequence[str] = (),
        llm: bool | None = None,
    ) -> AsyncGenerator[Step, None]:
        """The hits when they are found, each sentence when it is proved, then the answer. Raises as `ask`.

        Closing the iterator ends the work, that of a language model's server too.
        """
        clock = _Clock()
        used = self._llm if llm is not False else None
        asked = await self._stand_alone(question, history, used, clock)
        looked = await asyncio.to_thread(self._look, asked, filters, clock)
        yield looked.hits
        told = _Told(Proof(self._archive), written=list(asked.written))
        if llm and not used:
            told.remarks.append(NO_LLM)
        async with aclosing(self._tell(looked, used, told, clock)) as proved:
            async for one in proved:
                yield one
        yield await asyncio.to_thread(self._finish, looked, told, clock)

    async def search(
        self,
        question: str,
        *,
        filters: Filters = _EVERYTHING,
        history: Sequence[str] = (),
        limit: int = 12,
    ) -> list[Hit]:
        """The passages nearest to a question, best first; nothing is answered. Raises as `ask`."""
        return await asyncio.to_thread(self._search, question, filters, history, limit)

    def _search(self, text: str, filters: Filters, history: Sequence[str], limit: int) -> list[Hit]:
        question, _ = self._read(_by_rules(text, history), filters)
        return self._retriever.retrieve(question.topic, filters=question.filters, limit=limit)

    async def _stand_alone(
        self, text: str, history: Sequence[str], llm: Llm | None, clock: _Clock
    ) -> _AskedAlone:
        """A follow-up made to stand alone: by the language model, where there is one and can be trusted."""
        asked = _by_rules(text, history)
        if llm is None or not history or not asked.text or len(asked.text) > LONGEST:
            return asked
        with clock.step("answer"):
            full, written = await llm.rewriter.standalone(asked.text, [clean(one) for one in history])
        return replace(asked, full=full or asked.full, written=(written,))

    def _read(self, asked: _AskedAlone, filters: Filters) -> tuple[Question, list[str]]:
        """The question, and notes on how it was understood."""
        outlets: list[str] = []
        if may_name_outlet(asked.full):
            outlets = [name for name, _ in self._archive.outlets() if name]
        question = replace(read_question(asked.full, filters, outlets=outlets), text=asked.text)
        notes = [f"read as “{asked.full}”"] if asked.full != asked.text else []
        return question, [*notes, f"only {describe(question.filters)}"] if question.read else notes

    # Looking into the archive

    def _look(self, asked: _AskedAlone, filters: Filters, clock: _Clock) -> _Looked:
        question, understood = self._read(asked, filters)
        notes = tuple(understood)
        hits, weighed = self._weigh(question, clock)
        if hits and weighed.enough:
            return _Looked(question, tuple(hits), weighed, None, notes)
        with clock.step("answer"):
            absent = self._absent(weighed.missing, hits)
        known = (
            names_in(text for hit in hits for text in (hit.article.title, hit.passage.text)) if absent else []
        )
        spelled, note = _in_archives_spelling(question, absent, known)
        if spelled:
            hits_again, weighed_again = self._weigh(spelled, clock)
            if hits_again and weighed_again.enough:
                return _Looked(spelled, tuple(hits_again), weighed_again, None, (*notes, note))
        with clock.step("answer"):
            near = {word: name for word in absent if (name := nearest_name(word, known))}
            refused = (
                not_in_archive(absent, weighed, near=near)
                if absent
                else self._why_not(question, hits, weighed, clock)
            )
        return _Looked(question, tuple(hits), weighed, refused, notes)

    def _weigh(self, question: Question, clock: _Clock) -> tuple[list[Hit], Weighed]:
        with clock.step("retrieve"):
            hits = self._retriever.retrieve(question.topic, filters=question.filters, limit=self._limit)
        with clock.step("answer"):
            return hits, self._weigher.weigh(question.topic, hits, filters=question.filters)

    def _absent(self, missing: Sequence[str], hits: Sequence[Hit]) -> list[str]:
        """The words of those missing that stand in no passage of the archive, nor beside a hit's body."""
        words = list(
            dict.fromkeys(word for phrase in missing for word in re.findall(r"\w[\w’'.-]*\w|\w", phrase))
        )
        counts = self._archive.passage_counts(words) if words else {}
        beside = {part for hit in hits for part in _beside_body(hit.article)}
        return [word for word in words if not counts.get(word) and word.casefold() not in beside]

    def _why_not(self, question: Question, hits: Sequence[Hit], weighed: Weighed, clock: _Clock) -> Refused:
        filters = question.filters
        undated = replace(filters, since=None, until=None, as_of=None)
        if undated != filters:
            _, anytime = self._weigh(replace(question, filters=undated), clock)
            if anytime.enough:
                status = self._archive.status()
                return outside_dates(filters, (status.earliest, status.latest), anytime)
        if not hits:
            return self._nothing_found(question, weighed)
        return not_stated(weighed, filters)

    def _nothing_found(self, question: Question, weighed: Weighed) -> Refused:
        outlet = replace(_EVERYTHING, outlet=question.filters.outlet)
        if not self._retriever.retrieve(question.topic, filters=outlet, limit=1):
            return nothing_stored(question.filters, articles=self._archive.status().articles)
        return not_stated(weighed, question.filters)

    # Answering, proving and keeping

    async def _tell(
        self, looked: _Looked, llm: Llm | None, told: _Told, clock: _Clock
    ) -> AsyncGenerator[Proved, None]:
        """Each sentence when it is proved: the language model's, or quoted where there are none of it."""
        answerers: list[Answerer] = [llm.answerer] if llm and looked.may_be_written else []
        answerers += [self._answerer] if looked.refused is None else []
        for answerer in answerers:
            parts = answerer.propose(looked.question, looked.weighed, hits=looked.hits)
            async with aclosing(_timed(parts, clock)) as timed:
                async for part in timed:
                    one = await self._prove(part, told, clock)
                    if one:
                        yield one
            if told.proved:
                return

    async def _prove(self, part: Part, told: _Told, clock: _Clock) -> Proved | None:
        """The sentence that a part is, proved; anything else is kept for the answer."""
        match part:
            case Remark():
                told.remarks.append(part.text)
            case Written():
                told.written.append(replace(part, wrote=part.wrote and bool(told.proved)))
            case Proposed():
                with clock.step("prove"):
                    proved = await asyncio.to_thread(told.proof.prove, part)
                told.proved += [proved] if proved else []
                return proved
        return None

    def _finish(self, looked: _Looked, told: _Told, clock: _Clock) -> Answer:
        looked = replace(looked, notes=(*looked.notes, *told.remarks))
        if told.proved:
            answer = _answered(looked, told.proved)
        else:
            with clock.step("prove"):
                answer = self._refusal(looked, looked.refused or unproved(looked.weighed))
        self._log(looked.question.text, answer)
        return replace(_with_llm(answer, told.written), timings_ms=dict(clock.taken))

    def _refusal(self, looked: _Looked, refused: Refused) -> Answer:
        nearest = cite_all(refused.nearest, self._archive)
        return Answer(
            question=looked.question.text,
            text=_with_notes(looked.notes, [refused.text]),
            abstention=Abstention(refused.reason, refused.missing, nearest),
            confidence=looked.weighed.probability,
            filters=looked.question.filters,
            notes=looked.notes,
        )

    def _log(self, question: str, answer: Answer) -> None:
        cited = [Cited(one.article.id, one.revision, one.start, one.end) for one in answer.citations]
        with suppress(ArchiveError):  # a full disk is no reason to keep an answer back
            self._archive.log(question, status=answer.status, cited=cited)


def _beside_body(article: Article) -> list[str]:
    """The words by which a person may call an article that its body need not have: its outlet, its year."""
    named = " ".join(filter(None, (article.outlet, article.agency, article.author, article.published)))
    return re.findall(r"\w+", named.casefold())


def _in_archives_spelling(
    question: Question, absent: Sequence[str], known: Sequence[str]
) -> tuple[Question | None, str]:
    """The question with each absent name as the archive transliterates it, and a note that says so."""
    topic, notes = question.topic, []
    for word in absent:
        variant = next((name for name in known if same_name(word, name)), None)
        if variant:
            topic = re.sub(rf"\b{re.escape(word)}\b", variant, topic)
            notes.append(f"'{word}' read as '{variant}', which is how the archive spells it")
    return (replace(question, topic=topic) if notes else None), "; ".join(notes)


def _answered(looked: _Looked, proved: Sequence[Proved]) -> Answer:
    by_number = {citation.number: citation for one in proved for citation in one.citations}
    citations = tuple(by_number[number] for number in sorted(by_number))
    return Answer(
        question=looked.question.text,
        text=_with_notes(looked.notes, [sentence_line(one.sentence, citations) for one in proved]),
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
    usage = Usage(
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


async def _timed(parts: AsyncGenerator[Part, None], clock: _Clock) -> AsyncGenerator[Part, None]:
    """The parts as they come; what it took to make them is the step "answer"."""
    async with aclosing(parts):
        while True:
            with clock.step("answer"):
                part = await anext(parts, None)
            if part is None:
                return
            yield part


def _by_rules(text: str, history: Sequence[str]) -> _AskedAlone:
    """The question as it was typed, cleaned, and as the rules of `bot.followup` make it stand alone."""
    cleaned = clean(text)
    full = standalone(cleaned, [clean(one) for one in history])
    return _AskedAlone(cleaned, full if len(full) <= LONGEST else cleaned)


def _with_notes(notes: Sequence[str], lines: Sequence[str]) -> str:
    return "\n".join([*(f"({note})" for note in notes), *lines])

"""Whatever a language model's server does: an answer by quoting or a named trouble, and nothing unproved."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import aclosing
from importlib import import_module
from pathlib import Path

import pytest
from asking_fakes import LUND, MOE, noted
from asking_fakes import told as text_of
from llm_fakes import PLANTED, STOCK, settings_for, written_by
from misbehaving_llm import BREAKERS, FORGERS, POINTLESS, WRITERS, Log, misbehaving

from bot.answering.asking import Dateline, Llm
from bot.answers.answer import Answer
from bot.answers.asked import Asked
from bot.assemble import assemble, writing
from bot.proof.proving import Proved
from bot.settings import load_settings
from eval.cases import BUILT_IN, load_set

LONGEST = 20.0  # seconds, on a busy machine; impatient settings allow 1.6, and quoting is quick
WAITING = ("silent", "stalls", "drips")
WRITING = [name for name in WRITERS if name not in ("good", "chatty")]
FAULTS = [*WRITING, *BREAKERS]
# What is wrong with the words is wrong however they come; the soak asks for all of them in both ways.
ASKED = [*((name, True) for name in FAULTS), *((name, False) for name in (*BREAKERS, "huge", "garbage"))]


def told(line: Dateline, question: str) -> tuple[list[Proved], Answer]:
    """The sentences as they were given on, and the answer."""

    async def steps() -> list[object]:
        async with aclosing(line.steps(Asked(question))) as found:
            return [step async for step in found]

    _, *proved, answer = asyncio.run(steps())
    assert isinstance(answer, Answer)
    return [one for one in proved if isinstance(one, Proved)], answer


def faults_of(answer: Answer, proved: list[Proved], log: Log) -> list[str]:
    """What is wrong with an answer, whatever it says."""
    found = []
    cited = {one.number: one for one in answer.citations}
    exact = (one.article.body[one.start : one.end] == one.quote for one in answer.citations)
    found += [] if all(exact) else ["a quote is not exact"]
    for sentence in answer.sentences:
        if sentence.text in log.forged:
            found.append(f"forged, shown: {sentence.text}")
        if not sentence.citations or any(number not in cited for number in sentence.citations):
            found.append(f"uncited: {sentence.text}")
        if sentence.verdict == "quoted" and sentence.text not in [cited[n].quote for n in sentence.citations]:
            found.append(f"no quotation: {sentence.text}")
    if [one.sentence for one in proved] != list(answer.sentences):
        found.append("other sentences were given on than stand in the answer")
    if answer.status == "answered" and answer.llm is None and not answer.notes:
        found.append("quoted without a word on why")
    return found


@pytest.fixture(scope="module")
def server() -> Iterator[Log]:
    import_module("llama_index.llms.openai_like")  # seconds, once, on a busy machine
    with misbehaving() as running:
        yield running


@pytest.fixture
def log(server: Log) -> Log:
    server.forget()
    return server


@pytest.mark.parametrize(("fault", "stream"), ASKED)
def test_a_fault_ends_in_quotations_and_a_note(fault: str, stream: bool, log: Log) -> None:
    began = time.monotonic()
    proved, answer = told(
        written_by(settings_for(log.url, fault, stream=stream, impatient=fault in WAITING))[0], STOCK
    )
    assert time.monotonic() - began < LONGEST
    assert faults_of(answer, proved, log) == []
    if fault == "refusing":
        assert answer.abstention and answer.abstention.reason == "not_stated"
        assert text_of(answer) == "refusing finds no answer in the passages."
        return
    assert answer.status == "answered"
    assert "Quill" not in text_of(answer)
    # It misreads a sentence that does not answer, or quotes the article that told it to.
    assert "1990" in text_of(answer) or fault in ("obedient", "other-speaker")
    if fault in ("500-once", "429-once-after") or (fault in WRITERS and fault not in POINTLESS):
        assert (answer.llm, answer.notes) == (fault, ())
        assert all(one.verdict == "quoted" for one in answer.sentences)
    elif answer.llm:  # what was proved before it broke off stays, and it is said
        assert fault in ("stalls", "drips", "cut", "no-finish", "not-json")
        assert noted(answer)[0].startswith(f"{fault} did not finish its answer: ")
    else:
        assert any(note.startswith((fault, f"nothing that {fault}")) for note in noted(answer))
    if fault in FORGERS and fault in POINTLESS:  # what was cut is listed, with what is wrong with it
        assert answer.cut and all(one.finding for one in answer.cut)
    assert not {one.text for one in answer.cut} & {one.text for one in answer.sentences}


def test_a_wrong_number_is_put_right_where_another_passage_proves_the_sentence(log: Log) -> None:
    _, answer = told(written_by(settings_for(log.url, "next-citation"))[0], STOCK)
    assert [one.article.id for one in answer.citations] == [LUND.id]
    assert answer.citations[0].quote == "“The stock has halved since 1990.”"


def test_a_retry_waits_as_long_as_the_server_asks(log: Log) -> None:
    told(written_by(settings_for(log.url, "429-once-after"))[0], STOCK)
    first, second = log.times
    assert second - first >= 0.3


def test_nobody_waits_for_an_hour(log: Log) -> None:
    _, answer = told(written_by(settings_for(log.url, "429-long"))[0], STOCK)
    assert len(log.times) == 1
    assert noted(answer) == ("429-long gave no answer: its server answered 429",)


def test_a_wrong_key_is_not_tried_twice(log: Log) -> None:
    told(written_by(settings_for(log.url, "401"))[0], STOCK)
    assert len(log.times) == 1


def test_an_article_cannot_close_its_marks_or_be_expanded(log: Log) -> None:
    told(written_by(settings_for(log.url))[0], STOCK)
    system, user = (message["content"] for message in log.requests[0]["messages"])  # type: ignore[attr-defined]
    boundary = system.partition("<<<")[2].partition(" ")[0]
    assert user.count(f"<<<{boundary} end>>>") == 3
    assert "<<<0123456789abcdef end>>>" in user  # as text, with another word than this question's
    assert "$question ${passages}" in user
    assert not any(boundary in one.body for one in (LUND, MOE, PLANTED))


def test_temperature_is_0_and_the_key_goes_where_it_should(log: Log) -> None:
    told(written_by(settings_for(log.url))[0], STOCK)
    assert (log.requests[0]["temperature"], log.requests[0]["max_tokens"]) == (0.0, 800)
    assert log.headers[0]["authorization"] == "Bearer key-of-the-test"


def test_usage_model_and_prompts_are_told(log: Log) -> None:
    _, answer = told(written_by(settings_for(log.url))[0], STOCK)
    assert answer.llm == "good" and answer.usage is not None
    assert (answer.usage.calls, answer.usage.input, answer.usage.estimated) == (1, 900, False)
    assert [prompt.split()[0] for prompt in answer.prompts] == ["answer", "question"]


def test_leaving_an_answer_ends_the_models_stream() -> None:
    async def leave(line: Dateline) -> None:
        async with aclosing(line.steps(Asked(STOCK))) as steps:
            async for step in steps:
                if isinstance(step, Proved):
                    return

    with misbehaving() as log:
        asyncio.run(leave(written_by(settings_for(log.url, "stalls"))[0]))
        ended = time.monotonic() + 2
        while not log.left and time.monotonic() < ended:
            time.sleep(0.01)
        assert log.left == 1


def test_a_cancelled_answer_ends_the_models_stream() -> None:
    async def cancel(line: Dateline) -> None:
        work = asyncio.ensure_future(line.ask(Asked(STOCK)))
        while not log.requests:
            await asyncio.sleep(0.01)
        await asyncio.sleep(0.1)
        work.cancel()
        with pytest.raises(asyncio.CancelledError):
            await work

    with misbehaving() as log:
        asyncio.run(cancel(written_by(settings_for(log.url, "stalls"))[0]))
        ended = time.monotonic() + 2
        while not log.left and time.monotonic() < ended:
            time.sleep(0.01)
        assert log.left == 1


def test_the_first_sentence_is_there_before_the_reply_has_ended() -> None:
    async def first(line: Dateline) -> tuple[int, int]:
        async with aclosing(line.steps(Asked(STOCK))) as steps:
            async for step in steps:
                if isinstance(step, Proved):
                    return len(log.requests), log.left
        raise AssertionError("no sentence was proved")

    with misbehaving(pause=0.02, piece=4) as log:
        began = time.monotonic()
        assert asyncio.run(first(written_by(settings_for(log.url))[0])) == (1, 0)
        assert time.monotonic() - began < 10


@pytest.mark.soak
@pytest.mark.parametrize("stream", [True, False], ids=["streaming", "whole"])
def test_every_fault_twenty_times_over_the_seeds(
    seeds_home: Path, stream: bool, figure: Callable[[str], None], many: Callable[[int], int]
) -> None:
    questions = [case.question for case in load_set(BUILT_IN).cases if case.answer and not case.history]
    questions = questions[: many(20)]
    rows = []
    with misbehaving() as log, assemble(load_settings({"home": seeds_home})) as line:
        for fault in ("good", "chatty", *FAULTS):
            settings = settings_for(log.url, fault, stream=stream, impatient=fault in WAITING)
            model: Llm = writing(settings)
            line._llm = model
            outcomes: Counter[str] = Counter()
            slowest = 0.0
            for question in questions:
                began = time.monotonic()
                proved, answer = told(line, question)
                slowest = max(slowest, time.monotonic() - began)
                outcomes[_outcome(answer)] += 1
                outcomes["wrong"] += len(faults_of(answer, proved, log))
            rows.append((outcomes, slowest))
            counts = " ".join(f"{kind} {outcomes[kind]:2}" for kind in _KINDS)
            way = "streaming" if stream else "whole"
            print(f"{fault:17} {way:9} {counts} slowest {slowest:.1f} s")  # noqa: T201
    figure(
        f"{len(FAULTS)} faults × {len(questions)} questions, {'streaming' if stream else 'whole'}: "
        f"{sum(outcomes['wrong'] for outcomes, _ in rows)} with an unproved word, "
        f"the longest {max(slowest for _, slowest in rows):.1f} s"
    )
    assert all(outcomes["wrong"] == 0 and slowest < LONGEST for outcomes, slowest in rows)


_KINDS = ("written", "quoted", "abstained", "wrong")


def _outcome(answer: Answer) -> str:
    return "abstained" if answer.abstention else "written" if answer.llm else "quoted"

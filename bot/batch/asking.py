"""Questions into rows, as they are answered; what is wrong with one is told in its row and stops no other."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Sequence

from bot.answering.ports import Asker
from bot.answers.asked import Asked
from bot.batch.questions import BatchQuestion
from bot.batch.rows import AnswerRow, failed_row, row_of
from index.errors import BadInput

WITH_A_MODEL = 4  # questions at once: a model's server mostly waits; without one two would share a processor


async def answer_row(asker: Asker, question: BatchQuestion, *, llm: bool | None = None) -> AnswerRow:
    """The row of one question. Raises what no other question would survive, such as `ArchiveError`."""
    try:
        return row_of(question, await asker.ask(Asked(question.text, question.filters, llm=llm)))
    except BadInput as exc:
        return failed_row(question, str(exc))


async def answer_rows(
    asker: Asker, questions: Sequence[BatchQuestion], *, llm: bool | None = None
) -> AsyncGenerator[AnswerRow, None]:
    """The rows of all questions, each as soon as it is there. Raises as `answer_row`."""
    places = asyncio.Semaphore(WITH_A_MODEL if asker.llm and llm is not False else 1)

    async def answered(question: BatchQuestion) -> AnswerRow:
        async with places:
            return await answer_row(asker, question, llm=llm)

    tasks = [asyncio.ensure_future(answered(one)) for one in questions]
    try:
        for task in asyncio.as_completed(tasks):
            yield await task
    finally:
        for one in tasks:
            one.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

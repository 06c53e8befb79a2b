"""`@bot question` in any chat into proved quotations to choose from.

Nothing of it is stored: Telegram forgets a query within seconds, and people type one letter after the other.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence

from telegram import (
    Bot,
    InlineQueryResultArticle,
    InlineQueryResultsButton,
    InputTextMessageContent,
    LinkPreviewOptions,
    MessageEntity,
)
from telegram.error import TelegramError

from bot.answering.ports import Asker
from bot.answers.answer import Answer, DatedWords, Sentence
from bot.answers.asked import Asked
from bot.answers.citation import Citation
from bot.showing.wording import Words
from bot.telegram.chat.access import Doors
from bot.telegram.messages.no_links import named
from bot.telegram.messages.rendering import sources, spoken
from bot.telegram.messages.text import entities, join, split
from bot.telegram.updates.events import Inline
from index.errors import DatelineError

LOG = logging.getLogger("dateline.telegram")

_SHORTEST = 8  # characters of a query that is worth asking
_STILL_TYPING = 0.4  # seconds without a further letter
_KEPT = 60  # seconds that Telegram may show the same results again
_TITLE, _DESCRIPTION = 100, 200  # characters


class InlineAnswers:
    """Answers inline queries, the newest of each person only."""

    def __init__(self, asker: Asker, bot: Bot, doors: Doors, *, at_once: int, seconds: float) -> None:
        self._asker = asker
        self._bot = bot
        self._doors = doors
        self._places = asyncio.Semaphore(at_once)
        self._seconds = seconds
        self._asked: dict[int, asyncio.Task[None]] = {}

    def ask(self, event: Inline, words: Words) -> None:
        """Begin to answer; an earlier query of the same person is given up."""
        if before := self._asked.pop(event.person.id, None):
            before.cancel()
        task = asyncio.create_task(self._answer(event, words))
        self._asked[event.person.id] = task
        task.add_done_callback(lambda done: self._forget(event.person.id, done))

    async def close(self) -> None:
        """Give up what is being answered."""
        tasks = list(self._asked.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _forget(self, person: int, task: asyncio.Task[None]) -> None:
        if self._asked.get(person) is task:
            del self._asked[person]
        if not task.cancelled() and (exc := task.exception()):
            LOG.error("an inline query failed", exc_info=exc)

    async def _answer(self, event: Inline, words: Words) -> None:
        if not await asyncio.to_thread(self._doors.lets_in_inline, event):
            await self._send(event, [], words.say("texts.inline_private"))
        elif spent := await asyncio.to_thread(self._doors.spent, event.person, words):
            await self._send(event, [], spent[:60])
        elif len(event.text) < _SHORTEST:
            await self._send(event, [], words.say("texts.inline_type"))
        else:
            await asyncio.sleep(_STILL_TYPING)
            async with self._places:
                answer = await self._ask(event.text)
            results = _results(answer, words) if answer else []
            await self._send(event, results, None if results else words.say("texts.inline_none"))

    async def _ask(self, text: str) -> Answer | None:
        answer: Answer | None = None
        try:
            async with asyncio.timeout(self._seconds):
                async for step in self._asker.steps(Asked(text)):
                    answer = step if isinstance(step, Answer) else None
        except (DatelineError, TimeoutError) as exc:
            LOG.info("an inline query got no answer: %s", exc)
        return answer

    async def _send(
        self, event: Inline, results: Sequence[InlineQueryResultArticle], told: str | None
    ) -> None:
        button = InlineQueryResultsButton(told, start_parameter="inline") if told else None
        try:
            await self._bot.answer_inline_query(
                event.query, results, cache_time=_KEPT if results else 0, is_personal=True, button=button
            )
        except TelegramError as exc:  # most often: the query is too old, since somebody types on
            LOG.info("an inline query was not answered: %s", exc)


def _results(answer: Answer, words: Words) -> list[InlineQueryResultArticle]:
    by_number = {one.number: one for one in answer.citations}
    return [
        _result(place, one, [by_number[number] for number in one.citations], answer.dates, words)
        for place, one in enumerate(answer.sentences)
    ]


def _result(
    place: int, sentence: Sentence, citations: Sequence[Citation], dates: Sequence[DatedWords], words: Words
) -> InlineQueryResultArticle:
    whole = join([spoken([sentence], citations, words, dates), sources(citations, words)], "\n\n")
    text = split(whole)[0]  # a sentence that fills a message alone goes without its list
    content = InputTextMessageContent(
        text.text,
        entities=[MessageEntity.de_json(dict(one)) for one in entities(text)],
        link_preview_options=LinkPreviewOptions(is_disabled=True),
    )
    return InlineQueryResultArticle(
        str(place),
        words.lead(sentence, citations[0])[:_TITLE],
        content,
        description=named(sentence.text)[:_DESCRIPTION],
    )

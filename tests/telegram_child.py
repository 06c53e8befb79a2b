"""A bot in a process of its own, for killing, that names each question: `telegram_child.py HOME ADDRESS`."""

from __future__ import annotations

import asyncio
import random
import signal
import sys
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

from fake_telegram import TOKEN
from http_fakes import HARBOUR, FakeAsker, FakeLibrary
from pydantic import SecretStr
from settings_fakes import fixed

from bot.answering.ports import Step
from bot.answers.answer import Answer, Sentence
from bot.answers.asked import Asked
from bot.answers.citation import cite
from bot.answers.notes import ReadAs
from bot.proof.proving import Proved
from bot.telegram.run import running
from bot.telegram.settings import TelegramSettings
from index.sentences import sentence_spans


class Naming(FakeAsker):
    """Quotes an article, and says in a note which question that answers; one in eight takes its time."""

    async def steps(self, question: Asked) -> AsyncIterator[Step]:
        spans = sentence_spans(HARBOUR.body)
        citations = tuple(cite(HARBOUR, span, number=number) for number, span in enumerate(spans, start=1))
        sentences = tuple(Sentence(one.quote, (one.number,), "quoted") for one in citations)
        slow = random.random() < 0.125
        for sentence, citation in zip(sentences, citations, strict=True):
            await asyncio.sleep(0.25 if slow else 0.004)
            yield Proved(sentence, (citation,))
        yield replace(Answer(question.text, sentences, citations), notes=(ReadAs(question.text),))


async def main(home: Path, address: str) -> None:
    settings = fixed(TelegramSettings, poll=2.0, at_once=8)(
        token=SecretStr(TOKEN), api=address, per_user_day=0, examples=("Who?",)
    )
    told, library = asyncio.Event(), FakeLibrary()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, told.set)
    async with running(Naming(library), library, settings, home=home, note=print):
        await told.wait()


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1]), sys.argv[2]))

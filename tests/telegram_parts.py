"""A bot that runs against the fake Telegram, over the invented articles of `http_fakes`."""

from __future__ import annotations

import asyncio
import sqlite3
import threading
import time
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from fake_telegram import TOKEN, FakeTelegram, serving
from http_fakes import FakeAsker, FakeLibrary
from pydantic import SecretStr

from bot.answering.ports import Asker, Library, Step
from bot.answers.asked import Asked
from bot.telegram.run import running
from bot.telegram.settings import TelegramSettings
from bot.telegram.updates.database import LAYOUT
from index.records import Filters

QUESTION = "When did the harbour reopen?"


class Asking(FakeAsker):
    """The fake asker of the server as the bot asks it; `pause` is the time before each sentence."""

    def __init__(self, library: FakeLibrary, *, pause: float = 0.0) -> None:
        super().__init__(library)
        self.pause = pause
        self.history: list[Sequence[str]] = []
        self.filters: list[Filters] = []
        self.error: Exception | None = None

    async def steps(self, question: Asked) -> AsyncIterator[Step]:
        self.history.append(question.history)
        self.filters.append(question.filters)
        if self.error:
            raise self.error
        async for step in super().steps(question):
            if self.pause:
                await asyncio.sleep(self.pause)
            yield step


@dataclass
class Chat:
    """A running bot, its Telegram, its archive and its asker."""

    telegram: FakeTelegram
    library: FakeLibrary
    asker: Asking
    home: Path
    settings: TelegramSettings


@contextmanager
def chatting(
    home: Path,
    *,
    telegram: FakeTelegram | None = None,
    pause: float = 0.0,
    ready: bool = True,
    examples: bool = False,
    settings: TelegramSettings | None = None,
) -> Iterator[Chat]:
    """A bot in a thread of its own, which polls the fake over HTTP; it is there when this begins.

    `examples`: it looks for questions to begin with, and asks them.
    """
    telegram = telegram or FakeTelegram()
    library = FakeLibrary()
    asker = Asking(library, pause=pause)
    settings = settings or TelegramSettings()
    if not (settings.examples or examples):
        settings = replace(settings, examples=("Who?",))
    with serving(telegram) as address:
        settings = replace(settings, token=SecretStr(TOKEN), api=address)
        chat = Chat(telegram, library, asker, home, settings)
        with in_thread(chat):
            end = time.monotonic() + 10
            while ready and "setMyShortDescription" not in telegram.calls and time.monotonic() < end:
                time.sleep(0.01)
            yield chat
    assert telegram.violations == []


@contextmanager
def in_thread(chat: Chat) -> Iterator[None]:
    """Run the bot until the end of the block; what ends it by itself is raised here."""
    with running_bot(chat.asker, chat.library, chat.settings, home=chat.home):
        yield


@contextmanager
def running_bot(asker: Asker, library: Library, settings: TelegramSettings, *, home: Path) -> Iterator[None]:
    """A bot in a thread of its own until the end of the block; what ends it by itself is raised here."""
    loop = asyncio.new_event_loop()
    stop = asyncio.Event()
    failure: list[BaseException] = []

    async def run() -> None:
        async with running(asker, library, settings, home=home, note=lambda _: None) as bot:
            waits = [asyncio.ensure_future(stop.wait()), asyncio.ensure_future(bot.ended())]
            done, pending = await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
            for one in pending:
                one.cancel()
            for one in done:
                one.result()

    def work() -> None:
        try:
            loop.run_until_complete(run())
        except BaseException as exc:
            failure.append(exc)
        finally:
            loop.close()

    thread = threading.Thread(target=work)
    thread.start()
    try:
        yield
    finally:
        if thread.is_alive() and not loop.is_closed():
            loop.call_soon_threadsafe(stop.set)
        thread.join(20)
        assert not thread.is_alive()
    if failure:
        raise failure[0]


@contextmanager
def votes_of(chat: Chat) -> Iterator[list[tuple[int, int]]]:
    """Who has voted what."""
    with sqlite3.connect(chat.home / LAYOUT.file_name) as connection:
        yield connection.execute("SELECT person, vote FROM votes").fetchall()
    connection.close()

"""The bot, run beside whatever else its process does."""

from __future__ import annotations

import asyncio
import logging
import os
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager, closing, suppress
from dataclasses import dataclass
from functools import partial

from telegram.error import TelegramError
from telegram.ext import AIORateLimiter, ExtBot
from telegram.request import HTTPXRequest

from bot.answering.ports import Asker, Library
from bot.follows.database import open_follows
from bot.follows.settings import FollowSettings
from bot.telegram.bot import Parts
from bot.telegram.secret_words import hidden
from bot.telegram.settings import TelegramSettings
from bot.telegram.updates.database import open_database
from bot.telegram.updates.polling import RawUpdates
from index.errors import ArchiveError, BadSetting
from index.storage.engine import ArchiveHome
from index.storage.home_lock import HomeLock

LOG = logging.getLogger("dateline.telegram")

_LOOK = 5.0  # seconds between two looks whether the bot is still this process's to run
_LOCKED_WAIT = 10.0  # seconds until it is tried again whether another process still runs it
_GRACE = 10.0  # seconds for what is being worked on when the process ends
_FLOOD_RETRIES = 20  # how often python-telegram-bot waits as long as Telegram says before it asks us


@dataclass(frozen=True)
class Running:
    """A bot that runs; `ended` waits for what ends it by itself."""

    task: asyncio.Task[None]

    async def ended(self) -> None:
        """Wait until it cannot go on. Raises `BadSetting` when Telegram refuses the token."""
        await asyncio.shield(self.task)


class BotLock(HomeLock):
    """Held by the process that runs the bot of an archive: two would answer everything twice.

    Telegram itself lets one process ask for updates, and answers 409 to others (getUpdates).
    """

    file_name = "telegram.lock"
    doing = "answered for in Telegram"


@asynccontextmanager
async def running(
    asker: Asker,
    library: Library,
    settings: TelegramSettings,
    *,
    home: ArchiveHome,
    note: Callable[[str], None],
    follows: FollowSettings = FollowSettings(),  # noqa: B008 - frozen
    command: str = "dateline telegram",
) -> AsyncIterator[Running]:
    """The bot, from the moment this begins until it ends; Telegram may be out of reach meanwhile.

    Raises:
        ArchiveLocked: another process runs the bot of this archive.
        ArchiveMismatch: its tables were made by a newer Dateline.
    """
    with (
        hidden([settings.token.get_secret_value()]),
        BotLock(home, command=command) as lock,
        closing(open_database(home)) as database,
        closing(open_follows(home)) as followed,
    ):
        bot, updates = _bot(settings)
        parts = Parts(asker, library, settings, database, bot, follows=followed, follow_settings=follows)
        task = asyncio.create_task(_as_long_as_held(lock, parts.run(updates, note)))
        try:
            yield Running(task)
        finally:
            task.cancel()
            with suppress(asyncio.CancelledError, BadSetting, ArchiveError):
                await task
            await parts.desk.close(grace=_GRACE)
            with suppress(TelegramError, RuntimeError):
                await bot.shutdown()


async def _as_long_as_held(lock: BotLock, work: Coroutine[None, None, None]) -> None:
    """Work, ended by `ArchiveError` as soon as another process may do it."""

    async def look() -> None:
        while True:
            await asyncio.sleep(_LOOK)
            await asyncio.to_thread(lock.check)

    tasks = [asyncio.create_task(work), asyncio.create_task(look())]
    try:
        done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        for one in done:
            one.result()
    finally:
        for one in tasks:
            one.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


class CompanionBot:
    """The bot beside a server, in its event loop: what ends the bot is said, and the server goes on.

    Where another process runs the bot, this one waits, to take its place when that ends.
    """

    def __init__(
        self,
        asker: Asker,
        library: Library,
        settings: TelegramSettings,
        *,
        home: ArchiveHome,
        note: Callable[[str], None],
        follows: FollowSettings,
    ) -> None:
        self._running = partial(
            running, asker, library, settings, home=home, note=note, follows=follows, command="dateline serve"
        )
        self._note = note
        self._task: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Begin."""
        self._task = asyncio.create_task(self._run())

    async def close(self) -> None:
        """End, when what is being answered is done."""
        if self._task:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def _run(self) -> None:
        said = ""
        while True:
            try:
                async with self._running() as bot:
                    said = ""
                    await bot.ended()
            except ArchiveError as exc:
                if str(exc) != said:
                    self._note(f"the Telegram bot waits: {exc}")
                said = str(exc)
                await asyncio.sleep(_LOCKED_WAIT)
            except Exception as exc:
                LOG.error("the Telegram bot has ended: %s", exc)
                return


def _bot(settings: TelegramSettings) -> tuple[ExtBot[int], RawUpdates]:
    os.environ.setdefault(
        "PTB_TIMEDELTA", "true"
    )  # times as python-telegram-bot will give them; it warns otherwise
    updates = RawUpdates()
    bot = ExtBot(
        settings.token.get_secret_value(),
        base_url=settings.api,
        request=HTTPXRequest(connection_pool_size=64, read_timeout=20, pool_timeout=10),
        get_updates_request=updates,
        rate_limiter=AIORateLimiter(max_retries=_FLOOD_RETRIES),
    )
    return bot, updates

"""The bot, run beside whatever else its process does."""

from __future__ import annotations

import asyncio
import logging
import os
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from telegram.error import TelegramError
from telegram.ext import AIORateLimiter, ExtBot
from telegram.request import HTTPXRequest

from bot.answering.ports import Asker, Library
from bot.follows.database import FollowsFile
from bot.follows.settings import FollowSettings
from bot.telegram.bot import Parts
from bot.telegram.secret_words import hidden
from bot.telegram.settings import TelegramSettings
from bot.telegram.updates.database import Database
from bot.telegram.updates.polling import RawUpdates
from index.errors import BadSetting
from index.storage.lock import WriterLock

LOG = logging.getLogger("dateline.telegram")

_GRACE = 10.0  # seconds for what is being worked on when the process ends
_FLOOD_RETRIES = 20  # how often python-telegram-bot waits as long as Telegram says before it asks us


@dataclass(frozen=True)
class Running:
    """A bot that runs; `ended` waits for what ends it by itself."""

    task: asyncio.Task[None]

    async def ended(self) -> None:
        """Wait until it cannot go on. Raises `BadSetting` when Telegram refuses the token."""
        await asyncio.shield(self.task)


@asynccontextmanager
async def running(
    asker: Asker,
    library: Library,
    settings: TelegramSettings,
    *,
    home: Path,
    note: Callable[[str], None],
    follows: FollowSettings = FollowSettings(),  # noqa: B008 - frozen
) -> AsyncIterator[Running]:
    """The bot, from the moment this begins until it ends; Telegram may be out of reach meanwhile.

    Raises:
        ArchiveLocked: another process runs the bot of this home.
        ArchiveMismatch: its database was made by a newer Dateline.
    """
    with (
        hidden([settings.token.get_secret_value()]),
        _alone(home),
        closing(Database.open(home)) as database,
        closing(FollowsFile.open(home)) as file,
    ):
        bot, updates = _bot(settings)
        parts = Parts(asker, library, settings, database, bot, follows=file, follow_settings=follows)
        task = asyncio.create_task(parts.run(updates, note))
        try:
            yield Running(task)
        finally:
            task.cancel()
            with suppress(asyncio.CancelledError, BadSetting):
                await task
            await parts.desk.close(grace=_GRACE)
            with suppress(TelegramError, RuntimeError):
                await bot.shutdown()


class CompanionBot:
    """The bot beside a server, in its event loop: what ends the bot is said, and the server goes on."""

    def __init__(
        self,
        asker: Asker,
        library: Library,
        settings: TelegramSettings,
        *,
        home: Path,
        note: Callable[[str], None],
        follows: FollowSettings,
    ) -> None:
        self._bot = running(asker, library, settings, home=home, note=note, follows=follows)
        self._watch: asyncio.Task[None] | None = None
        self._stack = AsyncExitStack()

    async def start(self) -> None:
        """Begin. Raises as `running`."""
        bot = await self._stack.enter_async_context(self._bot)
        self._watch = asyncio.create_task(self._watched(bot))

    async def close(self) -> None:
        """End, when what is being answered is done."""
        if self._watch:
            self._watch.cancel()
        await self._stack.aclose()

    async def _watched(self, bot: Running) -> None:
        try:
            await bot.ended()
        except Exception as exc:
            LOG.error("the Telegram bot has ended: %s", exc)


@contextmanager
def _alone(home: Path) -> Iterator[None]:
    """Two bots on one database would answer everything twice."""
    home.mkdir(parents=True, exist_ok=True)
    lock = WriterLock(home / "telegram.lock")
    try:
        yield
    finally:
        lock.release()


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

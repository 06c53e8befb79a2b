"""Telegram's updates into the inbox by webhook: it gets its 200 when they are stored, not before."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from urllib.parse import urlsplit

from telegram import Bot, Update
from telegram.ext import Updater

from bot.telegram.settings import TelegramSettings
from bot.telegram.updates.events import KINDS
from bot.telegram.updates.polling import Take


class _Stored(asyncio.Queue[object]):
    """The queue that python-telegram-bot's server puts updates into: it waits until they are on the disk.

    An error, such as a full disk, becomes a 500, and Telegram sends the update again.
    """

    def __init__(self, take: Take) -> None:
        super().__init__()
        self._take = take

    async def put(self, item: object) -> None:
        """Store an update."""
        if isinstance(item, Update):
            await self._take([item.to_dict()])


@asynccontextmanager
async def listening(bot: Bot, take: Take, settings: TelegramSettings) -> AsyncIterator[None]:
    """Telegram is told where to send updates, with a secret that only it knows, and they are taken."""
    updater = Updater(bot, _Stored(take))
    await updater.initialize()
    await updater.start_webhook(
        listen=settings.webhook_listen,
        port=settings.webhook_port,
        url_path=urlsplit(settings.webhook_url).path,
        webhook_url=settings.webhook_url,
        allowed_updates=list(KINDS),
        secret_token=secrets.token_urlsafe(32),
        bootstrap_retries=5,
    )
    try:
        yield
    finally:
        await updater.stop()

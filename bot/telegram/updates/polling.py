"""Telegram's updates into the inbox by long polling: asked for again only when the last ones are stored.

python-telegram-bot's own poller tells Telegram to forget updates while they are still being handled: killed
then, they are lost. Here the number that tells it so moves on after they are on the disk. A second poller
with the same token, an outage, a bad gateway: each is said once, waited out, and does not end the loop.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta

from telegram import Bot
from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError, TimedOut
from telegram.request import HTTPXRequest

from bot.telegram.sending.post import Trouble
from bot.telegram.updates.events import KINDS
from bot.telegram.updates.inbox import UpdateJson
from index.errors import DatelineError

LOG = logging.getLogger("dateline.telegram")

Take = Callable[[Sequence[UpdateJson]], Awaitable[None]]
_LONGEST_WAIT = 30.0
_AT_ONCE = 0.3  # seconds; a server that does not keep requests open is not asked without pause


class RawUpdates(HTTPXRequest):
    """The connection that updates come by: it keeps them as they came, and hands nothing on to be parsed.

    One that this version of the library cannot read would otherwise hold up all that come with it, for ever.
    """

    def __init__(self) -> None:
        super().__init__(connection_pool_size=1)
        self._came: list[UpdateJson] = []

    def taken(self) -> list[UpdateJson]:
        """What came by the last request."""
        came, self._came = self._came, []
        return came

    def parse_json_payload(self, payload: bytes) -> dict[str, object]:  # type: ignore[override]
        """What a request brought, its updates put aside."""
        answer: dict[str, object] = HTTPXRequest.parse_json_payload(payload)
        if isinstance(result := answer.get("result"), list):
            self._came = [one for one in result if isinstance(one, dict)]
            answer["result"] = []
        return answer


class Poller:
    """Asks for updates until it is cancelled."""

    def __init__(
        self,
        bot: Bot,
        updates: RawUpdates,
        take: Take,
        *,
        trouble: Trouble,
        seconds: float,
        pause: float = 1.0,
    ) -> None:
        """`updates` is the bot's connection for them; `seconds` is how long a request is kept open."""
        self._bot = bot
        self._updates = updates
        self._take = take
        self._trouble = trouble
        self._seconds = seconds
        self._pause = pause
        self._offset: int | None = None
        self._told: str | None = None

    async def run(self) -> None:
        """Poll for good. Raises `InvalidToken` when Telegram no longer takes the token."""
        wait = self._pause
        while True:
            try:
                await self.once()
                wait, self._told = self._pause, None
                continue
            except InvalidToken:
                raise
            except TimedOut:
                continue  # a quiet network; nothing was confirmed
            except Conflict:
                self._say("another process polls with this token; one of the two has to end")
                wait = min(_LONGEST_WAIT, wait * 2)
            except RetryAfter as exc:
                self._say(f"Telegram wants a pause: {exc}")
                after = exc.retry_after
                wait = after.total_seconds() if isinstance(after, timedelta) else float(after)
            except (TelegramError, DatelineError) as exc:  # no network; or no disk: then it must not confirm
                self._say(f"no updates: {exc}")
                wait = min(_LONGEST_WAIT, wait * 2)
            except Exception:  # nothing that Telegram sends may end this
                LOG.exception("no updates, for a reason that was not foreseen")
                wait = min(_LONGEST_WAIT, wait * 2)
            await asyncio.sleep(wait)

    async def once(self) -> None:
        """One request: what comes is stored, and confirmed by the next one."""
        begun = time.monotonic()
        await self._bot.get_updates(
            offset=self._offset, timeout=timedelta(seconds=self._seconds), allowed_updates=list(KINDS)
        )
        if updates := self._updates.taken():
            await self._take(updates)
            self._offset = max(int(str(one["update_id"])) for one in updates) + 1
        elif time.monotonic() - begun < _AT_ONCE:
            await asyncio.sleep(_AT_ONCE)

    def _say(self, what: str) -> None:
        if what != self._told:
            self._trouble.note(what)
            self._told = what

"""An answer in the making into something to watch: "typing…", then what has been proved so far.

In a private chat the sentences so far are a draft, which vanishes by itself. Elsewhere they stand in a
message that the answer takes the place of; it is edited once in 1.5 s at most. An answer that is there within
a third of a second is shown at once and whole.
"""

from __future__ import annotations

import asyncio
import time
from contextlib import suppress
from types import TracebackType

from bot.proof.proving import Proved
from bot.showing.wording import Words
from bot.telegram.messages.rendering import spoken
from bot.telegram.messages.text import own
from bot.telegram.sending.post import Post
from bot.telegram.updates.events import Room
from bot.telegram.updates.inbox import Inbox

EDIT_EVERY = 1.5  # seconds
_DRAFT_EVERY = 0.5
_FIRST = 0.3
_SETTLES = 0.25  # after a first sentence: the others of a quoted answer are there by then
_TYPING_EVERY = 4.5  # Telegram shows it for five seconds


class Live:
    """Shows one answer while it is made; an async context manager."""

    def __init__(
        self, post: Post, inbox: Inbox, *, room: Room, number: int, to: int | None, words: Words
    ) -> None:
        """`to` is the message that a first message of ours replies to."""
        self._post = post
        self._inbox = inbox
        self._room = room
        self._number = number
        self._to = to
        self._words = words
        self._proved: list[Proved] = []
        self._shown = 0
        self._news = asyncio.Event()
        self._over = asyncio.Event()

    def proved(self, one: Proved) -> None:
        """One more sentence is there."""
        self._proved.append(one)
        self._news.set()

    async def __aenter__(self) -> Live:
        self._task = asyncio.create_task(self._run())
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, exc: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._over.set()  # never cancelled: a message that is being sent must be known
        self._news.set()
        await self._task

    async def _run(self) -> None:
        on = await asyncio.to_thread(self._inbox.draft, self._number)
        await self._wait(_FIRST)
        typed = 0.0
        while not self._over.is_set():
            if self._proved and not self._shown:
                await self._pause(_SETTLES)
            if self._over.is_set():
                return
            if len(self._proved) > self._shown:
                on = await self._show(on)
                drafting = self._room.private and self._post.drafts and on is None
                await self._pause(_DRAFT_EVERY if drafting else EDIT_EVERY)
            elif time.monotonic() - typed >= _TYPING_EVERY:
                typed = time.monotonic()
                await self._post.typing(self._room)
            else:
                await self._wait(_TYPING_EVERY - (time.monotonic() - typed))

    async def _show(self, on: int | None) -> int | None:
        self._shown = len(self._proved)
        sentences = [one.sentence for one in self._proved]
        citations = [citation for one in self._proved for citation in one.citations]
        text = spoken(sentences, citations, self._words) + own("\n\n…")
        shown = await self._post.show(self._room, text, number=self._number, on=on, to=self._to)
        if shown is not None and shown != on:
            await asyncio.to_thread(self._inbox.set_draft, self._number, shown)
        return shown if shown is not None else on

    async def _pause(self, seconds: float) -> None:
        """Wait, whatever news there is, unless it is over."""
        end = time.monotonic() + seconds
        while not self._over.is_set() and time.monotonic() < end:
            await self._wait(end - time.monotonic())

    async def _wait(self, seconds: float) -> None:
        """Wait for news."""
        if self._over.is_set():
            return
        self._news.clear()
        with suppress(TimeoutError):
            async with asyncio.timeout(max(seconds, 0.0)):
                await self._news.wait()

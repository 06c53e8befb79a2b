"""Stored updates into delivered answers: one after the other in a room, a few rooms at once.

What is open is worked out; what is worked out is stored, then sent. A kill at any moment leaves a row that
says how far it had come, and the next start goes on from there.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import dataclass

from telegram import Bot
from telegram.error import InvalidToken

from bot.telegram.buttons import Buttons
from bot.telegram.commands import Commands
from bot.telegram.doors import Doors
from bot.telegram.events import Asked, Command, Event, Inline, Pressed, Room, read_update, room_key
from bot.telegram.inbox import Inbox, Json, Part, Waiting
from bot.telegram.inline import InlineAnswers
from bot.telegram.phrases import Dictionary, Words
from bot.telegram.post import Gone, Moved, Post, Undeliverable
from bot.telegram.replies import Message, Reply, messages
from bot.telegram.talk import Talk, Wanted
from bot.telegram.text import own
from index.errors import ArchiveError

LOG = logging.getLogger("dateline.telegram")

_DISK_PAUSE = 5.0  # seconds
_TRIES = 5  # an update during which the process died so often is given up, with a word to who sent it


@dataclass(frozen=True)
class Staff:
    """Who answers what."""

    talk: Talk
    commands: Commands
    buttons: Buttons
    inline: InlineAnswers
    doors: Doors


class Desk:
    """Works through the inbox."""

    def __init__(
        self, bot: Bot, inbox: Inbox, post: Post, *, staff: Staff, dictionary: Dictionary, at_once: int
    ) -> None:
        self._bot = bot
        self._inbox = inbox
        self._post = post
        self._staff = staff
        self._dictionary = dictionary
        self._places = asyncio.Semaphore(at_once)
        self._last: dict[str, asyncio.Task[None]] = {}  # of each room that has something to do
        self._tasks: set[asyncio.Task[None]] = set()

    async def take(self, updates: Sequence[Json]) -> None:
        """Store updates, then begin to answer them; when this returns, Telegram may forget them."""
        stored: list[tuple[int, str, Json]] = []
        for update in updates:
            room, number = room_key(update), update.get("update_id")
            if room is not None and isinstance(number, int):
                stored.append((number, room, update))
            else:
                self._pass_on(update)
        if stored:
            for waiting in await asyncio.to_thread(self._inbox.take, stored, bot=self._bot.id):
                self._begin(waiting)

    def deliver(self, waiting: Sequence[Waiting]) -> None:
        """Begin to send what is stored in the inbox already."""
        for one in waiting:
            self._begin(one)

    async def resume(self) -> int:
        """Begin with what an earlier process left; how much that is."""
        waiting = await asyncio.to_thread(self._inbox.waiting)
        self.deliver(waiting)
        return len(waiting)

    async def close(self, *, grace: float) -> None:
        """Finish what is being worked on, for a while; the rest is for the next start."""
        await self._staff.inline.close()
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=grace)
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def _pass_on(self, update: Json) -> None:
        event = self._read(update)
        if isinstance(event, Inline):
            self._staff.inline.ask(event, self._words(event))

    def _begin(self, waiting: Waiting) -> None:
        room = waiting.room
        task = asyncio.create_task(self._finish(waiting, after=self._last.get(room)))
        self._last[room] = task
        self._tasks.add(task)
        task.add_done_callback(lambda done: self._ended(room, done))

    def _ended(self, room: str, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if self._last.get(room) is task:
            del self._last[room]

    async def _finish(self, waiting: Waiting, *, after: asyncio.Task[None] | None) -> None:
        """Answer an update when the one before it in its room is answered; a full disk is waited out."""
        if after:
            await asyncio.wait([after])
        while True:
            try:
                if await asyncio.to_thread(self._inbox.is_open, waiting.number):
                    async with self._places:
                        await self._work_out(waiting.number)
                await self._deliver(waiting)
                return
            except ArchiveError as exc:
                LOG.warning("update %d waits: %s", waiting.number, exc)
                await asyncio.sleep(_DISK_PAUSE)
            except InvalidToken:
                LOG.error("Telegram refuses the token; what is open waits for the next start")
                return
            except Exception:
                LOG.exception("update %d was not answered; it waits for the next start", waiting.number)
                return

    async def _work_out(self, number: int) -> None:
        body, tries = await asyncio.to_thread(self._inbox.begin, number)
        event = self._read(body)
        reply = None
        if event and tries > _TRIES:
            reply = Reply(own(self._words(event).say("texts.failed")))
        elif event:
            reply = await self._reply(event, number)
        said: list[Message] = []
        if reply and event:
            said = list(messages(reply, to=self._answered(event), more=self._words(event).say("texts.more")))
        await asyncio.to_thread(self._inbox.answered, number, said)

    async def _reply(self, event: Event, number: int) -> Reply | None:
        words = self._words(event)
        try:
            match event:
                case Pressed():
                    if not await asyncio.to_thread(self._staff.doors.lets_in, event.person, event.room):
                        await self._post.notice(event.query)
                        return None
                    return await self._staff.buttons.answer(event, words, number=number)
                case Asked() | Command() if await self._is_refused(event):
                    told = await asyncio.to_thread(self._staff.doors.refusal, event, words)
                    return Reply(own(told)) if told else None
                case Asked() | Command():
                    return await self._said(event, words, number)
                case _:
                    return None
        except Exception:
            LOG.exception("an update was not answered")
            return Reply(own(words.say("texts.failed")))

    def _answered(self, event: Event) -> int | None:
        """The message that an answer points at: in a group, or where more has been asked meanwhile."""
        if not isinstance(event, Asked | Command):
            return None
        more = self._last.get(event.room.key) is not asyncio.current_task()
        return event.message if more or not event.room.private else None

    async def _is_refused(self, event: Asked | Command) -> bool:
        if isinstance(event, Command) and event.name == "id":
            return False
        return not await asyncio.to_thread(self._staff.doors.lets_in, event.person, event.room)

    async def _said(self, event: Asked | Command, words: Words, number: int) -> Reply | None:
        if isinstance(event, Command) and event.name != "ask":
            return await self._staff.commands.answer(event, words, number=number)
        text = event.argument if isinstance(event, Command) else event.text
        if not text:
            said = "texts.ask_what" if isinstance(event, Command) else "texts.words_only"
            return Reply(own(words.say(said)))
        if spent := await asyncio.to_thread(self._staff.doors.spent, event.person, words):
            return Reply(own(spent))
        wanted = Wanted(number, event.room, event.person, text, to=self._answered(event))
        return await self._staff.talk.answer(wanted, words)

    async def _deliver(self, waiting: Waiting) -> None:
        number, room = waiting.number, Room.of(waiting.room)
        dropped = False
        try:
            for part in await asyncio.to_thread(self._inbox.unsent, number):
                room = await self._send(number, part, room)
        except Undeliverable as exc:
            LOG.warning("update %d: its answer cannot be delivered: %s", number, exc)
            dropped = True
        await asyncio.to_thread(self._inbox.done, number, dropped=dropped)

    async def _send(self, number: int, part: Part, room: Room) -> Room:
        """Send one part; the room it went to, which may have moved."""
        shown = await asyncio.to_thread(self._inbox.draft, number) if part.part == 0 else None
        if part.again and shown is None:
            LOG.warning("update %d: a message is sent that may have arrived before the restart", number)
        await asyncio.to_thread(self._inbox.started, number, part.part)
        try:
            sent = await self._put(room, part.message, on=shown)
        except Moved as moved:
            there = Room(moved.chat, room.thread)
            LOG.info("a group has moved from %d to %d", room.chat, there.chat)
            await asyncio.to_thread(self._inbox.moved, room.key, there.key)
            room, sent = there, await self._put(there, part.message, on=None)
        await asyncio.to_thread(self._inbox.sent, number, part.part, message=sent)
        return room

    async def _put(self, room: Room, message: Message, *, on: int | None) -> int:
        if on is not None:
            try:
                await self._post.edit(room, on, message)
                return on
            except Gone:
                LOG.info("the message that showed the answer is gone; it is sent anew")
        return await self._post.send(room, message)

    def _read(self, update: Json) -> Event | None:
        try:
            return read_update(update, self._bot)
        except Exception:  # whatever Telegram may send one day: it must not stop the rest
            LOG.exception("update %s cannot be read", update.get("update_id"))
            return None

    def _words(self, event: Event) -> Words:
        return self._dictionary.of(event.person.language)

"""Stored updates into delivered answers: one after the other in a room, a few rooms at once.

What is open is worked out; what is worked out is stored, then sent. A kill at any moment leaves a row that
says how far it had come, and the next start goes on from there.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace

from telegram import Bot
from telegram.error import InvalidToken

from bot.showing.wording import Words
from bot.telegram.chat.access import Doors
from bot.telegram.chat.buttons import Buttons
from bot.telegram.chat.commands import Commands
from bot.telegram.chat.inline import InlineAnswers
from bot.telegram.chat.moves import Moves
from bot.telegram.chat.talk import Talk, Wanted
from bot.telegram.messages.phrases import Dictionary
from bot.telegram.messages.replies import Reply, RoomMessage, messages
from bot.telegram.messages.text import own
from bot.telegram.sending.delivery import Delivery
from bot.telegram.sending.post import Post, Withdrawn
from bot.telegram.updates.events import (
    Command,
    Event,
    Inline,
    Pressed,
    QuestionMessage,
    Room,
    migration,
    read_update,
    room_key,
)
from bot.telegram.updates.inbox import Inbox, UpdateJson, Waiting
from index.errors import ArchiveError

LOG = logging.getLogger("dateline.telegram")

_DISK_PAUSE = 5.0  # seconds
_UNKNOWN = 0  # no message has this number
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
        self,
        bot: Bot,
        inbox: Inbox,
        post: Post,
        *,
        staff: Staff,
        dictionary: Dictionary,
        moves: Moves,
        at_once: int,
    ) -> None:
        self._bot = bot
        self._inbox = inbox
        self._post = post
        self._staff = staff
        self._dictionary = dictionary
        self._moves = moves
        self._delivery = Delivery(inbox, post, moves=moves)
        self._places = asyncio.Semaphore(at_once)
        self._last: dict[str, asyncio.Task[None]] = {}  # of each room that has something to do
        self._tasks: set[asyncio.Task[None]] = set()

    async def take(self, updates: Sequence[UpdateJson]) -> None:
        """Store updates, then begin to answer them; when this returns, Telegram may forget them."""
        for move in filter(None, map(migration, updates)):  # first: what comes with it is of its new room
            await self._move(*move)
        stored: list[tuple[int, str, UpdateJson]] = []
        for update in updates:
            room, number = room_key(update), update.get("update_id")
            if room is not None and isinstance(number, int):
                stored.append((number, self._moves.current(Room.of(room)).key, update))
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

    def _pass_on(self, update: UpdateJson) -> None:
        event = self._read(update)
        if isinstance(event, Inline):
            self._staff.inline.ask(event, self._words(event))

    def _begin(self, waiting: Waiting) -> None:
        room = waiting.room
        task = asyncio.create_task(self._finish(waiting, after=self._last.get(room)))
        self._last[room] = task
        self._tasks.add(task)
        task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        self._last = {room: last for room, last in self._last.items() if last is not task}

    async def _move(self, old: int, new: int) -> None:
        """A group has become a supergroup: what comes there waits for what came before."""
        if await asyncio.to_thread(self._moves.move, old, new):
            LOG.info("a group has moved from %d to %d", old, new)
        if last := self._last.pop(Room(old).key, None):
            self._last.setdefault(Room(new).key, last)

    async def _finish(self, waiting: Waiting, *, after: asyncio.Task[None] | None) -> None:
        """Answer an update when the one before it in its room is answered; a full disk is waited out."""
        if after:
            await asyncio.wait([after])
        while True:
            try:
                if await asyncio.to_thread(self._inbox.is_open, waiting.number):
                    async with self._places:
                        await self._work_out(waiting.number)
                await self._delivery.deliver(waiting)
                return
            except Withdrawn:
                LOG.info("update %d is answered again: an article was removed", waiting.number)
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
        said: list[RoomMessage] = []
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
                case QuestionMessage() | Command() if await self._is_refused(event):
                    told = await asyncio.to_thread(self._staff.doors.refusal, event, words)
                    return Reply(own(told)) if told else None
                case QuestionMessage() | Command():
                    return await self._said(event, words, number)
                case _:
                    return None
        except Exception:
            LOG.exception("an update was not answered")
            return Reply(own(words.say("texts.failed")))

    def _answered(self, event: Event) -> int | None:
        """The message that an answer points at: in a group, or where more has been asked meanwhile."""
        if not isinstance(event, QuestionMessage | Command):
            return None
        more = self._last.get(event.room.key) is not asyncio.current_task()
        return event.message or None if more or not event.room.private else None

    async def _is_refused(self, event: QuestionMessage | Command) -> bool:
        if isinstance(event, Command) and event.name == "id":
            return False
        return not await asyncio.to_thread(self._staff.doors.lets_in, event.person, event.room)

    async def _said(self, event: QuestionMessage | Command, words: Words, number: int) -> Reply | None:
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

    def _read(self, update: UpdateJson) -> Event | None:
        try:
            return self._there(read_update(update, self._bot))
        except Exception:  # whatever Telegram may send one day: it must not stop the rest
            LOG.exception("update %s cannot be read", update.get("update_id"))
            return None

    def _there(self, event: Event | None) -> Event | None:
        """An event in the room as it is now; its message has another number there, which nobody tells."""
        if event is None or isinstance(event, Inline):
            return event
        room = self._moves.current(event.room)
        return event if room == event.room else replace(event, room=room, message=_UNKNOWN)

    def _words(self, event: Event) -> Words:
        return self._dictionary.of(event.person.language)

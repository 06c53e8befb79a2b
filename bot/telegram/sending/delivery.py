"""Answers that are stored into messages that have arrived: a part at a time, in order, each noted."""

from __future__ import annotations

import asyncio
import logging
from functools import partial

from bot.telegram.chat.moves import Moves
from bot.telegram.messages.replies import RoomMessage
from bot.telegram.sending.post import Gone, Moved, Post, Still, Undeliverable, Withdrawn
from bot.telegram.updates.events import Room
from bot.telegram.updates.inbox import Inbox, ReplyPart, Waiting

LOG = logging.getLogger("dateline.telegram")


class Delivery:
    """Sends what lies in the outbox."""

    def __init__(self, inbox: Inbox, post: Post, *, moves: Moves) -> None:
        self._inbox = inbox
        self._post = post
        self._moves = moves

    async def deliver(self, waiting: Waiting) -> None:
        """Send the parts of an answer that have not arrived, to where its chat is now.

        Raises `Withdrawn` where it was taken back meanwhile.
        """
        number, room = waiting.number, self._moves.current(Room.of(waiting.room))
        dropped = False
        try:
            for part in await asyncio.to_thread(self._inbox.unsent, number):
                room = await self._send(number, part, room)
        except Undeliverable as exc:
            LOG.warning("update %d: its answer cannot be delivered: %s", number, exc)
            dropped = True
        await asyncio.to_thread(self._inbox.done, number, dropped=dropped)

    async def _send(self, number: int, part: ReplyPart, room: Room) -> Room:
        """Send one part; the room it went to, which may have moved."""
        shown = await asyncio.to_thread(self._inbox.draft, number) if part.part == 0 else None
        if part.again and shown is None:
            LOG.warning("update %d: a message is sent that may have arrived before the restart", number)
        await asyncio.to_thread(self._inbox.started, number, part.part)
        still = partial(asyncio.to_thread, self._inbox.is_unsent, number, part.part)
        if not await still():
            raise Withdrawn("what it says was taken back before it was sent")
        try:
            sent = await self._put(room, part.message, on=shown, still=still)
        except Moved as moved:
            LOG.info("a group has moved from %d to %d", room.chat, moved.chat)
            await asyncio.to_thread(self._moves.move, room.chat, moved.chat)
            room = self._moves.current(room)
            sent = await self._put(room, part.message, on=None, still=still)
        await asyncio.to_thread(self._inbox.sent, number, part.part, message=sent)
        return room

    async def _put(self, room: Room, message: RoomMessage, *, on: int | None, still: Still) -> int:
        if on is not None:
            try:
                await self._post.edit(room, on, message, still=still)
                return on
            except Gone:
                LOG.info("the message that showed the answer is gone; it is sent anew")
        return await self._post.send(room, message, still=still)

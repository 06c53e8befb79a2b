"""Messages out to Telegram: what it refuses becomes one of three errors, what it delays is tried again.

Undeliverable    the chat is gone, or the bot was blocked or put out: nothing can be said there
Moved            the group has another number now
Gone             the message that should be edited is not there any more
Withdrawn        it waited, and is not to be said any more

A message that was taken while the news of that got lost is sent again, as after a kill: see `inbox`.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime
from typing import TypeVar

from telegram import (
    Bot,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    LinkPreviewOptions,
    MessageEntity,
    ReplyParameters,
)
from telegram.constants import ChatAction
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    TelegramError,
)

from bot.telegram.messages.replies import RoomMessage, Rows
from bot.telegram.messages.text import Text, entities, split
from bot.telegram.secret_words import hide
from bot.telegram.updates.events import Room

LOG = logging.getLogger("dateline.telegram")
T = TypeVar("T")
Still = Callable[[], Awaitable[bool]]
"""Whether a message that waits is to be sent yet."""

_LONGEST_WAIT = 60.0
_UNKNOWN = 0  # no message has this number
_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)  # a preview would show a stranger's picture
_NOWHERE = ("chat not found", "peer_id_invalid", "write_forbidden", "topic_closed", "not enough rights",
            "thread not found", "chat_restricted", "need administrator rights", "user not found")  # fmt: skip
_SAME = "message is not modified"


class Undeliverable(Exception):
    """Nothing can be said in that chat."""


class Gone(Exception):
    """The message to edit is not there any more."""


class Withdrawn(Exception):
    """While it could not be sent, what it says was taken back."""


class Moved(Exception):
    """The group has become a supergroup; `chat` is its number now."""

    def __init__(self, chat: int) -> None:
        super().__init__(f"moved to {chat}")
        self.chat = chat


class Trouble:
    """The last thing that went wrong, for /status and the log."""

    def __init__(self) -> None:
        self.last: tuple[str, str] | None = None

    def note(self, what: str) -> None:
        """Say it in the log and remember it."""
        LOG.warning("%s", what)
        self.last = (datetime.now(UTC).strftime("%Y-%m-%d %H:%M"), hide(what))


class Post:
    """Sends, edits and shows; patient where an answer has to arrive, quick where it only shows progress."""

    def __init__(self, bot: Bot, trouble: Trouble, *, pause: float = 1.0) -> None:
        self._bot = bot
        self._trouble = trouble
        self._pause = pause
        self._drafts = True

    async def send(self, room: Room, message: RoomMessage, *, still: Still) -> int:
        """Send a message, however long it takes, while it is `still` to be said; its number.

        Raises `Undeliverable`, `Moved`, `Withdrawn`.
        """
        try:
            return await self._patiently(lambda: self._send(room, message), still)
        except BadRequest as exc:
            _check_there(exc)
            self._trouble.note(f"Telegram refused the form of a message, sent without it: {exc}")
        try:
            plain = RoomMessage(message.text, to=message.to)
            return await self._patiently(lambda: self._send(room, plain), still)
        except BadRequest as exc:
            raise Undeliverable(str(exc)) from exc

    async def edit(self, room: Room, number: int, message: RoomMessage, *, still: Still) -> None:
        """Put a message in the place of another. Raises `Gone`, `Undeliverable`, `Moved`, `Withdrawn`."""
        try:
            await self._patiently(lambda: self._edit(room, number, message), still)
        except BadRequest as exc:
            if _SAME in str(exc).lower():
                return  # it had arrived before
            _check_there(exc)
            raise Gone(str(exc)) from exc

    async def typing(self, room: Room) -> None:
        """Show "typing…" for five seconds."""
        await self._quietly(
            lambda: self._bot.send_chat_action(room.chat, ChatAction.TYPING, message_thread_id=room.thread)
        )

    async def show(
        self, room: Room, text: Text, *, number: int, on: int | None, to: int | None
    ) -> int | None:
        """Show part of an answer: as a draft, in message `on`, or in a new one, whose number comes back."""
        first = split(text)[0]
        message = RoomMessage(first.text, entities(first), to=to)
        if room.private and self._drafts and on is None:
            self._drafts = await self._draft(room, message, number)
            if self._drafts:
                return None
        if on is None:
            return await self._quietly(lambda: self._send(room, message))
        await self._quietly(lambda: self._edit(room, on, message))
        return on

    @property
    def drafts(self) -> bool:
        """Whether this Bot API server takes drafts, as far as is known."""
        return self._drafts

    async def tell(self, room: Room, message: RoomMessage) -> None:
        """Say something, if it can be said at once."""
        await self._quietly(lambda: self._send(room, message))

    async def notice(self, query: str, text: str | None = None) -> None:
        """Answer the press of a button: end its clock, and say something for a moment."""
        await self._quietly(lambda: self._bot.answer_callback_query(query, text=text))

    async def _draft(self, room: Room, message: RoomMessage, number: int) -> bool:
        """False when drafts are not to be had here, now or ever."""
        try:
            return await self._bot.send_message_draft(
                room.chat, number, message.text, entities=_entities(message.entities)
            )
        except (BadRequest, InvalidToken) as exc:  # 404 for a method that a server does not know
            LOG.info("no drafts here: %s", exc)
            return False
        except TelegramError as exc:
            LOG.info("a draft was not shown: %s", exc)
            return True

    async def _send(self, room: Room, message: RoomMessage) -> int:
        reply = ReplyParameters(message.to, allow_sending_without_reply=True) if message.to else None
        marks, buttons = _entities(message.entities), _markup(message.buttons)
        try:
            sent = await self._bot.send_message(
                room.chat,
                message.text,
                entities=marks,
                message_thread_id=room.thread,
                reply_parameters=reply,
                reply_markup=buttons,
                link_preview_options=_NO_PREVIEW,
            )
        except (TypeError, ValueError, KeyError):  # it arrived; sending it again would not make that readable
            LOG.exception("Telegram took a message, but its answer cannot be read")
            return _UNKNOWN
        return sent.message_id

    async def _edit(self, room: Room, number: int, message: RoomMessage) -> None:
        await self._bot.edit_message_text(
            message.text,
            chat_id=room.chat,
            message_id=number,
            entities=_entities(message.entities),
            reply_markup=_markup(message.buttons),
            link_preview_options=_NO_PREVIEW,
        )

    async def _patiently(self, call: Callable[[], Awaitable[T]], still: Still) -> T:
        """Call until Telegram takes it or says why not; a `BadRequest` is for the caller."""
        wait = self._pause
        while True:
            try:
                return await call()
            except ChatMigrated as exc:
                raise Moved(exc.new_chat_id) from exc
            except Forbidden as exc:
                raise Undeliverable(str(exc)) from exc
            except (BadRequest, InvalidToken):
                raise
            except TelegramError as exc:  # no network, a bad gateway, a flood, an answer that is none
                self._trouble.note(f"not sent, tried again in {wait:.0f} s: {exc}")
            await asyncio.sleep(wait)
            if not await still():
                raise Withdrawn("it waited, and what it says was taken back")
            wait = min(_LONGEST_WAIT, wait * 2)

    async def _quietly(self, call: Callable[[], Awaitable[T]]) -> T | None:
        """Call once; nothing depends on it."""
        try:
            return await call()
        except TelegramError as exc:
            if _SAME not in str(exc).lower():
                LOG.info("not shown: %s", exc)
            return None


def _check_there(exc: BadRequest) -> None:
    """Raise `Undeliverable` where a refusal is about the chat and not about the message."""
    if any(one in str(exc).lower() for one in _NOWHERE):
        raise Undeliverable(str(exc)) from exc


def _entities(found: Sequence[dict[str, str | int]]) -> list[MessageEntity]:
    return [MessageEntity.de_json(dict(one)) for one in found]


def _markup(rows: Rows) -> InlineKeyboardMarkup | None:
    if not rows:
        return None
    return InlineKeyboardMarkup(
        [[InlineKeyboardButton(one.label, callback_data=one.data) for one in row] for row in rows]
    )

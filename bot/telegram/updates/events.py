"""Telegram's updates into what somebody wants: a question, a command, a button, an inline query."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from telegram import Bot, CallbackQuery, InlineKeyboardMarkup, Message, MessageEntity, Update, User
from telegram.ext import filters

from bot.telegram.messages.utf16 import around

KINDS = ("message", "callback_query", "inline_query")  # what is asked of Telegram


@dataclass(frozen=True)
class Person:
    """Who it is; `language` is the one of their Telegram."""

    id: int
    name: str
    language: str | None


@dataclass(frozen=True)
class Room:
    """A chat, or a topic of a forum; groups have negative numbers."""

    chat: int
    thread: int | None = None

    @property
    def key(self) -> str:
        """How it is stored."""
        return f"{self.chat}/{self.thread}" if self.thread else f"{self.chat}"

    @property
    def private(self) -> bool:
        """Whether it is a chat with one person."""
        return self.chat > 0

    @classmethod
    def of(cls, key: str) -> Room:
        """The room that is stored so."""
        chat, _, thread = key.partition("/")
        return cls(int(chat), int(thread) if thread else None)


@dataclass(frozen=True)
class QuestionMessage:
    """A question, or a message without words (`text` is empty)."""

    room: Room
    person: Person
    message: int
    text: str


@dataclass(frozen=True)
class Command:
    """A command: "since", "2020-10-10"."""

    room: Room
    person: Person
    message: int
    name: str
    argument: str


@dataclass(frozen=True)
class Pressed:
    """A button: what it carries and what is written on it."""

    room: Room
    person: Person
    message: int
    query: str
    data: str
    label: str


@dataclass(frozen=True)
class Inline:
    """What somebody types behind the bot's name in another chat."""

    person: Person
    query: str
    text: str


_OF_REPLIES = ("ask", "follow")  # commands that take the message they reply to where they have no words

Event = QuestionMessage | Command | Pressed | Inline


def room_key(raw: Mapping[str, object]) -> str | None:
    """The room of an update as it came in; None where it has none, as an inline query."""
    query = raw.get("callback_query")
    message = query.get("message") if isinstance(query, dict) else raw.get("message")
    if not isinstance(message, dict):
        return None
    chat = message.get("chat")
    number = chat.get("id") if isinstance(chat, dict) else None
    thread = message.get("message_thread_id") if message.get("is_topic_message") else None
    if not isinstance(number, int):
        return None
    return Room(number, thread if isinstance(thread, int) else None).key


def migration(raw: Mapping[str, object]) -> tuple[int, int] | None:
    """The old and the new number of a group that has become a supergroup, said in either of them."""
    message = raw.get("message")
    chat = message.get("chat") if isinstance(message, dict) else None
    if not (isinstance(message, dict) and isinstance(chat, dict)):
        return None
    old = message.get("migrate_from_chat_id", chat.get("id"))
    new = message.get("migrate_to_chat_id", chat.get("id"))
    return (old, new) if isinstance(old, int) and isinstance(new, int) and old != new else None


def read_update(raw: Mapping[str, object], bot: Bot) -> Event | None:
    """What an update asks of the bot; None when it is not meant for it."""
    update = Update.de_json(dict(raw), bot)
    if update.inline_query:
        query = update.inline_query
        return Inline(_person(query.from_user), query.id, query.query.strip())
    if update.callback_query:
        return _pressed(update.callback_query)
    if update.message:
        return _said(update.message, bot)
    return None


def _pressed(query: CallbackQuery) -> Pressed | None:
    message = query.message
    if message is None or query.data is None:
        return None
    thread = message.message_thread_id if isinstance(message, Message) and message.is_topic_message else None
    markup = message.reply_markup if isinstance(message, Message) else None
    return Pressed(
        Room(message.chat.id, thread),
        _person(query.from_user),
        message.message_id,
        query.id,
        query.data,
        _label(markup, query.data),
    )


def _label(markup: InlineKeyboardMarkup | None, data: str) -> str:
    buttons = (button for row in (markup.inline_keyboard if markup else ()) for button in row)
    return next((button.text for button in buttons if button.callback_data == data), "")


def _said(message: Message, bot: Bot) -> QuestionMessage | Command | None:
    person = _speaker(message)
    if person is None or (message.via_bot and message.via_bot.id == bot.id) or _is_service(message):
        return None
    thread = message.message_thread_id if message.is_topic_message else None
    room = Room(message.chat.id, thread)
    name, target, rest = _command(message)
    if name:
        if target and target.casefold() != bot.username.casefold():
            return None
        return Command(
            room,
            person,
            message.message_id,
            name,
            rest or (_replied(message, bot) if name in _OF_REPLIES else ""),
        )
    addressed, text = _without_mention(message, bot)
    if not (room.private or addressed or _replies_to(message, bot)):
        return None
    if addressed and not text:
        text = _replied(message, bot)
    return QuestionMessage(room, person, message.message_id, text)


def _speaker(message: Message) -> Person | None:
    """Who wrote a message: not a bot, but an admin who hides behind the group counts as the group."""
    if message.sender_chat is not None:
        return Person(message.sender_chat.id, message.sender_chat.title or "", None)
    if message.from_user is None or message.from_user.is_bot:
        return None
    return _person(message.from_user)


def _person(user: User) -> Person:
    return Person(user.id, user.full_name, user.language_code)


def _command(message: Message) -> tuple[str, str, str]:
    """Name, bot and rest of "/ask@bot Who?"; the name is empty where there is no command."""
    text = _text(message)
    first = next((one for one in _entities(message) if one.offset == 0), None)
    if first is None or first.type != MessageEntity.BOT_COMMAND:
        return "", "", ""
    word, rest = text[: first.length], text[first.length :]  # a command is ASCII: units are characters
    name, _, target = word[1:].partition("@")
    return name.casefold(), target, rest.strip()


def _without_mention(message: Message, bot: Bot) -> tuple[bool, str]:
    """Whether the bot is mentioned, and the text without that."""
    text = _text(message)
    mentions = [one for one in _entities(message) if _names(one, text, bot)]
    if not mentions:
        return False, text.strip()
    for one in sorted(mentions, key=lambda one: one.offset, reverse=True):  # an offset counts what is before
        before, _, behind = around(text, one.offset, one.length)
        text = before.rstrip() + ("" if behind[:1] in ",.;:?!" else " ") + behind
    return True, " ".join(text.split()).lstrip(",: ")


def _names(entity: MessageEntity, text: str, bot: Bot) -> bool:
    """Whether an entity addresses the bot: by its name, as a contact without one, or by a command of it."""
    if entity.type == MessageEntity.TEXT_MENTION:
        return bool(entity.user and entity.user.id == bot.id)
    names = {MessageEntity.MENTION: f"@{bot.username}", MessageEntity.BOT_COMMAND: f"/ask@{bot.username}"}
    _, words, _ = around(text, entity.offset, entity.length)
    return words.casefold() == names.get(entity.type, "").casefold() != ""


def _replies_to(message: Message, bot: Bot) -> bool:
    before = message.reply_to_message
    if before is None or _is_service(before):  # every message of a topic replies to what opened it
        return False
    return bool(before.from_user and before.from_user.id == bot.id)


def _replied(message: Message, bot: Bot) -> str:
    """The words that a message replies to: those that were marked, or all, unless they are the bot's."""
    if message.quote:
        return message.quote.text.strip()
    before = message.reply_to_message
    return _text(before).strip() if before and not _replies_to(message, bot) else ""


def _is_service(message: Message) -> bool:
    """Whether Telegram tells what happened in the chat, and nobody has written anything."""
    return bool(filters.StatusUpdate.ALL.check_update(Update(0, message=message)))


def _text(message: Message) -> str:
    return message.text or message.caption or ""


def _entities(message: Message) -> tuple[MessageEntity, ...]:
    return message.entities if message.text else message.caption_entities

"""What Telegram shows of the bot before anybody has written: its commands and what it is."""

from __future__ import annotations

import logging

from telegram import Bot, BotCommand, BotCommandScopeChat, BotCommandScopeDefault
from telegram.error import TelegramError

from bot.showing.word_table import DEFAULT, LANGUAGES
from bot.telegram.chat.commands import ADMIN, PUBLIC
from bot.telegram.messages.phrases import Dictionary

LOG = logging.getLogger("dateline.telegram")


async def register(bot: Bot, dictionary: Dictionary, *, admins: tuple[int, ...]) -> None:
    """Register commands and descriptions; a bot without them still answers."""
    for language in LANGUAGES:
        words = dictionary.of(language)
        code = None if language == DEFAULT else language
        commands = [BotCommand(name, words.say(f"commands.{name}")) for name in PUBLIC]
        more = [BotCommand(name, words.say(f"commands.{name}")) for name in ADMIN]
        try:
            await bot.set_my_commands(commands, BotCommandScopeDefault(), code)
            for admin in admins:
                await _for_admin(bot, admin, [*commands, *more], code)
            await bot.set_my_short_description(words.say("about.name_line"), code)
            await bot.set_my_description(words.say("about.description"), code)
        except TelegramError as exc:
            LOG.warning("the menu in %s was not registered: %s", language, exc)


async def _for_admin(bot: Bot, admin: int, commands: list[BotCommand], code: str | None) -> None:
    try:
        await bot.set_my_commands(commands, BotCommandScopeChat(admin), code)
    except TelegramError as exc:  # an admin who has never written to the bot
        LOG.info("no menu for admin %d: %s", admin, exc)

"""The parts of the bot, put together, and what they do from its start to its end."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from contextlib import AsyncExitStack
from datetime import UTC, datetime, timedelta

from telegram import Bot
from telegram.error import InvalidToken, TelegramError

from bot.answering.ports import Asker, Library
from bot.checking.checker import QuoteChecker
from bot.follows.book import FollowBook
from bot.follows.outbox import Outbox
from bot.follows.settings import FollowSettings
from bot.telegram.changed_quotes.changes import Changes, Readers
from bot.telegram.changed_quotes.watched import Watched
from bot.telegram.chat.access import Doors
from bot.telegram.chat.buttons import Buttons
from bot.telegram.chat.commands import Commands, Tools
from bot.telegram.chat.examples import Examples
from bot.telegram.chat.inline import InlineAnswers
from bot.telegram.chat.members import Members
from bot.telegram.chat.menu import register
from bot.telegram.chat.moves import Moves
from bot.telegram.chat.questions import Questions
from bot.telegram.chat.rooms import Rooms
from bot.telegram.chat.talk import Talk
from bot.telegram.followed.handover import Handover
from bot.telegram.followed.requests import ChatFollows
from bot.telegram.health import Health
from bot.telegram.messages.phrases import Dictionary
from bot.telegram.sending.post import Post, Trouble
from bot.telegram.settings import TelegramSettings
from bot.telegram.updates.inbox import Inbox
from bot.telegram.updates.polling import Poller, RawUpdates
from bot.telegram.updates.update_queue import Desk, Staff
from bot.telegram.updates.webhook import listening
from index.errors import BadSetting, DatelineError
from index.storage.side import SideDatabase

LOG = logging.getLogger("dateline.telegram")

_TIDY_EVERY = 600.0  # seconds


class Parts:
    """Everything the bot is made of."""

    def __init__(
        self,
        asker: Asker,
        library: Library,
        settings: TelegramSettings,
        database: SideDatabase,
        bot: Bot,
        *,
        follows: SideDatabase,
        follow_settings: FollowSettings,
    ) -> None:
        self._asker, self._library = asker, library
        self._settings = settings
        self._bot = bot
        self._trouble = Trouble()
        self._dictionary = Dictionary()
        self._examples = Examples(settings.examples)
        self._database = database
        self._inbox = Inbox(database)
        self._questions = Questions(database)
        self._members = Members(database)
        self._rooms = Rooms(database, history=settings.history)
        self._post = Post(bot, self._trouble)
        self._doors = Doors(settings, self._members, self._questions)
        readers = Readers(self._rooms, self._doors, self._dictionary)
        self._changes = Changes(library, Watched(database), self._inbox, readers)
        self._follows = ChatFollows(
            FollowBook(follows, follow_settings), self._rooms, self._members, zone=follow_settings.zone
        )
        self._handover = Handover(
            Outbox(follows), library, self._inbox, doors=self._doors, dictionary=self._dictionary
        )
        self.desk = Desk(
            bot,
            self._inbox,
            self._post,
            staff=self._staff(),
            dictionary=self._dictionary,
            moves=Moves(database),
            at_once=settings.at_once,
        )

    def _staff(self) -> Staff:
        settings, seconds = self._settings, self._settings.answer_timeout
        doors = self._doors
        talk = Talk(
            self._asker,
            self._post,
            inbox=self._inbox,
            rooms=self._rooms,
            questions=self._questions,
            seconds=seconds,
        )
        health = Health(
            self._questions,
            self._members,
            self._trouble,
            "webhook" if settings.webhook_url else "polling",
            settings.keep_days,
        )
        tools = Tools(
            self._asker,
            self._library,
            self._rooms,
            self._members,
            doors,
            self._examples,
            health,
            self._post,
            self._dictionary,
            self._changes,
            QuoteChecker(self._library),
            self._follows,
        )
        buttons = Buttons(
            self._library,
            self._questions,
            rooms=self._rooms,
            post=self._post,
            talk=talk,
            examples=self._examples,
            follows=self._follows,
        )
        inline = InlineAnswers(self._asker, self._bot, doors, at_once=settings.at_once, seconds=seconds)
        return Staff(talk, Commands(tools), buttons, inline, doors)

    async def run(self, updates: RawUpdates, note: Callable[[str], None]) -> None:
        """Connect, go on with what was left, then take updates for good."""
        await self._connect()
        note(f"answering in Telegram as @{self._bot.username}")
        left = await self.desk.resume()
        if left:
            LOG.info("%d updates of the last run are answered now", left)
        async with AsyncExitStack() as stack:
            for work in (self._prepare(), self._tidy(), self._watch(), self._hand_over()):
                stack.push_async_callback(_ended, asyncio.create_task(work))
            if self._settings.webhook_url:
                await self._listen(stack)
            await self._no_webhook()
            poller = Poller(
                self._bot, updates, self.desk.take, trouble=self._trouble, seconds=self._settings.poll
            )
            try:
                await poller.run()
            except InvalidToken as exc:
                raise _refused() from exc

    async def _listen(self, stack: AsyncExitStack) -> None:
        try:
            await stack.enter_async_context(listening(self._bot, self.desk.take, self._settings))
        except (TelegramError, OSError) as exc:
            raise BadSetting(f"telegram.webhook_url: cannot be used ({exc})") from exc
        await asyncio.Event().wait()

    async def _no_webhook(self) -> None:
        """One of an earlier run would keep Telegram from answering our polling."""
        try:
            await self._bot.delete_webhook()
        except TelegramError as exc:
            self._trouble.note(f"an earlier webhook could not be ended: {exc}")

    async def _connect(self) -> None:
        """Ask Telegram who we are, until it says so."""
        wait = 1.0
        while True:
            try:
                await self._bot.initialize()
                return
            except InvalidToken as exc:
                raise _refused() from exc
            except TelegramError as exc:
                self._trouble.note(f"Telegram is out of reach, tried again in {wait:.0f} s: {exc}")
            await asyncio.sleep(wait)
            wait = min(60.0, wait * 2)

    async def _prepare(self) -> None:
        await register(self._bot, self._dictionary, admins=self._settings.admins)
        await self._examples.find(self._asker, self._library)

    async def _tidy(self) -> None:
        """Forget what is older than the settings say, and what was deleted."""
        while True:
            moment = self._kept_since()
            await asyncio.to_thread(self._inbox.forget, moment)
            await asyncio.to_thread(self._questions.forget, moment)
            await asyncio.to_thread(self._database.empty_log)
            await asyncio.sleep(_TIDY_EVERY)

    def _kept_since(self) -> str:
        """What was asked before is forgotten."""
        before = datetime.now(UTC) - timedelta(days=self._settings.keep_days)
        return before.strftime("%Y-%m-%dT%H:%M:%S")

    async def _watch(self) -> None:
        """Tell people, once, whose answers cite words that have changed."""
        every = self._settings.changes_every
        while every > 0:
            try:
                waiting = await asyncio.to_thread(
                    self._changes.look, bot=self._bot.id, since=self._kept_since()
                )
                self.desk.deliver(waiting)
            except DatelineError as exc:
                # a full disk, an archive that is written anew: the next look sees it
                LOG.warning("whether quoted words have changed could not be looked up: %s", exc)
            except Exception:
                LOG.exception("a look at quoted words failed")
            await asyncio.sleep(every)

    async def _hand_over(self) -> None:
        """Bring chats what is told of the questions they follow, soon after it is known."""
        while True:
            try:
                self.desk.deliver(await asyncio.to_thread(self._handover.take, bot=self._bot.id))
            except DatelineError as exc:  # a full disk: the next look has it
                LOG.warning("news of followed questions waits: %s", exc)
            except Exception:
                LOG.exception("news of followed questions was not handed over")
            await asyncio.sleep(self._settings.news_every)


async def _ended(task: asyncio.Task[None]) -> None:
    task.cancel()
    outcome = (await asyncio.gather(task, return_exceptions=True))[0]
    if isinstance(outcome, Exception):
        LOG.error("a task beside the bot failed", exc_info=outcome)


def _refused() -> BadSetting:
    return BadSetting("telegram.token: Telegram refuses it, expected the one that @BotFather gave")

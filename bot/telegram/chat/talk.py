"""A question into its answer: with the room's filters and earlier questions, watched while it is made."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass

from bot.answering.ports import Asker
from bot.answers.answer import Answer
from bot.answers.asked import Asked
from bot.proof.proving import Proved
from bot.showing.wording import Words
from bot.telegram.chat.questions import Questions
from bot.telegram.chat.rooms import Rooms
from bot.telegram.messages.rendering import answer_reply
from bot.telegram.messages.replies import Reply
from bot.telegram.messages.text import own
from bot.telegram.sending.post import Post
from bot.telegram.sending.progress_message import Live
from bot.telegram.updates.events import Person, Room
from bot.telegram.updates.inbox import Inbox
from index.errors import ArchiveError, BadFilter, BadQuestion, DatelineError

LOG = logging.getLogger("dateline.telegram")


@dataclass(frozen=True)
class Wanted:
    """A question with who asks it where; `echo`: it is not in the chat yet, as that of a button.

    `to` is the message that an answer points at, where it does.
    """

    number: int
    room: Room
    person: Person
    text: str
    to: int | None = None
    echo: bool = False


class Talk:
    """Answers questions in rooms."""

    def __init__(
        self, asker: Asker, post: Post, *, inbox: Inbox, rooms: Rooms, questions: Questions, seconds: float
    ) -> None:
        self._asker = asker
        self._post = post
        self._inbox = inbox
        self._rooms = rooms
        self._questions = questions
        self._seconds = seconds

    async def answer(self, wanted: Wanted, words: Words) -> Reply:
        """The reply to a question; what goes wrong is said."""
        room = wanted.room.key
        asked = await asyncio.to_thread(self._asked, wanted)
        try:
            async with Live(
                self._post, self._inbox, room=wanted.room, number=wanted.number, to=wanted.to, words=words
            ) as live:
                answer = await self._steps(asked, live)
        except (BadQuestion, BadFilter):
            return Reply(own(words.say("texts.bad_question")))
        except TimeoutError:
            LOG.warning("no answer within %.0f s", self._seconds)
            return Reply(own(words.say("texts.too_slow")))
        except DatelineError as exc:
            LOG.warning("no answer: %s", exc)
            later = isinstance(exc, ArchiveError)
            return Reply(own(words.say("texts.not_now" if later else "texts.failed")))
        await asyncio.to_thread(self._questions.keep, wanted.number, answer, room=room, person=wanted.person)
        return answer_reply(answer, words, number=wanted.number, echo=wanted.echo)

    def _asked(self, wanted: Wanted) -> Asked:
        """The question in its room: with the filters and the earlier questions of this."""
        room = wanted.room.key
        history = tuple(self._rooms.history(room, before=wanted.number))
        return Asked(wanted.text, self._rooms.filters(room), history)

    async def _steps(self, asked: Asked, live: Live) -> Answer:
        answer: Answer | None = None
        async with asyncio.timeout(self._seconds):
            async for step in self._asker.steps(asked):
                match step:
                    case Answer():
                        answer = step
                    case Proved():
                        live.proved(step)
        assert answer, "the last step is the answer"
        return answer

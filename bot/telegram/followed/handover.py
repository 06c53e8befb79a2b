"""What is told of followed questions into the bot's own outbox: each message once, whenever it is killed.

A dispatch has a number that is nobody else's. The inbox keeps it with the messages, so that one that is
handed over again after a kill is known, and nothing is sent for it.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import UTC, datetime

from bot.follows.compared import FollowShelf
from bot.follows.outbox import Outbox
from bot.follows.records import Dispatch
from bot.follows.told import told
from bot.telegram.chat.access import Doors
from bot.telegram.followed.news import news_reply
from bot.telegram.messages.phrases import Dictionary
from bot.telegram.messages.replies import messages
from bot.telegram.updates.events import Person, Room
from bot.telegram.updates.inbox import Inbox, Waiting

LOG = logging.getLogger("dateline.telegram")


class Handover:
    """Takes what is due for chats."""

    def __init__(
        self, outbox: Outbox, shelf: FollowShelf, inbox: Inbox, *, doors: Doors, dictionary: Dictionary
    ) -> None:
        self._outbox = outbox
        self._shelf = shelf
        self._inbox = inbox
        self._doors = doors
        self._dictionary = dictionary

    def take(self, *, bot: int) -> list[Waiting]:
        """Store everything that is due as messages; those that were not stored before come back."""
        return list(self._take(bot))

    def _take(self, bot: int) -> Iterator[Waiting]:
        for dispatch in self._outbox.begin("telegram", now=datetime.now(UTC)):
            room = dispatch.follow.request.room or ""
            if not self._may_read(dispatch, Room.of(room)):
                fault = "whoever follows may no longer ask here"
                self._outbox.failed(dispatch, fault, due=None, now=datetime.now(UTC))
                continue
            words = self._dictionary.of(dispatch.follow.request.language)
            tellings = [told(dispatch.follow, one, self._shelf) for one in dispatch.tellings]
            reply = news_reply(dispatch.follow, tellings, words)
            said = list(messages(reply, more=words.say("texts.more")))
            waiting = self._inbox.say_once(
                room, said, bot=bot, number=dispatch.number, articles=_articles_of(dispatch)
            )
            self._outbox.sent(dispatch, now=datetime.now(UTC))
            if waiting:
                yield waiting

    def _may_read(self, dispatch: Dispatch, room: Room) -> bool:
        number = (dispatch.follow.request.via or "").rpartition(" ")[2]
        person = Person(int(number) if number.lstrip("-").isdecimal() else 0, "", None)
        return self._doors.lets_in(person, room)


def _articles_of(dispatch: Dispatch) -> set[str]:
    """The articles whose words its messages hold."""
    items = [item for telling in dispatch.tellings for item in telling.items]
    return {place.article for item in items for place in (item.now, item.was) if place}

"""`/follow`, `/following` and `/unfollow` into what a chat follows, and replies."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Sequence
from datetime import UTC, datetime

from bot.follows.book import FollowBook
from bot.follows.records import Follow, FollowRequest
from bot.follows.times import DayTimes, day_times
from bot.showing.wording import Words
from bot.telegram.chat.members import Members
from bot.telegram.chat.rooms import Rooms
from bot.telegram.followed.news import followed_line, following_reply
from bot.telegram.messages.no_links import named
from bot.telegram.messages.replies import Reply
from bot.telegram.messages.text import foreign, join, own
from bot.telegram.updates.events import Command, Person, Room
from index.errors import BadInput, BadQuestion

OWNER = "room "  # followed by the chat, and its topic
_NAMES = {
    "quiet": "quiet",
    "digest": "digest",
    "zone": "zone",
    "тихо": "quiet",
    "сводка": "digest",
    "пояс": "zone",
}
_TIMES = re.compile(  # "—quiet 22-7": some keyboards make a dash of "--"
    r"\s(?:--?|—|–)?(?:(quiet|digest|тихо|сводка)[ =:](\d[\d:.–—-]*)"
    r"|(zone|пояс)[ =:](UTC|[a-z]+/[\w/+-]+))\s*$",
    re.IGNORECASE,
)
_ALL = ("all", "все")


class ChatFollows:
    """What chats follow."""

    def __init__(self, book: FollowBook, rooms: Rooms, members: Members, *, zone: str) -> None:
        """`zone` is the time zone of those who name none; empty is this machine's."""
        self._book = book
        self._rooms = rooms
        self._members = members
        self._zone = zone

    async def follow(self, command: Command, number: int, words: Words) -> Reply:
        """Follow a question from now on; what it says now comes as the first message of it."""
        if not command.argument:
            return Reply(own(words.say("follows.what")))
        question, given = split_times(command.argument)
        try:
            times = day_times(
                zone=given.get("zone") or self._zone, quiet=given.get("quiet"), digest=given.get("digest")
            )
        except BadInput:
            return Reply(own(words.say("follows.bad_times")))
        try:
            follow, is_new = await asyncio.to_thread(self._add, command, question, times, words.language)
        except BadQuestion:
            return Reply(own(words.say("texts.bad_question")))
        except BadInput:
            return Reply(own(words.say("follows.too_many")))
        said = own(words.say("follows.begun" if is_new else "follows.known"))
        return Reply(join([said, foreign(named(question)), followed_line(follow, words)], "\n"))

    async def following(self, command: Command, number: int, words: Words) -> Reply:
        """What the chat follows."""
        return following_reply(await asyncio.to_thread(self._of, command.room), words)

    async def unfollow(self, command: Command, number: int, words: Words) -> Reply:
        """Follow one by its number in the list, or all, no more."""
        follows = await asyncio.to_thread(self._of, command.room)
        if command.argument.casefold() in _ALL:
            chosen: Sequence[Follow] = follows
        else:
            chosen = [one for place, one in enumerate(follows, start=1) if str(place) == command.argument]
        if not chosen:
            return following_reply(follows, words)
        for one in chosen:
            await asyncio.to_thread(self._book.remove, one)
        return Reply(
            join(
                [own(words.say("follows.ended")), *(foreign(named(one.request.question)) for one in chosen)],
                "\n",
            )
        )

    async def end(self, room: Room, number: int, words: Words) -> Reply | None:
        """Follow the one of a button no more; None where the chat does not follow it (any more)."""
        follows = await asyncio.to_thread(self._of, room)
        found = next((one for one in follows if one.number == number), None)
        if found is None:
            return None
        await asyncio.to_thread(self._book.remove, found)
        return Reply(join([own(words.say("follows.ended")), foreign(named(found.request.question))], "\n"))

    def _add(self, command: Command, question: str, times: DayTimes, language: str) -> tuple[Follow, bool]:
        room = command.room
        known = [one for one in self._of(room) if one.request.question == question]
        owner = known[0].owner if known else f"{OWNER}{room.key}"
        request = FollowRequest(
            question,
            self._rooms.filters(room.key),
            times,
            room=room.key,
            language=language,
            via=via_of(command.person),
        )
        added = self._book.add(owner, request, now=datetime.now(UTC))
        return added.follow, added.is_new

    def _of(self, room: Room) -> list[Follow]:
        """What a chat follows, also from when its group had another number."""
        numbers = self._members.numbers(room.chat)
        return self._book.of(*(f"{OWNER}{Room(one, room.thread).key}" for one in numbers))


def split_times(text: str) -> tuple[str, dict[str, str]]:
    """A question without the times behind it, and these: "Who? quiet 22-7" into "Who?", {"quiet": …}."""
    given: dict[str, str] = {}
    while found := _TIMES.search(text):
        given.setdefault(_NAMES[(found[1] or found[3]).lower()], found[2] or found[4])
        text = text[: found.start()]
    return " ".join(text.split()), given


def via_of(person: Person) -> str:
    """Who follows, as it is kept: whether they may still ask is looked up when there is news."""
    return f"person {person.id}"

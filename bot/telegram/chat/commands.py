"""Commands into replies: what the archive holds, which part of it a room wants, who may come in."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from difflib import get_close_matches

from bot.answering.ports import Asker, Library
from bot.answering.timeline import HITS, timeline_of
from bot.answers.asked import Asked
from bot.checking.checker import QuoteChecker, has_own_words
from bot.language.lexicon import load_lexicon
from bot.showing.checks import check_lines, text_lines
from bot.showing.wording import Words
from bot.telegram.changed_quotes.changes import Changes
from bot.telegram.changed_quotes.notices import listing
from bot.telegram.chat.access import Doors
from bot.telegram.chat.examples import Examples
from bot.telegram.chat.members import Code, Members
from bot.telegram.chat.rooms import Rooms
from bot.telegram.followed.requests import ChatFollows
from bot.telegram.health import Health
from bot.telegram.messages.no_links import named
from bot.telegram.messages.phrases import Dictionary
from bot.telegram.messages.rendering import article_line, only, timeline_reply
from bot.telegram.messages.replies import Button, Reply, RoomMessage, data_of
from bot.telegram.messages.text import NOTHING, Text, foreign, join, own
from bot.telegram.sending.post import Post
from bot.telegram.updates.events import Command, Room
from index.dates import parse_date
from index.errors import BadInput, BadQuestion, DatelineError
from index.records import Filters
from index.storage.records import ArchiveStatus

LOG = logging.getLogger("dateline.telegram")

PUBLIC = (
    "ask",
    "check",
    "sources",
    "latest",
    "timeline",
    "since",
    "until",
    "outlet",
    "changes",
    "follow",
    "following",
    "unfollow",
    "reset",
    "help",
    "start",
    "id",
)
ADMIN = ("status", "approve")

_OFF = ("off", "all", "-", "нет", "все")
_ON, _NO = ("on", "yes", "да", "вкл"), ("off", "no", "нет", "выкл")
_MOST_OUTLETS = 40
_LATEST = 7
_STEPS = 12  # of a timeline
_CHANGED = 10  # answers that /changes shows


@dataclass(frozen=True)
class Tools:
    """What commands work with."""

    asker: Asker
    library: Library
    rooms: Rooms
    members: Members
    doors: Doors
    examples: Examples
    health: Health
    post: Post
    dictionary: Dictionary
    changes: Changes
    checker: QuoteChecker
    follows: ChatFollows


class Commands:
    """Answers every command but /ask, which is a question."""

    def __init__(self, tools: Tools) -> None:
        self._tools = tools
        self._named: Mapping[str, Callable[[Command, int, Words], Awaitable[Reply]]] = {
            "start": self._start,
            "help": self._help,
            "check": self._check,
            "sources": self._sources,
            "latest": self._latest,
            "timeline": self._timeline,
            "since": self._date,
            "until": self._date,
            "outlet": self._outlet,
            "changes": self._changes,
            "follow": tools.follows.follow,
            "following": tools.follows.following,
            "unfollow": tools.follows.unfollow,
            "reset": self._reset,
            "id": self._id,
            "status": self._status,
            "approve": self._approve,
        }

    async def answer(self, command: Command, words: Words, *, number: int) -> Reply | None:
        """The reply; None to a command of another bot, in a group."""
        found = self._named.get(command.name)
        if found is None:
            return await self._help(command, number, words) if command.room.private else None
        return await found(command, number, words)

    async def _start(self, command: Command, number: int, words: Words) -> Reply:
        archive = await self._archive()
        examples = self._tools.examples.found
        text = words.say(
            "texts.start" if examples else "texts.start_no_examples",
            {"articles": archive.articles, "dates": _dates(archive, words)},
        )
        rows = tuple((Button(one, data_of("ask", place)),) for place, one in enumerate(examples))
        return Reply(own(text), rows)

    async def _help(self, command: Command, number: int, words: Words) -> Reply:
        return Reply(own(words.say("texts.help")))

    async def _check(self, command: Command, number: int, words: Words) -> Reply:
        if not command.argument:
            return Reply(own(words.say("texts.check_what")))
        try:
            lines = await asyncio.to_thread(self._checked, command.argument, words)
        except BadInput:
            return Reply(own(words.say("texts.check_bad")))
        except DatelineError as exc:
            LOG.warning("no quotation checked: %s", exc)
            return Reply(own(words.say("texts.not_now")))
        first, *rest = lines
        return Reply(join([foreign(first, "bold"), foreign("\n".join(rest))], "\n"))

    def _checked(self, text: str, words: Words) -> list[str]:
        """What a quotation is, or every quotation of a text that says more than it quotes."""
        if has_own_words(text):
            return text_lines(self._tools.checker.check_text(text), words)
        return check_lines(self._tools.checker.check(text), words)

    async def _sources(self, command: Command, number: int, words: Words) -> Reply:
        archive = await self._archive()
        if not archive.articles:
            return Reply(own(words.say("texts.empty")))
        head = words.say("texts.sources", {"articles": archive.articles, "dates": _dates(archive, words)})
        if archive.copies:
            head += f" {words.say('texts.copies', {'copies': archive.copies})}"
        outlets = [(name, count) for name, count in archive.outlets if name]
        shown = outlets[:_MOST_OUTLETS]
        lines = [foreign(named(name)) + own(f" – {count}") for name, count in shown]
        if len(outlets) > len(shown):
            lines.append(own(words.say("texts.more_outlets", {"count": len(outlets) - len(shown)})))
        listed = join([own(words.say("texts.outlets"), "bold"), *lines], "\n")
        return Reply(join([own(head), listed if lines else NOTHING], "\n\n"))

    async def _latest(self, command: Command, number: int, words: Words) -> Reply:
        filters = await asyncio.to_thread(self._tools.rooms.filters, command.room.key)
        newest = self._tools.library.newest
        articles, _ = await asyncio.to_thread(newest, offset=0, limit=_LATEST, filters=filters)
        if not articles:
            return Reply(own(words.say("texts.nothing_passes" if filters else "texts.empty")))
        head = join([own(words.say("texts.latest"), "bold"), _only(filters, words)], "\n")
        return Reply(join([head, *(article_line(one, words) for one in articles)], "\n\n"))

    async def _timeline(self, command: Command, number: int, words: Words) -> Reply:
        if not command.argument:
            return Reply(own(words.say("texts.timeline_what")))
        filters = await asyncio.to_thread(self._tools.rooms.filters, command.room.key)
        try:
            asked = Asked(command.argument, filters).cleaned()
        except BadQuestion:
            return Reply(own(words.say("texts.bad_question")))
        hits = await self._tools.asker.search(asked, limit=HITS)
        told = await asyncio.to_thread(
            timeline_of,
            asked.text,
            hits,
            self._tools.library,
            lexicon=load_lexicon(),
            filters=filters,
            limit=_STEPS,
        )
        return timeline_reply(told, words)

    async def _date(self, command: Command, number: int, words: Words) -> Reply:
        filters = await asyncio.to_thread(self._tools.rooms.filters, command.room.key)
        if not command.argument:
            ask = words.say("texts.date_what", {"command": f"/{command.name}"})
            return Reply(join([_only(filters, words), own(ask)], "\n"))
        off = command.argument.casefold() in _OFF
        date = None if off else parse_date(command.argument)
        if not (off or date):
            return Reply(own(words.say("texts.date_bad")))
        changed = replace(filters, since=date) if command.name == "since" else replace(filters, until=date)
        return await self._use(command.room, changed, words)

    async def _outlet(self, command: Command, number: int, words: Words) -> Reply:
        filters = await asyncio.to_thread(self._tools.rooms.filters, command.room.key)
        if not command.argument:
            return Reply(join([_only(filters, words), own(words.say("texts.outlet_what"))], "\n"))
        if command.argument.casefold() in _OFF:
            return await self._use(command.room, replace(filters, outlet=()), words)
        known = {name.casefold(): name for name, _ in (await self._archive()).outlets if name}
        found = known.get(" ".join(command.argument.casefold().split()))
        if found:
            return await self._use(command.room, replace(filters, outlet=(found,)), words)
        near = [known[name] for name in get_close_matches(command.argument.casefold(), known, 3, 0.5)]
        unknown = own(words.say("texts.outlet_unknown"))
        return Reply(join([unknown, _near(near, words) if near else NOTHING], " "))

    async def _changes(self, command: Command, number: int, words: Words) -> Reply:
        room, wanted = command.room.key, command.argument.casefold()
        if wanted in (*_ON, *_NO):
            await asyncio.to_thread(self._tools.rooms.tell_changes, room, on=wanted in _ON)
        elif wanted:
            return Reply(own(words.say("changes.what")))
        on = await asyncio.to_thread(self._tools.rooms.tells_changes, room)
        told = own(words.say("changes.on" if on else "changes.off"))
        if wanted:
            return Reply(told)
        found, total = await asyncio.to_thread(self._tools.changes.of_room, room, most=_CHANGED)
        return Reply(join([listing(found, words, total=total, days=self._tools.health.days), told], "\n\n"))

    async def _reset(self, command: Command, number: int, words: Words) -> Reply:
        await asyncio.to_thread(self._tools.rooms.reset, command.room.key, number=number)
        return Reply(own(words.say("texts.reset")))

    async def _id(self, command: Command, number: int, words: Words) -> Reply:
        return Reply(own(words.say("texts.id", {"user": command.person.id, "chat": command.room.chat})))

    async def _status(self, command: Command, number: int, words: Words) -> Reply:
        if not self._tools.doors.is_admin(command.person):
            return Reply(own(words.say("doors.admins_only")))
        archive = await self._archive()
        return Reply(await asyncio.to_thread(self._tools.health.told, archive, words))

    async def _approve(self, command: Command, number: int, words: Words) -> Reply:
        if not self._tools.doors.is_admin(command.person):
            return Reply(own(words.say("doors.admins_only")))
        if not command.argument:
            return Reply(own(words.say("doors.approve_what")))
        code = await asyncio.to_thread(self._tools.members.approve, command.argument)
        if code is None:
            return Reply(own(words.say("doors.no_code")))
        await self._welcome(code)
        return Reply(foreign(words.say("doors.approved_admin", {"name": named(code.name)})))

    async def _welcome(self, code: Code) -> None:
        welcome = self._tools.dictionary.of(code.language).say("doors.approved")
        await self._tools.post.tell(Room(code.id), RoomMessage(welcome))

    async def _use(self, room: Room, filters: Filters, words: Words) -> Reply:
        await asyncio.to_thread(self._tools.rooms.set_filters, room.key, filters)
        return Reply(_only(filters, words) or own(words.say("texts.all_articles")))

    async def _archive(self) -> ArchiveStatus:
        return await asyncio.to_thread(self._tools.library.status)


def _only(filters: Filters, words: Words) -> Text:
    told = only(filters, words)
    return foreign(told, "italic") if told else NOTHING


def _near(names: list[str], words: Words) -> Text:
    return foreign(named(words.say("texts.outlet_near", {"names": words.listed(names, "or")})))


def _dates(archive: ArchiveStatus, words: Words) -> str:
    if not (archive.earliest and archive.latest):
        return ""
    first, last = words.day(archive.earliest[:10]), words.day(archive.latest[:10])
    return words.say("texts.dates", {"first": first, "last": last})

"""Pressed buttons into replies: the words behind a citation, read and proved again; votes; examples."""

from __future__ import annotations

import asyncio

from bot.answering.ports import Library
from bot.answers.citation import Citation, cite
from bot.showing.wording import Words
from bot.telegram.chat.examples import Examples
from bot.telegram.chat.questions import CitedPlace, Questions
from bot.telegram.chat.rooms import Rooms
from bot.telegram.chat.talk import Talk, Wanted
from bot.telegram.followed.requests import ChatFollows
from bot.telegram.messages.rendering import differences_reply, nearest_reply, opened_reply, sides_reply
from bot.telegram.messages.replies import Reply
from bot.telegram.messages.text import own
from bot.telegram.sending.post import Post
from bot.telegram.updates.events import Pressed
from index.errors import NotInArchive, Unproved
from index.records import Span


class Buttons:
    """Answers every button of `bot.telegram.messages.rendering`."""

    def __init__(
        self,
        library: Library,
        questions: Questions,
        *,
        rooms: Rooms,
        post: Post,
        talk: Talk,
        examples: Examples,
        follows: ChatFollows,
    ) -> None:
        self._library = library
        self._questions = questions
        self._rooms = rooms
        self._post = post
        self._talk = talk
        self._examples = examples
        self._follows = follows

    async def answer(self, pressed: Pressed, words: Words, *, number: int) -> Reply | None:
        """The reply; None where a moment's notice is all."""
        name, _, rest = pressed.data.partition(":")
        asked, _, citation = rest.partition(":")
        if not asked.isdecimal() or not (citation.isdecimal() or not citation):
            await self._post.notice(pressed.query, words.say("texts.buttons_old"))
            return None
        match name:
            case "up" | "down":
                await self._vote(pressed, int(asked), words, up=name == "up")
                return None
            case "ask":
                return await self._ask(pressed, int(asked), words, number=number)
            case "open" if citation:
                return await self._open(pressed, int(asked), int(citation), words)
            case "quiet":
                return await self._quiet(pressed, words)
            case "unfollow":
                ended = await self._follows.end(pressed.room, int(asked), words)
                await self._post.notice(pressed.query, None if ended else words.say("follows.none"))
                return ended
            case "nearest" | "sides" | "differ":
                return await self._list(pressed, int(asked), words, nearest=name == "nearest")
        await self._post.notice(pressed.query, words.say("texts.buttons_old"))
        return None

    async def _vote(self, pressed: Pressed, asked: int, words: Words, *, up: bool) -> None:
        kept = await asyncio.to_thread(self._questions.vote, asked, pressed.person.id, up=up)
        await self._post.notice(pressed.query, words.say("texts.thanks" if kept else "texts.buttons_old"))

    async def _quiet(self, pressed: Pressed, words: Words) -> Reply:
        await asyncio.to_thread(self._rooms.tell_changes, pressed.room.key, on=False)
        await self._post.notice(pressed.query)
        return Reply(own(words.say("changes.off")))

    async def _ask(self, pressed: Pressed, place: int, words: Words, *, number: int) -> Reply | None:
        text = pressed.label or next(iter(self._examples.found[place : place + 1]), "")
        await self._post.notice(pressed.query, None if text else words.say("texts.buttons_old"))
        if not text:
            return None
        wanted = Wanted(number, pressed.room, pressed.person, text, echo=True)
        return await self._talk.answer(wanted, words)

    async def _open(self, pressed: Pressed, asked: int, citation: int, words: Words) -> Reply | None:
        places = await asyncio.to_thread(self._questions.places, asked)
        place = next((one for one in places if one.number == citation), None)
        found = await asyncio.to_thread(self._cite, place) if place else None
        if place is None or found is None:
            said = "texts.opened_gone" if place else "texts.buttons_old"
            await self._post.notice(pressed.query, words.say(said))
            return None
        await self._post.notice(pressed.query)
        current = await asyncio.to_thread(self._is_current, found)
        return opened_reply(found, words, current=current)

    async def _list(self, pressed: Pressed, asked: int, words: Words, *, nearest: bool) -> Reply | None:
        places = await asyncio.to_thread(self._questions.places, asked)
        found = [one for place in places if (one := await asyncio.to_thread(self._cite, place))]
        if not found:
            said = "texts.opened_gone" if places else "texts.buttons_old"
            await self._post.notice(pressed.query, words.say(said))
            return None
        await self._post.notice(pressed.query)
        if nearest:
            return nearest_reply(found, words, number=asked)
        differences = await asyncio.to_thread(self._questions.differences, asked)
        side_by_side = differences_reply(differences, found, words, number=asked)
        return side_by_side if side_by_side.text else sides_reply(found, words, number=asked)

    def _cite(self, place: CitedPlace) -> Citation | None:
        """The citation of a place, read from the archive and proved; None if its words are gone."""
        cited = place.cited
        try:
            article = self._library.article(cited.article, revision=cited.revision)
            return cite(article, Span(cited.start, cited.end), number=place.number)
        except (NotInArchive, Unproved):
            return None

    def _is_current(self, citation: Citation) -> bool:
        return self._library.article(citation.article.id).revision == citation.revision

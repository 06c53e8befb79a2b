"""Answers that were given into what became of the words they cite, and who is told of it.

An answer is looked at when one of its articles has another revision than the one it cites, or is gone. What
somebody is told is stored together with the mark that they were: a kill in between tells nobody twice, and
forgets nobody.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from bot.answering.ports import Library
from bot.answers.citation import cite
from bot.telegram.changed_quotes.notices import bundle_notice, notice
from bot.telegram.changed_quotes.records import ChangedAnswer, ChangedWords
from bot.telegram.changed_quotes.watched import Given, Watched
from bot.telegram.chat.access import Doors
from bot.telegram.chat.questions import CitedPlace
from bot.telegram.chat.rooms import Rooms
from bot.telegram.messages.phrases import Dictionary
from bot.telegram.messages.replies import RoomMessage, messages
from bot.telegram.updates.events import Person, Room
from bot.telegram.updates.inbox import Inbox, Waiting
from index.copies.revised import revised
from index.errors import NotInArchive, Unproved
from index.records import Article, Span

LOG = logging.getLogger("dateline.telegram")

_APART = 3  # answers of one room that changed at once, each with a message of its own; more share one
_AT_ONCE = 200  # answers looked at in one go; the next ones have their turn at the next look


@dataclass(frozen=True)
class Readers:
    """Whom a notice goes to: what rooms chose, who may still ask, and in which language."""

    rooms: Rooms
    doors: Doors
    dictionary: Dictionary


class Changes:
    """Looks whether the words of given answers still stand where they were quoted from."""

    def __init__(self, library: Library, watched: Watched, inbox: Inbox, readers: Readers) -> None:
        self._library = library
        self._watched = watched
        self._inbox = inbox
        self._readers = readers

    def look(self, *, bot: int, since: str) -> list[Waiting]:
        """Work out what changed since the last look, and store what is to be said of it; that comes back.

        `since`: only of answers to questions asked from that moment on (UTC, ISO).
        """
        given = self._watched.citing(self._suspects(), since=since, most=_AT_ONCE)
        changed = [found for one in given if (found := self._became(one))]
        waiting: list[Waiting] = []
        for room, group in groupby(
            sorted(changed, key=lambda one: one.given.room), lambda one: one.given.room
        ):
            waiting += self._tell(room, list(group), bot=bot)
        return waiting

    def of_room(self, room: str, *, most: int) -> tuple[list[ChangedAnswer], int]:
        """The newest answers of a room whose words changed, told or not, and how many there are in all."""
        answers = self._watched.in_room(room)
        cited = {place.cited.article for given in answers for place in given.places}
        present = self._library.present(list(cited))
        found = [one for given in answers if (one := self._changed(_without(given, present))[0])]
        return found[:most], len(found)

    def _suspects(self) -> dict[str, str]:
        """The articles with another revision than when they were cited or last looked at, and which."""
        watched = self._watched.revisions()
        present = self._library.present(list({article for article, _ in watched}))
        return {
            article: present.get(article, "")
            for article, known in watched
            if present.get(article) not in known
        }

    def _became(self, given: Given) -> ChangedAnswer | None:
        """What became of an answer; places that still stand are remembered as such."""
        found, standing = self._changed(given)
        self._watched.seen(standing)
        return found

    def _changed(self, given: Given) -> tuple[ChangedAnswer | None, list[tuple[str, int, int]]]:
        """What became of an answer, and (revision, answer, citation) of the places that still stand."""
        words: list[ChangedWords] = []
        standing: list[tuple[str, int, int]] = []
        for place in given.places:
            article = self._present(place)
            became = self._words(place, article)
            if became:
                words.append(became)
            elif article:
                standing.append((article.revision, given.number, place.number))
        return (ChangedAnswer(given, tuple(words)) if words else None), standing

    def _present(self, place: CitedPlace) -> Article | None:
        try:
            return self._library.article(place.cited.article)
        except NotInArchive:
            return None

    def _words(self, place: CitedPlace, article: Article | None) -> ChangedWords | None:
        """What became of one place; None where its words still stand."""
        cited = place.cited
        if article is None:
            return ChangedWords(place.number, None, None)
        if article.revision == cited.revision:
            return None
        try:
            before = self._library.article(cited.article, revision=cited.revision)
            quoted = cite(before, Span(cited.start, cited.end), number=place.number)
        except (NotInArchive, Unproved):  # removed, and added again with another text
            return ChangedWords(place.number, None, None)
        found = revised(quoted.quote, before.body, article)
        if found is None:
            return None
        now = cite(article, found.now, number=place.number) if found.now else None
        notes = tuple(cite(article, one, number=place.number) for one in found.notes)
        return ChangedWords(place.number, quoted, now, notes)

    def _tell(self, room: str, changed: Sequence[ChangedAnswer], *, bot: int) -> Iterator[Waiting]:
        """Store what a room is told; nothing where it wants nothing, or may not read the archive any more."""
        wanted = [one for one in changed if self._wants(room, one.given)]
        self._watched.settle([place for one in changed if one not in wanted for place in one.places])
        groups = [[one] for one in wanted] if len(wanted) <= _APART else [wanted]
        for group in groups:
            told = [place for one in group for place in one.places]
            articles = {place.cited.article for one in group for place in one.given.places}
            yield self._inbox.say(room, self._notice(group), bot=bot, told=told, articles=articles)

    def _wants(self, room: str, given: Given) -> bool:
        asker = Person(given.person, "", given.language)
        return self._readers.rooms.tells_changes(room) and self._readers.doors.lets_in(asker, Room.of(room))

    def _notice(self, group: Sequence[ChangedAnswer]) -> list[RoomMessage]:
        newest = group[-1].given
        words = self._readers.dictionary.of(newest.language)
        more = words.say("changes.more")
        if len(group) > 1:
            return list(messages(bundle_notice(group[::-1], words), more=more))
        return list(messages(notice(group[0], words), to=newest.message, more=more))


def _without(given: Given, present: Mapping[str, str]) -> Given:
    """An answer without the places whose articles are as they were."""
    others = (one for one in given.places if present.get(one.cited.article) != one.cited.revision)
    return replace(given, places=tuple(others))

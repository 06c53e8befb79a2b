"""One follow asked again, and what came of it stored: the step that all who tell share."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Protocol

from bot.answering.ports import Asker
from bot.follows.asking import FollowAsker
from bot.follows.book import FollowBook
from bot.follows.compared import FollowShelf
from bot.follows.outbox import Outbox
from bot.follows.records import Follow
from bot.follows.told import ToldTelling, told


class FollowedArchive(FollowShelf, Protocol):
    """What follows need of an archive, as `index.storage.archive.Archive` has it."""

    def position(self) -> str:
        """Another text whenever articles have been added, changed or removed."""

    def present(self, article_ids: Sequence[str]) -> Mapping[str, str]:
        """The present revision of each of these articles by its id; those that are gone are left out."""


class Renewing:
    """Asks a follow and stores what is held and told from now on."""

    def __init__(
        self,
        asker: Asker,
        archive: FollowedArchive,
        *,
        book: FollowBook,
        outbox: Outbox,
        seconds: float,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        """`seconds` is how long an answer may take."""
        self._asking = FollowAsker(asker, archive, seconds=seconds)
        self._archive, self._book, self._outbox, self._now = archive, book, outbox, now

    async def renew(self, follow: Follow, position: str | None = None) -> ToldTelling | None:
        """What is told of a follow, if anything is; `position` is the archive's, or one before.

        Raises:
            DatelineError: the archive cannot be read now; the follow is as it was.
            TimeoutError: the answer took too long.
        """
        before = await asyncio.to_thread(self._book.held, follow)
        if position is None:
            position = await asyncio.to_thread(self._archive.position)
        compared, fault = await self._asking.ask(follow, before)
        kept = await asyncio.to_thread(
            self._outbox.keep, follow, compared, fault=fault, position=position, now=self._now()
        )
        return await asyncio.to_thread(told, follow, kept, self._archive) if kept else None

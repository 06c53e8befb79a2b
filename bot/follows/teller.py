"""The archive moved into followed questions asked again, and what is new of them on its way; turn after turn.

One process tells of a home at a time. Whatever it has done is stored, so another goes on where one ended,
however it did.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from bot.answering.ports import Asker
from bot.follows.book import FollowBook
from bot.follows.outbox import Outbox
from bot.follows.posting import Posting, WebPoster
from bot.follows.records import Follow
from bot.follows.renewing import FollowedArchive, Renewing
from bot.follows.settings import FollowSettings
from bot.follows.told import ToldTelling
from index.errors import DatelineError
from index.storage.home_lock import HomeLock

LOG = logging.getLogger("dateline.follows")

_AT_ONCE = 100  # follows asked in one turn; between two turns what is due is sent
_FORGET_EVERY = 3600.0  # seconds
_REST = 60.0  # seconds until a question is tried again that could not be asked now


@dataclass(frozen=True)
class TellerTurn:
    """What one turn did: questions asked, those that could not be, what was told, what webhooks took."""

    asked: int = 0
    failed: int = 0
    told: tuple[ToldTelling, ...] = ()
    posted: int = 0


class TellerLock(HomeLock):
    """Held by the process that tells of a home's follows; raises `ArchiveLocked` with who else does."""

    file_name = "follows.lock"
    doing = "told of"


class Teller:
    """Asks what is followed again when articles came in, and posts what is due."""

    def __init__(
        self,
        asker: Asker,
        archive: FollowedArchive,
        *,
        book: FollowBook,
        outbox: Outbox,
        poster: WebPoster,
        settings: FollowSettings,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        chance: Callable[[], float] = lambda: 0.0,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """`chance` spreads tries that failed together, from 0 to 1; `clock` gives seconds that only grow."""
        self._archive = archive
        self._book = book
        self._outbox = outbox
        self._renewing = Renewing(
            asker, archive, book=book, outbox=outbox, seconds=settings.answer_timeout, now=now
        )
        self._posting = Posting(outbox, archive, poster, now=now, chance=chance)
        self._settings = settings
        self._now = now
        self._clock = clock
        self._asked_at = self._forgot_at = float("-inf")
        self._resting: dict[str, float] = {}

    async def turn(self, *, patient: bool = True) -> TellerTurn:
        """Ask again whatever the archive has moved under, then post what is due.

        `patient`: not before `every` seconds have passed since the last asking, but for new follows.
        """
        await asyncio.to_thread(self._forget)
        asked, failed, tellings = await self._ask_due(patient=patient)
        posted = await asyncio.to_thread(self._posting.post_due)
        return TellerTurn(asked, failed, tuple(tellings), posted)

    async def first(self, follow: Follow) -> ToldTelling | None:
        """Ask a follow that has just begun; what is told of it. Raises as `Renewing.renew`."""
        return await self._renewing.renew(follow)

    async def _ask_due(self, *, patient: bool) -> tuple[int, int, list[ToldTelling]]:
        position = await asyncio.to_thread(self._archive.position)
        due = await asyncio.to_thread(self._book.due, position, limit=_AT_ONCE)
        early = patient and self._clock() - self._asked_at < self._settings.every
        wanted = [one for one in due if self._may_ask(one, early=early)]
        asked, failed, tellings = 0, 0, []
        for follow in wanted:
            try:
                one = await self._renewing.renew(follow, position)
            except (DatelineError, TimeoutError) as exc:  # a full disk, an archive that is written anew
                LOG.warning("follow %s was not asked: %s", follow.id, exc or "it took too long")
                self._resting[follow.id] = self._clock()
                failed += 1
                continue
            asked += 1
            tellings += [one] if one else []
        if wanted and not early and len(due) < _AT_ONCE:
            self._asked_at = self._clock()
        if wanted:
            await asyncio.to_thread(self._forget_removed)
        return asked, failed, tellings

    def _may_ask(self, follow: Follow, *, early: bool) -> bool:
        rested = self._clock() - self._resting.get(follow.id, float("-inf")) >= _REST
        return rested and (follow.position is None or not early)

    def _forget_removed(self) -> None:
        """Nothing is kept that names an article which the archive has no more."""
        cited = self._book.cited()
        gone = set(cited) - set(self._archive.present(cited))
        if gone:
            self._book.forget_articles(sorted(gone))

    def _forget(self) -> None:
        if self._clock() - self._forgot_at >= _FORGET_EVERY:
            self._forgot_at = self._clock()
            self._book.forget(now=self._now())

"""Settings into what tells of followed questions, as `assemble` makes what answers."""

from __future__ import annotations

import asyncio
import logging
import random
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.assemble import fetch_settings_for
from index.errors import ArchiveError, BadInput

if TYPE_CHECKING:
    from bot.answering.ports import Asker
    from bot.follows.book import FollowBook
    from bot.follows.outbox import Outbox
    from bot.follows.renewing import FollowedArchive
    from bot.follows.settings import FollowSettings
    from bot.follows.teller import Teller
    from bot.follows.times import DayTimes
    from bot.settings import Settings
    from index.fetching.post import Poster
    from index.storage.archive import Archive

LOG = logging.getLogger("dateline.follows")

_TICK = 2.0  # seconds between two looks for what is due
_GRACE = 10.0  # seconds for the turn at hand when the process ends
_LOCKED_WAIT = 10.0  # seconds until it is tried again whether another process still tells


@dataclass(frozen=True)
class FollowDesk:
    """What is followed in a home, and what is on its way."""

    book: FollowBook
    outbox: Outbox


@contextmanager
def follow_desk(settings: Settings) -> Iterator[FollowDesk]:
    """The follows of the settings' home."""
    from bot.follows.book import FollowBook
    from bot.follows.database import open_follows
    from bot.follows.outbox import Outbox

    with closing(open_follows(settings.archive_home)) as tables:
        yield FollowDesk(FollowBook(tables, settings.follows), Outbox(tables))


def poster_for(settings: Settings) -> Poster:
    """What posts to webhooks, under the same guard as what fetches from the web."""
    from dataclasses import replace

    from index.fetching.post import Poster

    web = fetch_settings_for(settings.web)
    return Poster(
        replace(web, whole_s=settings.follows.post_timeout, silence_s=settings.follows.post_timeout)
    )


def teller_of(settings: Settings, desk: FollowDesk, *, asker: Asker, archive: FollowedArchive) -> Teller:
    """What asks again and posts."""
    from bot.follows.teller import Teller

    return Teller(
        asker,
        archive,
        book=desk.book,
        outbox=desk.outbox,
        poster=poster_for(settings),
        settings=settings.follows,
        chance=random.random,
    )


@dataclass(frozen=True)
class OwnTeller:
    """A teller with an archive and a reader of its own."""

    teller: Teller
    desk: FollowDesk
    archive: Archive


@contextmanager
def own_teller(settings: Settings, *, note: Callable[[str], None]) -> Iterator[OwnTeller]:
    """What a command asks and tells with; no language model is asked what is followed.

    Raises:
        ArchiveError: there is no archive to ask.
    """
    from bot.assemble import answering, load_encoder_of_archive, open_archive, reader_for

    encoder = load_encoder_of_archive(settings, note=note)
    with open_archive(settings, encoder) as archive, follow_desk(settings) as desk:
        asker = answering(archive, encoder, hits=settings.hits, reader=reader_for(settings))
        yield OwnTeller(teller_of(settings, desk, asker=asker, archive=archive), desk, archive)


def times_for(
    settings: FollowSettings, *, zone: str | None, quiet: str | None, digest: str | None
) -> DayTimes:
    """A reader's day from what they wrote; the zone is that of the settings where they name none.

    Raises:
        BadInput: one of these is none.
    """
    from bot.follows.times import day_times

    return day_times(zone=zone or settings.zone or None, quiet=quiet, digest=digest)


def checked_webhook(settings: Settings, url: str) -> str:
    """An address that news may be posted to, in one spelling.

    Raises:
        BadInput: it is none, or does not lead to a public address.
    """
    from index.errors import FetchRefused

    try:
        return poster_for(settings).check(url).url
    except FetchRefused as exc:
        raise BadInput(f"webhook {url[:200]!r} {exc}") from exc


class CompanionTeller:
    """Tells in the event loop of a server or a bot; waits while another process of the same home tells."""

    def __init__(
        self,
        settings: Settings,
        asker: Asker,
        archive: FollowedArchive,
        *,
        command: str,
        note: Callable[[str], None],
    ) -> None:
        self._settings, self._asker, self._archive = settings, asker, archive
        self._command, self._note = command, note
        self._task: asyncio.Task[None] | None = None
        self._ending = asyncio.Event()

    async def start(self) -> None:
        """Begin."""
        self._task = asyncio.create_task(self._run())

    async def close(self) -> None:
        """End after the turn at hand, if it ends soon; what it had not stored is asked again by the next."""
        self._ending.set()
        if self._task:
            await asyncio.wait([self._task], timeout=_GRACE)
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def _rest(self, seconds: float) -> None:
        """Wait, unless it is to end."""
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._ending.wait()

    async def _run(self) -> None:
        from bot.follows.database import is_there

        said = ""
        while not self._ending.is_set():
            try:
                if await asyncio.to_thread(is_there, self._settings.archive_home):
                    await self._tell()
            except ArchiveError as exc:
                if str(exc) != said:
                    self._note(f"followed questions are not asked again here: {exc}")
                said = str(exc)
                await self._rest(_LOCKED_WAIT)
            except Exception:
                LOG.exception("telling of followed questions failed")
                await self._rest(_LOCKED_WAIT)
            await self._rest(_TICK)

    async def _tell(self) -> None:
        """Turn after turn, as long as nobody else tells."""
        from bot.follows.teller import TellerLock

        home = self._settings.archive_home
        with TellerLock(home, command=self._command) as lock, follow_desk(self._settings) as desk:
            teller = teller_of(self._settings, desk, asker=self._asker, archive=self._archive)
            while not self._ending.is_set():
                await asyncio.to_thread(lock.check)
                await teller.turn()
                await self._rest(_TICK)

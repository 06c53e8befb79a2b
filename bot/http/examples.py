"""An archive into questions to begin with, looked for beside the requests from the server's start on."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable

from bot.answering.ports import Asker, Library
from bot.answering.suggestions import candidates_of, suggested
from index.errors import DatelineError

_FRESH = 600.0  # seconds; while an archive grows they are not looked for anew at every article


class ExampleQuestions:
    """Questions that were asked and answered here; they are looked for again when the archive has changed."""

    def __init__(
        self, asker: Asker, library: Library, *, patience: float, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._asker = asker
        self._library = library
        self._patience = patience
        self._clock = clock
        self._state: tuple[object, ...] | None = None  # the archive that they were found in
        self._articles = 0
        self._since = 0.0
        self._finding: asyncio.Task[None] | None = None
        self.found: tuple[str, ...] = ()

    @property
    def finding(self) -> bool:
        """Whether more are being looked for."""
        return self._finding is not None

    async def start(self) -> None:
        """Begin with it, so that who opens the page meets some."""
        self._finding = asyncio.create_task(self._begin())

    async def close(self) -> None:
        """Look no further."""
        if self._finding:
            self._finding.cancel()
            await asyncio.gather(self._finding, return_exceptions=True)

    async def look(self, patience: float) -> None:
        """Look for them where the archive has changed, and wait for up to so many seconds."""
        if self._finding is None:
            self._finding = asyncio.create_task(self._begin())
        await asyncio.wait([self._finding], timeout=patience)

    async def _begin(self) -> None:
        """Look for them if it is due; where it fails, the next visitor has it tried again."""
        try:
            status = await asyncio.to_thread(self._library.status)
            state = (status.articles, status.passages, status.revisions, status.latest)
            if status.articles < self._articles:  # what was removed is asked about no more
                self.found, self._state = (), None
            if self._is_due(state):
                self._state, self._articles, self._since = state, status.articles, self._clock()
                await self._find()
        except (DatelineError, TimeoutError):
            self._state = None
        finally:
            self._finding = None

    def _is_due(self, state: tuple[object, ...]) -> bool:
        return state != self._state and (not self.found or self._clock() - self._since > _FRESH)

    async def _find(self) -> None:
        """Look for them part by part; until there are as many new ones the old ones stay."""
        found: list[str] = []
        parts = candidates_of(self._library)
        while (part := await asyncio.to_thread(next, parts, None)) is not None:
            async with asyncio.timeout(self._patience):
                found += [one async for one in suggested(self._asker, part) if one not in found]
            if len(found) >= len(self.found):
                self.found = tuple(found)
        self.found = tuple(found)

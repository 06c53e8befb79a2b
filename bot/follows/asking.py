"""A followed question asked again: its answer against what was held of the one before."""

from __future__ import annotations

import asyncio

from bot.answering.ports import Asker
from bot.answers.asked import Asked
from bot.follows.compared import Comparison, FollowShelf
from bot.follows.confirming import Confirming
from bot.follows.records import Compared, Follow, Held
from bot.language.lexicon import load_lexicon
from index.errors import BadInput

_HITS = 40  # passages among which further origins are looked for


class FollowAsker:
    """Asks without a language model: its wording turns by itself, and every telling would cost a call."""

    def __init__(self, asker: Asker, shelf: FollowShelf, *, seconds: float) -> None:
        self._asker = asker
        self._shelf = shelf
        self._seconds = seconds
        self._lexicon = load_lexicon()
        self._confirming = Confirming(self._lexicon)

    async def ask(self, follow: Follow, before: Held) -> tuple[Compared, str | None]:
        """What asking again comes to; and why it cannot be asked, which is told once.

        Raises:
            DatelineError: the archive cannot be read now; the question is as it was.
            TimeoutError: it took too long.
        """
        asked = Asked(follow.request.question, follow.request.filters, llm=False, logged=False)
        try:
            async with asyncio.timeout(self._seconds):
                answer = await self._asker.ask(asked)
                hits = [] if answer.abstention else await self._asker.search(asked, limit=_HITS)
        except BadInput as exc:
            held = Held("failed", None, before.places, before.known)
            return Compared(held, None if before.status == "failed" else "failed"), str(exc)
        confirming = self._confirming.places(answer, hits) if hits else []
        comparison = Comparison(self._shelf, follow.id, lexicon=self._lexicon)
        return await asyncio.to_thread(comparison.compare, before, answer, confirming=confirming), None

"""A model that may be slow, busy or gone into one that is asked again, within a question's time and tokens.

The one place that tries again. A stream cannot be taken back, so what comes after a new try is announced by
`Again`: the reply starts over, and at temperature 0 mostly with the same words.
"""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing
from dataclasses import dataclass, field

from bot.writing.model import Counted, Finished, LanguageModel, LlmError, Request

# Before the second try, the third, …, where the server asks for no other wait; each up to a quarter shorter
# or longer, so that a hundred waiting answers do not come back at once.
_WAITS = (0.5, 1.0, 2.0, 4.0)
_LETTERS_A_TOKEN = 12  # no language has longer tokens on average; a reply beyond that is out of hand


@dataclass(frozen=True)
class Again:
    """The reply broke off and starts over."""


@dataclass
class Allowance:
    """What one question may still use, and what it used: the only thing here that changes.

    `ends` is a moment of the clock. `estimated`: a server did not count its tokens, so we did.
    """

    ends: float
    tokens: int
    calls: int = 0
    read: int = 0
    written: int = 0
    estimated: bool = False

    def take(self, counted: Counted, *, estimated: bool) -> None:
        """Note what a call used."""
        self.read += counted.input
        self.written += counted.output
        self.tokens -= counted.input + counted.output
        self.estimated = self.estimated or estimated


@dataclass(frozen=True)
class Patience:
    """How long to wait for a model, and how often to try; seconds. The clock is there for tests."""

    first_token: float
    total: float
    retries: int
    tokens: int
    clock: Callable[[], float] = field(default=time.monotonic)

    def allowance(self) -> Allowance:
        """What a question that is asked now may use."""
        return Allowance(self.clock() + self.total, self.tokens)

    async def write(
        self, model: LanguageModel, request: Request, *, allowance: Allowance
    ) -> AsyncGenerator[str | Again, None]:
        """The reply, tried again while that may help. Raises `LlmError` when it does not."""
        await model.ready()
        for attempt in range(self.retries + 1):
            try:
                async with aclosing(self._once(model, request, allowance)) as pieces:
                    async for piece in pieces:
                        yield piece
                return
            except LlmError as exc:
                wait = self._wait(exc, attempt, allowance)
                if wait is None:
                    raise
            await asyncio.sleep(wait)
            yield Again()

    async def _once(
        self, model: LanguageModel, request: Request, allowance: Allowance
    ) -> AsyncGenerator[str | Again, None]:
        """One call, which must finish: half an answer is none."""
        if estimate(request) > allowance.tokens:
            raise LlmError("spent", f"{allowance.tokens:,}")
        allowance.calls += 1
        counted: Counted | None = None
        finished, length = False, 0
        try:
            async with aclosing(model.write(request)) as pieces:
                while True:
                    piece = await self._next(pieces, allowance)
                    match piece:
                        case None:
                            break
                        case Counted():
                            counted = piece
                        case Finished():
                            finished = True
                        case _:
                            length += len(piece)
                            _check_length(length, request)
                            yield piece
        finally:
            mine = Counted(estimate(request) - request.max_tokens, length // 4) if length else Counted(0, 0)
            allowance.take(counted or mine, estimated=counted is None and bool(length))
        if not finished:
            raise LlmError("broke_off", again=True)
        if not length:
            raise LlmError("said_nothing", again=True)

    async def _next(
        self, pieces: AsyncGenerator[str | Counted | Finished, None], allowance: Allowance
    ) -> str | Counted | Finished | None:
        left = allowance.ends - self.clock()
        try:
            return await asyncio.wait_for(anext(pieces, None), min(max(left, 0.0), self.first_token))
        except TimeoutError as exc:
            if left <= self.first_token:
                raise LlmError("too_slow", f"{self.total:g}") from exc
            raise LlmError("fell_silent", again=True) from exc

    def _wait(self, exc: LlmError, attempt: int, allowance: Allowance) -> float | None:
        """How long to wait before another try; None where there is to be none."""
        if not exc.again or attempt >= self.retries:
            return None
        usual = _WAITS[min(attempt, len(_WAITS) - 1)] * random.uniform(0.75, 1.25)
        wait = max(usual, exc.after * 1.02) if exc.after is not None else usual
        return wait if self.clock() + wait < allowance.ends else None


def estimate(request: Request) -> int:
    """The tokens a call may take, its whole reply included: about three bytes a token, on the safe side.

    English has four letters a token, Russian two, which are four bytes.
    """
    return tokens_of(request.system) + tokens_of(request.user) + request.max_tokens


def tokens_of(text: str) -> int:
    """About how many tokens a text is, rather too many."""
    return len(text.encode()) // 3 + 1


def _check_length(length: int, request: Request) -> None:
    if length > request.max_tokens * _LETTERS_A_TOKEN:
        raise LlmError("too_long", f"{length:,}")

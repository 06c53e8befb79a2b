"""How many questions are worked on at once: a few, a queue behind them, and a clear no beyond it."""

from __future__ import annotations

import asyncio
import math
import time

from index.errors import DatelineError


class Busy(DatelineError):
    """There is no place, nor one in the queue; `retry_after` is a fair guess in seconds."""

    def __init__(self, retry_after: int) -> None:
        super().__init__(f"too many questions at once, expected another try in {retry_after} s")
        self.retry_after = retry_after


class GatePlace:
    """A place at the gate, until `leave`; leaving twice is leaving once."""

    def __init__(self, gate: Gate) -> None:
        self._gate: Gate | None = gate
        self._since = time.monotonic()

    def leave(self) -> None:
        """Give the place to the next one who waits."""
        gate, self._gate = self._gate, None
        if gate:
            gate.freed(time.monotonic() - self._since)

    def __enter__(self) -> GatePlace:
        """Hold the place for a `with` block."""
        return self

    def __exit__(self, *_: object) -> None:
        """Leave."""
        self.leave()


class Gate:
    """Lets `at_once` in, lets `waiting` wait for up to `patience` seconds, first come first served."""

    def __init__(self, *, at_once: int, waiting: int, patience: float) -> None:
        self._free = asyncio.Semaphore(at_once)
        self._at_once = at_once
        self._most_waiting = waiting
        self._patience = patience
        self._mean = 0.1
        self.inside = 0
        self.waiting = 0

    async def enter(self) -> GatePlace:
        """A place, to be left by whoever got it.

        Raises:
            Busy: the queue is full, or no place came free in time.
        """
        if self._free.locked() and self.waiting >= self._most_waiting:
            raise Busy(self._guess())
        self.waiting += 1
        try:
            async with asyncio.timeout(self._patience):
                await self._free.acquire()
        except TimeoutError:
            raise Busy(self._guess()) from None
        finally:
            self.waiting -= 1
        self.inside += 1
        return GatePlace(self)

    def freed(self, seconds: float) -> None:
        """Called by a place that is left, with how long it was held."""
        self.inside -= 1
        self._mean += (seconds - self._mean) / 16  # the last dozen answers or so
        self._free.release()

    def _guess(self) -> int:
        """When those who wait now will have been served: between 1 and 60 seconds."""
        return min(60, max(1, math.ceil(self._mean * (self.waiting + 1) / self._at_once)))

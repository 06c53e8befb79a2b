"""Requests to one host into turns: one at a time, and a while apart."""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager


class Turns:
    """Who may ask which host when; several threads may ask several hosts at once, but each host one."""

    def __init__(self, clock: Callable[[], float], sleep: Callable[[float], None]) -> None:
        self._clock = clock
        self._sleep = sleep
        self._locks: defaultdict[str, threading.Lock] = defaultdict(threading.Lock)
        self._last: dict[str, float] = {}

    @contextmanager
    def turn(self, host: str) -> Iterator[None]:
        """Nobody else asks `host` inside."""
        with self._locks[host]:
            yield

    @contextmanager
    def apart(self, host: str, delay: float) -> Iterator[None]:
        """Begin `delay` seconds after the last request to `host` ended; what is inside is the next."""
        wait = self._last[host] + delay - self._clock() if host in self._last else 0.0
        if wait > 0:
            self._sleep(wait)
        try:
            yield
        finally:
            self._last[host] = self._clock()

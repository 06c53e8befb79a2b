"""Requests to one host into turns: one at a time, and a while apart, also those of other processes."""

from __future__ import annotations

import fcntl
import hashlib
import os
import struct
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

_MOMENT = struct.Struct("d")


class Turns:
    """Who may ask which host when; several threads may ask several hosts at once, but each host one.

    In the folder `shared` a file a host, named by its hash, is locked by whoever asks it and holds when it
    was asked last. Where it cannot be written only this process waits for itself.
    """

    def __init__(
        self, clock: Callable[[], float], sleep: Callable[[float], None], *, shared: Path | None = None
    ) -> None:
        self._clock = clock
        self._sleep = sleep
        self._shared = shared
        self._locks: defaultdict[str, threading.Lock] = defaultdict(threading.Lock)
        self._last: dict[str, float] = {}
        self._files: dict[str, int] = {}  # of the hosts whose turn it is

    @contextmanager
    def turn(self, host: str) -> Iterator[None]:
        """Nobody else asks `host` inside."""
        with self._locks[host], _locked(self._shared, host) as descriptor:
            if descriptor is not None:
                self._files[host] = descriptor
            try:
                yield
            finally:
                self._files.pop(host, None)

    @contextmanager
    def apart(self, host: str, delay: float) -> Iterator[None]:
        """Begin `delay` seconds after the last request to `host` ended; what is inside is the next."""
        own = self._last[host] + delay - self._clock() if host in self._last else 0.0
        others = min(delay, _written(self._files.get(host)) + delay - time.time())  # a clock may be set back
        wait = max(own, others)
        if wait > 0:
            self._sleep(wait)
        try:
            yield
        finally:
            self._last[host] = self._clock()
            _write(self._files.get(host))


@contextmanager
def _locked(folder: Path | None, host: str) -> Iterator[int | None]:
    """The file of a host, once no other process has it; the system lets go of it when a process dies."""
    descriptor = None
    if folder is not None:
        with suppress(OSError):
            folder.mkdir(parents=True, exist_ok=True)
            name = hashlib.sha256(host.encode()).hexdigest()[:32]
            descriptor = os.open(folder / name, os.O_RDWR | os.O_CREAT, 0o600)
    if descriptor is None:
        yield None
        return
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield descriptor
    finally:
        os.close(descriptor)


def _written(descriptor: int | None) -> float:
    """When a host was asked last by anybody, by the clock on the wall; long ago where that is not known."""
    if descriptor is None:
        return 0.0
    told = os.pread(descriptor, _MOMENT.size, 0)
    return float(_MOMENT.unpack(told)[0]) if len(told) == _MOMENT.size else 0.0


def _write(descriptor: int | None) -> None:
    if descriptor is not None:
        with suppress(OSError):  # a full disk: the lock still holds
            os.pwrite(descriptor, _MOMENT.pack(time.time()), 0)

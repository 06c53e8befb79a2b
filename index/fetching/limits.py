"""How much one fetch may cost and whom it may reach, as one value, and the time that is left of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from index.errors import FetchRefused


@dataclass(frozen=True)
class FetchSettings:
    """What a fetch may cost, and whom it may reach. Times are seconds, sizes bytes.

    `hosts` are those that may be reached though their address is private or their port unusual: "name:port",
    or a name for ports 80 and 443. `proxy` is an address such as "http://proxy.example:3128"; it looks names
    up itself, so that it alone can keep private addresses out.
    """

    user_agent: str = "Dateline"
    delay_s: float = 1.0  # between two requests to one host
    most_delay_s: float = 30.0  # of what a robots.txt asks for
    connect_s: float = 10.0
    silence_s: float = 20.0  # without a byte
    whole_s: float = 60.0  # all of a fetch, its redirects included, without the waiting for turns
    most_bytes: int = 10_000_000  # as they come, and again unpacked
    most_redirects: int = 10
    robots_s: float = 86_400.0  # for which a robots.txt is kept
    robots_again_s: float = 600.0  # after which one that could not be read is asked for again
    hosts: frozenset[str] = frozenset()
    ports: frozenset[int] = frozenset({80, 443, 8000, 8080, 8443})
    proxy: str | None = None
    turns: Path | None = None  # the folder in which processes wait for one another; None: each for itself

    def allows(self, host: str, port: int) -> bool:
        """Whether a host is named in `hosts`."""
        name = f"[{host}]" if ":" in host else host
        return f"{name}:{port}" in self.hosts or (port in {80, 443} and name in self.hosts)


class Deadline:
    """The time that is left of a fetch; it runs only while it is entered."""

    def __init__(self, seconds: float, clock: Callable[[], float]) -> None:
        self._whole = self._left = seconds
        self._clock = clock
        self._begun: float | None = None

    def __enter__(self) -> None:
        self._begun = self._clock()

    def __exit__(self, *raised: object) -> None:
        self._left, self._begun = self._remaining(), None

    def within(self, seconds: float | None) -> float:
        """`seconds`, or what is left where that is less. Raises `FetchRefused` where nothing is left."""
        left = self._remaining()
        if left <= 0:
            raise FetchRefused(
                "too-slow", f"took longer than {self._whole:g} s in all, the most that a fetch may take"
            )
        return left if seconds is None else min(seconds, left)

    def _remaining(self) -> float:
        return self._left - (self._clock() - self._begun if self._begun is not None else 0.0)

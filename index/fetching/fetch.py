"""An address into what it answers: politely, safely, within limits; each refusal has a name.

Robots are asked and turns awaited at every redirect, and what a redirect leads to is checked as if a person
had given it.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Self

from index.errors import FetchReason, FetchRefused
from index.fetching.addresses import Address, Resolve, read_address, system_addresses
from index.fetching.compression import OFFERED, unpacked
from index.fetching.limits import Deadline, FetchSettings
from index.fetching.politeness import Turns
from index.fetching.records import Fetched, Validators
from index.fetching.robots import Robots
from index.fetching.transport import Answered, Transport

__all__ = ["FetchReason", "FetchRefused", "FetchSettings", "Fetched", "Fetcher", "Validators"]

ACCEPT = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
_REDIRECTS = {301, 302, 303, 307, 308}
_FOR_GOOD = {301, 308}
_ROBOTS_REDIRECTS = 5  # as RFC 9309 asks

Hop = tuple[Address, Answered]


class Fetcher:
    """Fetches addresses one by one; a context manager. Several threads may share one.

    `clock` gives seconds that only grow, `sleep` waits that long, and `resolve` looks a name up.
    """

    def __init__(
        self,
        settings: FetchSettings = FetchSettings(),  # noqa: B008 - frozen
        *,
        resolve: Resolve = system_addresses,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._settings = settings
        self._clock = clock
        self._transport = Transport(settings, resolve)
        self._turns = Turns(clock, sleep, shared=settings.turns)
        self._robots = Robots(settings, self._ask_for_robots, clock)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *raised: object) -> None:
        self.close()

    def close(self) -> None:
        """End what it has running; it may be used again."""
        self._robots.close()

    def get(self, url: str, *, validators: Validators | None = None, accept: str = ACCEPT) -> Fetched:
        """What `url` answers, its redirects followed; with `validators`, 304 where it has not changed.

        Raises `FetchRefused` where it may not or cannot be fetched, or costs too much; every answer of HTTP
        is one, also 404 and 503.
        """
        begun = self._clock()
        headers = self._headers(accept, validators)
        deadline = Deadline(self._settings.whole_s, self._clock)
        trail = self._followed(url, headers, deadline)
        address, answered = trail[-1]
        own = Validators(answered.headers.get("etag"), answered.headers.get("last-modified"))
        return Fetched(
            url=url,
            final_url=address.url,
            moved_to=_moved_to(trail),
            status=answered.status,
            headers=answered.headers,
            body=self._unpacked(answered, deadline),
            validators=validators if answered.status == 304 and validators and not own else own,
            elapsed_s=self._clock() - begun,
        )

    def _headers(self, accept: str, validators: Validators | None = None) -> dict[str, str]:
        headers = {
            "User-Agent": self._settings.user_agent,
            "Accept": accept,
            "Accept-Encoding": OFFERED,
            "Connection": "close",
        }
        if validators and validators.etag:
            headers["If-None-Match"] = validators.etag
        if validators and validators.last_modified:
            headers["If-Modified-Since"] = validators.last_modified
        return headers

    def _followed(self, url: str, headers: Mapping[str, str], deadline: Deadline) -> list[Hop]:
        """Each address from `url` to the last that a redirect leads to, with what it answered."""
        hosts = [""]

        def ask(address: Address) -> Answered:
            delay = 0.0 if address.host == hosts[-1] else self._settings.delay_s
            hosts.append(address.host)
            with self._turns.turn(address.host):
                wanted = self._robots.delay(address)
                with self._turns.apart(address.host, max(delay, wanted)):
                    return self._transport.ask(address, headers, deadline)

        return self._trail(url, ask, most=self._settings.most_redirects)

    def _ask_for_robots(self, url: str) -> Answered:
        """What a robots.txt answers, its redirects followed, within a turn that its host already has."""
        deadline = Deadline(self._settings.whole_s, self._clock)
        headers = self._headers("text/plain,*/*;q=0.8")

        def ask(address: Address) -> Answered:
            return self._transport.ask(address, headers, deadline)

        answered = self._trail(url, ask, most=_ROBOTS_REDIRECTS)[-1][1]
        return replace(answered, body=self._unpacked(answered, deadline))

    def _unpacked(self, answered: Answered, deadline: Deadline) -> bytes:
        codings, most = answered.headers.get("content-encoding", ""), self._settings.most_bytes
        with deadline:
            return unpacked(answered.body, codings, most_bytes=most, deadline=deadline)

    def _trail(self, url: str, ask: Callable[[Address], Answered], *, most: int) -> list[Hop]:
        """The addresses that redirects lead to, `url` first, each with what it answered."""
        trail: list[Hop] = []
        text, base = url, None
        while len(trail) <= most:
            try:
                address = read_address(text, self._settings, base=base)
                if any(address.url == before.url for before, _ in trail):
                    raise FetchRefused(
                        "redirect-loop", "redirects back here (some do unless cookies are kept)"
                    )
                answered = ask(address)
            except FetchRefused as exc:
                if not trail:
                    raise
                raise FetchRefused(exc.reason, f"redirects to {text[:200]}, which {exc}") from exc
            trail.append((address, answered))
            target = _redirect(answered)
            if target is None:
                return trail
            text, base = target, address.url
        raise FetchRefused("too-many-redirects", f"redirects more than {most} times, at last to {text[:200]}")


def _redirect(answered: Answered) -> str | None:
    """Where an answer leads instead, as it is written."""
    location = answered.headers.get("location") if answered.status in _REDIRECTS else None
    if location is None:
        return None
    try:  # a header is read as Latin-1, but addresses that are not ASCII are sent in UTF-8
        return location.encode("latin-1").decode("utf-8")
    except UnicodeDecodeError:
        return location


def _moved_to(trail: Sequence[Hop]) -> str | None:
    """Where redirects that are for good lead, from the first on, before any other."""
    moved = None
    for (_, answered), (address, _) in pairwise(trail):
        if answered.status not in _FOR_GOOD:
            break
        moved = address.url
    return moved

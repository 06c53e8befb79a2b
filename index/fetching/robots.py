"""A host's robots.txt into whether an address may be fetched, and how long to wait between two.

One is asked for once a day. Where it answers 4xx, there are no rules; where it cannot be read (5xx, 429, no
connection), nothing of that host is fetched (RFC 9309). It is parsed in a child with limits: 500 kB of names
times rules would fill the memory.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from dataclasses import dataclass

from index.articles.limited import DEFAULT_LIMITS, LimitedChild, serve
from index.errors import BadInput, FetchRefused
from index.fetching.addresses import Address
from index.fetching.limits import FetchSettings
from index.fetching.transport import Answered

_MOST = 512_000  # bytes that are read, what RFC 9309 asks for at least
_KEPT = 1000  # hosts
_OF_THE_HOST = {"private-address", "unresolved", "unreachable", "tls"}  # as true of all else that it has


@dataclass(frozen=True)
class Rules:
    """What a robots.txt says, or why nobody knows; until when that holds, by the clock."""

    text: str
    until: float
    trouble: FetchRefused | None = None


class Robots:
    """What hosts allow; `ask` fetches a robots.txt, its redirects followed. Close it at the end."""

    def __init__(
        self, settings: FetchSettings, ask: Callable[[str], Answered], clock: Callable[[], float]
    ) -> None:
        self._settings = settings
        self._ask = ask
        self._clock = clock
        self._known: dict[str, Rules] = {}
        self._child = LimitedChild("index.fetching.robots", limits=DEFAULT_LIMITS)
        self._asking_child = threading.Lock()

    def close(self) -> None:
        """End the child that parses."""
        self._child.close()

    def delay(self, address: Address) -> float:
        """The seconds that its host wants between two requests, within a cap.

        Raises `FetchRefused` where it does not allow the address, or cannot be asked.
        """
        rules = self._rules(address.origin)
        if rules.trouble:
            raise FetchRefused(rules.trouble.reason, str(rules.trouble))
        if not rules.text.strip():
            return 0.0
        allowed, delay = self._applied(rules.text, address)
        if not allowed:
            raise FetchRefused("robots", f"is not to be fetched, says {address.origin}/robots.txt")
        return min(delay, self._settings.most_delay_s)

    def _rules(self, origin: str) -> Rules:
        rules = self._known.get(origin)
        if rules is None or rules.until <= self._clock():
            while len(self._known) >= _KEPT:
                del self._known[next(iter(self._known))]
            rules = self._known[origin] = self._asked(f"{origin}/robots.txt")
        return rules

    def _asked(self, url: str) -> Rules:
        now = self._clock()
        try:
            answered = self._ask(url)
            if answered.status >= 500 or answered.status == 429:
                raise FetchRefused("bad-response", f"answers {answered.status}")
        except FetchRefused as exc:
            is_led_elsewhere = isinstance(exc.__cause__, FetchRefused)
            if exc.reason not in _OF_THE_HOST or is_led_elsewhere:
                why = f"is not fetched, since {url} {exc}, expected its rules or 404"
                exc = FetchRefused("robots-unreachable", why)
            return Rules("", now + self._settings.robots_again_s, exc)
        text = answered.body[:_MOST].decode("utf-8", errors="replace").removeprefix("\ufeff")
        return Rules(text, now + self._settings.robots_s)

    def _applied(self, text: str, address: Address) -> tuple[bool, float]:
        agent = self._settings.user_agent.partition("/")[0]
        request = json.dumps({"text": text, "url": address.url, "agent": agent}).encode()
        try:
            with self._asking_child:
                allowed, delay = json.loads(self._child.ask(request))
        except BadInput as exc:
            raise FetchRefused("robots-unreachable", f"has a robots.txt that {exc}") from exc
        return bool(allowed), float(delay)


def judged(request: bytes) -> bytes:
    """The child's side: whether an agent may fetch a url, and the delay that it is asked for."""
    from protego import Protego

    asked = json.loads(request)
    rules = Protego.parse(asked["text"])
    allowed = rules.can_fetch(asked["url"], asked["agent"])
    return json.dumps([allowed, rules.crawl_delay(asked["agent"]) or 0.0]).encode()


if __name__ == "__main__":
    serve(judged)

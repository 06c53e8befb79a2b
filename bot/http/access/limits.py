"""How often one caller may ask: a token bucket for each.

Own code because the in-memory store of the `limits` library (5.8) goes through every caller on every request,
with a thread for each: a flood of addresses would cost the more the more addresses it has.
"""

from __future__ import annotations

import ipaddress
import math
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

# What a proxy adds: who comes with one of these through loopback comes from somewhere else.
FORWARDED = ("forwarded", "x-forwarded-for", "x-real-ip", "via")


@dataclass(frozen=True)
class Rate:
    """How often one caller may ask."""

    caller: str
    per_minute: int
    """Requests; 0: as many as they like."""
    whom: str
    """The caller in a message: "this address"."""
    more: str
    """What lets them ask more often."""


@dataclass
class _Bucket:
    tokens: float
    at: float


class RateLimits:
    """Counts callers; remembers at most `callers` of them, the longest silent one is forgotten first.

    A bucket holds a minute's worth of requests and fills steadily: a burst of that size passes once.
    """

    def __init__(self, *, callers: int = 20_000, clock: Callable[[], float] = time.monotonic) -> None:
        self._callers = callers
        self._clock = clock
        self._buckets: OrderedDict[str, _Bucket] = OrderedDict()

    def wait(self, caller: str, *, per_minute: int) -> int:
        """Seconds, at least 1, until the caller may ask again; 0: it may now, and this request is counted."""
        if per_minute == 0:
            return 0
        now = self._clock()
        bucket = self._buckets.setdefault(caller, _Bucket(per_minute, now))
        self._buckets.move_to_end(caller)
        bucket.tokens = min(per_minute, bucket.tokens + (now - bucket.at) * per_minute / 60)
        bucket.at = now
        if len(self._buckets) > self._callers:
            self._buckets.popitem(last=False)
        if bucket.tokens < 1:
            return max(1, math.ceil((1 - bucket.tokens) * 60 / per_minute))
        bucket.tokens -= 1
        return 0


def network_of(host: str) -> str:
    """Who an address counts as: itself, or for IPv6 its /64, which is what one household is given."""
    address = ip_of(host)
    if isinstance(address, ipaddress.IPv6Address):
        return str(ipaddress.ip_network((address, 64), strict=False))
    return str(address or "unknown")


def is_loopback(host: str) -> bool:
    """Whether an address is this machine's own."""
    address = ip_of(host)
    return address is not None and address.is_loopback


def ip_of(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    """An address as IPv4 where IPv6 only wraps it; None for what is none."""
    try:
        address = ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return None
    return (address.ipv4_mapped or address) if isinstance(address, ipaddress.IPv6Address) else address

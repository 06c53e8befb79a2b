from __future__ import annotations

import asyncio

import pytest

from bot.http.access.gate import Busy, Gate
from bot.http.access.limits import RateLimits, is_loopback, network_of


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_minutes_worth_passes_at_once_and_then_one_by_one() -> None:
    clock = Clock()
    limits = RateLimits(clock=clock)
    assert [limits.wait("a", per_minute=6) for _ in range(6)] == [0] * 6
    assert limits.wait("a", per_minute=6) == 10  # 6 a minute is one in 10 s
    assert limits.wait("b", per_minute=6) == 0
    clock.now = 10
    assert limits.wait("a", per_minute=6) == 0
    assert limits.wait("a", per_minute=6) == 10


def test_zero_is_no_limit() -> None:
    limits = RateLimits(clock=Clock())
    assert all(limits.wait("a", per_minute=0) == 0 for _ in range(1000))


def test_a_flood_of_addresses_is_forgotten_oldest_first() -> None:
    limits = RateLimits(callers=3, clock=Clock())
    for caller in ("a", "b", "c"):
        assert limits.wait(caller, per_minute=1) == 0
    assert limits.wait("a", per_minute=1) > 0  # "a" has spoken last, "b" is the longest silent
    assert limits.wait("d", per_minute=1) == 0
    assert limits.wait("a", per_minute=1) > 0
    assert limits.wait("b", per_minute=1) == 0


@pytest.mark.parametrize(
    ("host", "network"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("2001:db8:1:2:aaaa::1", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:bbbb::2", "2001:db8:1:2::/64"),
        ("::ffff:203.0.113.7", "203.0.113.7"),
        ("fe80::1%eth0", "fe80::/64"),
        ("testclient", "unknown"),
    ],
)
def test_an_ipv6_address_counts_as_its_household(host: str, network: str) -> None:
    assert network_of(host) == network


@pytest.mark.parametrize(
    ("host", "ours"),
    [
        ("127.0.0.1", True), ("127.9.9.9", True), ("::1", True), ("::ffff:127.0.0.1", True),
        ("10.0.0.1", False), ("::2", False), ("testclient", False), ("", False),
    ],
)  # fmt: skip
def test_this_machine_is_known(host: str, ours: bool) -> None:
    assert is_loopback(host) == ours


def test_the_gate_lets_in_lets_wait_and_then_says_no() -> None:
    async def scene() -> None:
        gate = Gate(at_once=1, waiting=1, patience=5)
        first = await gate.enter()
        second = asyncio.create_task(gate.enter())
        await asyncio.sleep(0)
        with pytest.raises(Busy) as busy:
            await gate.enter()
        assert busy.value.retry_after >= 1
        assert (gate.inside, gate.waiting) == (1, 1)
        first.leave()
        first.leave()  # leaving twice must not make a second place
        (await second).leave()
        assert (gate.inside, gate.waiting) == (0, 0)
        with await gate.enter():
            assert gate.inside == 1

    asyncio.run(scene())


def test_patience_ends() -> None:
    async def scene() -> None:
        gate = Gate(at_once=1, waiting=5, patience=0.02)
        with await gate.enter():
            with pytest.raises(Busy):
                await gate.enter()
            assert gate.waiting == 0

    asyncio.run(scene())


def test_who_gives_up_waiting_takes_no_place() -> None:
    async def scene() -> None:
        gate = Gate(at_once=1, waiting=5, patience=5)
        first = await gate.enter()
        waiting = asyncio.create_task(gate.enter())
        await asyncio.sleep(0)
        waiting.cancel()
        await asyncio.gather(waiting, return_exceptions=True)
        first.leave()
        with await asyncio.wait_for(gate.enter(), 1):
            assert (gate.inside, gate.waiting) == (1, 0)

    asyncio.run(scene())

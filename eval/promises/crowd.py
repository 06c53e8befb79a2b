"""Clients as they come at the worst: askers who never stop, idle ones, half-sent requests, slow readers."""

from __future__ import annotations

import asyncio
import json
import socket
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from itertools import cycle, islice

from eval.speed.load_asking import Served
from eval.speed.load_client import Broken, Client, Refused

Ask = Callable[[], str]
"""A question that was never asked before."""
_SMALL = 4096  # bytes that a slow reader's kernel takes for it
_HALVES = (
    b"POST /ask HTTP/1.1\r\nHost: localhost\r\nX-Slow:",
    b"POST /ask HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 60\r\n\r\n{",
)


@dataclass
class Answered:
    """What askers saw: milliseconds of each 200, how often each status came, and what must not be."""

    ms: list[float] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)
    faults: Counter[str] = field(default_factory=Counter)

    def percentile(self, percent: int) -> float:
        """Nearest rank; 0 where there is none."""
        ordered = sorted(self.ms)
        return ordered[min(len(ordered) - 1, len(ordered) * percent // 100)] if ordered else 0.0

    def note(self, status: int, ms: float, *, retry_after: str | None) -> None:
        """Count an answer."""
        self.statuses[status] += 1
        if status == 200:
            self.ms.append(ms)
        elif status == 503:
            self.faults["a 503 without Retry-After"] += not (retry_after or "").isdigit()
        else:
            self.faults[f"status {status}"] += 1


async def one_by_one(served: Served, ask: Ask, *, clients: int, seconds: float) -> Answered:
    """So many clients, each asking one question after the other."""
    seen, end = Answered(), time.monotonic() + seconds

    async def ask_on() -> None:
        client = Client(served.port, token=served.token)
        while time.monotonic() < end:
            await _ask(client, ask(), seen)
        await client.close()

    await asyncio.gather(*(ask_on() for _ in range(clients)))
    return seen


async def at_a_rate(served: Served, ask: Ask, *, a_second: float, seconds: float) -> Answered:
    """A question every so often, whether those before are answered or not; its time begins when it is due."""
    seen, idle, asked = Answered(), list[Client](), set[asyncio.Task[None]]()

    async def asks(due: float) -> None:
        client = idle.pop() if idle else Client(served.port, token=served.token)
        await _ask(client, ask(), seen, since=due)
        idle.append(client)

    began, number = time.perf_counter(), 0
    while (due := number / a_second) < seconds:
        await asyncio.sleep(max(0.0, began + due - time.perf_counter()))
        task = asyncio.create_task(asks(began + due))
        asked.add(task)
        task.add_done_callback(asked.discard)
        number += 1
    await asyncio.gather(*asked)
    for client in idle:
        await client.close()
    return seen


async def _ask(client: Client, question: str, seen: Answered, *, since: float | None = None) -> None:
    since = time.perf_counter() if since is None else since
    try:
        status = await client.post("/ask", {"question": question})
    except (Broken, Refused) as exc:
        seen.faults[f"cut: {type(exc).__name__} {exc}"] += 1
        return
    if status == 408:  # a kept connection that was closed as it was asked on: told, so it is asked again
        seen.faults["told 408 twice"] += (status := await client.post("/ask", {"question": question})) == 408
    retry = client.headers.get("retry-after")
    seen.note(status, 1000 * (time.perf_counter() - since), retry_after=retry)


async def signs_of_life(served: Served, *, seconds: float) -> Answered:
    """`/healthz`, twenty times a second."""
    seen, end = Answered(), time.monotonic() + seconds
    client = Client(served.port, token=served.token)
    while time.monotonic() < end:
        began = time.perf_counter()
        try:
            seen.note(await client.get("/healthz"), 1000 * (time.perf_counter() - began), retry_after=None)
        except (Broken, Refused) as exc:
            seen.faults[f"/healthz: {type(exc).__name__}"] += 1
        await asyncio.sleep(0.05)
    await client.close()
    return seen


@dataclass
class Bystanders:
    """Connections that are held and bring nothing; each is made again when the server has ended it."""

    served: Served
    held: int = 0
    most: int = 0
    ended: Counter[str] = field(default_factory=Counter)
    """How: "408", "200", "nothing" where it was closed without a word."""

    async def idle(self) -> None:
        """Connect, and ask nothing."""
        await self._hold(b"", read=_line)

    async def half_sent(self, half: bytes) -> None:
        """Send the half of a request, and no more."""
        await self._hold(half, read=_line)

    async def slow_reader(self, question: str) -> None:
        """Ask for a stream and read it a few bytes a second."""
        body = json.dumps({"question": question}).encode()
        head = (
            f"POST /ask/stream HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {self.served.token}\r\n"
        )
        kind = f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
        await self._hold(head.encode() + kind.encode() + body, read=_slowly)

    async def _hold(self, sent: bytes, *, read: Callable[[asyncio.StreamReader], Awaitable[bytes]]) -> None:
        wire = socket.socket()
        wire.setblocking(False)
        wire.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, _SMALL)
        try:
            await asyncio.get_running_loop().sock_connect(wire, ("127.0.0.1", self.served.port))
        except BaseException:
            wire.close()
            raise
        reader, writer = await asyncio.open_connection(sock=wire, limit=1024)
        self.held += 1
        self.most = max(self.most, self.held)
        try:
            writer.write(sent)
            said = await read(reader)
            self.ended[said.split()[1].decode() if b" " in said else "nothing"] += 1
        finally:
            self.held -= 1
            writer.close()
            with suppress(OSError):
                await writer.wait_closed()


async def _line(reader: asyncio.StreamReader) -> bytes:
    return await reader.readline()


async def _slowly(reader: asyncio.StreamReader) -> bytes:
    first = await reader.read(16)
    for _ in range(20):
        if not await reader.read(16):
            break
        await asyncio.sleep(1)
    return first


@dataclass(frozen=True)
class Crowd:
    """How many hold a connection and ask nothing, have sent half of a request, read a few bytes a second."""

    idle: int
    half: int
    slow: int


async def stand_about(served: Served, ask: Ask, crowd: Crowd, *, seconds: float) -> Bystanders:
    """So many who hold a connection, for so long."""
    standing, end = Bystanders(served), time.monotonic() + seconds

    async def on_and_on(hold: Callable[[], Awaitable[None]]) -> None:
        while time.monotonic() < end:
            try:
                async with asyncio.timeout(max(0.0, end - time.monotonic())):
                    await hold()
            except TimeoutError:
                return
            except OSError as exc:
                standing.ended[type(exc).__name__] += 1
                await asyncio.sleep(0.5)

    holds: list[Callable[[], Awaitable[None]]] = [
        *([standing.idle] * crowd.idle),
        *(partial(standing.half_sent, half) for half in islice(cycle(_HALVES), crowd.half)),
        *([lambda: standing.slow_reader(ask())] * crowd.slow),
    ]
    await asyncio.gather(*(on_and_on(hold) for hold in holds))
    return standing

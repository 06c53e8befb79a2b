from __future__ import annotations

import json
import random
import signal
import socket
import sys
import threading
import time
from contextlib import ExitStack, suppress

import pytest
from http_fakes import wait_until
from http_process import QUESTION, Cut, Process, a_process, head

from bot.http.parting import turn_away

HALF = b"POST /ask HTTP/1.1\r\nHost: localhost\r\nX-Slow:"


def test_sigterm_finishes_what_was_accepted_and_ends_well() -> None:
    with a_process() as process:
        statuses, cut = stopped_under_load(process, pauses=[0.0] * 4)
        assert process.running.wait(20) == 0
    assert cut == []
    assert set(statuses) == {200}
    assert len(statuses) >= 4


def test_sigterm_cuts_nobody_where_answers_are_quick() -> None:
    # New connections meet the closing door all the time, and kept ones are written to at that moment.
    with a_process(seconds=0) as process:
        statuses, cut = stopped_under_load(process, pauses=[0.0] * 8 + [1.0] * 16)
        assert process.running.wait(20) == 0
    assert cut == []
    assert set(statuses) <= {200, 408}


def stopped_under_load(process: Process, *, pauses: list[float]) -> tuple[list[int], list[str]]:
    """The statuses of all answers until the door was closed, and what became of requests without one."""
    statuses: list[int] = []
    cut: list[str] = []
    threads = [threading.Thread(target=ask_on, args=(process, pause, statuses, cut)) for pause in pauses]
    for thread in threads:
        thread.start()
    time.sleep(0.4)
    process.running.send_signal(signal.SIGTERM)
    assert wait_until(lambda: not process.answers(), seconds=2)
    for thread in threads:
        thread.join(20)
    return statuses, cut


def ask_on(process: Process, pause: float, statuses: list[int], cut: list[str]) -> None:
    """Ask until the door is closed: what was not accepted is not cut."""
    with suppress(ConnectionRefusedError):
        while True:
            with process.connect() as connection:
                while not connection.closed:
                    try:
                        statuses.append(connection.ask())
                    except Cut as exc:
                        cut.append(str(exc))
                        return
                    time.sleep(random.uniform(0, pause))


def test_whenever_a_kept_connection_asks_after_sigterm_it_is_served_or_told() -> None:
    delays = (0.0, 0.2, 0.35, 0.5, 0.6, 0.7, 0.8, 1.0, 1.5)
    with a_process(seconds=0) as process, ExitStack() as stack:
        kept = [stack.enter_context(process.connect()) for _ in delays]
        assert [connection.ask() for connection in kept] == [200] * len(delays)
        process.running.send_signal(signal.SIGTERM)
        began, statuses = time.monotonic(), []
        for connection, delay in zip(kept, delays, strict=True):
            time.sleep(max(0.0, began + delay - time.monotonic()))
            statuses.append(connection.ask())
        assert statuses[0] == 200
        assert set(statuses) <= {200, 408}
        assert process.running.wait(20) == 0


@pytest.mark.parametrize("sent", [b"", HALF])
def test_who_has_not_asked_whole_at_sigterm_is_told(sent: bytes) -> None:
    with a_process() as process:
        with process.connect() as connection:
            connection.wire.sendall(sent)
            process.running.send_signal(signal.SIGTERM)
            assert connection.answer() == 408
            assert connection.closed
            assert connection.end() == b""
        assert process.running.wait(5) == 0


def test_a_body_that_is_still_on_its_way_at_sigterm_is_served() -> None:
    content = json.dumps(QUESTION).encode()
    with a_process() as process, process.connect() as connection:
        connection.wire.sendall(head("/ask", len(content)) + content[:9])
        time.sleep(0.1)
        process.running.send_signal(signal.SIGTERM)
        time.sleep(1)  # the door is closed by now
        connection.wire.sendall(content[9:])
        assert connection.answer() == 200
        assert connection.closed


def test_who_asks_behind_a_stream_that_sigterm_met_is_served_or_told() -> None:
    # Its head was written before, and so does not say that the connection is closed.
    with a_process(seconds=1) as process, process.connect() as connection:
        connection.send("/ask/stream")
        assert wait_until(lambda: b"200 OK" in connection.wire.recv(99, socket.MSG_PEEK), seconds=5)
        process.running.send_signal(signal.SIGTERM)
        assert connection.answer() == 200
        assert not connection.closed
        assert connection.ask() in {200, 408}
        assert connection.closed


@pytest.mark.parametrize("sent", [b"", HALF])
def test_who_holds_a_connection_and_asks_nothing_is_told_and_shown_the_door(sent: bytes) -> None:
    with a_process() as process, process.connect() as connection:
        began = time.monotonic()
        connection.wire.sendall(sent)
        assert connection.answer() == 408
        assert connection.end() == b""
        assert 0.5 < time.monotonic() - began < 8


def test_a_kept_connection_that_asks_as_it_is_closed_is_told() -> None:
    with a_process(seconds=0) as process, process.connect() as connection:
        assert connection.ask() == 200
        assert connection.wire.recv(1, socket.MSG_PEEK) == b"H"  # the server has ended it
        assert connection.ask() == 408


def test_who_sends_more_than_is_taken_reads_why() -> None:
    with a_process() as process, process.connect() as connection:
        connection.wire.sendall(head("/ask", 5_000_000))
        for _ in range(50):  # without looking whether there is an answer, as most clients do
            connection.wire.sendall(bytes(100_000))
        assert connection.answer() == 413


@pytest.mark.skipif(sys.platform != "linux", reason="the kernel's filter is Linux's")
def test_what_the_kernel_took_before_a_listener_turns_away_is_still_accepted() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        address = listener.getsockname()
        with socket.create_connection(address, timeout=5) as early:
            turn_away(listener)
            with pytest.raises(TimeoutError):
                socket.create_connection(address, timeout=0.2)
            early.sendall(b"asked")
            accepted, _ = listener.accept()
            with accepted:
                assert accepted.recv(9) == b"asked"
        listener.setblocking(False)
        with pytest.raises(BlockingIOError):
            listener.accept()


@pytest.mark.skipif(sys.platform != "linux", reason="a filter is Linux's")
def test_a_kernel_that_allows_no_filter_does_not_spoil_the_end() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        lock_filter = 44
        listener.setsockopt(socket.SOL_SOCKET, lock_filter, 1)
        turn_away(listener)

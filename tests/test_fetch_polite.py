"""How a host is asked: as its robots.txt allows, one request at a time, a while apart, with nothing kept."""

from __future__ import annotations

import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from web_server import WebServer, answer, redirect, serving

from index.errors import FetchRefused
from index.fetching.fetch import Fetcher, FetchSettings, Validators
from index.fetching.politeness import Turns

NAMES = ("news.example", "other.example")


@dataclass
class Clock:
    """Time that passes only by sleeping."""

    now: float = 1000.0
    slept: list[float] = field(default_factory=list)

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


@pytest.fixture
def server() -> Iterator[WebServer]:
    with serving() as one:
        one.pages["/"] = answer(b"page")
        yield one


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def fetcher(server: WebServer, clock: Clock) -> Iterator[Fetcher]:
    hosts = frozenset(f"{name}:{server.port}" for name in NAMES)
    settings = FetchSettings(user_agent="Dateline/9.9 (+https://desk.example)", hosts=hosts)
    with Fetcher(settings, resolve=lambda _: ["127.0.0.1"], clock=clock, sleep=clock.sleep) as one:
        yield one


_ANOTHER = """
import sys, time
from pathlib import Path
from index.fetching.politeness import Turns
turns = Turns(time.monotonic, time.sleep, shared=Path(sys.argv[1]))
with turns.turn("news.example"), turns.apart("news.example", 0.0):
    print("asking", flush=True)
    sys.stdin.readline()
"""


def test_two_processes_ask_one_host_in_turns_and_a_while_apart(tmp_path: Path, clock: Clock) -> None:
    turns = Turns(clock, clock.sleep, shared=tmp_path / "turns")
    entered = threading.Event()

    def ask() -> None:
        with turns.turn("news.example"), turns.apart("news.example", 30.0):
            entered.set()

    with subprocess.Popen(
        [sys.executable, "-c", _ANOTHER, str(tmp_path / "turns")],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    ) as other:  # fmt: skip
        assert other.stdout and other.stdin
        assert other.stdout.readline() == "asking\n"
        mine = threading.Thread(target=ask)
        mine.start()
        with turns.turn("other.example"):
            assert not entered.wait(0.3)
        other.stdin.write("\n")
        other.stdin.close()
        mine.join(20)
    assert entered.is_set()
    assert [20 < seconds <= 30 for seconds in clock.slept] == [True]


def test_where_no_turn_can_be_written_a_process_waits_for_itself(tmp_path: Path, clock: Clock) -> None:
    (tmp_path / "file").write_text("")
    turns = Turns(clock, clock.sleep, shared=tmp_path / "file" / "turns")
    for _ in range(2):
        with turns.turn("news.example"), turns.apart("news.example", 1.0):
            pass
    assert clock.slept == [1.0]


def test_two_requests_to_a_host_are_a_second_apart_and_to_two_hosts_none(
    server: WebServer, fetcher: Fetcher, clock: Clock
) -> None:
    for host in ("news.example", "other.example", "news.example"):
        fetcher.get(server.address(host=host))
    assert clock.slept == [1.0]


def test_a_redirect_within_a_host_does_not_wait(server: WebServer, fetcher: Fetcher, clock: Clock) -> None:
    server.pages["/old"] = redirect("/")
    assert fetcher.get(server.address("/old")).body == b"page"
    assert clock.slept == []


@pytest.mark.parametrize(("asked", "waited"), [("7", 7.0), ("0.1", 1.0), ("86400", 30.0), ("soon", 1.0)])
def test_a_crawl_delay_is_heeded_up_to_a_cap(
    server: WebServer, fetcher: Fetcher, clock: Clock, asked: str, waited: float
) -> None:
    server.pages["/robots.txt"] = answer(f"User-agent: *\nCrawl-delay: {asked}\n".encode())
    fetcher.get(server.address())
    fetcher.get(server.address())
    assert clock.slept == [waited]


def test_one_host_is_asked_by_one_thread_at_a_time(server: WebServer) -> None:
    asking: list[int] = []  # how many were being answered as each request came, told done before its reply
    lock = threading.Lock()
    current = 0

    def slow(connection: socket.socket) -> None:
        nonlocal current
        with lock:
            current += 1
            asking.append(current)
        time.sleep(0.02)
        with lock:
            current -= 1
        connection.sendall(answer(b"page"))

    server.pages |= {f"/{n}": slow for n in range(4)}
    settings = FetchSettings(hosts=frozenset({f"news.example:{server.port}"}), delay_s=0)
    with Fetcher(settings, resolve=lambda _: ["127.0.0.1"]) as one:
        threads = [
            threading.Thread(target=one.get, args=(server.address(path),)) for path in list(server.pages)[1:]
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert asking == [1, 1, 1, 1]


ROBOTS = (
    b"\xef\xbb\xbfUser-agent: *\nDisallow: /\n\n"
    b"User-agent: dateline\nDisallow: /private*\nAllow: /private/not$\n"
)


@pytest.mark.parametrize(
    ("path", "allowed"), [("/", True), ("/private/a", False), ("/private/not", True), ("/%70rivate", False)]
)
def test_a_robots_txt_is_heeded_under_our_name(
    server: WebServer, fetcher: Fetcher, path: str, allowed: bool
) -> None:
    server.pages |= {"/robots.txt": answer(ROBOTS), path: answer(b"page")}
    if allowed:
        assert fetcher.get(server.address(path)).status == 200
        return
    with pytest.raises(FetchRefused, match=r"says http://news\.example:\d+/robots\.txt") as refused:
        fetcher.get(server.address(path))
    assert (refused.value.reason, server.asked) == ("robots", [])


def test_a_redirect_is_held_to_the_rules_of_where_it_leads(server: WebServer, fetcher: Fetcher) -> None:
    server.pages |= {
        "/robots.txt": answer(ROBOTS),
        "/to": redirect(server.address("/private/a", "other.example")),
    }
    with pytest.raises(FetchRefused, match="redirects to") as refused:
        fetcher.get(server.address("/to"))
    assert (refused.value.reason, server.asked) == ("robots", ["/to"])


@pytest.mark.parametrize(
    ("status", "fetched"),
    [
        ("404 No", True),
        ("403 No", True),
        ("410 No", True),
        ("429 Wait", False),
        ("500 Oh", False),
        ("503 Oh", False),
    ],
)
def test_without_rules_all_is_allowed_but_not_where_they_cannot_be_read(
    server: WebServer, fetcher: Fetcher, clock: Clock, status: str, fetched: bool
) -> None:
    server.pages["/robots.txt"] = answer(b"User-agent: *\nDisallow: /", status=status)
    if fetched:
        assert fetcher.get(server.address()).body == b"page"
        return
    with pytest.raises(FetchRefused, match=rf"robots\.txt answers {status[:3]}") as refused:
        fetcher.get(server.address())
    assert (refused.value.reason, server.asked) == ("robots-unreachable", [])
    server.pages["/robots.txt"] = answer(b"")
    clock.now += 601
    assert fetcher.get(server.address()).body == b"page"


def test_a_robots_txt_is_asked_for_once_a_day_and_its_redirects_followed(
    server: WebServer, fetcher: Fetcher, clock: Clock
) -> None:
    times: list[float] = []

    def told(connection: socket.socket) -> None:
        times.append(clock.now)
        connection.sendall(redirect("/rules"))

    server.pages |= {"/robots.txt": told, "/rules": answer(b"User-agent: *\nDisallow: /private")}
    for _ in range(3):
        fetcher.get(server.address())
    with pytest.raises(FetchRefused):
        fetcher.get(server.address("/private"))
    clock.now += 86_400
    fetcher.get(server.address())
    assert len(times) == 2


def test_a_robots_txt_of_names_times_rules_costs_no_memory_of_ours(
    server: WebServer, fetcher: Fetcher
) -> None:
    names = "".join(f"User-agent: a{n}\n" for n in range(300))
    rules = "".join(f"Disallow: /{n}\n" for n in range(100))
    server.pages["/robots.txt"] = answer((names + rules).encode())
    assert fetcher.get(server.address()).body == b"page"


def test_a_request_names_us_and_carries_nothing_else(server: WebServer, fetcher: Fetcher) -> None:
    server.pages |= {"/": answer(b"page", set_cookie="id=7; Path=/", location="/not"), "/to": redirect("/")}
    fetcher.get(server.address())
    fetcher.get(server.address("/to"))
    assert len(server.heads) == 3
    for head in server.heads:
        names = {line.partition(":")[0].lower() for line in head.split("\r\n")[1:] if line}
        assert names == {"host", "user-agent", "accept", "accept-encoding", "connection"}
        assert "User-Agent: Dateline/9.9 (+https://desk.example)" in head
        assert f"Host: news.example:{server.port}" in head


def test_validators_go_back_byte_for_byte(server: WebServer, fetcher: Fetcher) -> None:
    etag, modified = 'W/"été  --gzip"', "Thu, 01 Jan 1970 00:00:00 +0000"
    server.pages["/"] = answer(b"page", etag=etag, last_modified=modified)
    first = fetcher.get(server.address())
    assert first.validators == Validators(etag, modified)
    server.pages["/"] = answer(status="304 Not Modified", content_length="")
    again = fetcher.get(server.address(), validators=first.validators)
    assert (again.status, again.body, again.validators) == (304, b"", first.validators)
    sent = server.heads[-1]
    assert f"If-None-Match: {etag}\r\n" in sent
    assert f"If-Modified-Since: {modified}\r\n" in sent


@pytest.mark.parametrize(
    ("chain", "moved_to"),
    [
        ([], None),
        ([301], "/1"),
        ([308, 301], "/2"),
        ([301, 302, 301], "/1"),
        ([302, 301], None),
        ([307], None),
    ],
)
def test_only_redirects_for_good_from_the_start_are_a_move(
    server: WebServer, fetcher: Fetcher, chain: list[int], moved_to: str | None
) -> None:
    for n, status in enumerate(chain):
        server.pages[f"/{n}"] = redirect(f"/{n + 1}#part", f"{status} Elsewhere")
    server.pages[f"/{len(chain)}"] = answer(b"page")
    fetched = fetcher.get(server.address("/0#top"))
    assert fetched.final_url == server.address(f"/{len(chain)}")
    assert fetched.moved_to == (moved_to and server.address(moved_to))
    assert fetched.body == b"page"


def test_an_address_in_other_scripts_is_asked_as_browsers_do(server: WebServer, fetcher: Fetcher) -> None:
    server.pages |= {
        "/to": redirect("/%D0%BC?q=ы".encode().decode("latin-1")),
        "/%D0%BC?q=%D1%8B": answer(b"page"),
    }
    assert fetcher.get(server.address("/to")).final_url.endswith("/%D0%BC?q=%D1%8B")
    assert fetcher.get(server.address("/м?q=ы")).body == b"page"

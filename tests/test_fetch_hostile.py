"""Servers that mean ill or are broken: each is refused under a name, soon, and costs little memory."""

from __future__ import annotations

import gzip
import socket
import time
import zlib
from collections.abc import Callable, Iterator

import pytest
from web_server import Answer, WebServer, answer, redirect, serving

from index.errors import FetchRefused
from index.fetching.compression import inflated, unpacked
from index.fetching.fetch import Fetcher, FetchSettings
from index.fetching.limits import Deadline

MOST = 100_000
BOMB = gzip.compress(b"\0" * 20_000_000)
OK = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"


def endlessly(piece: bytes, *, first: bytes = b"", pause: float = 0.0) -> Callable[[socket.socket], None]:
    """Sends a piece again and again, until nobody listens."""

    def told(connection: socket.socket) -> None:
        connection.sendall(first)
        while True:
            connection.sendall(piece)
            time.sleep(pause)

    return told


def nothing(connection: socket.socket) -> None:
    """Waits for who asked to go."""
    connection.recv(1)


def half(connection: socket.socket) -> None:
    """Sends a part, closes its half of the connection, and stays."""
    connection.sendall(OK + b"Content-Length: 5000\r\n\r\n<p>Only the")
    connection.shutdown(socket.SHUT_WR)
    connection.recv(1)


HOSTILE: dict[str, tuple[Answer, str]] = {
    "endless body": (endlessly(b"<p>" * 5000, first=OK + b"\r\n"), "too-large"),
    "endless chunks": (
        endlessly(b"1000\r\n" + b"x" * 4096 + b"\r\n", first=OK + b"Transfer-Encoding: chunked\r\n\r\n"),
        "too-large",
    ),
    "endless trailers": (
        endlessly(b"X: " + b"x" * 9000 + b"\r\n", first=OK + b"Transfer-Encoding: chunked\r\n\r\n0\r\n"),
        "bad-response",
    ),
    "endless interim answers": (endlessly(b"HTTP/1.1 103 Early Hints\r\n\r\n" * 500), "too-large"),
    "a length beyond the limit": (OK + b"Content-Length: 99999999999\r\n\r\nx", "too-large"),
    "a length beyond measure": (OK + b"Content-Length: 99999999999999999999999\r\n\r\nx", "bad-response"),
    "a length that is none": (OK + b"Content-Length: many\r\n\r\nx", "bad-response"),
    "two lengths": (OK + b"Content-Length: 1\r\nContent-Length: 2\r\n\r\nxx", "bad-response"),
    "a body shorter than its length": (OK + b"Content-Length: 500\r\n\r\nshort", "cut-off"),
    "half closed": (half, "cut-off"),
    "a chunk that is none": (OK + b"Transfer-Encoding: chunked\r\n\r\nzz\r\nx\r\n", "bad-response"),
    "a flood of headers": (endlessly(b"X-Flood: " + b"x" * 900 + b"\r\n", first=OK), "bad-response"),
    "one long header": (endlessly(b"x" * 9000, first=OK + b"X-Long: "), "bad-response"),
    "a drip of a body": (endlessly(b"x", first=OK + b"\r\n", pause=0.02), "too-slow"),
    "a drip of a head": (endlessly(b"x", first=OK + b"X-Slow: ", pause=0.02), "too-slow"),
    "silence": (nothing, "too-slow"),
    "closed at once": (b"", "bad-response"),
    "no HTTP": (b"SSH-2.0-OpenSSH_9.2\r\n", "bad-response"),
    "a gzip bomb": (answer(BOMB, content_encoding="gzip"), "too-large"),
    "a bomb in a bomb": (answer(gzip.compress(BOMB), content_encoding="gzip, gzip"), "too-large"),
    "a deflate bomb": (answer(zlib.compress(b"\0" * 20_000_000), content_encoding="deflate"), "too-large"),
    "many small members": (answer(gzip.compress(b"\0" * 5000) * 40, content_encoding="gzip"), "too-large"),
    "gzip that is none": (answer(b"\x1f\x8b no", content_encoding="gzip"), "damaged"),
    "gzip cut off": (answer(gzip.compress(bytes(range(256)) * 9)[:-20], content_encoding="gzip"), "cut-off"),
    "packed as was not offered": (answer(b"\x0b\x02\x80", content_encoding="br"), "encoding"),
    "redirected to itself": (redirect("/hostile"), "redirect-loop"),
    "redirected to and fro": (redirect("/back"), "redirect-loop"),
    "redirected without end": (redirect("/1"), "too-many-redirects"),
    "redirected to no address": (redirect("http://[::1/"), "bad-address"),
}  # fmt: skip


@pytest.fixture(scope="module")
def server() -> Iterator[WebServer]:
    with serving() as one:
        one.pages |= {"/back": redirect("/hostile")}
        one.pages |= {f"/{n}": redirect(f"/{n + 1}") for n in range(1, 20)}
        yield one


def fetcher(server: WebServer, **limits: float) -> Fetcher:
    settings = FetchSettings(
        most_bytes=MOST,
        hosts=frozenset({f"localhost:{server.port}"}),
        delay_s=0,
        **limits,  # type: ignore[arg-type]
    )
    return Fetcher(settings)


@pytest.mark.parametrize("name", HOSTILE)
def test_each_is_refused_by_its_name_and_the_next_is_served(name: str, server: WebServer) -> None:
    told, reason = HOSTILE[name]
    server.pages |= {"/hostile": told, "/good": answer(b"good")}
    is_slow = reason == "too-slow"
    with fetcher(server, whole_s=0.4 if is_slow else 60.0, silence_s=0.3 if is_slow else 30.0) as one:
        begun = time.monotonic()
        with pytest.raises(FetchRefused) as refused:
            one.get(server.address("/hostile", "localhost"))
        assert refused.value.reason == reason
        assert time.monotonic() - begun < 10
    with fetcher(server) as one:
        assert one.get(server.address("/good", "localhost")).body == b"good"


@pytest.mark.parametrize("name", ["endless body", "a drip of a body", "a gzip bomb", "closed at once"])
def test_a_hostile_robots_txt_lets_nothing_be_fetched(name: str, server: WebServer) -> None:
    server.pages |= {"/robots.txt": HOSTILE[name][0], "/good": answer(b"good")}
    try:
        with fetcher(server, whole_s=0.4) as one, pytest.raises(FetchRefused) as refused:
            one.get(server.address("/good", "localhost"))
    finally:
        del server.pages["/robots.txt"]
    assert refused.value.reason == "robots-unreachable"


def test_the_body_of_an_error_or_a_redirect_is_not_read(server: WebServer) -> None:
    endless = endlessly(b"x" * 4096, first=b"HTTP/1.1 404 Not Found\r\n\r\n")
    server.pages |= {"/hostile": endless, "/to": endlessly(b"x", first=redirect("/hostile", "301 Moved"))}
    with fetcher(server) as one:
        fetched = one.get(server.address("/to", "localhost"))
    assert (fetched.status, fetched.body) == (404, b"")


def test_nobody_there_is_named(server: WebServer) -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    settings = FetchSettings(hosts=frozenset({f"127.0.0.1:{port}"}))
    with Fetcher(settings) as one, pytest.raises(FetchRefused) as refused:
        one.get(f"http://127.0.0.1:{port}/")
    assert (refused.value.reason, str(port) in str(refused.value)) == ("unreachable", True)


def test_what_speaks_no_tls_is_not_trusted(server: WebServer) -> None:
    with fetcher(server) as one, pytest.raises(FetchRefused) as refused:
        one.get(server.address("/", "localhost").replace("http:", "https:"))
    assert refused.value.reason == "tls"


TEXT = "Der Fluß stieg. ".encode() * 200


def raw(data: bytes) -> bytes:
    packing = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return packing.compress(data) + packing.flush()


@pytest.mark.parametrize(
    ("packed", "codings"),
    [
        (gzip.compress(TEXT, mtime=0), "gzip"),
        (gzip.compress(TEXT, mtime=0), "X-GZIP"),
        (gzip.compress(TEXT[:100], mtime=0) + gzip.compress(TEXT[100:], mtime=0), "gzip"),
        (gzip.compress(TEXT, mtime=0) + b"\0" * 30, "gzip"),
        (zlib.compress(TEXT), "deflate"),
        (raw(TEXT), "deflate"),
        (gzip.compress(zlib.compress(TEXT), mtime=0), "deflate, gzip"),
        (TEXT, ""),
        (TEXT, "identity"),
        (TEXT, "utf-8"),
    ],
)
def test_what_servers_pack_is_unpacked(packed: bytes, codings: str) -> None:
    assert unpacked(packed, codings, most_bytes=len(TEXT)) == TEXT


def test_members_that_unpack_to_nothing_are_counted() -> None:
    empty = gzip.compress(b"", mtime=0)
    assert inflated(empty * 999 + gzip.compress(TEXT), most_bytes=len(TEXT)) == TEXT
    bomb = gzip.compress(empty * 400_000, mtime=0)  # if each copied the rest: 10 ** 12 bytes
    with pytest.raises(FetchRefused, match="more than 1,000 parts"):
        unpacked(bomb, "gzip, gzip", most_bytes=10_000_000)


def test_what_is_packed_three_times_over_is_not_unpacked() -> None:
    with pytest.raises(FetchRefused, match="3 times over"):
        unpacked(TEXT, "gzip, deflate, x-gzip", most_bytes=len(TEXT))


def test_unpacking_is_counted_against_the_time_of_a_fetch() -> None:
    times = iter(range(100))
    deadline = Deadline(2.5, lambda: float(next(times)))
    with deadline, pytest.raises(FetchRefused, match="longer than") as refused:
        inflated(gzip.compress(TEXT, mtime=0) * 5, most_bytes=10_000_000, deadline=deadline)
    assert refused.value.reason == "too-slow"


def test_the_most_is_reached_and_not_passed() -> None:
    assert len(inflated(gzip.compress(TEXT), most_bytes=len(TEXT))) == len(TEXT)
    with pytest.raises(FetchRefused, match="unpacks to more than"):
        inflated(gzip.compress(TEXT), most_bytes=len(TEXT) - 1)

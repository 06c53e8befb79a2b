"""Where a fetch may lead: nothing of a private network is reached, whatever it is called or leads there."""

from __future__ import annotations

import socket
from collections.abc import Iterator, Sequence
from itertools import cycle

import pytest
from hypothesis import given
from hypothesis import strategies as st
from web_server import WebServer, answer, redirect, serving

from index.errors import FetchRefused
from index.fetching.addresses import not_public, read_address, system_addresses
from index.fetching.fetch import Fetcher, FetchSettings

# What the world's names say; every other name is looked up as always.
NAMES = {
    "news.example": ["127.0.0.1"],
    "inside.example": ["127.0.0.1"],
    "metadata.example": ["169.254.169.254"],
    "mixed.example": ["8.8.8.8", "10.0.0.1"],
    "mixed6.example": ["2a00:1450:4001::1", "::1"],
    "mapped.example": ["::ffff:127.0.0.1"],
    "nat64.example": ["64:ff9b::7f00:1"],
    "carrier.example": ["100.64.0.1"],
    "private6.example": ["fd00::1"],
    "intranet": ["192.168.1.1"],
    "10.0.0.1.nip.example": ["10.0.0.1"],
    "xn--e1afmkfd.xn--p1ai": ["127.0.0.1"],
    "nowhere.example": [],
}
PRIVATE = "private-address"

REACHES = {
    # loopback, in every form
    "http://127.0.0.1:PORT/": PRIVATE,
    "http://127.0.0.2:PORT/": PRIVATE,
    "http://127.255.255.254:PORT/": PRIVATE,
    "http://localhost:PORT/": PRIVATE,
    "http://LOCALHOST.:PORT/": PRIVATE,
    "http://localhost.localdomain.:PORT/": "unresolved",
    "http://127.0.0.1.:PORT/": PRIVATE,
    "http://127。0。0。1:PORT/": PRIVATE,
    "http://①②⑦.0.0.1:PORT/": "bad-address",
    "http://2130706433:PORT/": "bad-address",
    "http://017700000001:PORT/": "bad-address",
    "http://0x7f000001:PORT/": "bad-address",
    "http://0x7f.0x0.0x0.0x1:PORT/": "bad-address",
    "http://0X7F.1:PORT/": "bad-address",
    "http://0177.0.0.1:PORT/": "bad-address",
    "http://127.1:PORT/": "bad-address",
    "http://127.0.1:PORT/": "bad-address",
    "http://127.0.0.0x1:PORT/": "bad-address",
    "http://127.000.000.001:PORT/": "bad-address",
    "http://1.1.1.1.127.1:PORT/": "bad-address",
    "http://127.0.0.1%00.news.example:PORT/": "bad-address",
    "http://127.0.0.1%2f.news.example:PORT/": "bad-address",
    # nowhere in particular, which is here
    "http://0.0.0.0:PORT/": PRIVATE,
    "http://0:PORT/": "bad-address",
    "http://0.1.2.3:PORT/": PRIVATE,
    "http://[::]:PORT/": PRIVATE,
    # private, link-local, of a carrier, and of no one host
    "http://10.0.0.1:PORT/": PRIVATE,
    "http://172.16.0.1:PORT/": PRIVATE,
    "http://172.31.255.255:PORT/": PRIVATE,
    "http://192.168.0.1:PORT/": PRIVATE,
    "http://169.254.169.254:PORT/latest/meta-data/": PRIVATE,
    "http://100.64.0.1:PORT/": PRIVATE,
    "http://100.100.100.200:PORT/": PRIVATE,
    "http://192.0.0.192:PORT/": PRIVATE,
    "http://198.18.0.1:PORT/": PRIVATE,
    "http://203.0.113.1:PORT/": PRIVATE,
    "http://192.88.99.1:PORT/": PRIVATE,
    "http://224.0.0.1:PORT/": PRIVATE,
    "http://240.0.0.1:PORT/": PRIVATE,
    "http://255.255.255.255:PORT/": PRIVATE,
    # the same within IPv6
    "http://[::1]:PORT/": PRIVATE,
    "http://[0:0:0:0:0:0:0:1]:PORT/": PRIVATE,
    "http://[::ffff:127.0.0.1]:PORT/": PRIVATE,
    "http://[::ffff:7f00:1]:PORT/": PRIVATE,
    "http://[::ffff:0:127.0.0.1]:PORT/": PRIVATE,
    "http://[::127.0.0.1]:PORT/": PRIVATE,
    "http://[64:ff9b::127.0.0.1]:PORT/": PRIVATE,
    "http://[64:ff9b::a00:1]:PORT/": PRIVATE,
    "http://[64:ff9b:1::1]:PORT/": PRIVATE,
    "http://[2002:7f00:1::]:PORT/": PRIVATE,
    "http://[2002:a00:1::1]:PORT/": PRIVATE,
    "http://[2001:0:4136:e378:8000:63bf:80ff:fffe]:PORT/": PRIVATE,
    "http://[fe80::1]:PORT/": PRIVATE,
    "http://[fe80::1%25lo]:PORT/": "bad-address",
    "http://[::1%25lo]:PORT/": "bad-address",
    "http://[fec0::1]:PORT/": PRIVATE,
    "http://[fc00::1]:PORT/": PRIVATE,
    "http://[fd12:3456:789a::1]:PORT/": PRIVATE,
    "http://[fd00:ec2::254]:PORT/": PRIVATE,
    "http://[ff02::1]:PORT/": PRIVATE,
    "http://[2001:db8::1]:PORT/": PRIVATE,
    "http://[100::1]:PORT/": PRIVATE,
    "http://[4000::1]:PORT/": PRIVATE,
    # names that lead there
    "http://inside.example:PORT/": PRIVATE,
    "http://INSIDE.example.:PORT/": PRIVATE,
    "http://metadata.example:PORT/": PRIVATE,
    "http://mixed.example:PORT/": PRIVATE,
    "http://mixed6.example:PORT/": PRIVATE,
    "http://mapped.example:PORT/": PRIVATE,
    "http://nat64.example:PORT/": PRIVATE,
    "http://carrier.example:PORT/": PRIVATE,
    "http://private6.example:PORT/": PRIVATE,
    "http://intranet:PORT/": PRIVATE,
    "http://10.0.0.1.nip.example:PORT/": PRIVATE,
    "http://пример.рф:PORT/": PRIVATE,
    "http://nowhere.example:PORT/": "unresolved",
    # other ways in
    "http://news.example:22/": "port",
    "http://127.0.0.1:6379/": "port",
    "http://news.example:0/": "port",
    "http://news.example:99999/": "port",
    "http://news.example@127.0.0.1:PORT/": "credentials",
    "http://user:secret@inside.example:PORT/": "credentials",
    "http://news.example\\@127.0.0.1:PORT/": "credentials",
    "https://127.0.0.1:PORT/": PRIVATE,
    "ftp://127.0.0.1:PORT/": "not-http",
    "gopher://127.0.0.1:PORT/_GET": "not-http",
    "dict://127.0.0.1:PORT/": "not-http",
    "file:///etc/passwd": "not-http",
    "file://localhost/etc/passwd": "not-http",
    "data:text/html,hello": "not-http",
    "javascript:alert(1)": "not-http",
    "ws://127.0.0.1:PORT/": "not-http",
    "http:///etc/passwd": "bad-address",
    "http://a b.example:PORT/": "bad-address",
    "http://" + "a" * 64 + ".example:PORT/": "bad-address",
}  # fmt: skip

# Seen from a page, an address without a host is a path of the page's own.
LED_TO = [*(one for one in REACHES if one != "http:///etc/passwd"), "//inside.example:PORT/", "//[::1]:PORT/"]
STATUSES = ["301 Moved", "302 Found", "303 See Other", "307 Temporary", "308 Permanent"]


def resolve(host: str) -> Sequence[str]:
    """The injected end of the world: names that the table knows, and the machine's own resolver."""
    if host in NAMES:
        return NAMES[host]
    if host.endswith((".example", "localdomain")):
        raise OSError("no such name")
    return system_addresses(host)


@pytest.fixture(scope="module")
def inside() -> Iterator[WebServer]:
    """A server that nobody outside may reach."""
    with serving() as server:
        server.pages["/"] = answer(b"secret")
        yield server


@pytest.fixture(scope="module")
def outside() -> Iterator[WebServer]:
    """A server that may be asked, as if it stood on the internet."""
    with serving() as server:
        yield server


@pytest.fixture(scope="module")
def fetcher(inside: WebServer, outside: WebServer) -> Iterator[Fetcher]:
    allowed = frozenset({f"news.example:{outside.port}"})
    settings = FetchSettings(hosts=allowed, ports=frozenset({80, 443, inside.port}), delay_s=0)
    with Fetcher(settings, resolve=resolve) as one:
        yield one


def test_the_table_is_as_long_as_it_should_be() -> None:
    assert len(REACHES) >= 60


@pytest.mark.parametrize("address", REACHES)
def test_no_address_reaches_what_is_inside(address: str, fetcher: Fetcher, inside: WebServer) -> None:
    with pytest.raises(FetchRefused) as refused:
        fetcher.get(address.replace("PORT", str(inside.port)))
    assert (refused.value.reason, inside.connections) == (REACHES[address], 0)


@pytest.mark.parametrize(("address", "status"), list(zip(LED_TO, cycle(STATUSES), strict=False)))
def test_no_redirect_reaches_what_is_inside(
    address: str, status: str, fetcher: Fetcher, inside: WebServer, outside: WebServer
) -> None:
    target = address.replace("PORT", str(inside.port)).encode().decode("latin-1")
    outside.pages["/to"] = redirect(target, status)
    outside.pages["/"] = redirect("/to")
    with pytest.raises(FetchRefused, match="redirects to") as refused:
        fetcher.get(outside.address())
    assert (refused.value.reason, inside.connections) == (REACHES.get(address, PRIVATE), 0)


def test_a_robots_txt_leads_nowhere_either(inside: WebServer) -> None:
    with serving() as server:
        server.pages["/robots.txt"] = redirect(f"http://127.0.0.1:{inside.port}/")
        settings = FetchSettings(
            hosts=frozenset({f"news.example:{server.port}"}), ports=frozenset({inside.port})
        )
        with Fetcher(settings, resolve=resolve) as fetcher, pytest.raises(FetchRefused) as refused:
            fetcher.get(server.address())
    assert (refused.value.reason, inside.connections) == ("robots-unreachable", 0)


def test_a_name_is_looked_up_once_a_connection_and_only_what_was_checked_is_connected_to() -> None:
    """Rebinding: whatever the name says next, the address that was checked is the one that is asked."""
    says = iter(["127.0.0.1", "127.0.0.2", "127.0.0.3", "10.0.0.1"])
    came_to: list[str] = []

    def told(connection: socket.socket) -> None:
        came_to.append(connection.getsockname()[0].removeprefix("::ffff:"))
        connection.sendall(answer(b"here", status="200 OK" if len(came_to) > 1 else "404 Not Found"))

    with serving() as server:
        server.pages |= {"/robots.txt": told, "/": told}
        settings = FetchSettings(hosts=frozenset({f"news.example:{server.port}"}))
        with Fetcher(settings, resolve=lambda host: [next(says)]) as fetcher:
            assert fetcher.get(server.address()).body == b"here"
    assert came_to == ["127.0.0.1", "127.0.0.2"]
    assert next(says) == "127.0.0.3"


@pytest.mark.parametrize(
    ("ip", "is_public"),
    [
        ("8.8.8.8", True),
        ("172.15.255.255", True),
        ("172.32.0.0", True),
        ("100.63.255.255", True),
        ("100.128.0.0", True),
        ("192.0.1.0", True),
        ("223.255.255.255", True),
        ("2a00:1450:4001::1", True),
        ("2606:4700::1111", True),
        ("64:ff9b::808:808", True),  # how a network without IPv4 reaches 8.8.8.8
        ("2001:4860:4860::8888", True),
        ("2001:1::1", False),
        ("fe80::1%eth0", False),
        ("news.example", False),
    ],
)
def test_what_borders_on_a_private_network_is_public(ip: str, is_public: bool) -> None:
    assert (not_public(ip) is None) is is_public


def test_a_host_is_allowed_by_name_and_port_and_nothing_beside_it(inside: WebServer) -> None:
    settings = FetchSettings(hosts=frozenset({"inside.example:1", "127.0.0.1", "[::1]:9"}))
    assert settings.allows("::1", 9)
    assert settings.allows("127.0.0.1", 443)
    for host, port in (("inside.example", 80), ("127.0.0.1", inside.port), ("::1", 80), ("::1", 443)):
        assert not settings.allows(host, port)


def test_the_proxy_of_the_environment_is_not_used(
    inside: WebServer, outside: WebServer, fetcher: Fetcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, f"http://127.0.0.1:{inside.port}")
    outside.pages["/page"] = answer(b"page")
    assert fetcher.get(outside.address("/page")).body == b"page"
    assert inside.connections == 0


def test_a_proxy_that_is_set_is_used_but_not_for_private_addresses() -> None:
    with serving() as proxy:
        proxy.pages["http://far.example:80/"] = answer(b"by proxy")
        settings = FetchSettings(proxy=f"http://127.0.0.1:{proxy.port}", delay_s=0)
        with Fetcher(settings) as fetcher:
            assert fetcher.get("http://far.example/").body == b"by proxy"
            for address in ("http://10.0.0.1/", "http://[::1]/", "https://127.0.0.1/"):
                with pytest.raises(FetchRefused) as refused:
                    fetcher.get(address)
                assert refused.value.reason == PRIVATE
    assert set(proxy.asked) == {"http://far.example:80/robots.txt", "http://far.example:80/"}


@given(
    st.text(alphabet=":/?#[]@!%.\\\t\n 0x1aäы。-", max_size=30),
    st.sampled_from(["", "http://", "https://a.b"]),
)
def test_whatever_stands_for_an_address_is_one_or_is_refused(text: str, before: str) -> None:
    for base in (None, "https://news.example/a/b?c"):
        try:
            address = read_address(before + text, FetchSettings(), base=base)
        except FetchRefused:
            continue
        assert read_address(address.url, FetchSettings()) == address
        assert address.target.startswith("/")
        assert address.host.isascii()

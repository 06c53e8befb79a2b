"""Addresses as they are written into hosts and ports that may be asked, and which of IP are public.

Whether a host is public is only known once its name is looked up, so that is checked when connecting (see
`transport`), of the very address that is connected to.
"""

from __future__ import annotations

import ipaddress
import re
import socket
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import httpx

from index.errors import FetchRefused
from index.fetching.limits import FetchSettings

Resolve = Callable[[str], Sequence[str]]  # a host's name into its IP addresses

_LONGEST = 2000
_NAME = re.compile(r"[a-z0-9_-]+(?:\.[a-z0-9_-]+)*")
_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")  # as the last label: some form of IPv4, to those who read it so
_DEFAULT_PORTS = {"http": 80, "https": 443}

# IANA's registries of special-purpose addresses, without the few services in them that anybody may reach.
_IPV4 = {
    "0.0.0.0/8": "unspecified", "10.0.0.0/8": "private", "100.64.0.0/10": "shared by a carrier (CGNAT)",
    "127.0.0.0/8": "loopback", "169.254.0.0/16": "link-local", "172.16.0.0/12": "private",
    "192.0.0.0/24": "reserved", "192.0.2.0/24": "for documentation", "192.88.99.0/24": "reserved",
    "192.168.0.0/16": "private", "198.18.0.0/15": "for benchmarks", "198.51.100.0/24": "for documentation",
    "203.0.113.0/24": "for documentation", "224.0.0.0/4": "multicast", "240.0.0.0/4": "reserved",
}  # fmt: skip
_IPV6 = {
    "::/128": "unspecified", "::1/128": "loopback", "::ffff:0:0/96": "IPv4-mapped",
    "::/96": "IPv4-compatible",
    "64:ff9b:1::/48": "NAT64 of a local network", "100::/64": "for discarding", "fc00::/7": "private",
    "fe80::/10": "link-local", "fec0::/10": "site-local", "ff00::/8": "multicast",
    "2001::/32": "Teredo", "2001::/23": "reserved", "2001:db8::/32": "for documentation", "2002::/16": "6to4",
    "3fff::/20": "for documentation",
}  # fmt: skip
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
_GLOBAL = ipaddress.IPv6Network("2000::/3")
_KINDS4 = [(ipaddress.IPv4Network(network), kind) for network, kind in _IPV4.items()]
_KINDS6 = [(ipaddress.IPv6Network(network), kind) for network, kind in _IPV6.items()]


@dataclass(frozen=True)
class Address:
    """An http address that may be asked: the whole in one spelling, without fragment, and its parts."""

    url: str
    scheme: str
    host: str  # in ASCII and lower case, without a final dot; an IPv6 address without brackets
    port: int
    target: str  # path and query, percent-encoded

    @property
    def origin(self) -> str:
        """Scheme, host and port, which have a robots.txt of their own."""
        name = f"[{self.host}]" if ":" in self.host else self.host
        default = self.port == _DEFAULT_PORTS[self.scheme]
        return f"{self.scheme}://{name}" + ("" if default else f":{self.port}")

    @property
    def is_ip(self) -> bool:
        """Whether the host is an IP address itself, not a name."""
        return ":" in self.host or self.host.rsplit(".", 1)[-1].isdecimal()


def read_address(text: str, settings: FetchSettings, *, base: str | None = None) -> Address:
    """The address that `text` is, seen from the page `base` where that is given.

    Raises `FetchRefused` for what is no http, names a user, a port or a form of host that nobody publishes.
    """
    try:
        url = httpx.URL(base).join(text.strip()) if base else httpx.URL(text.strip())
        scheme, host, port = url.scheme, url.raw_host.decode("ascii").lower(), url.port
    except (httpx.InvalidURL, ValueError) as exc:
        raise FetchRefused("bad-address", f"is no address: {exc}, expected one such as https://…") from exc
    if scheme not in _DEFAULT_PORTS:
        raise FetchRefused("not-http", f"is of the kind {scheme[:20]!r}, expected http or https")
    if url.userinfo:
        raise FetchRefused("credentials", "names a user before its host, expected an address without one")
    host = host.removesuffix(".")
    if len(str(url)) > _LONGEST or not _is_host(host):
        raise FetchRefused(
            "bad-address",
            f"has the host {host[:80]!r}, expected a name, or an IP address as usually written"
            if len(str(url)) <= _LONGEST
            else f"has {len(str(url)):,} characters, expected at most {_LONGEST:,}",
        )
    port = _DEFAULT_PORTS[scheme] if port is None else port
    if port not in settings.ports and not settings.allows(host, port):
        known = ", ".join(map(str, sorted(settings.ports)))
        raise FetchRefused(
            "port", f"has the port {port}, expected one of {known}, or the host named in web.hosts"
        )
    url = url.copy_with(host=host, fragment=None)
    return Address(str(url), scheme, host, port, url.raw_path.decode("ascii"))


def _is_host(host: str) -> bool:
    """Whether a host is an IP address in its usual form, or a name that nobody takes for one."""
    try:
        return ipaddress.ip_address(host) is not None and "%" not in host
    except ValueError:
        return (
            _NAME.fullmatch(host) is not None
            and len(host) <= 253
            and max(map(len, host.split("."))) <= 63
            and _NUMBER.fullmatch(host.rsplit(".", 1)[-1]) is None
        )


def not_public(ip: str) -> str | None:
    """What kind of address an IP address is where it is none of the public internet, else None."""
    try:
        address = ipaddress.ip_address(ip)
    except ValueError:
        return "no IP address"
    if isinstance(address, ipaddress.IPv4Address):
        return next((kind for network, kind in _KINDS4 if address in network), None)
    if address.scope_id is not None:
        return "link-local"
    if address in _NAT64:  # what networks without IPv4 make of a public IPv4 address
        inside = not_public(str(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)))
        return f"NAT64 of one that is {inside}" if inside else None
    kind = next((kind for network, kind in _KINDS6 if address in network), None)
    return kind or (None if address in _GLOBAL else "reserved")


def check_public(ips: Sequence[str]) -> None:
    """Raise `FetchRefused` unless all of a host's addresses are public: one of several is enough to reach."""
    for ip in ips:
        kind = not_public(ip)
        if kind:
            raise FetchRefused(
                "private-address",
                f"leads to {ip}, which is {kind}, expected a public address or its host in web.hosts",
            )


def system_addresses(host: str) -> Sequence[str]:
    """The IP addresses of a host, in the order in which the system would try them. Raises `OSError`."""
    found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))

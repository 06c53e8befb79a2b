"""A message to an address of the web, under the guard of a fetch: no redirects, and no answer is read."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping

from index.errors import FetchRefused
from index.fetching.addresses import Address, Resolve, check_public, read_address, system_addresses
from index.fetching.limits import Deadline, FetchSettings
from index.fetching.transport import Answered, Transport


class Poster:
    """Posts to addresses one by one, each over a connection of its own. Several threads may share one.

    A person has named the address for this, so its robots.txt, which is for crawlers, is not asked.
    """

    def __init__(
        self,
        settings: FetchSettings = FetchSettings(),  # noqa: B008 - frozen
        *,
        resolve: Resolve = system_addresses,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._settings = settings
        self._transport = Transport(settings, resolve)
        self._resolve = resolve
        self._clock = clock

    def address(self, url: str) -> Address:
        """The address that a text is: https, or http to a host that the settings allow. `FetchRefused`."""
        address = read_address(url, self._settings)
        if address.scheme == "http" and not self._settings.allows(address.host, address.port):
            raise FetchRefused("not-http", "is not encrypted, expected https, or its host in web.hosts")
        return address

    def check(self, url: str) -> Address:
        """The address that a text is, whose host leads to public addresses now. Raises `FetchRefused`.

        It is checked again whenever it is connected to; a proxy alone knows where its names lead.
        """
        address = self.address(url)
        if not (self._settings.proxy or self._settings.allows(address.host, address.port)):
            try:
                check_public(self._resolve(address.host))
            except (OSError, UnicodeError) as exc:
                raise FetchRefused("unresolved", f"has a host that is not found: {address.host!r}") from exc
        return address

    def post(self, url: str, body: bytes, headers: Mapping[str, str]) -> Answered:
        """What `url` answers to a POST of `body`, whatever the status, without a body.

        Raises `FetchRefused` where it may not or cannot be reached.
        """
        address = self.address(url)
        told = {"User-Agent": self._settings.user_agent, "Accept": "*/*", "Connection": "close", **headers}
        return self._transport.post(address, told, body, Deadline(self._settings.whole_s, self._clock))

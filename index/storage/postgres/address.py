"""The address of a PostgreSQL database, and the same without its password: for people, errors and logs."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from importlib.util import find_spec
from urllib.parse import unquote

from index.errors import BadSetting
from index.extras import bringing

SCHEMES = ("postgresql://", "postgres://")
_SECRET = frozenset(
    ["password", "sslpassword", "passfile", "oauth_client_secret", "scram_client_key", "scram_server_key"]
)
_PARAMETER = re.compile("[?&]([^?&=]+)=")
_SIGNS = re.compile("[/@?#&=]")  # what a password that is not percent-encoded is broken at
_SHORTEST = 3  # letters of a piece of a password that is looked for


@dataclass(frozen=True)
class DatabaseAddress:
    """What libpq takes (https://www.postgresql.org/docs/current/libpq-connect.html, "Connection URIs").

    Shown without its password, also where a program prints it.
    """

    url: str = field(repr=False)

    def __post_init__(self) -> None:
        """Raise `BadSetting` where it is no address of a database; the value is told without a password."""
        if not is_database(self.url):
            raise BadSetting(f"{self}: expected an address such as postgresql://user@host:5432/database")

    def __str__(self) -> str:
        """The address without a password."""
        return _parted(self.url)[0]

    @property
    def secrets(self) -> list[str]:
        """What an error may hold of the password, longest first: all of it, or a misread piece."""
        hidden = _parted(self.url)[1]
        pieces = {one for one in _SIGNS.split(hidden) if len(one) >= _SHORTEST} - _SECRET
        found = {hidden, *pieces} | {unquote(one) for one in (hidden, *pieces)}
        return sorted(found - {""}, key=len, reverse=True)


def _parted(url: str) -> tuple[str, str]:
    """What may be shown of an address, and the rest, in which its password is.

    It is cut as text, before anything parses it: a password that is not percent-encoded makes no URL.
    """
    scheme, mark, rest = url.partition("://")
    if f"{scheme}{mark}" not in SCHEMES:
        return "•••", url
    secret = next((one for one in _PARAMETER.finditer(rest) if unquote(one[1]).lower() in _SECRET), None)
    kept, cut = (rest[: secret.start()], rest[secret.start() :]) if secret else (rest, "")
    credentials, at, hosts = (kept, "", "") if "@" in cut else kept.rpartition("@")
    user, _, password = credentials.partition(":")
    return f"{scheme}{mark}{user}{at}{hosts}", password + cut


def expect_library(address: DatabaseAddress) -> None:
    """Raise `BadSetting` where what speaks to a database is not installed."""
    if find_spec("psycopg") is None or find_spec("psycopg_pool") is None:
        raise BadSetting(
            f"{address}: needs the package psycopg, which is not installed, expected: {bringing('postgres')}"
        )


def is_database(home: str) -> bool:
    """Whether a home names a database instead of a folder."""
    return home.startswith(SCHEMES)

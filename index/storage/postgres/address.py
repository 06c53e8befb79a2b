"""The address of a PostgreSQL database, and the same without its password: for people, errors and logs."""

from __future__ import annotations

from dataclasses import dataclass, field
from importlib.util import find_spec
from urllib.parse import parse_qsl, urlencode, urlsplit

from index.errors import BadSetting
from index.extras import bringing

SCHEMES = ("postgresql://", "postgres://")
_SECRET = frozenset(("password", "sslpassword", "passfile"))


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
        parts = urlsplit(self.url)
        user, at, hosts = parts.netloc.rpartition("@")
        told = parts._replace(
            netloc=f"{user.partition(':')[0]}{at}{hosts}",
            query=urlencode([pair for pair in parse_qsl(parts.query) if pair[0] not in _SECRET], safe="/,"),
        )
        return told.geturl()


def expect_library(address: DatabaseAddress) -> None:
    """Raise `BadSetting` where what speaks to a database is not installed."""
    if find_spec("psycopg") is None or find_spec("psycopg_pool") is None:
        raise BadSetting(
            f"{address}: needs the package psycopg, which is not installed, expected: {bringing('postgres')}"
        )


def is_database(home: str) -> bool:
    """Whether a home names a database instead of a folder."""
    return home.startswith(SCHEMES)

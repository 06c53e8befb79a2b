"""The name that a request was sent to into whether this server answers to it.

A page of another site may have its name lead to 127.0.0.1 (DNS rebinding): the browser then takes this server
for the page's own and lets it read. It still sends the name of the page; an address cannot be made to lead
elsewhere.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.types import Scope

from bot.http.access.limits import ip_of, is_loopback
from bot.http.settings import HttpSettings


def stranger_named(scope: Scope, settings: HttpSettings) -> str | None:
    """The name in a request's `Host` where this server does not answer to it; None where it does.

    Reached through loopback, it answers to this machine alone, unless a proxy stands before it; with
    `http.hosts`, to those and this machine however it is reached.
    """
    name = _name_of(Headers(scope=scope).get("host", ""))
    reached = (scope.get("server") or ("",))[0]
    is_strict = bool(settings.hosts) or (is_loopback(reached) and not settings.behind_proxy)
    known = not name or ip_of(name) or name == "localhost" or name.endswith(".localhost")
    return name if is_strict and not known and name not in settings.hosts else None


def _name_of(host: str) -> str:
    """A host without its port, in small letters; as it is where it has no such form."""
    try:
        return (urlsplit(f"//{host}").hostname or "").removesuffix(".")
    except ValueError:
        return host

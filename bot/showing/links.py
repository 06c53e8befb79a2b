"""An address into one that a link may lead to, or that everybody may see."""

from __future__ import annotations

import re
from urllib.parse import quote

from index.articles.identity import web_address

HIDDEN = "•••"
_ADDRESS = re.compile(r"://(?:[^\s/?#@]*@)?(?P<path>[^\s?#]*)(?P<rest>\S*)")


def link_target(url: str | None) -> str | None:
    """A web address that ends no Markdown `(…)` early; None for anything else."""
    address = web_address(url or "")
    return quote(address, safe="/:?#@!$&'*+,;=%~-._") if address else None


def for_everybody(text: str) -> str:
    """A text whose addresses tell no user, no value of their queries and no fragment: those may be secret."""
    return _ADDRESS.sub(_shown, text)


def _shown(address: re.Match[str]) -> str:
    query = address["rest"].partition("#")[0].removeprefix("?")
    pairs = [one.partition("=") for one in query.split("&") if one]
    hidden = "&".join(f"{name}={HIDDEN}" if equals else HIDDEN for name, equals, _ in pairs)
    return f"://{address['path']}{'?' if hidden else ''}{hidden}"

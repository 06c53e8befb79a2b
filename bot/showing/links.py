"""The address of an article into one that a link may lead to, whatever its marks."""

from __future__ import annotations

from urllib.parse import quote

from index.articles.identity import web_address


def link_target(url: str | None) -> str | None:
    """A web address that ends no Markdown `(…)` early; None for anything else."""
    address = web_address(url or "")
    return quote(address, safe="/:?#@!$&'*+,;=%~-._") if address else None

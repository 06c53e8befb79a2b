"""What a person may set about fetching from the web, as one value; imports nothing heavy."""

from __future__ import annotations

from pydantic import ConfigDict, Field
from pydantic.dataclasses import dataclass


@dataclass(frozen=True, config=ConfigDict(extra="forbid"))
class WebSettings:
    """How pages and feeds are fetched; the defaults are what a polite reader does. Times are seconds."""

    contact: str = Field(
        default="", description="an address or a page of yours, which servers that are asked are told"
    )
    delay: float = Field(
        default=1.0, ge=0, description="between two requests to one host; more where its robots.txt says so"
    )
    timeout: float = Field(default=60.0, gt=0, description="for a page with all of its redirects")
    most_bytes: int = Field(
        default=10_000_000, ge=1, description="of a page or a feed, as it comes and again unpacked"
    )
    hosts: tuple[str, ...] = Field(
        default=(),
        description="hosts that may be fetched from though they are private or their port is unusual,"
        " such as wiki.internal:8080",
    )
    proxy: str = Field(
        default="",
        pattern=r"^(https?://[^/@\s]+/?)?$",
        description="what fetches go through, such as http://proxy.example:3128; variables of the environment"
        " are not heeded, and only a proxy itself can keep names of private addresses out",
    )

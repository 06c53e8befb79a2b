"""What passes between fetching, reading and the archive; imports nothing heavy."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from index.records import Article


@dataclass(frozen=True)
class Validators:
    """What tells later whether a page has changed: its ETag and Last-Modified, byte for byte as they came."""

    etag: str | None = None
    last_modified: str | None = None

    def __bool__(self) -> bool:
        """Whether there is one to ask with."""
        return bool(self.etag or self.last_modified)


@dataclass(frozen=True)
class Fetched:
    """What an address answered in the end, whatever the status; only a success (2xx) has a body, unpacked.

    `url` is what was asked for, `final_url` who answered. `moved_to` is where redirects that are for good
    (301, 308) lead from the first on, None where the first is none. Names of headers are in lower case.
    `validators` are the answer's; of a 304 without any, those that were sent.
    """

    url: str
    final_url: str
    moved_to: str | None
    status: int
    headers: Mapping[str, str]
    body: bytes
    validators: Validators
    elapsed_s: float


@dataclass(frozen=True)
class PageVersion:
    """The version of a page that an article was read from: what was asked for, and its validators."""

    url: str
    validators: Validators


@dataclass(frozen=True)
class KnownPage:
    """A page that an article of the archive was read from, and that article as it is stored."""

    version: PageVersion
    article: Article

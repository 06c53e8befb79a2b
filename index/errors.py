"""What can go wrong, as one tree; every message says what, where, which value and what was expected.

DatelineError
├── BadInput                something a person gave cannot be used
│   ├── BadArticle          an article file, or one article in it
│   ├── BadFilter           since, until, as_of, outlet
│   ├── BadQuestion         empty, or longer than 1,000 characters
│   ├── FetchRefused        an address of the web that is not fetched, or whose answer is not taken
│   └── BadSetting          a setting, an environment variable, a settings file
├── ArchiveError            the archive cannot do what was asked
│   ├── ArchiveLocked       another process writes to it
│   ├── ConnectionLost      the connection to its database broke
│   ├── ArchiveMismatch     it was made by another encoder or a newer Dateline
│   ├── ArchiveFull         the disk is full, or may not be written to
│   └── NotInArchive        no article, revision or run of that id
├── EncoderError            the encoder cannot be loaded or run
│   └── WrongWeights        its weights are not the ones they should be
└── Unproved                a citation whose words are not in its article
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

FetchReason = Literal[
    "not-http", "credentials", "bad-address", "port", "private-address", "unresolved", "unreachable", "tls",
    "robots", "robots-unreachable", "redirect-loop", "too-many-redirects", "too-slow", "too-large",
    "encoding", "damaged", "cut-off", "bad-response", "busy",
]  # fmt: skip


class DatelineError(Exception):
    """Any error that Dateline explains in one line; `exit_code` is what the command line exits with."""

    exit_code: ClassVar[int] = 1


class BadInput(DatelineError):
    """Something a person gave cannot be used."""

    exit_code = 3


class BadArticle(BadInput):
    """An article file, or one article in it, cannot be read."""


@dataclass(frozen=True)
class Refusal:
    """What a `BadArticle` comes to where the others go on: its place, and a reason with what was expected.

    `where` is a path, a place in a file ("line 3"), or both. `name` is a short name that stays, of what was
    fetched: a `FetchReason`, "http-404", "no-article"; else empty.
    """

    where: str
    reason: str
    name: str = ""


class BadFilter(BadInput):
    """A filter (outlet, since, until, as_of) has a value that is none."""


class BadQuestion(BadInput):
    """A question is empty or longer than 1,000 characters."""


class FetchRefused(BadInput):
    """An address of the web is not fetched, or what it answers is not taken.

    `reason` is a short name that stays, one of `FetchReason`; the message goes on from
    the address, as a `Refusal` does: "leads to 10.0.0.1, which is private, expected a public address".
    """

    def __init__(self, reason: FetchReason, message: str) -> None:
        super().__init__(message)
        self.reason = reason


class BadSetting(BadInput):
    """A setting, an environment variable or a settings file has a value that is none."""


class ArchiveError(DatelineError):
    """The archive cannot do what was asked."""

    exit_code = 4


class ConnectionLost(ArchiveError):
    """The connection to the archive's database broke; what only reads may try once more."""


class ArchiveLocked(ArchiveError):
    """Another process is writing to the archive."""


class ArchiveMismatch(ArchiveError):
    """The archive was made by another encoder, or by a newer Dateline."""


class ArchiveFull(ArchiveError):
    """The disk is full, or the archive's folder may not be written to."""


class NotInArchive(ArchiveError):
    """The archive holds no article, revision or run of that id."""


class EncoderError(DatelineError):
    """The encoder cannot be loaded or run."""

    exit_code = 5


class WrongWeights(EncoderError):
    """The encoder's weights are not the ones they should be."""


class Unproved(DatelineError):
    """A citation names words that are not in its article at its offsets."""

    exit_code = 6

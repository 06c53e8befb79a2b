"""The follows of a home as the server needs them: opened when the first is asked for, closed when it ends."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
import threading
from contextlib import ExitStack
from dataclasses import dataclass

from bot.follows.book import READER, hashed
from bot.follows.renewing import FollowedArchive
from bot.follows.times import DayTimes
from bot.settings import Settings
from bot.telling import FollowDesk, checked_webhook, follow_desk, times_for


@dataclass(frozen=True)
class FollowReader:
    """Who follows: by a key, or by a token of the page's own. `token` is what they showed."""

    owner: str
    token: str

    @property
    def feed_token(self) -> str:
        """What opens their feed, and nothing else: made of what they showed, which it does not tell."""
        mac = hmac.new(self.token.encode(), b"dateline feed", hashlib.sha256).digest()
        return base64.urlsafe_b64encode(mac).decode().rstrip("=")


def reader_without_key(token: str | None = None) -> FollowReader:
    """A reader of the page, by the token that it keeps; without one, a new reader."""
    token = token or secrets.token_urlsafe(32)
    return FollowReader(f"{READER}{hashed(token)[:32]}", token)


class HttpFollows:
    """What is followed in a home; its file is made with the first follow."""

    def __init__(self, settings: Settings, archive: FollowedArchive) -> None:
        self._settings = settings
        self._stack = ExitStack()
        self._opening = threading.Lock()
        self._desk: FollowDesk | None = None
        self.archive = archive

    @property
    def desk(self) -> FollowDesk:
        """What is followed, and what is on its way."""
        with self._opening:
            if self._desk is None:
                self._desk = self._stack.enter_context(follow_desk(self._settings))
            return self._desk

    def times(self, *, zone: str | None, quiet: str | None, digest: str | None) -> DayTimes:
        """A reader's day; raises `BadInput`."""
        return times_for(self._settings.follows, zone=zone, quiet=quiet, digest=digest)

    def webhook(self, url: str) -> str:
        """An address that may be posted to; raises `BadInput`."""
        return checked_webhook(self._settings, url)

    async def start(self) -> None:
        """Nothing is opened before it is needed."""

    async def close(self) -> None:
        """Close the file."""
        self._stack.close()

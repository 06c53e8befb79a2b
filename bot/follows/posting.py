"""Dispatches whose time has come into messages that a webhook has taken, are tried again, or are given up."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from typing import Protocol

from bot.follows.bodies import webhook_body
from bot.follows.compared import FollowShelf
from bot.follows.outbox import Outbox
from bot.follows.records import Dispatch
from bot.follows.told import told
from bot.follows.webhook import next_try, signed
from index.errors import FetchRefused
from index.fetching.transport import Answered

LOG = logging.getLogger("dateline.follows")

_AT_ONCE = 4
_GONE = 410  # who answers so wants no more messages


class WebPoster(Protocol):
    """Posts to an address under the guard of `index.fetching`, as `index.fetching.post.Poster` does."""

    def post(self, url: str, body: bytes, headers: Mapping[str, str]) -> Answered:
        """What an address answers. Raises `FetchRefused`."""


class Posting:
    """Posts what lies in the outbox."""

    def __init__(
        self,
        outbox: Outbox,
        shelf: FollowShelf,
        poster: WebPoster,
        *,
        now: Callable[[], datetime],
        chance: Callable[[], float],
    ) -> None:
        self._outbox = outbox
        self._shelf = shelf
        self._poster = poster
        self._now = now
        self._chance = chance

    def post_due(self) -> int:
        """Try once everything whose time has come; how much was taken."""
        due = self._outbox.begin("webhook", now=self._now())
        with ThreadPoolExecutor(_AT_ONCE) as threads:  # one that is slow to answer holds up few others
            return sum(threads.map(self._post, due))

    def _post(self, dispatch: Dispatch) -> bool:
        request, now = dispatch.follow.request, self._now()
        tellings = [told(dispatch.follow, one, self._shelf) for one in dispatch.tellings]
        body = webhook_body(dispatch, tellings).model_dump_json().encode()
        headers = signed(dispatch.id, body, secret=self._outbox.secret(dispatch), now=now)
        try:
            answered = self._poster.post(request.webhook or "", body, headers)
        except FetchRefused as exc:
            return self._not_taken(dispatch, str(exc), {})
        if 200 <= answered.status < 300:
            self._outbox.sent(dispatch, now=self._now())
            return True
        if answered.status == _GONE:
            self._outbox.end_webhook(dispatch, "answered 410: it wants no more messages", now=self._now())
            return False
        return self._not_taken(dispatch, f"answered {answered.status}, expected 2xx", answered.headers)

    def _not_taken(self, dispatch: Dispatch, fault: str, headers: Mapping[str, str]) -> bool:
        now = self._now()
        due = next_try(dispatch.tries + 1, headers, now=now, chance=self._chance())
        LOG.warning("webhook of follow %s: %s%s", dispatch.follow.id, fault, "" if due else "; given up")
        self._outbox.failed(dispatch, fault, due=due, now=now)
        return False

"""What a model's server, its client or the connection raised into a fact, and whether to try again."""

from __future__ import annotations

import email.utils
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.writing.model import LlmError

if TYPE_CHECKING:
    from httpx import Response

_LOST = frozenset(("TransportError", "APIConnectionError", "ConnectionError", "OSError"))
_PASSING = frozenset((408, 409, 425, 429))  # and all from 500 on: another try may help


@dataclass
class Heard:
    """What the server said of an answer before its body; Ollama's client does not pass it on."""

    status: int = 0
    after: float | None = None

    async def note(self, response: Response) -> None:
        """Listen to a response; a hook of the connection."""
        self.status = response.status_code
        self.after = retry_after(response.headers, now=time.time())


def retry_after(headers: Mapping[str, str], *, now: float) -> float | None:
    """The seconds that a server asks to wait, from `Retry-After-Ms` or `Retry-After` (seconds or a date)."""
    for name, unit in (("retry-after-ms", 0.001), ("retry-after", 1.0)):
        try:
            return max(0.0, float(headers[name]) * unit)
        except (KeyError, ValueError):
            continue
    try:
        return max(0.0, email.utils.parsedate_to_datetime(headers["retry-after"]).timestamp() - now)
    except (KeyError, ValueError):
        return None


def explained(exc: Exception, heard: Heard) -> LlmError:
    """Any exception of an adapter, a client or a connection, as a fact without the server's own words."""
    if isinstance(exc, LlmError):
        return exc
    if heard.status >= 400:
        again = heard.status in _PASSING or heard.status >= 500
        return LlmError("status", str(heard.status), again=again, after=heard.after)
    causes = _causes(exc)
    if any("Timeout" in name for name in causes):
        return LlmError("not_taken" if "ConnectTimeout" in causes else "fell_silent", again=True)
    if not _LOST.isdisjoint(causes) and not heard.status:
        return LlmError("unreachable", again=True)
    if heard.status:
        return LlmError("unreadable", causes[0], again=True)
    return LlmError("not_asked", causes[0])


def _causes(exc: BaseException) -> list[str]:
    """The names of an exception, of those it came from, and of their bases."""
    names: list[str] = []
    at: BaseException | None = exc
    while at is not None and len(names) < 100:
        names += [one.__name__ for one in type(at).__mro__ if one not in (Exception, BaseException, object)]
        at = at.__cause__ or at.__context__
    return names or [type(exc).__name__]

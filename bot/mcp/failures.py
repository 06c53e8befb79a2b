"""What goes wrong into the error of a tool: what, in one line, and when another try is worth it."""

from __future__ import annotations

import logging
from typing import Protocol, runtime_checkable

from mcp.types import CallToolResult, TextContent

from bot.mcp.results import Failure
from index.errors import ArchiveLocked, BadInput, DatelineError, NotInArchive

LOG = logging.getLogger("dateline.mcp")


@runtime_checkable
class Retryable(Protocol):
    """An error that says when to try again, as that of a full server."""

    retry_after: int


def failure_of(exc: Exception) -> Failure:
    """What an exception is to the caller; what is wrong inside is logged, not told."""
    match exc:
        case BadInput():
            return Failure(error="bad_input", message=str(exc), retry_after=None)
        case NotInArchive():
            return Failure(error="not_found", message=str(exc), retry_after=None)
        case ArchiveLocked():
            return Failure(error="locked", message="another process is writing", retry_after=5)
        case Retryable():
            return Failure(error="busy", message=str(exc), retry_after=exc.retry_after)
        case TimeoutError():
            return Failure(error="timeout", message="it took longer than is allowed", retry_after=None)
        case DatelineError():
            LOG.error("%s: %s", type(exc).__name__, exc)
            return Failure(error="unavailable", message="the archive is out of order", retry_after=30)
        case _:
            LOG.error("a tool failed: %s", type(exc).__name__, exc_info=exc)
            return Failure(error="internal", message="the server's log says what", retry_after=None)


def failed(exc: Exception) -> CallToolResult:
    """A failure as the result of a tool: its JSON as text.

    It is no structured content: clients in TypeScript hold that against the tool's own output schema, errors
    too, and would tell the model of the schema instead of what went wrong.
    """
    text = TextContent(type="text", text=failure_of(exc).model_dump_json())
    return CallToolResult(content=[text], is_error=True)

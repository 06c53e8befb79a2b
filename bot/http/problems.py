"""Everything that goes wrong, as `application/problem+json` (RFC 9457), without what it may not tell.

A problem repeats neither a question nor a key, and tells no path or value from inside the server.
"""

from __future__ import annotations

import logging
import traceback
from collections.abc import Mapping, Sequence

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, Response

from bot.http.access.gate import Busy
from bot.http.openapi import allowed
from bot.http.routes.ask_bodies import BLANK_PATTERN, DATE_PATTERN
from bot.http.routes.problem_body import MEDIA_TYPE, TITLES, Fault, Problem
from index.errors import (
    ArchiveFull,
    ArchiveLocked,
    BadInput,
    DatelineError,
    NotInArchive,
)

_LOG = logging.getLogger("dateline.http")


class RequestRefused(HTTPException):
    """A request that Dateline refuses, with what to tell the caller."""


def refusal(
    status: int,
    detail: str,
    *,
    errors: Sequence[Fault] = (),
    headers: Mapping[str, str] | None = None,
    openai: bool = False,
) -> Response:
    """A problem as a response."""
    problem = Problem(
        type=f"urn:dateline:problem:{status}",
        title=TITLES.get(status, "The request cannot be served"),
        status=status,
        detail=detail,
        errors=list(errors) or None,
        error=_openai_error(status, detail) if openai else None,
    )
    return JSONResponse(
        problem.model_dump(exclude_none=True),
        status,
        headers={"Cache-Control": "no-store", **(headers or {})},
        media_type=MEDIA_TYPE,
    )


def problem_of(exc: Exception, *, openai: bool = False) -> Response:
    """What an exception is to the caller; the server's own troubles are logged, not told."""
    match exc:
        case Busy():
            return refusal(503, str(exc), headers={"Retry-After": str(exc.retry_after)}, openai=openai)
        case NotInArchive():
            return refusal(404, str(exc), openai=openai)
        case ArchiveLocked():
            detail = "another process is writing to the archive, expected another try in 5 s"
            return refusal(409, detail, headers={"Retry-After": "5"}, openai=openai)
        case BadInput():
            return refusal(422, str(exc), openai=openai)
        case TimeoutError():
            return refusal(504, "the answer took longer than this server allows", openai=openai)
        case ArchiveFull():
            log_fault(exc)
            return refusal(507, "the archive has no room or may not be written to", openai=openai)
        case DatelineError():
            log_fault(exc)
            detail = "the archive or its encoder is out of order; the server's log says why"
            return refusal(503, detail, headers={"Retry-After": "30"}, openai=openai)
        case _:
            log_fault(exc)
            return refusal(500, "the server's log says what", openai=openai)


def log_fault(exc: Exception) -> None:
    """Log where an exception came from, not its message: that may hold a question or an article's words."""
    said = f": {exc}" if isinstance(exc, DatelineError) else ""
    frames = "".join(traceback.format_tb(exc.__traceback__))
    _LOG.error("%s%s\n%s", type(exc).__name__, said, frames.rstrip())


def add_problems(app: FastAPI) -> None:
    """Answer what routes raise with a problem; anything else is caught by `bot.http.request_log`."""
    app.add_exception_handler(HTTPException, _refused)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(DatelineError, _failed)
    app.add_exception_handler(TimeoutError, _failed)


async def _refused(request: Request, exc: Exception) -> Response:
    assert isinstance(exc, HTTPException)
    details = {404: "there is nothing at this address", 405: "this address does not know that method"}
    known = exc.detail if isinstance(exc, RequestRefused) or exc.status_code not in details else None
    detail = known or details[exc.status_code]
    headers = dict(exc.headers or {})
    methods = allowed(request.app, request.url.path) if exc.status_code == 405 else ""
    if methods:  # Starlette names those of the first route that fits, but an address may have several
        headers["Allow"] = methods
    return refusal(exc.status_code, detail, headers=headers, openai=is_openai(request))


async def _invalid(request: Request, exc: Exception) -> Response:
    assert isinstance(exc, RequestValidationError)
    faults = [Fault(where=_where(error), what=_what(error)) for error in exc.errors()]
    detail = "; ".join(f"{fault.where}: {fault.what}" for fault in faults[:3])
    return refusal(422, detail, errors=faults[:20], openai=is_openai(request))


def _where(error: Mapping[str, object]) -> str:
    place = error["loc"]
    return ".".join(str(part) for part in place) if isinstance(place, tuple) else "body"


def _what(error: Mapping[str, object]) -> str:
    """A fault in words; pydantic would show a whole pattern."""
    context = error.get("ctx")
    pattern = context.get("pattern") if isinstance(context, dict) else None
    if pattern == DATE_PATTERN:
        return "is no date, expected ISO 8601 such as 2020-10-19 or 2020-10-19T17:45"
    if pattern == BLANK_PATTERN:
        return "has nothing that can be read"
    return str(error["msg"])


async def _failed(request: Request, exc: Exception) -> Response:
    return problem_of(exc, openai=is_openai(request))


def is_openai(request: Request) -> bool:
    """Whether the caller expects OpenAI's shape of errors."""
    return request.url.path.startswith("/v1/")


def _openai_error(status: int, detail: str) -> dict[str, str | None]:
    kinds = {401: "authentication_error", 403: "permission_error", 404: "not_found_error"}
    kind = kinds.get(status, "invalid_request_error" if status < 500 else "server_error")
    kind = "rate_limit_error" if status == 429 else kind
    return {"message": detail, "type": kind, "param": None, "code": str(status)}

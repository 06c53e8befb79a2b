"""What a problem looks like: `application/problem+json` (RFC 9457)."""

from __future__ import annotations

from collections.abc import Mapping

from pydantic import BaseModel, ConfigDict, Field

MEDIA_TYPE = "application/problem+json"

TITLES: Mapping[int, str] = {
    400: "The request cannot be read",
    401: "A valid key is needed",
    403: "This key may not do that",
    404: "Not found",
    405: "Method not allowed",
    408: "The request took too long",
    409: "Another process is writing",
    413: "The body is too large",
    415: "The body is not JSON",
    421: "Not a name of this server",
    422: "The request does not make sense",
    429: "Too many requests",
    500: "Something went wrong inside Dateline",
    503: "Not now",
    504: "The answer took too long",
    507: "No room to store it",
}


class Fault(BaseModel):
    """One thing that is wrong with a request."""

    where: str = Field(description="the field, such as `body.question` or `query.limit`")
    what: str = Field(description="what is wrong with it and what was expected")


class Problem(BaseModel):
    """What went wrong (RFC 9457)."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "type": "urn:dateline:problem:422",
                    "title": "The request does not make sense",
                    "status": 422,
                    "detail": "body.question: String should have at least 1 character",
                    "errors": [{"where": "body.question", "what": "String should have at least 1 character"}],
                }
            ]
        }
    )

    type: str = Field(description="a name for this kind of problem that does not change")
    title: str
    status: int
    detail: str = Field(description="this problem, in one line")
    errors: list[Fault] | None = Field(default=None, description="with 422: every fault that was found")
    error: dict[str, str | None] | None = Field(
        default=None, description="under /v1 only: the same in the shape that OpenAI's clients read"
    )

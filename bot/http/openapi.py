"""The description of the API: every route says what it answers for every status."""

from __future__ import annotations

from typing import cast

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from pydantic import JsonValue

from bot.http.problems import MEDIA_TYPE, TITLES, Problem

Json = dict[str, JsonValue]
Responses = dict[int | str, dict[str, object]]

_ABOUT = """Dateline answers questions from a news archive. Every citation is the exact words of an article:
`body[start:end] == quote`, proved before it leaves, and provable again at `/articles/{article_id}/quote`.
Offsets count Unicode code points (Python's), not UTF-16 units (JavaScript's).

Where the archive does not hold the answer, the answer abstains, says why, and names the missing words.
Problems are `application/problem+json` (RFC 9457)."""

_TAGS = [
    {"name": "questions", "description": "Ask, and see what was found."},
    {"name": "articles", "description": "What the archive holds, and the proof of a quote."},
    {"name": "chat programs", "description": "The same as a model of OpenAI's chat API."},
    {"name": "the server", "description": "Life signs and numbers."},
]
_KEY_SCHEMES: Json = {
    "key": {
        "type": "http",
        "scheme": "bearer",
        "description": "A key that `dateline key add` made; `X-API-Key` is read too.",
    }
}
NEEDS_KEY: dict[str, object] = {"security": [{"key": []}]}
_ALWAYS = (401, 408, 413, 429)


def problems(*statuses: int) -> Responses:
    """The problems that a route may answer with, besides those that any may."""
    return {
        status: {
            "description": TITLES[status],
            "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
        }
        for status in sorted({*statuses, *_ALWAYS})
    }


def describe(app: FastAPI, *, version: str) -> None:
    """Give an app its description, made once, when it is first asked for."""

    def openapi() -> dict[str, object]:
        if app.openapi_schema is None:
            app.openapi_schema = cast("dict[str, object]", _description(app, version))
        return cast("dict[str, object]", app.openapi_schema)

    app.openapi = openapi  # type: ignore[method-assign]


def _description(app: FastAPI, version: str) -> Json:
    made = cast(
        Json,
        get_openapi(title="Dateline", version=version, description=_ABOUT, routes=app.routes, tags=_TAGS),
    )
    schemas = cast(dict[str, Json], cast(Json, made["components"])["schemas"])
    for unused in ("HTTPValidationError", "ValidationError"):  # FastAPI's own; ours are problems
        schemas.pop(unused, None)
    problem = cast(Json, Problem.model_json_schema(ref_template="#/components/schemas/{model}"))
    schemas.update(cast(dict[str, Json], problem.pop("$defs")))
    schemas["Problem"] = problem
    cast(Json, made["components"])["securitySchemes"] = _KEY_SCHEMES
    return made

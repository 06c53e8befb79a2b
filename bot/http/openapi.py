"""The description of the API: every route says what it answers for every status."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import cast

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from pydantic import JsonValue

from bot.http.routes.chat_bodies import Chunk
from bot.http.routes.problem_body import MEDIA_TYPE, TITLES, Problem
from bot.showing.articles_json import HitsEvent
from bot.showing.formats.record import AnswerRecord
from bot.showing.json import SentenceEvent

JsonObject = dict[str, JsonValue]
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
_KEY_SCHEMES: JsonObject = {
    "key": {
        "type": "http",
        "scheme": "bearer",
        "description": "A key that `dateline key add` made.",
    },
    "keyHeader": {"type": "apiKey", "in": "header", "name": "X-API-Key", "description": "The same key."},
}
NEEDS_KEY: dict[str, object] = {"security": [{"key": []}, {"keyHeader": []}]}
_ALWAYS = (400, 401, 408, 413, 421, 429)


def problems(*statuses: int) -> Responses:
    """The problems that a route may answer with, besides those that any may."""
    return {
        status: {
            "description": TITLES[status],
            "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
        }
        for status in sorted({*statuses, *_ALWAYS})
    }


def events(description: str, names: dict[str | None, str]) -> dict[str, object]:
    """A response of server-sent events: the schema of the data by the event's name; None: it has no name."""
    items: list[JsonObject] = []
    for name, schema in names.items():
        data: JsonObject = {
            "type": "string",
            "contentMediaType": "application/json",
            "contentSchema": {"$ref": f"#/components/schemas/{schema}"},
        }
        if name is None:  # OpenAI's streams: their events have no names, and the last one is no JSON
            done: JsonObject = {"const": "[DONE]"}
            items.append(
                {"type": "object", "required": ["data"], "properties": {"data": {"anyOf": [done, data]}}}
            )
        else:
            properties: JsonObject = {"event": {"const": name}, "data": data}
            items.append({"type": "object", "required": ["event", "data"], "properties": properties})
    return {"description": description, "content": {"text/event-stream": {"itemSchema": {"anyOf": items}}}}


def allowed(app: FastAPI, path: str) -> str:
    """The methods that a described address knows, as an `Allow` header; "" for any other address."""
    paths = cast("dict[str, dict[str, object]]", app.openapi()["paths"])
    for template, operations in paths.items():
        pattern = "[^/]+".join(re.escape(part) for part in re.split(r"\{\w+\}", template))
        if re.fullmatch(pattern, path):
            return ", ".join(sorted(method.upper() for method in operations))
    return ""


def describe(
    app: FastAPI, *, version: str, prefix: str = "", posts: Mapping[str, Mapping[str, object]]
) -> None:
    """Give an app its description, made once, when it is first asked for; `prefix` is what it is under.

    `posts` describe the addresses that are not FastAPI's own, by their paths.
    """

    def openapi() -> dict[str, object]:
        if app.openapi_schema is None:
            made = _description(app, version, prefix)
            cast(JsonObject, made["paths"]).update(
                {path: {"post": cast(JsonObject, dict(one))} for path, one in posts.items()}
            )
            app.openapi_schema = cast("dict[str, object]", made)
        return cast("dict[str, object]", app.openapi_schema)

    app.openapi = openapi  # type: ignore[method-assign]


def _description(app: FastAPI, version: str, prefix: str) -> JsonObject:
    made = cast(
        JsonObject,
        get_openapi(title="Dateline", version=version, description=_ABOUT, routes=app.routes, tags=_TAGS),
    )
    schemas = cast(dict[str, JsonObject], cast(JsonObject, made["components"])["schemas"])
    for unused in ("HTTPValidationError", "ValidationError"):  # FastAPI's own; ours are problems
        schemas.pop(unused, None)
    for model in (Problem, HitsEvent, SentenceEvent, Chunk, AnswerRecord):
        schema = cast(JsonObject, model.model_json_schema(ref_template="#/components/schemas/{model}"))
        for name, part in cast(dict[str, JsonObject], schema.pop("$defs", {})).items():
            schemas.setdefault(name, part)
        schemas[model.__name__] = schema
    cast(JsonObject, made["components"])["securitySchemes"] = _KEY_SCHEMES
    if prefix:
        made["servers"] = [{"url": prefix}]
    _drop_whole_streams(made)
    return made


def _drop_whole_streams(made: JsonObject) -> None:
    """FastAPI says of a stream that it is a string; its events say it better."""
    for operations in cast("dict[str, dict[str, JsonObject]]", made["paths"]).values():
        for operation in operations.values():
            for response in cast(dict[str, JsonObject], operation["responses"]).values():
                for media in cast(dict[str, JsonObject], response.get("content", {})).values():
                    if "itemSchema" in media:
                        media.pop("schema", None)

"""`?format=` or an `Accept` header into the form of an answer that is taken along, and that as a response."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal

from fastapi import Depends, Query, Request, Response

from bot.showing.formats.chosen import FILE_KINDS, TakenForm
from bot.showing.formats.record import AnswerRecord

FormName = Literal["json", "markdown", "html", "csv", "ris", "bibtex", "csl-json", "newsroom"]
AskForm = TakenForm | Literal["record"]
RECORD_TYPE = "application/vnd.dateline.record+json"
_SHOWN = ("html", "newsroom")  # what a browser shows; the rest it keeps as a file
_BY_TYPE: dict[str, TakenForm | None] = {
    **{kind.media_type: form for form, kind in FILE_KINDS.items()},
    "application/json": None,
    "application/*": None,
    "*/*": None,
}
# What else the answer to a question may come as, for the description.
OTHER_CONTENT: dict[str, object] = {
    kind.media_type: {
        "schema": {"type": "array", "items": {"type": "object"}} if form == "csl-json" else {"type": "string"}
    }
    for form, kind in FILE_KINDS.items()
}
RECORD_CONTENT: dict[str, object] = {RECORD_TYPE: {"schema": {"$ref": "#/components/schemas/AnswerRecord"}}}


def form_from(
    request: Request,
    name: Annotated[
        FormName | None,
        Query(alias="format", description="what it comes as; without it the Accept header counts, else JSON"),
    ] = None,
) -> TakenForm | None:
    """The form that a request asks for; None for JSON, which is also what nobody asked for comes as."""
    if name is not None:
        return None if name == "json" else name
    wanted = (_BY_TYPE[kind] for kind in _accepted(request.headers.get("accept", "")) if kind in _BY_TYPE)
    return next(wanted, None)


def ask_form_from(
    request: Request,
    name: Annotated[
        FormName | Literal["record"] | None,
        Query(
            alias="format",
            description="what it comes as; without it the Accept header counts, else JSON. `record` is what"
            " `POST /verify` checks again later",
        ),
    ] = None,
) -> AskForm | None:
    """The same of an answer, which may be wanted as its record too."""
    if name == "record" or (name is None and RECORD_TYPE in _accepted(request.headers.get("accept", ""))):
        return "record"
    return form_from(request, name)


WantedForm = Annotated[TakenForm | None, Depends(form_from)]
WantedAskForm = Annotated[AskForm | None, Depends(ask_form_from)]


def record_response(record: AnswerRecord) -> Response:
    """The record of an answer as a file."""
    headers = {
        "Vary": "Accept",
        "Cache-Control": "no-store",
        "Content-Disposition": 'attachment; filename="dateline-record.json"',
    }
    return Response(record.model_dump_json(indent=2), media_type=RECORD_TYPE, headers=headers)


def form_response(text: str, form: TakenForm, *, name: str) -> Response:
    """A form as a response; `name` is what its file is called, without its ending."""
    kind = FILE_KINDS[form]
    headers = {
        "Vary": "Accept",
        "Cache-Control": "no-store",
        "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
    }
    if form not in _SHOWN:
        headers["Content-Disposition"] = f'attachment; filename="{name}{kind.suffix}"'
    return Response(text, media_type=f"{kind.media_type}; charset=utf-8", headers=headers)


def _accepted(header: str) -> Iterator[str]:
    """The media types of an `Accept` header, the dearest first; of equals the one that stands first."""
    weighed: list[tuple[float, str]] = []
    for part in header[:1000].split(","):
        kind, *parameters = (one.strip().lower() for one in part.split(";"))
        weight = next((one[2:] for one in parameters if one.startswith("q=")), "1")
        try:
            weighed.append((float(weight), kind))
        except ValueError:
            continue
    weighed.sort(key=lambda one: -one[0])
    return (kind for weight, kind in weighed if weight > 0)

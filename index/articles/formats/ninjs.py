"""ninjs, the IPTC's JSON for news (versions 1 to 3), into articles."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from io import BufferedReader

from index.articles.formats.editions import (
    copyright_holder,
    credited,
    edition_of,
    moment,
    named_by,
    taken_back,
    wire_in,
    wire_name,
)
from index.articles.formats.json_values import values_of
from index.articles.formats.markup import paragraphs, plain_paragraphs
from index.articles.formats.nitf import read_nitf
from index.articles.formats.rows import Format, Row
from index.errors import BadArticle

_OTHER = {"picture": "pictures", "graphic": "graphics", "audio": "audio items", "video": "videos",
          "event": "events", "planning": "planning items", "component": "components"}  # fmt: skip
_KEYS = re.compile(
    rb'(?i)"(?:\$?standard"\s*:\s*\{\s*"name"\s*:\s*"ninjs"|versioncreated|pubstatus|representationtype|body_text'
    rb'|body_xhtml|headlines|bodies|eventdetails|contentcreated)"?'
)


def is_ninjs(head: bytes) -> bool:
    """Whether a file begins as ninjs does: JSON whose items have a `uri` and a key that only ninjs has."""
    return (
        head.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in {b"{", b"["}
        and re.search(rb'"uri"\s*:', head) is not None
        and _KEYS.search(head) is not None
    )


def _pieces(stream: BufferedReader) -> Iterator[object]:
    return values_of(stream)


def _read(item: object) -> Iterator[Row]:
    """The article of an item; ninjs 3 writes in camelCase what 1 and 2 write in small letters."""
    if not isinstance(item, dict):
        yield Row(refused="is no item of ninjs, expected an object with a 'uri'")
        return
    values = {str(key).lower(): value for key, value in item.items()}
    outlet = _outlet(values)
    if reason := taken_back(_text(values, "pubstatus"), by=outlet):
        yield Row(refused=reason)
        return
    kind = str(values.get("type") or ("event" if "eventdetails" in values else "text")).lower()
    if kind in _OTHER:
        yield Row(passed_over=_OTHER[kind])
        return
    yield Row(fields=_fields(values, outlet), notes=_notes(values), edition=_edition(values))


def _fields(values: Mapping[str, object], outlet: str | None) -> dict[str, object]:
    title = _chosen(values, "headlines", "headline") or _text(values, "title")
    text = _body(values, title)
    credit = credited(_text(values, "by") or _text(values, "byline"), outlet=outlet)
    source = _source(values)
    named = named_by(_text(values, "evolvedfrom") or _text(values, "uri"))
    return {
        **named,
        "title": title,
        "outlet": outlet or source or credit.get("outlet"),
        "agency": (wire_name(source) if outlet and source != outlet else None)
        or credit.get("agency")
        or wire_in(text),
        "author": credit.get("author"),
        "published": moment(_first(values, "firstcreated", "versioncreated", "contentcreated")),
        "language": _text(values, "language"),
        "text": text,
    }


def _edition(values: Mapping[str, object]) -> str | None:
    return edition_of(_text(values, "versioncreated"), _text(values, "contentcreated"))


def _notes(values: Mapping[str, object]) -> tuple[str, ...]:
    embargo = _text(values, "embargoed")
    return (f"is under embargo until {embargo}, as its agency says",) if embargo else ()


def _outlet(values: Mapping[str, object]) -> str | None:
    """Who publishes it: the provider, else who holds the copyright, by name or by the notice."""
    return _first(values, "provider", "copyrightholder") or copyright_holder(_text(values, "copyrightnotice"))


def _source(values: Mapping[str, object]) -> str | None:
    """Where its information is from."""
    listed = values.get("infosources") or values.get("infosource") or values.get("source")
    for one in listed if isinstance(listed, list) else [listed]:
        name = one.get("name") if isinstance(one, dict) else one
        if isinstance(name, str) and name.strip():
            return name
    return None


def _body(values: Mapping[str, object], title: str | None) -> str:
    """The text in the fullest form that there is: marked paragraphs, plain text, NITF, a description."""
    bodies = [*_bodies(values, "bodies", "body")]
    for form, read in (("html", paragraphs), ("plain", plain_paragraphs), ("nitf", _nitf)):
        for kind, value in bodies:
            if kind == form and (text := read(value, title=title)).strip():
                return text
    for kind, value in _bodies(values, "descriptions", "description"):
        return paragraphs(value) if kind == "html" else value
    return ""


def _nitf(value: str, *, title: str | None) -> str:
    try:
        return str(read_nitf(value.encode(), title=title).get("text") or "")
    except BadArticle:
        return ""


def _bodies(values: Mapping[str, object], many: str, one: str) -> Iterator[tuple[str, str]]:
    """(form, value) of each text: `many` is the list of ninjs 2 and 3, `one` begins the keys of ninjs 1."""
    listed = values.get(many)
    for entry in listed if isinstance(listed, list) else ():
        if isinstance(entry, dict) and isinstance(entry.get("value"), str):
            told = f"{entry.get('contenttype') or entry.get('contentType') or ''} {entry.get('role') or ''}"
            yield _form(told, entry["value"]), entry["value"]
    for key, value in values.items():
        if key.startswith(f"{one}_") and isinstance(value, str):
            yield _form(key, value), value


def _form(told: str, value: str) -> str:
    told = told.lower()
    if "nitf" in told or "xml" in told.replace("xhtml", ""):
        return "nitf" if "<nitf" in value[:2000] else "other"
    return "html" if "html" in told else "plain"


def _chosen(values: Mapping[str, object], many: str, one: str) -> str | None:
    """The main headline."""
    listed = values.get(many)
    entries = [entry for entry in listed if isinstance(entry, dict)] if isinstance(listed, list) else []
    entries.sort(key=lambda entry: entry.get("role") not in {"main", None})
    texts = [entry.get("value") for entry in entries] + [values.get(one)]
    texts += [value for key, value in values.items() if key.startswith(f"{one}_")]
    return next((text for text in texts if isinstance(text, str) and text.strip()), None)


def _first(values: Mapping[str, object], *keys: str) -> str | None:
    return next(filter(None, (_text(values, key) for key in keys)), None)


def _text(values: Mapping[str, object], key: str) -> str | None:
    """The text under a key, or the name of an object that stands there."""
    value = values.get(key)
    if isinstance(value, dict):
        value = value.get("name")
    return value if isinstance(value, str) and value.strip() else None


FORMAT = Format("ninjs", "item", _pieces, _read, mark=b'"uri"')

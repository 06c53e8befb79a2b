"""What agencies and content systems say of an item into what an article has: moments, writers, versions."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from index.articles.bylines import dateline_of, looks_like_outlet, wire_of
from index.articles.identity import is_id, web_address
from index.canonical import one_line
from index.dates import date_span, parse_date
from index.errors import BadFilter

_BASIC = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T?(\d\d)(\d\d)(\d\d)?)?(?:\.\d+)?(Z|[+-]\d\d:?\d\d)?")
_BY = re.compile(r"(?i)^(?:by|von|par|por|av|af|da|door|di|от|автор:?)\s+(?=\S)")
# "Copyright 2019, dpa (www.dpa.de). Alle Rechte vorbehalten", "© Acme Newswire 2018"
_YEARS = r"(?:\d{4}(?:\s*[-–/]\s*\d{2,4})?)"
_COPYRIGHT = re.compile(
    rf"(?i)(?:copyright|©|\(c\))(?:\s|©|\(c\)|-|,|by\b|{_YEARS})*(?P<holder>[^,.;:(|\n]{{2,80}}?)\s*{_YEARS}?\s*"
    r"(?:[,.;:(|\n]|\s-\s|\s(?:all rights|llc|ltd|inc)\b|$)"
)
_GONE = {"canceled", "cancelled", "withheld", "killed"}


def moment(text: str | None) -> str | None:
    """A date as ISO 8601, also one in its basic form (20201019T174500+0000); what is none stays as it is."""
    match = _BASIC.fullmatch(text.strip()) if text else None
    if match is None:
        return text
    year, month, day, hour, minute, second, zone = match.groups()
    clock = f"T{hour}:{minute}:{second or '00'}{zone or ''}" if hour else ""
    return f"{year}-{month}-{day}{clock}"


def edition_of(*moments: str | None) -> str | None:
    """When a version was made, UTC: the first of some moments that can be read."""
    for text in moments:
        iso = parse_date(moment(text) or "") if text else None
        if iso:
            try:
                return date_span(iso)[0]
            except BadFilter:  # an offset leads out of the calendar
                continue
    return None


def with_offset(there: str | None, utc: str | None) -> str | None:
    """A local time, as "YYYY-MM-DD hh:mm:ss", with the offset that its time in UTC shows, if one."""
    try:
        local, universal = (datetime.fromisoformat((one or "").strip()) for one in (there, utc))
        offset = timedelta(minutes=round((local - universal).total_seconds() / 60))
    except (ValueError, TypeError):
        return None
    if abs(offset) > timedelta(hours=14) or offset.total_seconds() % 900:
        return None
    sign, minutes = "-" if offset < timedelta() else "+", abs(int(offset.total_seconds())) // 60
    return f"{local.isoformat()}{sign}{minutes // 60:02}:{minutes % 60:02}"


def credited(byline: str | None, *, outlet: str | None) -> dict[str, str | None]:
    """Who wrote it, for which agency or outlet, of a byline such as "Von Christian Hollmann, dpa"."""
    name = _BY.sub("", one_line(byline or ""))
    writer, _, last = (part.strip() for part in name.rpartition(","))
    if outlet and last.casefold() == outlet.casefold():
        name = writer
    elif wire := wire_of(last):
        return {"author": writer or None, "agency": wire}
    elif not outlet and writer and (looks_like_outlet(last) or last.startswith("The ")):
        return {"author": writer, "outlet": last}
    return {"author": name or None}


def copyright_holder(notice: str | None) -> str | None:
    """Who holds the copyright, by a notice that names a year or says so; None where it cannot be told."""
    match = _COPYRIGHT.match(one_line(notice or ""))
    return match["holder"].strip() if match and any(map(str.isalpha, match["holder"])) else None


def wire_in(text: str) -> str | None:
    """The agency that the first words of a story name, as in "GROSSETO, Italy (AP) -- "."""
    line = dateline_of(text[:200].replace(" --", " –"))
    return line.wire if line else None


def named_by(identifier: str | None) -> dict[str, str]:
    """An item's own name as the id of its article, or as its address where it is one."""
    name = one_line(identifier or "")
    if web_address(name) and urlsplit(name).path.strip("/"):
        return {"url": name}
    return {"id": name} if is_id(name) else {}


def wire_name(name: str | None) -> str | None:
    """An agency by its usual name, "Associated Press" as AP; another as it is called."""
    return wire_of(name) or name if name else None


def taken_back(status: str | None, *, by: str | None) -> str | None:
    """Why an item may not be used, as its agency says; None where it may."""
    told = (status or "").rpartition(":")[2].strip().lower()
    if told not in _GONE:
        return None
    return (
        f"was taken back by {by or 'its agency'} (its status is {told!r}), expected 'usable'; not read. If"
        " an earlier version is in the archive, `dateline remove` takes it out"
    )

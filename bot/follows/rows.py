"""Rows of the follows' file into records, and places into rows."""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from itertools import groupby

from bot.follows.records import Follow, FollowRequest, FollowTelling, Held, HeldPlace, NewsItem
from bot.follows.times import DayTimes, day_times
from index.records import Filters, Span
from index.storage.sql import Connection

PLACE = 'article, revision, start, "end", short_start, short_end'
FOLLOW = (
    "f.number, f.id, f.owner, f.via, f.question, f.filters, f.language, f.zone, f.quiet, f.digest, f.room,"
    " f.webhook, f.webhook_off, f.made, f.status, f.reason, f.fault,"
    " (SELECT count(*) FROM tellings AS t WHERE t.follow = f.number AND t.number > f.seen),"
    " f.position"
)
PlaceRow = tuple[str, str, int, int, int | None, int | None]


def place_row(place: HeldPlace) -> PlaceRow:
    """A place as it is stored."""
    first, last = place.short or (None, None)
    return (place.article, place.revision, place.start, place.end, first, last)


def place_of(row: Sequence[str | int | None]) -> HeldPlace:
    """What `place_row` stored."""
    article, revision, start, end, first, last = row
    short = Span(int(first), int(last)) if first is not None and last is not None else None
    return HeldPlace(str(article), str(revision), int(start or 0), int(end or 0), short)


def filters_text(filters: Filters) -> str:
    """Filters as they are stored; equal ones are equal text."""
    return json.dumps(asdict(filters), ensure_ascii=False, sort_keys=True)


def follow_of(row: Sequence[str | int | None]) -> Follow:
    """A row of `FOLLOW`."""
    (number, id_, owner, via, question, filters, language, zone, quiet, digest, room,
     webhook, off, made, status, reason, fault, new, position) = row  # fmt: skip
    raw = json.loads(str(filters))
    request = FollowRequest(
        str(question),
        Filters(**{**raw, "outlet": tuple(raw["outlet"])}),
        _times(str(zone), quiet, digest),
        _text(webhook),
        _text(room),
        str(language),
        _text(via),
    )
    return Follow(
        int(number or 0),
        str(id_),
        str(owner),
        request,
        str(made),
        status,  # type: ignore[arg-type]  # the file has nothing else
        _text(reason),
        _text(fault),
        bool(off),
        int(new or 0),
        _text(position),
    )


def same_follow(connection: Connection, owner: str, request: FollowRequest) -> int | None:
    """The number of what an owner follows already: the same question with the same filters."""
    row = connection.execute(
        "SELECT number FROM follows WHERE owner = ? AND question = ? AND filters = ?",
        (owner, request.question, filters_text(request.filters)),
    ).fetchone()
    return int(row[0]) if row else None


def webhook_of(connection: Connection, number: int | None) -> str | None:
    """Where the news of a follow is posted to."""
    row = connection.execute("SELECT webhook FROM follows WHERE number = ?", (number,)).fetchone()
    return row[0] if row else None


def insert_follow(
    connection: Connection, owner: str, request: FollowRequest, *, secret: str | None, now: str
) -> int:
    """Store a new follow; its number."""
    times = request.times
    values = {
        "id": secrets.token_hex(5), "owner": owner, "via": request.via, "question": request.question,
        "filters": filters_text(request.filters), "language": request.language, "zone": times.zone,
        "quiet": times.quiet_text, "digest": times.digest_text, "room": request.room,
        "webhook": request.webhook, "secret": secret, "made": now, "opened": now,
    }  # fmt: skip
    marks = ", ".join(f":{name}" for name in values)
    (number,) = connection.execute(
        f"INSERT INTO follows ({', '.join(values)}) VALUES ({marks}) RETURNING number", values
    ).fetchone()
    return int(number)


def change_follow(connection: Connection, number: int, request: FollowRequest, *, secret: str | None) -> None:
    """Take over times and webhook; a webhook that is named again is posted to again."""
    times = request.times
    connection.execute(
        "UPDATE follows SET zone = ?, quiet = ?, digest = ?, webhook = coalesce(?, webhook),"
        " secret = coalesce(?, secret),"
        " webhook_off = CASE WHEN CAST(? AS TEXT) IS NULL THEN webhook_off ELSE 0 END WHERE number = ?",
        (times.zone, times.quiet_text, times.digest_text, request.webhook, secret, secret, number),
    )


def follow_at(connection: Connection, number: int) -> Follow:
    """A follow by its number."""
    row = connection.execute(f"SELECT {FOLLOW} FROM follows AS f WHERE f.number = ?", (number,)).fetchone()
    return follow_of(row)


def held_of(connection: Connection, follow: Follow) -> Held:
    """What a follow holds of its last answer."""
    places = connection.execute(f"SELECT {PLACE} FROM held WHERE follow = ? ORDER BY place", (follow.number,))
    known = connection.execute("SELECT name FROM known WHERE follow = ?", (follow.number,))
    return Held(
        follow.status,
        follow.reason,
        tuple(place_of(row) for row in places),
        frozenset(name for (name,) in known),
    )


def tellings_of(connection: Connection, where: str, values: Sequence[str | int]) -> list[FollowTelling]:
    """The tellings `t` that a condition names, oldest first."""
    rows = connection.execute(
        "SELECT t.number, t.id, t.follow, t.kind, t.reason, t.fault, t.at, i.item, i.kind, p.side,"
        ' p.article, p.revision, p.start, p."end", p.short_start, p.short_end FROM tellings AS t'
        " LEFT JOIN items AS i ON i.telling = t.number"
        " LEFT JOIN item_places AS p ON p.telling = i.telling AND p.item = i.item"
        f" WHERE {where} ORDER BY t.number, i.item",
        values,
    ).fetchall()
    tellings = []
    for head, group in groupby(rows, key=lambda row: row[:7]):
        number, id_, follow, kind, reason, fault, at = head
        items = tuple(_items([row[7:] for row in group]))
        tellings.append(FollowTelling(number, id_, follow, kind, reason, fault, at, items))
    return tellings


def _items(rows: Sequence[tuple[str | int | None, ...]]) -> Iterator[NewsItem]:
    for (number, kind), group in groupby(rows, key=lambda row: row[:2]):
        if number is None:
            continue
        sides = {row[2]: place_of(row[3:]) for row in group if row[2] is not None}
        yield NewsItem(kind, sides.get("now"), sides.get("was"))


def _times(zone: str, quiet: str | int | None, digest: str | int | None) -> DayTimes:
    return day_times(zone=zone, quiet=_text(quiet), digest=_text(digest))


def _text(value: str | int | None) -> str | None:
    return None if value is None else str(value)

"""Telegram Desktop's `result.json` of a channel into articles: a post each that has text."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BufferedReader

from index.articles.bylines import wire_of
from index.articles.formats.editions import edition_of, with_offset
from index.articles.formats.json_values import values_of
from index.articles.formats.rows import Format, Row
from index.canonical import one_line
from index.errors import BadArticle

_HEAD = 65_536  # bytes; the channel's name, type and id stand in the first hundred
_TYPE = re.compile(
    rb'"type"\s*:\s*"(\w*(?:channel|group|chat|supergroup|saved_messages|replies|verification_codes))"'
)
_CHANNELS = {"public_channel", "private_channel"}
_NAME = re.compile(rb'"name"\s*:\s*"((?:[^"\\]|\\.)*)"')
_ID = re.compile(rb'"id"\s*:\s*(\d+)')
_TITLE = 120  # characters of a title; a post has none, so its first words stand for one


@dataclass(frozen=True)
class _Message:
    """A message and the channel that it is of."""

    channel: str
    number: str
    value: object


def is_telegram(head: bytes) -> bool:
    """Whether a file begins as a chat, or an account, that Telegram Desktop has exported."""
    if head.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] != b"{":
        return False
    account = b'"about"' in head and b"Telegram" in head and b'"personal_information"' in head
    return account or (_TYPE.search(head) is not None and b'"messages"' in head)


def _pieces(stream: BufferedReader) -> Iterator[_Message]:
    head = stream.peek(_HEAD)[:_HEAD]
    kind = _TYPE.search(head.partition(b'"messages"')[0])
    if kind is None:
        raise BadArticle(
            "is the export of a whole account, expected that of one channel (Telegram Desktop: its menu,"
            " Export chat history, JSON)"
        )
    if kind[1].decode() not in _CHANNELS:
        raise BadArticle(
            f"is a {kind[1].decode().replace('_', ' ')} of Telegram, expected a channel: only its posts are "
            "published"
        )
    name, number = _NAME.search(head), _ID.search(head)
    channel = _unescaped(name[1]) if name else "Telegram"
    for value in values_of(stream, under="messages"):
        yield _Message(channel, number[1].decode() if number else "", value)


def _unescaped(name: bytes) -> str:
    """A name as JSON writes it; as it stands where it has bytes or escapes that are none."""
    text = name.decode(errors="replace")
    with suppress(ValueError):
        text = str(json.loads(f'"{text}"', strict=False))
    return one_line(text)


def _read(message: _Message) -> Iterator[Row]:
    value = message.value
    if not isinstance(value, dict):
        yield Row(refused="is no message, expected an object")
    elif value.get("type") != "message":
        yield Row(passed_over="service messages")
    elif not (text := _text(value)).strip():
        yield Row(passed_over="posts without text")
    else:
        yield Row(fields=_fields(message, value, text), edition=_edition(value))


def _fields(message: _Message, value: Mapping[str, object], text: str) -> dict[str, object]:
    from_where = value.get("forwarded_from") or value.get("saved_from")
    source = one_line(from_where) if isinstance(from_where, str) else None
    own = source is None or source.casefold() == message.channel.casefold()
    number = value.get("id")
    return {
        "id": f"telegram-{message.number}-{number}" if message.number and number is not None else None,
        "title": _title(text),
        "outlet": message.channel,
        "agency": None if own or source is None else wire_of(source) or source,
        "author": value.get("author") if isinstance(value.get("author"), str) else None,
        "published": _moment(value, "date"),
        "text": text,
    }


def _text(value: Mapping[str, object]) -> str:
    """The text of a message: one run, or several with and without a mark each."""
    runs = value.get("text_entities") or value.get("text")
    listed = runs if isinstance(runs, list) else [runs]
    texts = (one.get("text") if isinstance(one, dict) else one for one in listed)
    return "".join(text for text in texts if isinstance(text, str))


def _title(text: str) -> str:
    """The first line, or its first sentence or words where it is long."""
    line = one_line(text.strip().partition("\n")[0])
    if len(line) <= _TITLE:
        return line
    sentence = re.match(rf".{{20,{_TITLE}}}?[.!?…](?=\s)", line)
    return sentence[0] if sentence else line[:_TITLE].rpartition(" ")[0] + "…"


def _moment(value: Mapping[str, object], key: str) -> str | None:
    """A moment by the clock of who exported it, with its offset where that can be told."""
    there, unix = value.get(key), value.get(f"{key}_unixtime")
    local = there if isinstance(there, str) else None
    try:
        utc = datetime.fromtimestamp(int(str(unix)), UTC).replace(tzinfo=None).isoformat()
    except (ValueError, OverflowError, OSError):
        return local
    return with_offset(local, utc) or f"{utc}Z"


def _edition(value: Mapping[str, object]) -> str | None:
    return edition_of(_moment(value, "edited"), _moment(value, "date"))


FORMAT = Format("a channel of Telegram", "post", _pieces, _read, mark=b'"date_unixtime"')

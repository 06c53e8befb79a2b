"""What the bot says, before it is sent: text and buttons, as records and as stored JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from bot.telegram.messages.text import Text, entities, split

_MOST_ROWS = 24  # rows of at most four: below Telegram's hundred buttons


@dataclass(frozen=True)
class Button:
    """A button under a message; `data` comes back when it is pressed."""

    label: str
    data: str


Rows = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True)
class Reply:
    """Something to say, however long; the buttons go under the last of its messages."""

    text: Text
    buttons: Rows = ()


@dataclass(frozen=True)
class RoomMessage:
    """One message, ready for the Bot API; `entities` are its JSON objects, `to` is what it replies to."""

    text: str
    entities: Sequence[dict[str, str | int]] = field(default=())
    buttons: Rows = ()
    to: int | None = None


def messages(reply: Reply, *, to: int | None = None, more: str = "…") -> Iterator[RoomMessage]:
    """The messages of a reply, in order; `more` heads those that carry what buttons did not fit."""
    parts = split(reply.text)
    rows = [reply.buttons[at : at + _MOST_ROWS] for at in range(0, len(reply.buttons), _MOST_ROWS)]
    for number, part in enumerate(parts):
        last = number == len(parts) - 1
        buttons = rows[0] if last and rows else ()
        yield RoomMessage(part.text, entities(part), buttons, to if number == 0 else None)
    for further in rows[1:]:
        yield RoomMessage(more, (), further)


def to_json(message: RoomMessage) -> str:
    """A message as it waits in the outbox."""
    return json.dumps(
        {
            "text": message.text,
            "entities": list(message.entities),
            "buttons": [[[one.label, one.data] for one in row] for row in message.buttons],
            "to": message.to,
        }
    )


def from_json(stored: str) -> RoomMessage:
    """What `to_json` stored."""
    value = json.loads(stored)
    rows = tuple(tuple(Button(label, data) for label, data in row) for row in value["buttons"])
    return RoomMessage(value["text"], value["entities"], rows, value["to"])


def data_of(*parts: str | int) -> str:
    """What a button carries, such as "open:12:3"; Telegram takes 64 bytes."""
    return ":".join(map(str, parts))

"""What a piece of an export comes to: the fields of an article, a page, what is passed over, or a refusal."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from io import BufferedReader
from typing import Any, Generic, TypeVar

Piece = TypeVar("Piece")


@dataclass(frozen=True)
class Row:
    """One item of an export.

    It is one of these: `fields` of an article, named as in `index.articles.draft`; `page`, the bytes of a
    web page in Latin-1, one character a byte, from `fields["url"]`, declared to be in the encoding
    `fields["encoding"]`; `passed_over`, the plural of what it is, which is no article ("pictures",
    "drafts"); `refused`, why an article cannot be used. `edition` is when this version of the article was
    made, UTC, so that the later of two is told.
    """

    fields: Mapping[str, object] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    edition: str | None = None
    page: str | None = None
    passed_over: str | None = None
    refused: str | None = None


@dataclass(frozen=True)
class Format(Generic[Piece]):
    """How a kind of export is read: a stream into pieces, one at a time in memory, and a piece into rows.

    To cut is cheap and safe; to read a piece may cost what strangers made it cost. `item` is what people call
    a piece ("post", "line"); `mark` stands about once in each.
    """

    name: str
    item: str
    pieces: Callable[[BufferedReader], Iterator[Piece]]
    read: Callable[[Piece], Iterator[Row]]
    mark: bytes = b""


def packed(row: Row) -> str:
    """A row as one JSON text."""
    return json.dumps(asdict(row))


def unpacked(value: Mapping[str, Any]) -> Row:
    """The row of such a text's value."""
    return Row(**{**value, "notes": tuple(value["notes"])})

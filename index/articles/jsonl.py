"""JSON Lines, one article a line, and JSON with one article or a list of them, into drafts."""

from __future__ import annotations

import json
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Iterator
from io import BufferedReader, TextIOWrapper

from index.articles.decode import decode
from index.articles.draft import Drafted, draft_of
from index.articles.keys import key_notes, renamed
from index.errors import BadArticle, Refusal

_MOST_BAD = 100
MOST_IN_A_ROW = 10_000_000  # bytes; the largest body, in Russian, written as \uXXXX, has 6 MB


def read_jsonl(stream: BufferedReader) -> Iterator[Drafted | Refusal]:
    """The articles of a JSONL stream, one line in memory at a time; a bad one spoils only itself.

    Raises `BadArticle` where the first hundred are bad: then it is no such file.
    """
    good = bad = 0
    told: set[str] = set()
    for number, line in enumerate(_lines(stream), start=1):
        if line is not None and not line.strip():
            continue
        row = _read(line, f"line {number}", told)
        good, bad = (good, bad + 1) if isinstance(row, Refusal) else (good + 1, bad)
        yield row
        if bad == _MOST_BAD and not good:
            raise BadArticle(f"is given up: none of its first {bad} rows is an article")


def read_json(data: bytes) -> Iterator[Drafted | Refusal]:
    """The articles of a JSON file: one object, or a list, of which a bad one spoils only itself."""
    text, notes = _text(data)
    value = _parsed(text)
    told: set[str] = set()
    if not isinstance(value, list):
        yield _drafted(value, "", notes, told)
    else:
        for number, row in enumerate(value, start=1):
            yield _drafted(row, f"article {number}", notes, told)


def _drafted(value: object, where: str, notes: tuple[str, ...], told: set[str]) -> Drafted | Refusal:
    """The article that a JSON value is. A note on a key is `told` once a file, not with every row."""
    try:
        fields = _mapping(value)
        of_keys = [note for note in key_notes(fields) if note not in told]
        told.update(of_keys)
        return Drafted(draft_of(renamed(fields)), where, (*notes, *of_keys))
    except BadArticle as exc:
        return Refusal(where, str(exc))


def _read(line: bytes | None, where: str, told: set[str]) -> Drafted | Refusal:
    """The article of one line."""
    if line is None:
        return Refusal(where, f"is longer than {MOST_IN_A_ROW:,} bytes, expected one article")
    try:
        text, notes = _text(line)
        return _drafted(_parsed(text), where, notes, told)
    except BadArticle as exc:
        return Refusal(where, str(exc))


def _lines(stream: BufferedReader) -> Iterator[bytes | None]:
    """The lines of a stream; None for one that is too long, of which no more than the limit is ever held."""
    if stream.peek(2)[:2] in {BOM_UTF16_LE, BOM_UTF16_BE}:
        yield from _wide_lines(stream)
        return
    while line := stream.readline(MOST_IN_A_ROW + 1):
        if len(line) <= MOST_IN_A_ROW:
            yield line
            continue
        while line and not line.endswith(b"\n"):
            line = stream.readline(MOST_IN_A_ROW)
        yield None


def _wide_lines(stream: BufferedReader) -> Iterator[bytes | None]:
    """The lines of a UTF-16 stream, as UTF-8."""
    text = TextIOWrapper(stream, "utf-16", errors="replace", newline="\n")
    while line := text.readline(MOST_IN_A_ROW + 1):
        if len(line) <= MOST_IN_A_ROW:
            yield line.encode("utf-8", errors="replace")
            continue
        while line and not line.endswith("\n"):
            line = text.readline(MOST_IN_A_ROW)
        yield None


def _text(data: bytes) -> tuple[str, tuple[str, ...]]:
    """The text of a line or a file, with a note where its encoding is a guess."""
    decoded = decode(data)
    return decoded.text, (decoded.note,) if decoded.note else ()


def _parsed(text: str) -> object:
    """The JSON value of a text."""
    try:
        value: object = json.loads(text)
    except json.JSONDecodeError as exc:
        raise BadArticle(
            f"is not JSON: {exc.msg} at character {exc.pos + 1}, near {_near(text, exc.pos)!r}"
        ) from exc
    except (RecursionError, ValueError) as exc:  # ValueError: a number of more than 4,300 digits
        raise BadArticle("is not an article: nested too deep, or a number too long") from exc
    return value


def _near(text: str, position: int) -> str:
    return text[max(0, position - 10) : position + 10]


def _mapping(value: object) -> dict[str, object]:
    """A JSON object, as which an article is written."""
    if not isinstance(value, dict):
        raise BadArticle(
            f"is {_SHORT.get(type(value).__name__, 'a number')}, expected an object with 'title' and 'text'"
        )
    return value


_SHORT = {"list": "a list", "str": "a text", "bool": "true or false", "NoneType": "null"}

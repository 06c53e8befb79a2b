"""The process in which exports are opened, cut and read: asked for rows, it answers with a few at a time.

The first request of a file says where it is, in which format, and how many of its pieces have been read; each
other asks to go on. The answer is a JSON list of [piece, row]; an empty one is the end.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from index.articles.files import opened
from index.articles.formats.known import FORMATS
from index.articles.formats.rows import Format, Row, packed
from index.articles.limited import serve
from index.errors import BadArticle

_MOST, _ENOUGH = 64, 1_000_000  # rows of an answer, and characters


class Exports:
    """The file that is read at present."""

    def __init__(self) -> None:
        self._rows: Iterator[tuple[int, Row]] = iter(())
        self._most = _MOST

    def answer(self, request: bytes) -> bytes:
        """The next rows, of a new file or the same."""
        if request:
            asked = json.loads(request)
            self._most = asked["most"]
            self._rows = _rows(Path(asked["path"]), FORMATS[asked["format"]][1], skip=asked["skip"])
        told: list[str] = []
        size = 0
        for piece, row in self._rows:
            told.append(f"[{piece}, {packed(row)}]")
            size += len(told[-1])
            if len(told) >= self._most or size >= _ENOUGH:
                break
        return f"[{', '.join(told)}]".encode()


def _rows(path: Path, export: Format[Any], *, skip: int) -> Iterator[tuple[int, Row]]:
    """The rows of a file with the numbers of their pieces, from 1; the error of a whole file is the last."""
    number = 0
    try:
        with opened(path) as stream:
            for number, piece in enumerate(export.pieces(stream), start=1):
                if number > skip:
                    yield from ((number, row) for row in _read(export, piece))
    except BadArticle as exc:
        yield 0, Row(refused=str(exc))


def _read(export: Format[Any], piece: object) -> Iterator[Row]:
    try:
        yield from export.read(piece)
    except (BadArticle, RecursionError) as exc:
        yield Row(refused=str(exc) if isinstance(exc, BadArticle) else "is nested too deep")


if __name__ == "__main__":
    with suppress(BrokenPipeError):
        serve(Exports().answer)

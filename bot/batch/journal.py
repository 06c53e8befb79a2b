"""Rows as they come into a file beside the table, so that a run that was killed loses and doubles none."""

from __future__ import annotations

import errno
import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from io import FileIO
from pathlib import Path

from pydantic import ValidationError

from bot.batch.rows import AnswerRow
from index.errors import BadInput


class BadJournal(BadInput):
    """The rows of an earlier run cannot be gone on with."""


class Journal:
    """The rows that are answered, by number; made by `journal`, which holds the file alone."""

    def __init__(self, file: FileIO, rows: dict[int, AnswerRow]) -> None:
        self._file = file
        self.rows = rows

    def add(self, row: AnswerRow) -> None:
        """Keep a row; it is on the disk when this returns. Raises `BadJournal` where there is no room."""
        _write(self._file, row.model_dump_json())
        self.rows[row.number] = row


@contextmanager
def journal(path: Path, *, of: str) -> Iterator[Journal]:
    """The journal at `path`, made where there is none; `of` are the fingerprints of what is asked.

    A last line that a kill cut short is dropped. The file stays: whoever has written the table removes it.

    Raises:
        BadJournal: it is of other questions, of another run that is still going on, or damaged.
    """
    try:
        file = FileIO(path, "a+")
    except OSError as exc:
        raise BadJournal(f"{path}: {exc.strerror}, expected a folder that may be written to") from exc
    with file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as exc:
            raise BadJournal(f"{path}: another run is writing to it, expected its end") from exc
        yield Journal(file, _read(file, path, of))


def _write(file: FileIO, line: str) -> None:
    content = line.encode() + b"\n"
    try:
        if file.write(content) < len(content):  # the rest does not go on the disk; what went is cut off later
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        os.fsync(file.fileno())
    except OSError as exc:
        raise BadJournal(
            f"{file.name}: {exc.strerror}; what was answered before is kept, expected room"
        ) from exc


def _read(file: FileIO, path: Path, of: str) -> dict[int, AnswerRow]:
    file.seek(0)
    lines = file.read().split(b"\n")
    whole = lines[:-1]  # what follows the last line end was cut short
    file.truncate(sum(len(line) + 1 for line in whole))
    if not whole:
        _write(file, json.dumps({"batch": of}))
        return {}
    expected = "expected to go on with the same questions; remove it to begin anew"
    try:
        head = json.loads(whole[0])
        rows = [AnswerRow.model_validate_json(line) for line in whole[1:]]
    except (ValueError, ValidationError) as exc:
        raise BadJournal(f"{path}: it cannot be read, {expected}") from exc
    if head != {"batch": of}:
        raise BadJournal(f"{path}: it holds answers to other questions, {expected}")
    return {row.number: row for row in rows}

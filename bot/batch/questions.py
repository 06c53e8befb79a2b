"""A file of questions into what is asked: CSV, JSON lines, or a text with a question a line."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

from index.errors import BadInput
from index.records import Filters

MOST_QUESTIONS = 100_000
_COLUMNS = ("question", "outlet", "since", "until", "as_of")
_DELIMITERS = ",;\t|"


class BadQuestions(BadInput):
    """A file of questions cannot be read."""


@dataclass(frozen=True)
class BatchQuestion:
    """One question of a batch, numbered from 1; whether it can be asked is told in its row."""

    number: int
    text: str
    filters: Filters = field(default_factory=Filters)


def read_questions(path: Path) -> list[BatchQuestion]:
    """The questions of a file, in order.

    Of CSV it is the column called `question`, or else the first; `outlet` (several with ; between), `since`,
    `until` and `as_of` are filters of a row. The first row is a head where it names one of these, or where
    its first cell is a single word. Of JSON lines each is a text, or a record with the same names.

    Raises:
        BadQuestions: it cannot be read, holds none, or more than 100,000; a fault of a line names the line.
    """
    text = _text(path)
    if path.suffix.lower() in (".csv", ".tsv"):
        rows = list(_of_csv(text))
    elif path.suffix.lower() in (".jsonl", ".ndjson"):
        rows = list(_of_jsonl(text, path))
    else:
        rows = [{"question": line.strip()} for line in text.splitlines() if line.strip()]
    if not rows:
        raise BadQuestions(f"{path}: no question, expected one a line, or a column called question")
    if len(rows) > MOST_QUESTIONS:
        raise BadQuestions(f"{path}: {len(rows):,} questions, expected at most {MOST_QUESTIONS:,}")
    return [BatchQuestion(number, *_asked(row)) for number, row in enumerate(rows, start=1)]


def fingerprint(questions: Sequence[BatchQuestion], *, llm: bool | None) -> str:
    """64 hexadecimal digits for these questions, asked in this way."""
    told = json.dumps([llm, [asdict(one) for one in questions]], sort_keys=True)
    return hashlib.sha256(told.encode()).hexdigest()


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as exc:
        raise BadQuestions(
            f"{path}: byte {exc.start:,} is not UTF-8, expected a file saved as UTF-8"
        ) from exc
    except OSError as exc:
        raise BadQuestions(f"{path}: {exc.strerror}, expected a file of questions") from exc


def _of_csv(text: str) -> Iterator[Mapping[str, str]]:
    first = text.partition("\n")[0]
    delimiter = max(_DELIMITERS, key=first.count) if any(map(first.count, _DELIMITERS)) else ","
    try:
        rows = [row for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter) if any(row)]
    except csv.Error as exc:
        raise BadQuestions(f"{exc}, expected CSV with a question a row") from exc
    if not rows:
        return
    names = [name.strip().casefold().replace(" ", "_") for name in rows[0]]
    spaced = any(cell.startswith(" ") for cell in rows[0])
    if set(names) & set(_COLUMNS) or len(rows[0][0].split()) == 1:
        rows = rows[1:]
    else:
        names, spaced = [""] * len(names), False
    if "question" not in names:
        names[0] = "question"
    for row in rows:
        cells = row if spaced else _whole(row, delimiter)
        yield {name: cell.strip() for name, cell in zip(names, cells, strict=False) if name in _COLUMNS}


def _whole(row: Sequence[str], delimiter: str) -> list[str]:
    """Cells with those put together again that an unquoted "Who came, and when?" falls into."""
    cells = [row[0]]
    for cell in row[1:]:
        if cell.startswith(" "):
            cells[-1] += delimiter + cell
        else:
            cells.append(cell)
    return cells


def _of_jsonl(text: str, path: Path) -> Iterator[Mapping[str, str]]:
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        where = f"{path} line {number}"
        try:
            given = json.loads(line)
        except ValueError as exc:
            raise BadQuestions(f"{where}: {exc}, expected a text or a record with a question") from exc
        record = {"question": given} if isinstance(given, str) else given
        if not isinstance(record, dict) or not isinstance(record.get("question"), str):
            raise BadQuestions(f"{where}: expected a text, or a record whose question is one")
        yield {name: _cell(record[name], f"{where}: {name}") for name in _COLUMNS if record.get(name)}


def _cell(value: object, where: str) -> str:
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        return ";".join(value)
    if not isinstance(value, str):
        raise BadQuestions(f"{where} is {value!r}, expected a text")
    return value


def _asked(row: Mapping[str, str]) -> tuple[str, Filters]:
    outlets = tuple(name.strip() for name in row.get("outlet", "").split(";") if name.strip())
    since, until, as_of = (row.get(name) or None for name in ("since", "until", "as_of"))
    return row.get("question", ""), Filters(outlets, since, until, as_of)

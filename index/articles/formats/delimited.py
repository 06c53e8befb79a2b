"""CSV and TSV into articles, a row each; which column is what is guessed and shown."""

from __future__ import annotations

import codecs
import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BufferedReader, TextIOWrapper
from itertools import chain, islice

from index.articles.decode import decode
from index.articles.formats.columns import column_map, fields_of, known_columns, map_note
from index.articles.formats.rows import Format, Row
from index.errors import BadArticle

_SIGNS = ",\t;|"
_SAMPLE = 50  # rows that show which column holds the text
_MOST_IN_A_ROW = 10_000_000  # characters
_HEAD = 65_536


@dataclass(frozen=True)
class _Line:
    """A row, the columns that it should have, and what is told of the table with its first row."""

    columns: Sequence[str]
    fields: dict[str, str]
    cells: Sequence[str]
    notes: tuple[str, ...] = ()


def is_delimited(head: bytes, *, named: bool = False) -> bool:
    """Whether a file begins with the names of columns, of which one is for texts and three are known.

    Of a file that is `named` so (.csv, .tsv), a sign between its columns is enough.
    """
    try:
        line = next(iter(decode(head).text.strip("\ufeff").splitlines()), "")
    except BadArticle:
        return False
    names = _cells(line)
    known = known_columns(names)
    return len(names) > 1 and (named or (len(known) > 2 and "text" in known.values()))


def _cells(line: str) -> list[str]:
    """The names of the columns; the sign between them is the one by which most are known."""
    readings = (next(csv.reader([line], delimiter=sign), []) for sign in _SIGNS)
    return max(readings, key=lambda names: (len(known_columns(names)), len(names)))


def _pieces(stream: BufferedReader) -> Iterator[_Line]:
    head = stream.peek(_HEAD)[:_HEAD]
    decoded = decode(head)
    names = _cells(next(iter(decoded.text.strip("\ufeff").splitlines()), ""))
    sign = max(_SIGNS, key=decoded.text.partition("\n")[0].count)
    sign = next(
        (one for one in _SIGNS if next(csv.reader([decoded.text.splitlines()[0]], delimiter=one)) == names),
        sign,
    )
    csv.field_size_limit(_MOST_IN_A_ROW)  # of this process, which reads nothing else meanwhile
    encoding = "utf-8-sig" if decoded.encoding == "utf-8" else decoded.encoding
    text = TextIOWrapper(stream, _known(encoding), errors="replace", newline="")
    rows = csv.reader(text, delimiter=sign)
    names = [name.strip().strip("\ufeff") for name in next(rows, [])]
    try:
        sample = [*islice(rows, _SAMPLE)]
        fields = column_map(names, sample)
        notes = tuple(filter(None, (decoded.note, map_note(names, fields))))
        for cells in chain(sample, rows):
            if any(map(str.strip, cells)):
                yield _Line(names, fields, cells, notes)
                notes = ()
    except csv.Error as exc:
        raise BadArticle(
            f"is broken near line {rows.line_num:,}: {exc}; perhaps a quotation mark is not closed"
        ) from exc


def _known(encoding: str) -> str:
    return codecs.lookup(encoding).name


def _read(line: _Line) -> Iterator[Row]:
    cells = [*line.cells]
    while len(cells) > len(line.columns) and not cells[-1].strip():
        cells.pop()
    if len(cells) != len(line.columns):
        yield Row(refused=f"has {len(cells)} columns, expected {len(line.columns)} as in the first line")
        return
    yield Row(fields=fields_of(dict(zip(line.columns, cells, strict=True)), line.fields), notes=line.notes)


FORMAT = Format("a table", "row", _pieces, _read, mark=b"\n")

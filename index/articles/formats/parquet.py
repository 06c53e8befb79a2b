"""Parquet into articles, a row each; it needs the extra `parquet`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from io import BufferedReader

from index.articles.formats.columns import column_map, fields_of, map_note
from index.articles.formats.rows import Format, Row
from index.errors import BadArticle
from index.extras import bringing

_AT_ONCE = 16  # rows in memory; one may have 10 MB


@dataclass(frozen=True)
class _TableRow:
    """A row by its columns, what the columns are, and what is told of the table with its first row."""

    fields: Mapping[str, str]
    values: Mapping[str, object]
    notes: tuple[str, ...] = ()


def is_parquet(head: bytes) -> bool:
    """Whether a file begins as Parquet does."""
    return head.startswith(b"PAR1")


def _pieces(stream: BufferedReader) -> Iterator[_TableRow]:
    if find_spec("pyarrow") is None:
        raise BadArticle(f"is Parquet, which needs pyarrow, expected: {bringing('parquet')}")
    import pyarrow
    from pyarrow import parquet

    try:
        table = parquet.ParquetFile(stream if stream.seekable() else pyarrow.BufferReader(stream.read()))
        names: Sequence[str] = table.schema_arrow.names
        sample = [tuple(row.values()) for row in _rows(table, names, most=50)]
        fields = column_map(names, sample)
        notes: tuple[str, ...] = (map_note(names, fields),)
        for row in _rows(table, [*fields]):
            yield _TableRow(fields, row, notes)
            notes = ()
    except (pyarrow.ArrowException, OSError) as exc:
        raise BadArticle(f"is damaged as Parquet: {str(exc)[:200]}") from exc


def _rows(table: object, names: Sequence[str], *, most: int | None = None) -> Iterator[dict[str, object]]:
    count = 0
    for batch in table.iter_batches(batch_size=_AT_ONCE, columns=[*names], use_threads=False):  # type: ignore[attr-defined]
        for row in batch.to_pylist():
            yield row
            count += 1
            if count == most:
                return


def _read(record: _TableRow) -> Iterator[Row]:
    yield Row(fields=fields_of(record.values, record.fields), notes=record.notes)


FORMAT = Format("Parquet", "row", _pieces, _read)

"""A file's first bytes into the format of export that it is in, if it is one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from index.articles.files import opened
from index.articles.formats import delimited, newsml, newsml1, ninjs, nitf, parquet, telegram, warc, wxr
from index.articles.formats.rows import Format
from index.errors import BadArticle

_HEAD = 65_536  # bytes that show what a file is
_TABLES = (".csv", ".tsv", ".tab")

FORMATS: dict[str, tuple[Callable[[bytes], bool], Format[Any]]] = {
    "parquet": (parquet.is_parquet, parquet.FORMAT),
    "warc": (warc.is_warc, warc.FORMAT),
    "newsml": (newsml.is_newsml, newsml.FORMAT),
    "newsml1": (newsml1.is_newsml1, newsml1.FORMAT),
    "nitf": (nitf.is_nitf, nitf.FORMAT),
    "wxr": (wxr.is_wxr, wxr.FORMAT),
    "telegram": (telegram.is_telegram, telegram.FORMAT),
    "ninjs": (ninjs.is_ninjs, ninjs.FORMAT),
    "delimited": (delimited.is_delimited, delimited.FORMAT),
}


def export_format(path: Path) -> str | None:
    """Which of `FORMATS` a file is in, by what it holds; None for none, or where it cannot be read."""
    try:
        with opened(path) as stream:
            head = stream.peek(_HEAD)[:_HEAD]
    except BadArticle:
        return None
    found = next((name for name, (is_it, _) in FORMATS.items() if is_it(head)), None)
    suffix = (path.with_suffix("") if path.suffix.lower() == ".gz" else path).suffix.lower()
    named = suffix in _TABLES and delimited.is_delimited(head, named=True)
    return found or ("delimited" if named else None)


def count_rows(path: Path, name: str) -> int:
    """About how many rows an export has, for a progress bar; 1 where that cannot be told quickly."""
    mark, count = FORMATS[name][1].mark, 0
    if not mark:
        return 1
    try:
        with opened(path) as stream:
            while block := stream.read(1 << 20):
                count += block.count(mark)
    except BadArticle:
        return 1
    return max(1, count)

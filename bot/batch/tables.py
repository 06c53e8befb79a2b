"""Rows into a table: CSV, a workbook, Markdown, a page, or JSON lines, by the ending of its name."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

from bot.answers.lines import in_marks
from bot.batch.rows import COLUMNS, AnswerRow
from bot.showing.formats.cells import csv_text, safe_cell
from bot.showing.links import link_target
from bot.showing.markdown import plain as marked
from bot.showing.wording import words_of
from index.errors import BadInput
from index.whole_file import write_whole

if TYPE_CHECKING:
    from jinja2 import Template

_WIDTHS = {"question": 40, "answer": 70, "quotations": 70, "links": 40}
_CELL = 32_767  # characters that a cell of a workbook may hold


class BadTable(BadInput):
    """A table cannot be written where or as it is asked for."""


def csv_table(rows: Sequence[AnswerRow]) -> bytes:
    """CSV that begins with a byte order mark, without which Excel takes UTF-8 for something else."""
    return csv_text(COLUMNS, (row.cells for row in rows)).encode("utf-8-sig")


def xlsx_table(rows: Sequence[AnswerRow]) -> bytes:
    """A workbook of one sheet; no cell is a formula."""
    from io import BytesIO

    from openpyxl import Workbook
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
    from openpyxl.styles import Alignment, Font

    book = Workbook()
    sheet = book.active
    sheet.title = "Dateline"
    sheet.append(list(COLUMNS))
    for row in rows:
        sheet.append([_cell(ILLEGAL_CHARACTERS_RE.sub("", value)) if isinstance(value, str) else value
                      for value in map(safe_cell, row.cells)])  # fmt: skip
    for cell in sheet[1]:
        cell.font = Font(bold=True)
        sheet.column_dimensions[cell.column_letter].width = _WIDTHS.get(cell.value, 14)
    for line in sheet.iter_rows(min_row=2):
        for cell in line:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def markdown_table(rows: Sequence[AnswerRow]) -> bytes:
    """A table of GitHub's Markdown; lines of a cell are parted by <br>."""
    lines = [_line(COLUMNS), _line(["---"] * len(COLUMNS))]
    lines += [_line([_md(value) for value in row.cells]) for row in rows]
    return ("\n".join(lines) + "\n").encode()


def html_table(rows: Sequence[AnswerRow]) -> bytes:
    """A page that stands by itself: no scripts, nothing loaded, everything foreign escaped."""
    words = words_of()
    page = _template().render(rows=rows, in_marks=in_marks, link=link_target, day=words.day, words=words.say)
    return page.encode()


def jsonl_table(rows: Sequence[AnswerRow]) -> bytes:
    """A row a line, with the place of every quotation."""
    return "".join(f"{row.model_dump_json()}\n" for row in rows).encode()


TABLES: dict[str, Callable[[Sequence[AnswerRow]], bytes]] = {
    ".csv": csv_table,
    ".xlsx": xlsx_table,
    ".md": markdown_table,
    ".html": html_table,
    ".jsonl": jsonl_table,
}


def check_table(path: Path) -> None:
    """Raises `BadTable` where nothing can be written as `path` is called; asked before any question is."""
    if path.suffix.lower() not in TABLES:
        raise BadTable(f"{path}: ends with {path.suffix!r}, expected one of {', '.join(TABLES)}")


def write_table(path: Path, rows: Sequence[AnswerRow]) -> None:
    """Write the rows in the order of their numbers, whole or not at all.

    Raises:
        BadTable: it cannot be written.
    """
    content = TABLES[path.suffix.lower()](sorted(rows, key=lambda row: row.number))
    try:
        write_whole(path, content)
    except OSError as exc:
        raise BadTable(f"{path}: {exc.strerror}, expected a place that may be written to") from exc


def _cell(text: str) -> str:
    return text if len(text) <= _CELL else f"{text[: _CELL - 1]}…"


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _md(value: str | float | None) -> str:
    return "<br>".join(marked(line) for line in str("" if value is None else value).splitlines())


@cache
def _template() -> Template:
    from jinja2 import Environment, StrictUndefined

    text = resources.files("bot.batch").joinpath("table.html").read_text("utf-8")
    return Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, keep_trailing_newline=True
    ).from_string(text)

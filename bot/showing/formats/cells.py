"""Quotations into the rows of a table, whose cells no spreadsheet takes for a formula."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence

from bot.showing.formats.taken import Taken, TakenQuote

# What a spreadsheet may begin a formula at, in the wide forms of CJK fonts too (OWASP, "CSV Injection").
# Where columns are parted at ";", as in most of Europe, a new cell begins behind each.
_FORMULA = re.compile(r"(^|[;\r\n])(?= *[=+\-@\t\r\n＝＋－＠])")

COLUMNS = (
    "question", "status", "number", "speaker", "quote", "outlet", "agency", "title", "author", "published",
    "url", "article", "start", "end", "revision",
)  # fmt: skip


def safe_cell(value: str | float | None) -> str | float:
    """A value as a cell: before what may be taken for a formula, an apostrophe."""
    if value is None:
        return ""
    if not isinstance(value, str):
        return value
    text = value.replace("\0", "")
    return _FORMULA.sub(r"\1'", text)


def csv_text(columns: Sequence[str], rows: Iterable[Sequence[str | float | None]]) -> str:
    """CSV (RFC 4180) with a head."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(columns)
    writer.writerows([safe_cell(value) for value in row] for row in rows)
    return out.getvalue()


def taken_csv(taken: Taken) -> str:
    """A row a quotation; one row where there is none."""
    rows = [_row(taken, one) for one in taken.quotes]
    return csv_text(COLUMNS, rows or [(taken.question, taken.status, *[None] * (len(COLUMNS) - 2))])


def _row(taken: Taken, one: TakenQuote) -> tuple[str | int | None, ...]:
    article = one.article
    return (
        taken.question, taken.status, one.number, one.speaker, one.quote, article.outlet, article.agency,
        article.title, article.author, article.published, article.url, article.id, one.start, one.end,
        article.revision,
    )  # fmt: skip

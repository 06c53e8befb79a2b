"""An export on the disk into drafts, by asking the child that reads it."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from index.articles.decode import decode
from index.articles.draft import Drafted, draft_of
from index.articles.formats.editions import edition_of
from index.articles.formats.known import FORMATS
from index.articles.formats.rows import Row, unpacked
from index.articles.html import declared_encoding, read_html
from index.articles.limited import DEFAULT_LIMITS, ChildLimits, LimitedChild
from index.errors import BadArticle, BadInput, Refusal

_MOST_AT_ONCE = 64
_MOST_FAILURES = 5  # pieces that end the child; of a file with more the rest is not read


def export_reader(*, limits: ChildLimits = DEFAULT_LIMITS) -> LimitedChild:
    """The child process that `read_export` asks; close it at the end."""
    return LimitedChild("index.articles.formats.child", limits=limits)


def read_export(
    path: Path, name: str, exports: LimitedChild, pages: LimitedChild
) -> Iterator[Drafted | Refusal]:
    """The articles of a file in the format `name`, or their refusals; the last tells what else it held.

    Raises `BadArticle` where it holds nothing that is an article.
    """
    item = FORMATS[name][1].item
    held: list[
        Drafted | Refusal
    ] = []  # the last article, which is told what was passed over, and what follows it
    passed_over: Counter[str] = Counter()
    empty = True
    for number, row in _rows(path, name, exports):
        where = f"{item} {number}" if number else ""
        if row.passed_over:
            passed_over[row.passed_over] += 1
            continue
        empty = False
        drafted = _drafted(row, where, pages)
        if isinstance(drafted, Drafted) or not held:
            yield from held
            held = []
        held.append(drafted)
    told = ", ".join(f"{kind} {count:,}" for kind, count in passed_over.most_common())
    if told and held and isinstance(held[0], Drafted):
        held[0] = replace(held[0], notes=(*held[0].notes, f"passed over in this file: {told}"))
    yield from held
    if empty:
        holds = told or "nothing that is one"
        raise BadArticle(f"is {FORMATS[name][1].name} and holds no article, expected one (it holds {holds})")


def _rows(path: Path, name: str, exports: LimitedChild) -> Iterator[tuple[int, Row]]:
    """The rows of a file with the numbers of their pieces. A piece that ends the child is refused."""
    done, failures, most = 0, 0, _MOST_AT_ONCE
    request = True
    while True:
        asked = {"path": str(path.absolute()), "format": name, "skip": done, "most": most}
        try:
            answer = json.loads(exports.ask(json.dumps(asked).encode() if request else b""))
        except BadInput as exc:
            # Of several pieces it cannot be told which it was: they are asked for one by one.
            if most > 1:
                most = 1
            else:
                failures, done, most = failures + 1, done + 1, _MOST_AT_ONCE
                yield done, Row(refused=str(exc))
            if failures >= _MOST_FAILURES:
                yield 0, Row(refused=f"is given up after {failures} such failures; the rest is not read")
                return
            request = True
            continue
        request = False
        if not answer:
            return
        for number, value in answer:
            done = max(done, number)
            yield number, unpacked(value)


def _drafted(row: Row, where: str, pages: LimitedChild) -> Drafted | Refusal:
    """What a row comes to."""
    if row.refused:
        return Refusal(where, row.refused)
    try:
        if row.page is not None:
            return _page(row, where, pages)
        stated = {name: value for name, value in row.fields.items() if value is not None}
        first = edition_of(str(stated.get("published", "")))
        if row.edition and first and first < row.edition:
            stated.setdefault("updated", f"{row.edition}Z")
        return Drafted(draft_of(stated), where, row.notes, row.edition)
    except BadArticle as exc:
        return Refusal(where, str(exc))


def _page(row: Row, where: str, pages: LimitedChild) -> Drafted:
    """A web page, read as a file of HTML is; its address is where it was fetched, unless it names one."""
    data = (row.page or "").encode("latin-1")
    if not data.strip():
        raise BadArticle("is an empty page, expected an article")
    stated = row.fields.get("encoding")
    decoded = decode(data, declared=declared_encoding(data) or (str(stated) if stated else None))
    drafted = read_html(decoded.text, pages)
    url = drafted.draft.url or row.fields.get("url")
    notes = (decoded.note, *drafted.notes) if decoded.note else drafted.notes
    return replace(drafted, draft=drafted.draft.model_copy(update={"url": url}), where=where, notes=notes)

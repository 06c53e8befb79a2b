"""Paths into articles: each file by its content and suffix, each article found, or refused with a reason."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from index.articles.decode import Decoded, check_kind, decode
from index.articles.draft import MOST_CHARACTERS, Drafted, Found, Supplied, article_of
from index.articles.files import files_under, opened, read_bytes, shown_path
from index.articles.formats.known import FORMATS, count_rows, export_format
from index.articles.formats.reading import export_reader, read_export
from index.articles.html import declared_encoding, html_reader, read_html
from index.articles.jsonl import read_json, read_jsonl
from index.articles.limited import LimitedChild
from index.articles.markdown import read_markdown, without_marks
from index.articles.plain import read_plain
from index.errors import BadArticle, Refusal

_SUFFIXES = {".md": "markdown", ".markdown": "markdown", ".jsonl": "jsonl", ".ndjson": "jsonl",
             ".json": "json", ".txt": "plain", ".text": "plain",
             ".html": "html", ".htm": "html", ".xhtml": "html"}  # fmt: skip
_FIRST = 64  # bytes by which a kind is known
_MOST_REFUSED = 10_000  # rows of one file, one after another
NOTHING = Supplied()
_IS_HTML = re.compile(r"(?i)\s*(?:<\?xml[^>]*>\s*)?(?:<!--.{0,2000}?-->\s*)?<(?:!doctype\s+html|html)\b")


def read_paths(paths: Sequence[Path], *, supplied: Supplied = NOTHING) -> Iterator[Found | Refusal]:
    """Every article in the files under `paths`, in the order of their names, or the refusal of it.

    Exports are known by what they hold; other files end in .md, .jsonl, .json, .txt or .html (or their kin),
    also with .gz. One file, row or page at a time is in memory. `supplied` is for what a file does not say.
    """
    with html_reader() as pages, export_reader() as exports:
        for path in files_under(paths):
            if isinstance(path, Refusal):
                yield path
                continue
            place = shown_path(path)
            drafts = _drafts(path, pages, exports)
            known = (one if isinstance(one, Refusal) else supplied.beside(one) for one in drafts)
            yield from _not_for_ever((found_at(place, one) for one in known), place)


def count_articles(paths: Sequence[Path]) -> int:
    """About how many articles `read_paths` will find, for a progress bar: one a file, one a row of many."""
    return sum(_rows(path, _format(path)) for path in files_under(paths) if isinstance(path, Path))


def _rows(path: Path, form: str | None) -> int:
    """The rows of an export, the lines of a JSONL file, as far as it can be read; of another file one."""
    if form in FORMATS:
        return count_rows(path, form)
    if form != "jsonl":
        return 1 if form else 0
    count = 0
    with suppress(BadArticle), opened(path) as stream:
        while block := stream.read(1 << 20):
            count += block.count(b"\n")
    return count


def _drafts(path: Path, pages: LimitedChild, exports: LimitedChild) -> Iterator[Drafted | Refusal]:
    """The drafts of one file; the error of a whole file is the last of them."""
    try:
        form = _format(path)
        if form is None:
            with opened(path) as stream:
                check_kind(stream.read(_FIRST))
            known = ", ".join(_SUFFIXES)
            raise BadArticle(
                f"has the suffix {path.suffix!r}, expected one of {known}, one of these with .gz, or an"
                f" export ({', '.join(export.name for _, export in FORMATS.values())})"
            )
        if form in FORMATS:
            yield from read_export(path, form, exports, pages)
        elif form == "jsonl":
            with opened(path) as stream:
                yield from _at_least_one(read_jsonl(stream))
        else:
            yield from _whole(path, form, pages)
    except BadArticle as exc:
        yield Refusal("", str(exc))


def _at_least_one(drafts: Iterator[Drafted | Refusal]) -> Iterator[Drafted | Refusal]:
    """`drafts`, or a refusal where there are none."""
    none = True
    for drafted in drafts:
        none = False
        yield drafted
    if none:
        raise BadArticle("is empty, expected an article a line")


def _not_for_ever(found: Iterator[Found | Refusal], place: str) -> Iterator[Found | Refusal]:
    """What is found in a file, given up where too many in a row are none.

    90 kB that are packed may unfold into 16 million lines of "{}".
    """
    refused = 0
    for one in found:
        refused = refused + 1 if isinstance(one, Refusal) else 0
        yield one
        if refused == _MOST_REFUSED:
            reason = f"is given up after {refused:,} in a row that are no article; the rest is not read"
            yield Refusal(place, reason)
            return


def _whole(path: Path, form: str, pages: LimitedChild) -> Iterator[Drafted | Refusal]:
    """The drafts of a file that is read at once; a ".txt" with HTML or front matter in it is read as that."""
    data = read_bytes(path)
    if form == "json":
        yield from read_json(data)
        return
    decoded = decode(data, declared=declared_encoding(data))
    looks_html = _IS_HTML.match(decoded.text[:5000]) is not None
    if form == "html" or (form == "plain" and looks_html):
        yield _noted(read_html(decoded.text, pages), decoded)
        return
    if len(decoded.text) > 2 * MOST_CHARACTERS:
        raise BadArticle(f"has {len(decoded.text):,} characters, expected at most {MOST_CHARACTERS:,}")
    reader: Callable[[str], Drafted | Refusal] = _read_plain
    if form == "markdown" or re.match(r"---\s*\n[\w-]+:", decoded.text):
        reader = read_markdown
    yield _noted(reader(decoded.text), decoded)


def _read_plain(text: str) -> Drafted:
    """The draft of a text that is called plain; some are Markdown all the same."""
    return read_plain(without_marks(text))


def _noted(drafted: Drafted | Refusal, decoded: Decoded) -> Drafted | Refusal:
    """A draft with the note on its file's encoding."""
    if isinstance(drafted, Refusal) or decoded.note is None:
        return drafted
    return replace(drafted, notes=(decoded.note, *drafted.notes))


def found_at(place: str, drafted: Drafted | Refusal) -> Found | Refusal:
    """What a draft comes to; `place` is the file or the address that it is of."""
    where = " ".join(filter(None, (place, drafted.where)))
    if isinstance(drafted, Refusal):
        return Refusal(where, drafted.reason)
    try:
        article, notes = article_of(drafted)
    except BadArticle as exc:
        return Refusal(where, str(exc))
    return Found(article, where, notes, edition=drafted.edition)


def _format(path: Path) -> str | None:
    """How a file is read: an export by what it holds, else by its suffix; None where it is not."""
    if export := export_format(path):
        return export
    name = path.with_suffix("") if path.suffix.lower() == ".gz" else path
    return _SUFFIXES.get(name.suffix.lower())

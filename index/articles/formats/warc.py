"""WARC and ARC, what crawlers keep, into web pages: each answer that is one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from io import BufferedReader

from index.articles.files import MOST_IN_A_FILE
from index.articles.formats.rows import Format, Row
from index.errors import BadArticle

_PAGES = ("text/html", "application/xhtml+xml")


@dataclass(frozen=True)
class _Answer:
    """An answer of a server: from where, of which kind, its status, and what it holds (at most 10 MB)."""

    url: str
    kind: str
    status: str
    data: bytes
    charset: str | None = None


def is_warc(head: bytes) -> bool:
    """Whether a file begins as WARC or ARC does."""
    return head.startswith((b"WARC/", b"filedesc://"))


def _pieces(stream: BufferedReader) -> Iterator[_Answer]:
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    try:
        for record in ArchiveIterator(stream, arc2warc=True):
            if record.rec_type in {"response", "resource"}:
                yield _record(record)
    except (ArchiveLoadFailed, ValueError, KeyError, EOFError, UnicodeDecodeError) as exc:
        raise BadArticle(f"is damaged as WARC: {str(exc)[:200]}") from exc


def _record(record: object) -> _Answer:
    headers, http = record.rec_headers, record.http_headers  # type: ignore[attr-defined]
    told = (http or headers).get_header("Content-Type") or ""
    kind, _, rest = told.partition(";")
    charset = rest.partition("charset=")[2].strip(" \"';") or None
    is_page = kind.strip().lower() in _PAGES
    data = record.content_stream().read(MOST_IN_A_FILE + 1) if is_page else b""  # type: ignore[attr-defined]
    status = http.get_statuscode() if http else "200"
    url = headers.get_header("WARC-Target-URI") or ""
    return _Answer(url.strip("<> "), kind.strip().lower(), status or "", data, charset)


def _read(record: _Answer) -> Iterator[Row]:
    if record.kind not in _PAGES:
        yield Row(passed_over="answers that are no pages")
    elif record.status != "200":
        yield Row(passed_over=f"answers with the status {record.status[:3]}")
    elif len(record.data) > MOST_IN_A_FILE:
        yield Row(
            refused=f"({record.url[:200]}) has more than {MOST_IN_A_FILE:,} bytes, the most for one page"
        )
    else:
        where = {"url": record.url, "encoding": record.charset}
        yield Row(fields=where, page=record.data.decode("latin-1"))


FORMAT = Format("WARC", "record", _pieces, _read, mark=b"WARC/1")

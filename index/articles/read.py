"""Paths into articles: each file by its suffix and content, each article found, or refused with a reason."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

from index.articles.decode import Decoded, decode
from index.articles.draft import MOST_CHARACTERS, Drafted, Spoiled, article_of
from index.articles.files import Unreadable, files_under, opened, read_bytes
from index.articles.html import declared_encoding, html_reader, read_html
from index.articles.identity import made_id, normal_url, told_apart
from index.articles.jsonl import read_json, read_jsonl
from index.articles.limited import LimitedChild
from index.articles.markdown import read_markdown
from index.articles.plain import read_plain
from index.errors import BadArticle
from index.records import Article

_SUFFIXES = {".md": "markdown", ".markdown": "markdown", ".jsonl": "jsonl", ".ndjson": "jsonl",
             ".json": "json", ".txt": "plain", ".text": "plain",
             ".html": "html", ".htm": "html", ".xhtml": "html"}  # fmt: skip
_IS_HTML = re.compile(r"(?i)\s*(?:<\?xml[^>]*>\s*)?(?:<!--.{0,2000}?-->\s*)?<(?:!doctype\s+html|html)\b")


@dataclass(frozen=True)
class Found:
    """An article, its place ("seeds/x.jsonl line 3"), and what a person should know about how it was read."""

    article: Article
    where: str
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Refusal:
    """A file, or one article of it, that cannot be used: its place, and a reason with what was expected."""

    where: str
    reason: str


def read_paths(paths: Sequence[Path]) -> Iterator[Found | Refusal]:
    """Every article in the files under `paths`, in the order of their names, or the refusal of it.

    Files end in .md, .jsonl, .json, .txt or .html (or their kin), also with .gz. One file, row or page at a
    time is in memory. A second article with the id or url of an earlier one is found again where it is the
    same, and refused where it differs.
    """
    seen = _Seen()
    with html_reader() as pages:
        for path in files_under(paths):
            if isinstance(path, Unreadable):
                yield Refusal(_shown(path.path), path.reason)
                continue
            for drafted in _drafts(path, pages):
                yield seen.checked(_found(drafted, path))


def count_files(paths: Sequence[Path]) -> int:
    """How many files `read_paths` will open; their articles are not counted."""
    return sum(1 for _ in _readable(paths))


def count_articles(paths: Sequence[Path]) -> int:
    """About how many articles `read_paths` will find, for a progress bar: one a file, one a row of JSONL."""
    return sum(_rows(path) if _format(path) == "jsonl" else 1 for path in _readable(paths))


def _readable(paths: Sequence[Path]) -> Iterator[Path]:
    return (path for path in files_under(paths) if isinstance(path, Path) and _format(path))


def _rows(path: Path) -> int:
    """The lines of a JSONL file, as far as it can be read."""
    count = 0
    with suppress(BadArticle), opened(path) as stream:
        while block := stream.read(1 << 20):
            count += block.count(b"\n")
    return count


def _drafts(path: Path, pages: LimitedChild) -> Iterator[Drafted | Spoiled]:
    """The drafts of one file; the error of a whole file is the last of them."""
    try:
        if _format(path) is None:
            known = ", ".join(_SUFFIXES)
            raise BadArticle(
                f"has the suffix {path.suffix!r}, expected one of {known}, or one of these with .gz"
            )
        if _format(path) == "jsonl":
            with opened(path) as stream:
                yield from _at_least_one(read_jsonl(stream))
        else:
            yield from _whole(path, pages)
    except BadArticle as exc:
        yield Spoiled(str(exc))


def _at_least_one(drafts: Iterator[Drafted | Spoiled]) -> Iterator[Drafted | Spoiled]:
    """`drafts`, or a refusal where there are none."""
    none = True
    for drafted in drafts:
        none = False
        yield drafted
    if none:
        raise BadArticle("is empty, expected an article a line")


def _whole(path: Path, pages: LimitedChild) -> Iterator[Drafted | Spoiled]:
    """The drafts of a file that is read at once; a ".txt" with HTML or front matter in it is read as that."""
    data = read_bytes(path)
    if _format(path) == "json":
        yield from read_json(data)
        return
    decoded = decode(data, declared=declared_encoding(data))
    looks_html = _IS_HTML.match(decoded.text[:5000]) is not None
    if _format(path) == "html" or (_format(path) == "plain" and looks_html):
        yield _noted(read_html(decoded.text, pages), decoded)
        return
    if len(decoded.text) > 2 * MOST_CHARACTERS:
        raise BadArticle(f"has {len(decoded.text):,} characters, expected at most {MOST_CHARACTERS:,}")
    reader: Callable[[str], Drafted | Spoiled] = read_plain
    if _format(path) == "markdown" or re.match(r"---\s*\n[\w-]+:", decoded.text):
        reader = read_markdown
    yield _noted(reader(decoded.text), decoded)


def _noted(drafted: Drafted | Spoiled, decoded: Decoded) -> Drafted | Spoiled:
    """A draft with the note on its file's encoding."""
    if isinstance(drafted, Spoiled) or decoded.note is None:
        return drafted
    return replace(drafted, notes=(decoded.note, *drafted.notes))


def _found(drafted: Drafted | Spoiled, path: Path) -> Found | Refusal:
    """What a draft of a file comes to."""
    where = " ".join(filter(None, (_shown(path), drafted.place)))
    if isinstance(drafted, Spoiled):
        return Refusal(where, drafted.reason)
    try:
        article, notes = article_of(drafted)
    except BadArticle as exc:
        return Refusal(where, str(exc))
    return Found(article, where, notes)


@dataclass
class _Seen:
    """The ids and urls of one run, each with its first place and the sha256 of what is called so."""

    first: dict[str, tuple[str, bytes]] = field(default_factory=dict)

    def checked(self, item: Found | Refusal) -> Found | Refusal:
        """`item`, or a refusal where its id or url is taken by an article that differs."""
        if isinstance(item, Refusal):
            return item
        names = _names(item.article)
        content = hashlib.sha256(repr(replace(item.article, id="")).encode()).digest()
        for name, shown in names.items():
            where, same = self.first.get(name, ("", content))
            if same != content:
                return Refusal(item.where, f"has the {shown} of {where} but other content, expected its own")
        for name in names:
            self.first.setdefault(name, (item.where, content))
        return item


def _names(article: Article) -> dict[str, str]:
    """What an article shares with no other, its url and its id, and how a person is told of each."""
    url, outlet, title, published = article.url, article.outlet, article.title, article.published
    made = made_id(url=url, outlet=outlet, title=title, published=published, revision=article.revision)
    name = shown = f"id {article.id}"
    if article.id == made and not url:
        shown = f"{'outlet, title and date' if told_apart(outlet, published) else 'text'} ({title[:60]!r})"
    address = f"url {normal_url(url)}" if url else None
    return ({address: address} if address else {}) | {name: shown}


def _format(path: Path) -> str | None:
    """How a file is read, by its suffix; None where it is not."""
    name = path.with_suffix("") if path.suffix.lower() == ".gz" else path
    return _SUFFIXES.get(name.suffix.lower())


def _shown(path: Path) -> str:
    """A path as it can be printed on one line, also where its bytes are not UTF-8."""
    text = str(path).encode("utf-8", errors="replace").decode()
    return "".join(c if c.isprintable() else "?" for c in text)

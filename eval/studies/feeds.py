"""Files of feeds into how many are read, refused with a reason, or end their parser, and what is right.

`python -m eval.studies.feeds FEEDS.tar.gz…`: feeds as the feedparser project keeps them, with what is
expected in a comment at their top ("entries[0]['title'] == 'A title'"), and any others.
"""

from __future__ import annotations

import ast
import re
import sys
import tarfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import click

from index.articles.limited import LimitedChild
from index.errors import BadArticle
from index.feeds.parse import feed_reader, read_feed
from index.feeds.records import FeedDocument

_SUFFIXES = (".xml", ".json", ".rss", ".atom", ".opml", "custom")
_EXPECTED = re.compile(r"entries\[(\d+)\]\[u?'(title|link|id|author)'\] == (u?'(?:[^'\\]|\\.)*')", re.DOTALL)
_HEADER = re.compile(r"(?im)^\s*Header:\s*([\w-]+):\s*(.*?)\s*$")
_FIELDS = {"title": "title", "link": "url", "id": "guid", "author": "author"}
_LIMITED = ("took ", "ended its parser", "needs more than", "cannot be read")
_BASE = "http://feed.example/"


@dataclass
class FeedCounts:
    """What became of the files: read, refused by reason, ended; and of the values that were expected."""

    read: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    ended: list[str] = field(default_factory=list)
    entries: Counter[str] = field(default_factory=Counter)
    right: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    slowest: tuple[float, str] = (0.0, "")


def files_in(archives: Sequence[str]) -> Iterator[tuple[str, bytes]]:
    """Each feed's name and bytes."""
    for name in archives:
        with tarfile.open(name) as archive:
            for member in archive:
                stream = archive.extractfile(member) if member.name.endswith(_SUFFIXES) else None
                if stream is not None:
                    yield member.name, stream.read()


def count(archives: Sequence[str], reader: LimitedChild) -> FeedCounts:
    """Read every file and count."""
    counts = FeedCounts()
    for name, data in files_in(archives):
        begun = time.monotonic()
        try:
            document = read_feed(data, reader, base=_base(data))
        except BadArticle as exc:
            if str(exc).startswith(_LIMITED):
                counts.ended.append(f"{name}: {exc}")
            counts.refused[re.sub(r"[\d(:'].*", "", str(exc)).strip()] += 1
        else:
            counts.read[document.kind] += 1
            _count_fields(document, counts)
            _compare(name, data, document, counts)
        counts.slowest = max(counts.slowest, (time.monotonic() - begun, name))
    return counts


def _base(data: bytes) -> str:
    """The address that a file says it was found at."""
    told = dict(_HEADER.findall(data[:2000].decode("latin-1")))
    return next((value for name, value in told.items() if name.lower() == "content-location"), _BASE)


def _count_fields(document: FeedDocument, counts: FeedCounts) -> None:
    for entry in document.entries:
        given = {"title": entry.title, "link": entry.url, "date": entry.published or entry.updated,
                 "text": entry.text, "whole text": entry.is_whole}  # fmt: skip
        counts.entries["all"] += 1
        counts.entries.update(name for name, value in given.items() if value)


def _compare(name: str, data: bytes, document: FeedDocument, counts: FeedCounts) -> None:
    """Count the values that are as expected."""
    head = data[:4000].decode("utf-8", errors="replace")
    for number, key, quoted in _EXPECTED.findall(head):
        if f"not entries[{number}]" in head or int(number) >= len(document.entries):
            continue
        try:
            expected = str(ast.literal_eval(quoted))
        except (ValueError, SyntaxError):
            continue
        found = getattr(document.entries[int(number)], _FIELDS[key])
        if _plain(found) == _plain(expected):
            counts.right[key] += 1
        else:
            counts.wrong.append(f"{name}: {key} {found!r}, expected {expected!r}")


def _plain(text: str | None) -> str:
    """A text without mark-up and white space: titles are kept as a reader sees them."""
    return "".join(re.sub(r"<[^>]*>", "", text or "").split())


def main(arguments: Sequence[str]) -> None:
    """Print the counts; with `--wrong` each value that is not as expected."""
    with feed_reader() as reader:
        counts = count([name for name in arguments if not name.startswith("--")], reader)
    click.echo(f"read     {counts.read.total():5}  {dict(counts.read.most_common())}")
    click.echo(f"refused  {counts.refused.total():5}")
    for reason, number in counts.refused.most_common(12):
        click.echo(f"         {number:5}  {reason}")
    click.echo(f"ended    {len(counts.ended):5}  (crashed or over a limit; counted as refused, too)")
    click.echo("".join(f"           {one}\n" for one in counts.ended), nl=False)
    click.echo(f"items    {dict(counts.entries)}")
    click.echo(f"as expected {dict(counts.right)}, {len(counts.wrong)} not")
    click.echo(f"slowest  {counts.slowest[0]:.2f} s  {counts.slowest[1]}")
    if "--wrong" in arguments:
        click.echo("\n".join(counts.wrong))


if __name__ == "__main__":
    main(sys.argv[1:])

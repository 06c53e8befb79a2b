"""A stream of XML into its items, cut at their tags, so that a broken or hostile one spoils only itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from io import BufferedReader

from index.articles.files import MOST_IN_A_FILE
from index.errors import BadArticle

_BLOCK = 1 << 18
# Each part is taken once and never given back: 30 comments that may be taken in two ways each would be
# 2 ** 30 ways to try before a root that is none.
_PROLOG = re.compile(
    rb"(?is)(?:\xef\xbb\xbf)?(?:\s++|(?><\?.{0,500}?\?>)|(?><!--.{0,20000}?-->)"
    rb"|(?><!doctype[^>\[]{0,1000}+(?:\[.{0,20000}?\]\s*+)?>))*+"
)
_CLOSING = {"cdata": b"]]>", "comment": b"-->"}
_ROOT = re.compile(rb"<(?:[\w.-]+:)?([\w.-]+)([^>]{0,10000})")


@dataclass(frozen=True)
class XmlItem:
    """What stands before the first item, and an item; None where it is too long, or cut off."""

    head: bytes
    item: bytes | None
    why: str = ""


def root_name(head: bytes) -> str | None:
    """The name of the root of what begins as XML, without its prefix; None for what does not."""
    match = _root(head)
    return match[1].decode("ascii", "replace") if match else None


def root_attributes(head: bytes) -> bytes:
    """What the root's tag states, such as its namespaces."""
    match = _root(head)
    return match[2] if match else b""


def _root(head: bytes) -> re.Match[bytes] | None:
    if head[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        head = head.decode("utf-16", "replace").encode()
    prolog = _PROLOG.match(head)
    return _ROOT.match(head, prolog.end() if prolog else 0)


def whole(stream: BufferedReader) -> bytes:
    """All of a stream. Raises `BadArticle` for more than an article may have."""
    data = stream.read(MOST_IN_A_FILE + 1)
    if len(data) > MOST_IN_A_FILE:
        raise BadArticle(f"has more than {MOST_IN_A_FILE:,} bytes, the most for one item")
    return data


def items_of(stream: BufferedReader, name: str) -> Iterator[XmlItem]:
    """The elements `name` of a stream, each with its tags and what stands before the first of them.

    Tags within comments and CDATA are none. One item at a time is in memory.
    """
    before: list[bytes] = []
    head: bytes | None = None
    item: list[bytes] | None = None
    size = 0
    for text, kind in _signs(stream, name.encode()):
        if kind == "begin" and item is None:
            head, item, size = b"".join(before) if head is None else head, [], 0
        size += len(text)
        if item is None:
            before += [text] if head is None and size <= MOST_IN_A_FILE else []
            continue
        item += [text] if size <= MOST_IN_A_FILE else []
        if kind == "end":
            long = f"is longer than {MOST_IN_A_FILE:,} bytes, expected one article"
            yield (
                XmlItem(head or b"", None, long)
                if size > MOST_IN_A_FILE
                else XmlItem(head or b"", b"".join(item))
            )
            item = None
    if item is not None:
        yield XmlItem(head or b"", None, "is not closed: the file ends within it, as if it were cut off")


def _signs(stream: BufferedReader, name: bytes) -> Iterator[tuple[bytes, str]]:
    """The text of a stream in runs: an item's first tag ("begin"), its last ("end"), and others."""
    signs = re.compile(
        rb"(?P<cdata><!\[CDATA\[)|(?P<comment><!--)|(?P<begin><%b[\s>])|(?P<end></%b\s*>)" % (name, name)
    )
    unclosed = re.compile(rb"<!\[CDATA\[|<!--|<[^>]{0,40}\Z")  # what the next block may complete
    held, at = b"", 0
    while True:
        for begin, end, kind in _closed(signs, held, at):
            yield held[at:begin], "other"
            yield held[begin:end], kind
            at = end
        left_open = unclosed.search(held, at)
        end = left_open.start() if left_open and len(held) - at <= MOST_IN_A_FILE else len(held)
        yield held[at:end], "other"
        block = stream.read(max(_BLOCK, len(held) - end))
        if not block:
            yield held[end:], "other"
            return
        held, at = held[end:] + block, 0


def _closed(signs: re.Pattern[bytes], held: bytes, at: int) -> Iterator[tuple[int, int, str]]:
    """Where the signs of `held` begin and end, and their kinds; comments and CDATA that end there are others.

    Of those that do not end, the first alone is followed to the end of `held`, not each of a million.
    """
    unclosed = set[str]()
    while sign := signs.search(held, at):
        kind, at = sign.lastgroup or "other", sign.end()
        if closing := _CLOSING.get(kind):
            ends = -1 if kind in unclosed else held.find(closing, at)
            if ends < 0:
                unclosed.add(kind)
                continue
            kind, at = "other", ends + len(closing)
        yield sign.start(), at, kind

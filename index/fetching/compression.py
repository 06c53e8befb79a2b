"""Packed bytes into those that were packed, up to a limit."""

from __future__ import annotations

import zlib

from index.errors import FetchRefused
from index.fetching.limits import Deadline

_BLOCK = 1 << 16
_MOST_MEMBERS = 1_000  # of one page; empty ones cost time and unpack to nothing
_MOST_CODINGS = 2
OFFERED = "gzip, deflate"
_GZIP_OR_ZLIB, _RAW = zlib.MAX_WBITS | 32, -zlib.MAX_WBITS
_READ = {"gzip", "x-gzip", "deflate"}
_UNREAD = {"br", "zstd", "compress", "x-compress", "dcb", "dcz"}


def unpacked(body: bytes, codings: str, *, most_bytes: int, deadline: Deadline | None = None) -> bytes:
    """`body` without its content codings, as "Content-Encoding" lists them, first applied first.

    What is no compression ("identity", "utf-8") is passed over, as browsers do. Raises `FetchRefused` where
    it is damaged, unpacks to more than `most_bytes`, takes longer than there is time, or is packed in a way
    that was not offered.
    """
    named = [part.strip().lower() for part in codings.split(",")]
    for coding in named:
        if coding in _UNREAD:
            raise FetchRefused("encoding", f"is packed with {coding!r}, expected one of {OFFERED}")
    times = sum(coding in _READ for coding in named) if body else 0
    if times > _MOST_CODINGS:
        raise FetchRefused("encoding", f"is packed {times} times over, expected at most {_MOST_CODINGS}")
    for _ in range(times):
        body = inflated(body, most_bytes=most_bytes, deadline=deadline)
    return body


def inflated(body: bytes, *, most_bytes: int, deadline: Deadline | None = None) -> bytes:
    """What gzip (of one or several members) or deflate, with a head or without, has packed."""
    parts: list[bytes] = []
    at, left = 0, most_bytes
    while at < len(body):
        head = body[at : at + 2]
        raw = head != b"\x1f\x8b" and (head[0] & 0x0F != 8 or int.from_bytes(head) % 31 != 0)
        if raw and at:  # what follows the last member is filling
            break
        if len(parts) == _MOST_MEMBERS:
            raise FetchRefused("too-large", f"is packed in more than {_MOST_MEMBERS:,} parts, the most")
        member, at = _member(body, at, _RAW if raw else _GZIP_OR_ZLIB, most=left, deadline=deadline)
        parts.append(member)
        left -= len(member)
        if left < 0:
            raise FetchRefused("too-large", f"unpacks to more than {most_bytes:,} bytes, the most for a page")
    return b"".join(parts)


def _member(body: bytes, at: int, wbits: int, *, most: int, deadline: Deadline | None) -> tuple[bytes, int]:
    """What the member at `at` has packed, one byte more than `most` where it is more, and where it ends.

    Block by block: zlib copies what follows a member, all of the rest where it is given all.
    """
    packing = zlib.decompressobj(wbits)
    parts: list[bytes] = []
    left = most + 1
    while left and not packing.eof:
        if deadline:
            deadline.within(None)
        block = body[at : at + _BLOCK]
        if not block:
            raise FetchRefused("cut-off", "ends before the end of what is packed in it")
        try:
            parts.append(packing.decompress(block, left))
        except zlib.error as exc:
            raise FetchRefused("damaged", f"is damaged where it is packed: {exc}") from exc
        left -= len(parts[-1])
        at += len(block) - len(packing.unused_data)
    return b"".join(parts), at

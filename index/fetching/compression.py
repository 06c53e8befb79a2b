"""Packed bytes into those that were packed, up to a limit."""

from __future__ import annotations

import zlib

from index.errors import FetchRefused

OFFERED = "gzip, deflate"
_GZIP_OR_ZLIB, _RAW = zlib.MAX_WBITS | 32, -zlib.MAX_WBITS
_UNREAD = {"br", "zstd", "compress", "x-compress", "dcb", "dcz"}


def unpacked(body: bytes, codings: str, *, most_bytes: int) -> bytes:
    """`body` without its content codings, as "Content-Encoding" lists them, first applied first.

    What is no compression ("identity", "utf-8") is passed over, as browsers do. Raises `FetchRefused` where
    it is damaged, unpacks to more than `most_bytes`, or is packed in a way that was not offered.
    """
    for coding in reversed([part.strip().lower() for part in codings.split(",")]):
        if coding in _UNREAD:
            raise FetchRefused("encoding", f"is packed with {coding!r}, expected one of {OFFERED}")
        if coding in {"gzip", "x-gzip", "deflate"} and body:
            body = inflated(body, most_bytes=most_bytes)
    return body


def inflated(body: bytes, *, most_bytes: int) -> bytes:
    """What gzip (of one or several members) or deflate, with a head or without, has packed."""
    parts: list[bytes] = []
    left = most_bytes
    while body:
        raw = body[:2] != b"\x1f\x8b" and (body[0] & 0x0F != 8 or int.from_bytes(body[:2]) % 31 != 0)
        if raw and parts:  # what follows the last member is filling
            break
        member = zlib.decompressobj(_RAW if raw else _GZIP_OR_ZLIB)
        try:
            parts.append(member.decompress(body, left + 1))
        except zlib.error as exc:
            raise FetchRefused("damaged", f"is damaged where it is packed: {exc}") from exc
        left -= len(parts[-1])
        if left < 0:
            raise FetchRefused("too-large", f"unpacks to more than {most_bytes:,} bytes, the most for a page")
        if not member.eof:
            raise FetchRefused("cut-off", "ends before the end of what is packed in it")
        body = member.unused_data
    return b"".join(parts)

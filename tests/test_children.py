"""Frames of a child: whole, or not there."""

from __future__ import annotations

import asyncio
from io import BytesIO

import pytest

from index.children import framed, receive, received, send


@pytest.mark.parametrize("content", [b"", b"a", bytes(range(256)) * 300])
def test_a_frame_comes_back_whole_and_the_next_after_it(content: bytes) -> None:
    pipe = BytesIO()
    send(pipe, content)
    send(pipe, b"next")
    assert pipe.getvalue() == framed(content) + framed(b"next")
    pipe.seek(0)
    assert [receive(pipe), receive(pipe), receive(pipe)] == [content, b"next", None]


@pytest.mark.parametrize("length", range(len(framed(b"cut off"))))
def test_a_frame_that_is_cut_off_is_none(length: int) -> None:
    async def listened() -> bytes | None:
        pipe = asyncio.StreamReader()
        pipe.feed_data(whole[:length])
        pipe.feed_eof()
        return await received(pipe)

    whole = framed(b"cut off")
    assert receive(BytesIO(whole[:length])) is None
    assert asyncio.run(listened()) is None

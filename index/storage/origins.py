"""A body into the name of its origin, which copies of one text share."""

from __future__ import annotations

import hashlib
import re

_WORD = re.compile(r"[^\W_]+")


def origin_of(body: str) -> str:
    """The sha256 of the body's words without case: layout and punctuation do not count."""
    words = " ".join(_WORD.findall(body.casefold()))
    return hashlib.sha256(words.encode()).hexdigest()

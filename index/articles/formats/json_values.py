"""A stream of JSON into the values of a list in it, one in memory at a time."""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Iterator
from io import BufferedReader

from index.errors import BadArticle

MOST_IN_A_VALUE = 10_000_000  # bytes of one, as of a row of JSONL
_BLOCK = 1 << 18
_BETWEEN = re.compile(r"[\s,]*")


def values_of(stream: BufferedReader, *, under: str | None = None) -> Iterator[object]:
    """The members of the list `under` a key of the outer object; else of the outer list, or the values.

    Values may stand one after another, as in JSON Lines. Raises `BadArticle` where the text is no JSON, or
    one value is too long.
    """
    text = _Text(stream)
    listed = True
    if under is not None:
        text.go_behind(re.compile(rf'"{re.escape(under)}"\s*:\s*\['))
    else:
        listed = text.takes("[")
    while text.skip() and not (listed and text.takes("]")):
        yield text.value()


class _Text:
    """The text of a stream, of which no more is held than one value needs."""

    def __init__(self, stream: BufferedReader) -> None:
        self._stream = stream
        wide = stream.peek(2)[:2] in {codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE}
        self._decoder = codecs.getincrementaldecoder("utf-16" if wide else "utf-8-sig")(errors="replace")
        self._held, self._at, self._before, self._ended = "", 0, 0, False

    def skip(self) -> bool:
        """Go behind white space and commas; whether anything is left."""
        while True:
            match = _BETWEEN.match(self._held, self._at)
            self._at = match.end() if match else self._at
            if self._at < len(self._held):
                return True
            if not self._more():
                return False

    def takes(self, sign: str) -> bool:
        """Go behind a sign, if it is the next."""
        if self.skip() and self._held[self._at] == sign:
            self._at += 1
            return True
        return False

    def go_behind(self, pattern: re.Pattern[str]) -> None:
        """Go behind the first match."""
        while not (match := pattern.search(self._held)):
            if len(self._held) > MOST_IN_A_VALUE or not self._more():
                raise BadArticle(f"has no list where {pattern.pattern} is expected")
        self._at = match.end()

    def value(self) -> object:
        """The value that begins here."""
        decoder = json.JSONDecoder(strict=False)
        while True:
            try:
                value, end = decoder.raw_decode(self._held, self._at)
            except (RecursionError, ValueError) as exc:
                if not isinstance(exc, json.JSONDecodeError):
                    raise BadArticle(
                        "is nested too deep, or has a number too long, expected articles"
                    ) from exc
                if len(self._held) - self._at > MOST_IN_A_VALUE:
                    raise BadArticle(
                        f"has a value of more than {MOST_IN_A_VALUE:,} bytes, expected one article"
                    ) from exc
                # Read as much again as there is, so that a long value is not begun anew a hundred times.
                if not self._more(max(_BLOCK, len(self._held) - self._at)):
                    place = f"at character {self._before + exc.pos + 1:,}"
                    raise BadArticle(f"is not JSON: {exc.msg} {place}") from exc
            else:
                if end == len(self._held) and self._more():
                    continue  # a number may go on
                self._at = end
                return value

    def _more(self, size: int = _BLOCK) -> bool:
        """Read on, and let go of what is behind; whether there was more."""
        if self._ended:
            return False
        data = self._stream.read(size)
        self._ended = not data
        self._before += self._at
        self._held = self._held[self._at :] + self._decoder.decode(data, final=self._ended)
        self._at = 0
        return True

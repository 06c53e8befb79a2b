"""A masked body into words and stops with their places, for reading who is speaking."""

from __future__ import annotations

import re
from typing import NamedTuple

from bot.quotations import QUOTED
from bot.speech import ABBREVIATIONS
from index.records import Span

_TOKEN = re.compile(
    rf"{QUOTED}+(?:[,.!?…—–-]{QUOTED}*)?"  # a quotation with the stop at its end, inside or outside the marks
    rf"|(?:{'|'.join(sorted(ABBREVIATIONS))})\."
    r"|(?:[A-Z]\.)+"  # initials and U.S.
    r"|[^\W_]+(?:[’'.&\-][^\W_]+)*"
    r"|[^\s\w]"
)


class Token(NamedTuple):
    """A word, a stop or a whole quotation, at `body[start:end]`."""

    text: str
    start: int
    end: int

    @property
    def low(self) -> str:
        """The word in lower case, without a possessive ending."""
        return self.text.lower().removesuffix("’s").removesuffix("'s")

    @property
    def quoted(self) -> bool:
        """Whether it stands for a quotation."""
        return self.text.startswith(QUOTED)

    @property
    def stop(self) -> str:
        """The stop at the end of a quotation, or the token itself where it is a stop."""
        if self.quoted:
            return self.text.strip(QUOTED)
        return self.text if not self.text[0].isalnum() else ""

    @property
    def capital(self) -> bool:
        """Whether it is a word that begins with a capital letter."""
        return self.text[0].isupper()


def tokens(text: str, span: Span) -> list[Token]:
    """The tokens of `text[span.start:span.end]`, in order."""
    return [Token(found.group(), *found.span()) for found in _TOKEN.finditer(text, span.start, span.end)]


def sentences_of(words: list[Token]) -> list[list[Token]]:
    """The tokens of a paragraph, sentence by sentence.

    A quotation that ends in a full stop ends its sentence; one that ends in ? or ! does so unless a short
    "Lavrov asked." follows, which has no room for words of its own.
    """
    found: list[list[Token]] = []
    current: list[Token] = []
    for at, token in enumerate(words):
        current.append(token)
        if token.stop in tuple(".!?…") and not _goes_on(token, words[at + 1 :]):
            found.append(current)
            current = []
    return [*found, current] if current else found


def _goes_on(token: Token, rest: list[Token]) -> bool:
    if not rest or rest[0].quoted:
        return False
    if rest[0].text[0].islower() or rest[0].stop in (",", "—", "–") or rest[0].start == token.end:
        return True  # "D-Miss., chairman of", "5 p.m. on Sunday", "Oct.19"
    if token.stop == "." or not token.quoted:
        return False
    end = next((n for n, word in enumerate(rest) if word.stop in tuple(".!?,") or word.quoted), len(rest))
    return end <= 6

"""A masked body into words and stops with their places, for reading who is speaking."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from bot.language.words import word_set
from index.records import Span

# Stands for every quoted character in a masked body; canonical text holds no control characters.
QUOTED = "\x01"
_ABBREVIATIONS = word_set("grammar", "abbreviations")
_INITIALS = re.compile(r"(?:[A-Z]\.){2,}")  # "… in the U.S. The FBI …"
_OPENERS = frozenset(word.capitalize() for word in word_set("grammar", "not_names"))
_ENDS = frozenset(".!?…")
_PAUSES = frozenset(".!?,")
# Tokens of a sentence: who speaks in one is looked for from each of its verbs to all other words.
_LONGEST = 300
_ROOM = 6  # words that say whose a quotation is, without any of their own
_TOKEN = re.compile(
    rf"{QUOTED}+(?:[,.!?…—–-]{QUOTED}*)?"  # a quotation with the stop at its end, inside or outside the marks
    rf"|(?=[{''.join(sorted({word[0] for word in _ABBREVIATIONS}))}])(?:{'|'.join(sorted(_ABBREVIATIONS))})\."
    r"|\d{1,3}(?:,\d{3})+(?!\w)"  # one number
    r"|(?:[A-Z]\.)+"  # initials and U.S.
    r"|[^\W_]+(?:[’'.&\-][^\W_]+)*(?:(?<=s)’(?=\s\w))?"  # also "the skippers’ union"
    r"|[^\s\w]"
)


class Token(NamedTuple):
    """A word, a stop or a whole quotation, at `body[start:end]`.

    `low` is the word in lower case without a possessive ending, `stop` the stop at the end of a quotation or
    the token itself where it is a stop. `quoted`: it stands for a quotation; `capital`: it begins with one.
    """

    text: str
    start: int
    end: int
    low: str
    stop: str
    quoted: bool
    capital: bool


def tokens(text: str, span: Span) -> list[Token]:
    """The tokens of `text[span.start:span.end]`, in order."""
    # A tuple made so takes a third of the time that `Token(…)` takes; an article has 2,000.
    return [
        tuple.__new__(Token, (match[0], *match.span(), *_read(match[0])))
        for match in _TOKEN.finditer(text, span.start, span.end)
    ]


@lru_cache(maxsize=20_000)  # the words of a few hundred articles; each is asked for its parts 50 times
def _read(text: str) -> tuple[str, str, bool, bool]:
    """What a token says of itself, wherever it stands."""
    low = text.lower().removesuffix("’").removesuffix("’s").removesuffix("'s")
    if text.startswith(QUOTED):
        return low, text.strip(QUOTED), True, text[0].isupper()
    return low, "" if text[0].isalnum() else text, False, text[0].isupper()


def sentences_of(words: list[Token]) -> list[list[Token]]:
    """The tokens of a paragraph, sentence by sentence.

    A quotation that ends in a full stop ends its sentence; one that ends in ? or ! does so unless a short
    "Lavrov asked." follows, which has no room for words of its own. What goes on for 300 tokens is cut there.
    """
    found: list[list[Token]] = []
    current: list[Token] = []
    for at, token in enumerate(words):
        current.append(token)
        following = words[at + 1 : at + 2]
        ends = token.stop in _ENDS and not _goes_on(token, words[at + 1 : at + 2 + _ROOM])
        long = len(current) == _LONGEST
        if ends or long or (following and _INITIALS.fullmatch(token.text) and following[0].text in _OPENERS):
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
    end = next((n for n, word in enumerate(rest) if word.stop in _PAUSES or word.quoted), len(rest))
    return end <= _ROOM

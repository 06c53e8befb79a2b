"""Foreign words into what Telegram shows without doing anything: where it would make a link or a command.

Telegram itself turns addresses, @names, #tags, $TAGS, /commands, e-mail addresses, telephone and card numbers
in any text into something that can be tapped, whatever entities are sent along, but never inside `code` or a
link of ours: TDLib, which its Bot API server is built on, keeps what it is given before what it finds
(`merge_entities` in `MessageEntity.cpp`). So those stretches of foreign text are marked as `code`: the words
stay exactly what they are (an invisible character in between would make a quotation inexact), and a tap
copies them.

The patterns take more than Telegram does ("it.In" may be an address, "said.The" is none): a word in
another typeface does no harm, a link planted in an article does.
"""

from __future__ import annotations

import re

from index.canonical import one_line

_PATTERNS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"[a-z][a-z0-9+.-]*://\S+|(?:tg|ton|tonsite|mailto|tel|javascript|data):\S+",
        r"[\w.%+-]*@?(?:[\w-]+[.。．])+[^\W\d_]{2,}(?::\d+)?(?:[/?#]\S*)?",  # a domain, or mail to one
        r"\d{1,3}(?:\.\d{1,3}){3}(?::\d+)?(?:/\S*)?",
        r"\+\d[\d\s().-]{4,}\d|\d(?:[\s.-]?\d){8,}",  # telephones, cards
        r"[\w.%+-]*@\w[\w.-]*",
        r"#\w+(?:@\w+)?|\$[a-z]{1,8}(?!\w)(?:@\w+)?",
        r"(?<![\w/])/\w{1,64}(?:@\w+)?",
    )
)
_RIGHT_TO_LEFT = re.compile(
    "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
_ISOLATE, _END = "\u2068", "\u2069"


def tapped(text: str) -> list[tuple[int, int]]:
    """Where Telegram may find something to tap, as spans in order; neighbours are one."""
    found = sorted(match.span() for pattern in _PATTERNS for match in pattern.finditer(text))
    spans: list[tuple[int, int]] = []
    for start, end in found:
        if spans and not text[spans[-1][1] : start].strip():
            spans[-1] = (spans[-1][0], max(spans[-1][1], end))
        else:
            spans.append((start, end))
    return spans


def named(text: str) -> str:
    """A title or a name in one line, without what turns text round; right-to-left ones in an isolate.

    An isolate keeps a Hebrew title from reordering the number and the date beside it.
    """
    line = one_line(text)
    return f"{_ISOLATE}{line}{_END}" if _RIGHT_TO_LEFT.search(line) else line

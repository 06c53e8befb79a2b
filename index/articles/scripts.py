"""Text that was read in an encoding into how much it looks like what is written in it: Russian, Hebrew."""

from __future__ import annotations

import re
from typing import NamedTuple

_HEBREW = re.compile(r"(?<![a-zA-Z\u0590-\u05ff])[א-ת]{2,}(?![a-zA-Z\u0590-\u05ff])")
_FINAL = re.compile("[ךםןףץ]")  # these end a word, and stand nowhere else in it
_BRACKETS = str.maketrans("()[]{}<>«»", ")(][}{><»«")
_SEGMENT = re.compile(r"<[^<>]*>|[^<>\n]+")
# What reads from left to right within a line of Hebrew: numbers, Latin words, a page's entities.
_LEFT_TO_RIGHT = re.compile(r"&#?\w+;|[0-9A-Za-z](?:[0-9A-Za-z.,:/%@_'’&+-]*[0-9A-Za-z%])?")


class Hebrew(NamedTuple):
    """How much a text is Hebrew, 0 to 1, and whether its lines are stored from their end to the beginning."""

    share: float
    visual: bool


def hebrew(text: str) -> Hebrew:
    """What share of the characters beyond ASCII are words of Hebrew, whose final letters stand at one end.

    Russian and Greek read as Hebrew have them everywhere: their о is a final nun.
    """
    words: list[str] = _HEBREW.findall(text)
    beyond = sum(c > "\x7f" and c.isalnum() for c in text)
    if not words or not beyond:
        return Hebrew(0.0, False)
    right = [word for word in words if not _FINAL.search(word[:-1])]
    turned = [word for word in words if not _FINAL.search(word[1:])]
    visual = len(turned) > len(right)
    return Hebrew(sum(map(len, turned if visual else right)) / beyond, visual)


def in_reading_order(text: str) -> str:
    """Hebrew that is stored as it is seen, each line from left to right, in the order in which it is read."""
    return _SEGMENT.sub(lambda found: _turned(found[0]), text)


def _turned(line: str) -> str:
    if line.startswith("<") or not re.search("[א-ת]", line):
        return line
    parts, at = [], 0
    for run in _LEFT_TO_RIGHT.finditer(line):
        parts += [line[at : run.start()][::-1].translate(_BRACKETS), run[0]]
        at = run.end()
    return "".join([line[at:][::-1].translate(_BRACKETS), *reversed(parts)])


def russian(text: str) -> float:
    """How many of the characters beyond ASCII are the ten commonest letters of Russian: 0.6 in Russian.

    0 where words mix them with Latin letters, as "cafй" for "café" in cp1251; less where lower case comes
    before upper, as KOI8 read as cp1251 has it.
    """
    words: list[str] = [
        word for word in re.findall(r"[^\W\d_]+", text) if len(word) > 1 and not word.isascii()
    ]
    beyond = sum(c > "\x7f" for c in text)
    if not words or sum(re.search("[a-zA-Z]", word) is None for word in words) < 0.6 * len(words):
        return 0.0
    usual_case = sum(word.islower() or word.isupper() or word.istitle() for word in words) / len(words)
    commonest = sum(c in "оеаинтсрвл" for c in text.lower())
    return usual_case * commonest / beyond


def is_foreign(sample: bytes) -> bool:
    """Whether half of the words with bytes beyond ASCII have no others: not so in any Latin script."""
    words = re.findall(rb"[a-zA-Z\x80-\xff]*[\x80-\xff][a-zA-Z\x80-\xff]+", sample)
    return 2 * sum(not re.search(rb"[a-zA-Z]", word) for word in words) > len(words) or (
        sum(byte > 127 for byte in sample) > 0.4 * len(sample)  # Shift-JIS and GB18030 use ASCII bytes too
    )


def western(data: bytes) -> str:
    """cp1252, unless it would put signs into words, as for Polish in cp1250, or take Turkish for Icelandic.

    charset-normalizer reads French and Spanish of this length as cp1250.
    """
    text = data.decode("cp1252", errors="replace")
    if re.search("[a-zA-Z][¹³¿¼¾ºª][a-zA-Z]", text):
        return "cp1250"
    return "cp1254" if re.search("[ðþý]", text) and not re.search("[áæúó]", text, re.IGNORECASE) else "cp1252"

"""The marks where a shortening joins two words that it keeps: which may stand there, for what stood there.

Between neighbours the same marks. Where words went from between them, the mark that stood on one side; two
commas, dashes or brackets go only together, with the one part that they enclose.
"""

from __future__ import annotations

import re
from collections.abc import Sequence, Set

from bot.language.words import word_set
from bot.proof.tokens import SentenceWord
from bot.speaking.speech import is_person
from bot.speaking.verbs import VERBS

_DENYING = word_set("lexicon", "negations") | {"n't"}
_DOT = re.compile(r"\.(?!\.)")  # that of an abbreviation: it belongs to the word before
_ENDS_PART = (";", ":", ")", "]")
_CLOSED_BY = {"(": ")", "[": "]"}


def joints(
    words: Sequence[SentenceWord], start: int, end: int, *, owner: Set[int] = frozenset()
) -> frozenset[str]:
    """The marks that may stand between `words[start - 1]` and `words[end]` where what is between them goes.

    `owner` are words that say whose statement it is, which may go in any number of parts.
    """
    if start == end:
        return frozenset((words[end].marks,))
    inner = [n for n in range(start + 1, end) if words[n].marks not in ("", ".")]
    dot = "." if _DOT.match(words[start].marks) else ""
    left, right = (_DOT.sub("", words[n].marks, count=1) for n in (start, end))
    if inner and not owner >= {*range(start, end)}:
        if len(inner) > 1 or "" not in _joined(left, words[inner[0]].marks):
            return frozenset()
        left = ""  # one part, and a word or two behind it: "…, who speaks for it, also | accused"
    joined = _joined(left, right)
    if words[start].marks and (_denies(words, start) or _is_cut(words, start, end)):
        joined -= {""}
    return frozenset(dot + marks for marks in joined)


def closes_name(words: Sequence[SentenceWord], head: int, at: int) -> bool:
    """Whether a comma ends a name whose role before it went: "[The mayor,] Anna Lund, | resigned"."""
    role = head > 0 and words[head].marks == "," and is_person(words[head - 1].low)
    name = all(not word.marks for word in words[head + 1 : at])
    return role and name and words[at].marks == "," and not is_inserted(words, at)


def is_inserted(words: Sequence[SentenceWord], at: int) -> bool:
    """Whether what follows says only who says the rest: "The mayor, Anna Lund, | says Moe, is corrupt"."""
    end = next((n for n in range(at + 1, len(words)) if words[n].marks), None)
    told = {word.low for word in words[at:end]}
    return end is not None and not VERBS.isdisjoint(told) and "that" not in told


def _joined(left: str, right: str) -> frozenset[str]:
    """What may stand for the marks on both sides of what goes."""
    if left + right in ("", "--"):
        return frozenset(("",))
    if "-" in left + right:
        return frozenset()
    if not left or not right:
        return frozenset((left + right,))
    if left == right == ",":
        return frozenset(("", ","))
    if left == "," and right.startswith(_ENDS_PART):
        return frozenset((right,))
    return frozenset((right[1:],)) if right[0] == _CLOSED_BY.get(left) else frozenset()


def _denies(words: Sequence[SentenceWord], end: int) -> bool:
    """Whether the part before a mark denies: "No, he said, more will come" is not "no more will come"."""
    start = next((n for n in range(end - 1, 0, -1) if words[n].marks), 0)
    return any(word.low in _DENYING for word in words[start:end])


def _is_cut(words: Sequence[SentenceWord], start: int, end: int) -> bool:
    """Whether a quotation is interrupted here, whose own comma that may be: "“Not I,” he said, “but you”"."""
    return words[start - 1].quoted and words[end].quoted and not all(one.quoted for one in words[start:end])

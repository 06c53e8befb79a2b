"""A quotation that stands nowhere and a body into the words of the body that it comes nearest to."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import pairwise

from bot.checking.normal import MARKS
from bot.checking.records import WordChange
from index.letters import folded
from index.records import Span

_WORD = re.compile(r"\d+(?:[.,:]\d+)*|[^\W_]+(?:['’‘][^\W_]+)*")
_SIGN = re.compile(rf"{_WORD.pattern}|[^\w\s]")
_LONGER = 1.5  # how much longer than a quotation the words may be that it was made of
_MORE = 10
_RUN = 2  # words that agree one after another: a single one says nothing


@dataclass(frozen=True)
class QuoteWord:
    """A word as it is compared, and where it stands."""

    key: str
    span: Span


@dataclass(frozen=True)
class QuoteRun:
    """Words `asked` to `asked + size` of a quotation, which are those from `there` on of a body."""

    asked: int
    there: int
    size: int

    @property
    def end(self) -> int:
        """The first word of the quotation behind it."""
        return self.asked + self.size


def words_at(text: str) -> list[QuoteWord]:
    """The words of a text; case and the kind of an apostrophe do not matter."""
    return [QuoteWord(_key(found[0]), Span(*found.span())) for found in _WORD.finditer(text)]


@lru_cache(maxsize=100_000)
def _key(word: str) -> str:
    return folded(word).replace("’", "'").replace("‘", "'")


def runs(asked: Sequence[QuoteWord], body: Sequence[QuoteWord]) -> list[QuoteRun]:
    """The runs of two words and more that agree, in the part of a body that has most pairs of them."""
    window = _window([one.key for one in asked], [one.key for one in body])
    if window is None:
        return []
    theirs = [one.key for one in body[window.start : window.end]]
    blocks = SequenceMatcher(None, [one.key for one in asked], theirs, autojunk=False).get_matching_blocks()
    return [QuoteRun(a, window.start + b, size) for a, b, size in blocks if size >= min(_RUN, len(asked))]


def _window(asked: Sequence[str], body: Sequence[str]) -> Span | None:
    """Where most pairs of words of a quotation stand in a body, with as many words around as may belong."""
    pairs = set(pairwise(asked))
    hits = [n for n, pair in enumerate(pairwise(body)) if pair in pairs]
    if not hits:
        return None
    width = round(len(asked) * _LONGER) + _MORE
    best, first = (0, 0), 0
    for last, at in enumerate(hits):
        while at - hits[first] > width:
            first += 1
        best = max(best, (last - first + 1, -first))
    start = hits[-best[1]]
    end = hits[-best[1] + best[0] - 1] + 2
    return Span(max(0, start - len(asked)), min(len(body), max(end, start + 1) + len(asked)))


def changes(text: str, body: str, *, asked: Span, there: Span) -> tuple[WordChange, ...]:
    """Where `text[asked]` and `body[there]` differ, word by word and sign by sign, in order."""
    mine, theirs = _signs(text, asked), _signs(body, there)
    matcher = SequenceMatcher(None, [one.key for one in mine], [one.key for one in theirs], autojunk=False)
    found = []
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind != "equal":
            here, other = _around(mine[a:b], mine, a, text), _around(theirs[c:d], theirs, c, body)
            name = {"replace": "changed", "delete": "added", "insert": "left_out"}[kind]
            found.append(WordChange(name, here, other))  # type: ignore[arg-type]
    return tuple(found)


def _signs(text: str, span: Span) -> list[QuoteWord]:
    kinds = str.maketrans(dict.fromkeys(MARKS, "'"))
    return [
        QuoteWord(found[0].translate(kinds), Span(*found.span()))
        for found in _SIGN.finditer(text, span.start, span.end)
    ]


def _around(own: Sequence[QuoteWord], every: Sequence[QuoteWord], at: int, text: str) -> Span:
    """From the first to the last of some words; an empty span where there are none."""
    if own:
        return Span(own[0].span.start, own[-1].span.end)
    place = every[at].span.start if at < len(every) else every[-1].span.end if every else 0
    return Span(place, place)

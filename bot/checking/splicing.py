"""A quotation into the pieces it was put together of: each stands somewhere, two of them not together."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from bot.answering.ports import Bodies
from bot.checking.aligning import QuoteRun, QuoteWord, words_at
from bot.checking.nearest import Alignment, aligned
from bot.checking.normal import MARKS
from bot.checking.records import QuotePlace, SplicedPiece
from bot.checking.searching import by_origin, word_for_word
from index.records import Span

_PIECE, _ELSEWHERE = 4, 5  # words of a piece, at least; of one from another article
_WHOLE = 3  # words of a piece that is a whole sentence, here and there
_JOINT = 2  # words at a joint that may be of nobody ("and")
_APART = 12  # words between two runs: what leaves out fewer within a sentence altered it
_SENTENCE = 4  # words between two runs, where a sentence ends among them
_STOPS = tuple(".!?…")
_ENDS = re.compile(r"[.!?…][\"'”’»)\]]*\s|\n\s*\n")


def pieces(archive: Bodies, text: str, found: Alignment | None) -> tuple[SplicedPiece, ...]:
    """The pieces of a quotation in its order, two at least; none where it was not spliced.

    `found` is the body that has most of it. Each piece stands word for word somewhere; hardly a word is left.
    """
    asked = words_at(text)
    if found is None or not found.runs:
        return ()
    groups = _together(found)
    for one in dict.fromkeys((_parts(groups, asked, text), _parts(map(_core, groups), asked, text))):
        if len(one) > 1 and (told := _told(archive, text, [_span(asked, part) for part in one], found)):
            return told
    return ()


def _told(archive: Bodies, text: str, parts: Sequence[Span], found: Alignment) -> tuple[SplicedPiece, ...]:
    """The pieces that parts of a quotation are; none where words are left over."""
    told = [piece for part in parts for piece in _pieces_of(archive, text, part, found)]
    left = len(words_at(text)) - sum(len(words_at(text[one.asked.start : one.asked.end])) for one in told)
    return tuple(told) if len(told) > 1 and left <= _JOINT * (len(told) - 1) else ()


def _span(words: Sequence[QuoteWord], part: Span) -> Span:
    """Some words as the letters from the first to the last."""
    return Span(words[part.start].span.start, words[part.end - 1].span.end)


def _pieces_of(archive: Bodies, text: str, part: Span, found: Alignment) -> list[SplicedPiece]:
    """What a part of a quotation is: a piece, several, or none that stands anywhere."""
    if _is_sentence(text, part):
        alike = by_origin(word_for_word(archive, text[part.start : part.end]))
        if whole := next((one for one in alike if _is_sentence(one.article.body, one.span)), None):
            return [SplicedPiece(part, whole)]
    for span in _trimmed(text, part):
        if place := _place(archive, text[span.start : span.end], found):
            return [SplicedPiece(span, place)]
    if part == Span(0, len(text)):
        return []
    inner = text[part.start : part.end]
    if len(words_at(inner)) < 2 * _PIECE or len(inner) >= len(text.strip()):
        return []
    return [
        SplicedPiece(Span(part.start + one.asked.start, part.start + one.asked.end), one.place)
        for one in pieces(archive, inner, aligned(archive, inner))
    ]


def _trimmed(text: str, part: Span) -> list[Span]:
    """A part, and without one word at either end, which may belong to the joint."""
    words = words_at(text[part.start : part.end])
    spans = [(0, len(words)), (1, len(words)), (0, len(words) - 1)]
    return [
        Span(part.start + words[a].span.start, part.start + words[b - 1].span.end)
        for a, b in spans
        if b - a >= _PIECE
    ]


def _place(archive: Bodies, words: str, found: Alignment) -> QuotePlace | None:
    """Where a piece stands, in the article of `found` first; a short one nowhere else."""
    places = by_origin(word_for_word(archive, words))
    own = next((one for one in places if one.origin == found.stored.origin), None)
    return own or (places[0] if places and len(words_at(words)) >= _ELSEWHERE else None)


def _parts(groups: Iterable[Sequence[QuoteRun]], asked: Sequence[QuoteWord], text: str) -> tuple[Span, ...]:
    """The parts of a quotation, as the numbers of its words: what stands together, and the rest."""
    kept = [Span(group[0].asked, group[-1].end) for group in groups if _words(group) >= _PIECE]
    edges = [0, *(edge for one in kept for edge in one), len(asked)]
    between = [Span(a, b) for a, b in zip(edges[::2], edges[1::2], strict=True) if a < b]
    rest = [one for one in between if one.end - one.start >= _least(text, _span(asked, one))]
    return tuple(sorted([*kept, *rest]))


def _least(text: str, span: Span) -> int:
    """How many words a part must have at least, to be looked for."""
    return _WHOLE if _is_sentence(text, span) else _PIECE


def _is_sentence(text: str, span: Span) -> bool:
    """Whether words are whole sentences of a text, without the stop at their end."""
    before = text[: span.start].rstrip(f"{MARKS} \n")
    return before[-1:] in ("", *_STOPS) and text[span.end : span.end + 1] in _STOPS


def _core(group: Sequence[QuoteRun]) -> Sequence[QuoteRun]:
    """A group without the short runs at its ends, which may be another piece's that has the same words."""
    long = [number for number, run in enumerate(group) if run.size >= _PIECE]
    return group[long[0] : long[-1] + 1] if long else group


def _words(group: Sequence[QuoteRun]) -> int:
    return sum(run.size for run in group)


def _together(found: Alignment) -> list[list[QuoteRun]]:
    """The runs, grouped by what stands together."""
    groups = [[found.runs[0]]]
    for one, other in pairwise(found.runs):
        if _apart(found.words, found.stored.article.body, one, other):
            groups.append([other])
        else:
            groups[-1].append(other)
    return groups


def _apart(words: Sequence[QuoteWord], body: str, one: QuoteRun, other: QuoteRun) -> bool:
    last, first = one.there + one.size, other.there
    between = body[words[last - 1].span.end : words[first].span.start]
    ends = first - last >= _SENTENCE and _ENDS.search(between) is not None
    return other.asked - one.end >= _PIECE or first - last > _APART or ends

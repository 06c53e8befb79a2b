"""An article into passages: runs of whole sentences that the encoder sees whole."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from index.dates import in_words
from index.encoding.encoder import Encoder
from index.errors import EncoderError
from index.records import Article, Passage, Span
from index.sentences import sentence_spans

# Tokens of text a passage aims at. As much as MiniLM sees: on RealTimeQA the answer's words are in the first
# passage for 0.64 of the questions (0.61 at 128), among five for 0.87 (0.83); right articles are found alike.
DEFAULT_TARGET = 230

# Special tokens around a text: every encoder counts two into its max_tokens (see `index.encoding.reference`).
_SPECIALS = 2
_LEAST_ROOM = 16

# Letters that count as one token at least. English has 4 to 5 a token; a "word" of 10,000 letters is a
# single unknown token to MiniLM, and without this the whole of it would be one passage.
_LETTERS_A_TOKEN = 16

# A title is cut to this many bytes of UTF-8 for the encoder: 160 Latin letters (news titles have 40 to
# 110), or 80 of another script, where a letter is often a token. A token is at least a byte, so that even
# the worst title leaves MiniLM more than 80 of its 256 tokens for the text.
_TITLE_BYTES = 160

# What it costs to end a passage elsewhere than after a paragraph, in the unit of the cost of size: 0.06 is
# a passage a quarter longer or shorter than the target. Right after a heading is worse than anywhere: it
# belongs to what follows.
_WITHIN_PARAGRAPH = 0.06
_AFTER_HEADING = 0.5

_CLAUSE = re.compile(r"[,;:…—–՝]\s+|\s[—–-]\s")
_SPACE = re.compile(r"\s+")
_TERMINAL = re.compile(r"[.!?…։。！？:;,]\W*$")


@dataclass(frozen=True)
class _Unit:
    """A sentence, or a part of one that is too long; `size` in tokens (see `_LETTERS_A_TOKEN`)."""

    span: Span
    size: int
    end_cost: float


def passage_input(article: Article, text: str) -> str:
    """What the encoder is given for a passage: title (cut if very long), date in words, text; a line each."""
    lines = (_short_title(article.title), in_words(article.published), text)
    return "\n".join(line for line in lines if line)


def split(
    article: Article, encoder: Encoder, *, target_tokens: int = DEFAULT_TARGET, overlap: int = 0
) -> list[Passage]:
    """The passages of an article, in order; every character of its body but white space is in one.

    `passage_input` of each has at most `encoder.max_tokens` tokens, special ones included. Passages have
    about `target_tokens` of text, and end with a paragraph where that costs little. A sentence too long
    for the encoder is cut between clauses, words or, at worst, letters. `overlap` is how many sentences a
    passage repeats of the one before, as far as there is room.

    Raises EncoderError when title and date alone leave the encoder no room.
    """
    room = _room(article, encoder)
    units = _units(article, encoder, room)
    cuts = _best_cuts(units, target=min(target_tokens, room), room=room)
    runs = _runs(units, cuts, overlap=overlap, room=room)
    return [_passage(article, i, run) for i, run in enumerate(_proved(article, encoder, runs, room=room))]


def _room(article: Article, encoder: Encoder) -> int:
    """How many tokens are left for text."""
    (taken,) = encoder.count_tokens([passage_input(article, "")])
    room = encoder.max_tokens - _SPECIALS - taken
    if room < _LEAST_ROOM:
        raise EncoderError(
            f"article {article.id}: title and date take {taken} of the {encoder.max_tokens} tokens that "
            f"{encoder.name} sees; expected at least {_LEAST_ROOM + _SPECIALS} to be left for text"
        )
    return room


def _units(article: Article, encoder: Encoder, room: int) -> list[_Unit]:
    """The sentences with their sizes and what ending a passage after each costs; long ones in parts."""
    spans = sentence_spans(article.body, language=article.language)
    sized = _within(article.body, spans, encoder, room)
    ends = [*(span.start for span, _ in sized), len(article.body)][1:]
    return [
        _Unit(span, size, _end_cost(article.body, span, following))
        for (span, size), following in zip(sized, ends, strict=True)
    ]


def _within(body: str, spans: Sequence[Span], encoder: Encoder, room: int) -> list[tuple[Span, int]]:
    """The spans, each cut until no part is larger than `room`, with the size of each."""
    parts = [part for span in spans for part in _by_letters(body, span, room * _LETTERS_A_TOKEN)]
    sized = list(zip(parts, _sizes(body, parts, encoder), strict=True))
    halves = [half for span, size in sized if size > room for half in _halves(body, span)]
    if not halves:
        return sized
    return sorted([one for one in sized if one[1] <= room] + _within(body, halves, encoder, room))


def _sizes(body: str, spans: Sequence[Span], encoder: Encoder) -> list[int]:
    counts = encoder.count_tokens([body[a:b] for a, b in spans])
    return [max(count, -(-(b - a) // _LETTERS_A_TOKEN)) for (a, b), count in zip(spans, counts, strict=True)]


def _by_letters(body: str, span: Span, limit: int) -> list[Span]:
    """The span in parts of at most `limit` letters, cut from the left."""
    parts: list[Span] = []
    start, end = span
    while end - start > limit:
        cut = _cut(body, start + limit // 2, start + limit, prefer=start + limit)
        parts.extend(_trimmed(body, start, cut))
        start = cut
    parts.extend(_trimmed(body, start, end))
    return parts


def _halves(body: str, span: Span) -> list[Span]:
    """The span in two, cut near its middle."""
    quarter = (span.end - span.start) // 4
    low, high = span.start + max(1, quarter), span.end - max(1, quarter)
    cut = _cut(body, low, max(low, high), prefer=(span.start + span.end) // 2)
    return [*_trimmed(body, span.start, cut), *_trimmed(body, cut, span.end)]


def _cut(body: str, low: int, high: int, *, prefer: int) -> int:
    """Where to cut from `low` to `high`, near `prefer`: after a clause, else a word, else anywhere."""
    for boundary in (_CLAUSE, _SPACE):
        ends = [match.end() for match in boundary.finditer(body, low, high)]
        if ends:
            return min(ends, key=lambda end: abs(end - prefer))
    return prefer


def _trimmed(body: str, start: int, end: int) -> list[Span]:
    """The span without white space at its ends, or nothing where there is nothing else."""
    inner = body[start:end].strip()
    first = start + len(body[start:end]) - len(body[start:end].lstrip())
    return [Span(first, first + len(inner))] if inner else []


def _end_cost(body: str, span: Span, following: int) -> float:
    """What ending a passage after this sentence costs."""
    if "\n" not in body[span.end : following] and following < len(body):
        return _WITHIN_PARAGRAPH
    heading = span.end - span.start < 100 and not _TERMINAL.search(body, span.start, span.end)
    return _AFTER_HEADING if heading and following < len(body) else 0.0


def _best_cuts(units: Sequence[_Unit], *, target: int, room: int) -> list[int]:
    """The indices between which the passages lie, from 0 to len(units), that cost the least in all.

    A passage costs (size / target - 1)² and what its end costs. Every cut's cheapest way is found from
    those before it, as in Knuth & Plass, "Breaking Paragraphs into Lines" (1981); len(units) × units a
    passage steps.
    """
    best, came = [0.0], [0]
    for end, unit in enumerate(units, start=1):
        size, cheapest, where = 0, float("inf"), end - 1
        for start in range(end - 1, -1, -1):
            size += units[start].size
            if size > room and start < end - 1:
                break
            cost = best[start] + (size / target - 1) ** 2
            if cost < cheapest:
                cheapest, where = cost, start
        best.append(cheapest + unit.end_cost)
        came.append(where)
    cuts = [len(units)]
    while cuts[-1] > 0:
        cuts.append(came[cuts[-1]])
    return cuts[::-1]


def _runs(units: Sequence[_Unit], cuts: Sequence[int], *, overlap: int, room: int) -> list[Sequence[_Unit]]:
    """The units between the cuts, each run with up to `overlap` of the one before, but never all of it."""
    runs: list[Sequence[_Unit]] = []
    earliest = 0
    for start, end in pairwise(cuts):
        size = sum(unit.size for unit in units[start:end])
        before = accumulate(unit.size for unit in reversed(units[max(earliest, start - overlap) : start]))
        runs.append(units[start - sum(size + added <= room for added in before) : end])
        earliest = start + 1
    return runs


def _proved(
    article: Article, encoder: Encoder, runs: Sequence[Sequence[_Unit]], *, room: int
) -> list[Sequence[_Unit]]:
    """The runs, those halved whose whole input is counted to be larger than its sentences together.

    MiniLM's tokenizer starts anew at every space, so that there the sum is exact; others may differ by a
    token a sentence, so runs that leave as much room need no counting.
    """
    tight = [run for run in runs if sum(unit.size for unit in run) + len(run) > room]
    texts = [passage_input(article, article.body[run[0].span.start : run[-1].span.end]) for run in tight]
    most = encoder.max_tokens - _SPECIALS
    large = [run for run, count in zip(tight, encoder.count_tokens(texts), strict=True) if count > most]
    if not large:
        return list(runs)
    finer = [part for run in runs for part in (_halved(article, run, room) if run in large else [run])]
    return _proved(article, encoder, finer, room=room)


def _halved(article: Article, run: Sequence[_Unit], room: int) -> list[Sequence[_Unit]]:
    """The run in two, its sentence too where it is one; what the halves of a sentence have is not known."""
    if len(run) > 1:
        return [run[: len(run) // 2], run[len(run) // 2 :]]
    return [[_Unit(part, room, 0.0)] for part in _halves(article.body, run[0].span)]


def _passage(article: Article, number: int, run: Sequence[_Unit]) -> Passage:
    start, end = run[0].span.start, run[-1].span.end
    return Passage(
        article=article.id,
        revision=article.revision,
        number=number,
        start=start,
        end=end,
        text=article.body[start:end],
        sentences=tuple(unit.span for unit in run),
    )


def _short_title(title: str) -> str:
    """The title, whole unless it is very long; then cut after a word where there is one."""
    raw = title.encode()
    if len(raw) <= _TITLE_BYTES:
        return title
    cut = raw[:_TITLE_BYTES].decode(errors="ignore")
    return cut.rsplit(None, 1)[0] if len(cut.split()) > 1 else cut

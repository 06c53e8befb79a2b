"""A body into the spans of its sentences.

Lines are told apart here, because a news body's lines carry meaning (paragraphs, headings, items of lists,
or mere wrapping at 72 columns); within a paragraph `sentencex` (Wikimedia, MIT) finds the sentences: exact
offsets, 30 MB/s, rules for many languages. The repairs after it are the faults that it showed on news.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from index.records import Span

_LINE = re.compile(r"[^\n]+")

# An end of a sentence, with the quotes and brackets that may close after it.
_ENDED = re.compile(r"[.!?…։։。！？:;][\"'”’»)\]]*$")

# What may open a line that begins a new item whatever the line before says.
_ITEM = re.compile(r"[-–—•*·▪●◦■]\s|\(?\d{1,3}[.)]\s|[“\"«„]")

# Marks that belong to the sentence before them when they come to stand first.
_CLOSING = re.compile(r"[\s”’»)\]…]+")

_WORD = re.compile(r"\w")
_FIRST_WORD = re.compile(r"\W*(\w+)")

# Titles and the like, after which no sentence ends though a capital follows.
_BEFORE_NAMES = re.compile(
    r"(?:^|[\s(“\"«‘'])(?:Dr|Mr|Mrs|Ms|Messrs|Mx|Prof|Rev|Fr|Hon|St|Gen|Lt|Col|Maj|Capt|Cmdr|Adm|Sgt|Cpl|Pvt|Brig|Gov|"
    r"Sen|Rep|Reps|Sens|Pres|Supt|Insp|Det|Amb|Sec|Mt|Ft|vs|No|Nos|[^\W\d_]|Т\. е|т\. е|г|ул|им|küç)\.$"
)


def sentence_spans(text: str, *, language: str | None = None) -> list[Span]:
    """The sentences of `text`, in order, not overlapping, without the white space around them.

    Every character but white space is in one of them. A paragraph always ends a sentence, and so does a
    line, unless the text is wrapped; a quotation stays with the words that say whose it is. `language` is
    a code such as "ru" or "en-GB"; None is told from the script.
    """
    spans: list[Span] = []
    for start, end in _paragraphs(text):
        block = text[start:end].replace("\n", " ")
        code = _language(block, language)
        spans.extend(Span(start + a, start + b) for a, b in _repaired(block, _pieces(block, code)))
    return spans


def _paragraphs(text: str) -> Iterator[Span]:
    """Runs of lines that belong together: one line, or several where the text is merely wrapped."""
    run: list[Span] = []
    for match in _LINE.finditer(text):
        line = Span(*match.span())
        if run and not (text[run[-1].end : line.start] == "\n" and _continues(text, run, line)):
            yield Span(run[0].start, run[-1].end)
            run = []
        run.append(line)
    if run:
        yield Span(run[0].start, run[-1].end)


def _continues(text: str, run: list[Span], line: Span) -> bool:
    """Whether a line goes on with the sentence that the line before began."""
    before, this = text[run[-1].start : run[-1].end].rstrip(), text[line.start : line.end].lstrip()
    if not before or not this or _ENDED.search(before) or _ITEM.match(this):
        return False
    return this[0].islower() or _wrapped(text, run, line)


def _wrapped(text: str, run: list[Span], line: Span) -> bool:
    """Whether the line before is as long as a wrapped line is: the next word would not have fitted."""
    longest = max(len(text[one.start : one.end].rstrip()) for one in run)
    first = len(text[line.start : line.end].split(maxsplit=1)[0])
    return 50 <= longest <= 100 and run[-1].end - run[-1].start + 1 + first > longest


def _pieces(block: str, language: str) -> list[Span]:
    """What sentencex calls sentences."""
    import sentencex  # type: ignore[import-untyped]

    found = sentencex.get_sentence_boundaries(language, block)
    return [Span(one["start_index"], one["end_index"]) for one in found]


def _repaired(block: str, pieces: list[Span]) -> list[Span]:
    """The pieces with closing marks given back, false ends undone and white space left out."""
    spans: list[Span] = []
    for piece in pieces:
        closing = _CLOSING.match(block, *piece) if spans else None
        if closing:
            spans[-1] = _stripped(block, spans[-1].start, closing.end())
        span = _stripped(block, closing.end() if closing else piece.start, piece.end)
        if span.start == span.end:
            continue
        if spans and _false_end(block, spans[-1], span):
            span = Span(spans.pop().start, span.end)
        spans.append(span)
    return spans


def _false_end(block: str, before: Span, span: Span) -> bool:
    """Whether two pieces are one sentence."""
    this, last = block[span.start : span.end], block[before.start : before.end]
    if not _WORD.search(this) or not _WORD.search(last):
        return True
    first = _FIRST_WORD.match(this)
    return bool(_BEFORE_NAMES.search(last)) or (first is not None and first[1].islower())


def _stripped(text: str, start: int, end: int) -> Span:
    """A span without the white space at its ends; empty when there is nothing else."""
    piece = text[start:end]
    inner = piece.strip()
    first = start + len(piece) - len(piece.lstrip())
    return Span(first, first + len(inner))


def _language(block: str, language: str | None) -> str:
    """The code whose rules to use: what is told, else by the script."""
    if language:
        return language
    if re.search(r"[\u0531-\u058f]", block):
        return "hy"
    return "ru" if re.search(r"[\u0400-\u04ff]", block) else "en"

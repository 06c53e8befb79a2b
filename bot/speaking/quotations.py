"""A body into its quotations: where someone's own words begin and end, also over several paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from bot.language.tokens import QUOTED
from bot.speaking.speech import NEWS_WORDS, is_body, singular
from index.records import Span

OPENING = "“«„"
CLOSING = {"“": '”"“', "«": "»", "„": '“”"', '"': '"”'}

# A blank line parts paragraphs; a single line end does so after a finished sentence only, because a
# hard-wrapped file breaks its lines anywhere.
_PARAGRAPH_END = re.compile(r"\n\s*\n\s*|(?<=[.!?…:”\"»])[ \t]*\n\s*(?=[A-ZА-ЯЁ\d“\"«„—–-])")
# ‘We don’t know,’ — single marks are also apostrophes: only those at a word's outer edges count, and only
# with a stop before the last.
_SINGLE = re.compile(r"(?<!\w)[‘']([^‘\"“”\n]{2,}?[,.!?…])[’'](?!\w)")


_MARK = re.compile(f"[{OPENING}{''.join(CLOSING.values())}\"'’]")
_APOSTROPHES = "'’"


@dataclass(frozen=True)
class Quotation:
    """Quoted words with their marks: `body[start:end]`, within one paragraph.

    `runs_on` says that it has no closing mark and goes on in the next paragraph's first quotation.
    """

    start: int
    end: int
    closed: bool
    runs_on: bool = False

    @property
    def span(self) -> Span:
        """Where it stands."""
        return Span(self.start, self.end)


def paragraphs(body: str) -> list[Span]:
    """The paragraphs of a body, in order, without the white space between them."""
    found, start = [], 0
    for gap in [*_PARAGRAPH_END.finditer(body), None]:
        end = gap.start() if gap else len(body)
        text = body[start:end]
        if text.strip():
            found.append(Span(start + len(text) - len(text.lstrip()), start + len(text.rstrip())))
        start = gap.end() if gap else end
    return found


def quotations(body: str, parts: Sequence[Span] | None = None) -> list[Quotation]:
    """The quotations of a body, in order, not overlapping; nested ones belong to the outer one.

    `parts` are its paragraphs, where they are known already.
    """
    found: list[Quotation] = []
    parts = paragraphs(body) if parts is None else parts
    for part, following in zip_longest(parts, parts[1:]):
        own = list(_in_paragraph(body, part)) or list(_single_marks(body, part))
        if own and not own[-1].closed:
            last = own.pop()
            runs_on = following is not None and _opens(body, following.start)
            own.append(Quotation(last.start, last.end, closed=False, runs_on=runs_on))
        found += own
    return found


def masked(body: str, quoted: list[Quotation]) -> str:
    """The body with every quotation blanked by `QUOTED`, same length: only the outlet's words are left.

    The last comma or full stop inside a quotation stays: it tells whether the sentence goes on after it.
    """
    parts, at = [], 0
    for quotation in quoted:
        inside = body[quotation.start : quotation.end]
        stop = len(inside) - 2 if quotation.closed else len(inside) - 1
        kept = inside[stop] if stop > 0 and inside[stop] in ",.!?…—–-" else QUOTED
        blank = QUOTED * max(stop, 0) + kept + QUOTED * (len(inside) - stop - 1)
        parts += [body[at : quotation.start], blank[: len(inside)]]
        at = quotation.end
    return "".join([*parts, body[at:]])


def without_names(body: str, found: list[Quotation]) -> tuple[str, list[Quotation]]:
    """The body with bare names for names in marks, same length, and the quotations that are none.

    «Маяк» after "агентство" is a name: at most three words with capitals, and a noun before them.
    """
    kept: list[Quotation] = []
    for one in found:
        inside = body[one.start + 1 : one.end - 1]
        words = inside.split()
        before = re.search(r"[^\W\d_]+(?= $)", body[: one.start][-40:])
        named = one.closed and 0 < len(words) <= 3 and inside[-1:].isalnum()
        named = named and all(word[0].isupper() for word in words)
        if named and before and _is_namable(before[0]):
            body = f"{body[: one.start]} {inside} {body[one.end :]}"
        else:
            kept.append(one)
    return body, kept


def _is_namable(word: str) -> bool:
    """Whether a word calls for a name: "newspaper", "агентство"."""
    return is_body(word) or singular(word) in NEWS_WORDS


def _opens(body: str, at: int) -> bool:
    return body[at] in OPENING or body[at] == '"'


def _in_paragraph(body: str, part: Span) -> Iterator[Quotation]:
    """Pair the double marks of one paragraph; a straight mark opens only where a word may begin."""
    start: int | None = None
    closing = ""
    for found in _MARK.finditer(body, part.start, part.end):
        at, mark = found.start(), found[0]
        if start is None:
            if mark in OPENING or (mark == '"' and _may_open(body, at, part=part)):
                start, closing = at, CLOSING[mark]
        elif _closes(body, at, part=part, closing=closing):
            if mark == "“" and at + 1 < part.end and body[at + 1].isalnum():
                continue  # an opening mark inside: somebody quoted within the quotation
            yield Quotation(start, at + (2 if mark in _APOSTROPHES else 1), closed=True)
            start = None
    if start is not None and part.end - start > 1:
        yield Quotation(start, part.end, closed=False)


def _closes(body: str, at: int, *, part: Span, closing: str) -> bool:
    """Whether a mark ends the open quotation; so do two apostrophes, but no straight mark before a word."""
    following = body[at + 1] if at + 1 < part.end else " "
    if body[at] in _APOSTROPHES:
        return '"' in closing and following == body[at]
    opens_again = body[at] == '"' and body[at - 1].isspace() and following.isalnum()
    return body[at] in closing and not opens_again


def _may_open(body: str, at: int, *, part: Span) -> bool:
    before = at == part.start or not body[at - 1].isalnum()
    return before and at + 1 < part.end and not body[at + 1].isspace()


def _single_marks(body: str, part: Span) -> Iterator[Quotation]:
    for match in _SINGLE.finditer(body, part.start, part.end):
        yield Quotation(match.start(), match.end(), closed=True)

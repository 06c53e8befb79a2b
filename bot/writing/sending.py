"""Hits into what a model is sent: numbered passages between marks that nothing in them can close.

As many hits as fit come first; then each is widened by what stands before and after it in its article, for a
passage may be cut in the middle of a story. Passages of one article that then touch are one.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.answers.lines import plain
from bot.proof.records import SentPassage
from bot.speaking.quotations import paragraphs
from bot.writing.patience import tokens_of
from index.dates import in_words
from index.records import Article, Hit, Span

_WITHDRAWN = re.compile(r" {4,}")  # where words were taken back
_FORM = 100  # tokens of what stands around passages and question
_MARKS = 40  # tokens of the lines around a passage
_WIDER = 500  # characters of whole paragraphs that a passage takes in on either side


@dataclass(frozen=True)
class Limits:
    """How much a model is sent and may write: passages, tokens of the reply, tokens of it all."""

    passages: int
    max_tokens: int
    context: int

    def room(self, rules: str, question: str) -> int:
        """The tokens that are left for passages."""
        return self.context - self.max_tokens - tokens_of(rules) - tokens_of(question) - _FORM


@dataclass(frozen=True)
class Sent:
    """The passages as they were numbered, as text, and the word that their marks are made of."""

    shown: tuple[SentPassage, ...]
    text: str
    boundary: str


def number_passages(hits: Sequence[Hit], *, most: int, tokens: int) -> tuple[SentPassage, ...]:
    """The first hits, widened and numbered from 1: at most `most`, and about `tokens` long together.

    The first one is sent in any case. No hit is left out so that another can be widened.
    """
    shown: list[SentPassage] = []
    for hit in hits[:most]:
        one = SentPassage(0, hit, Span(hit.passage.start, hit.passage.end))
        if shown and _size(one) > tokens:
            break
        tokens -= _size(one)
        shown.append(one)
    for n, one in enumerate(shown):
        wider = replace(one, span=_widened(one))
        if _size(wider) - _size(one) <= tokens:
            tokens -= _size(wider) - _size(one)
            shown[n] = wider
    return tuple(replace(one, number=n) for n, one in enumerate(_joined(shown), start=1))


def send(shown: Sequence[SentPassage], question: str) -> Sent:
    """The passages as text.

    The marks carry the hash of all that stands between them: no article can hold its own hash, so none can
    forge a mark, and the same question is sent in the same words again.
    """
    texts = [_text(one) for one in shown]
    boundary = hashlib.sha256("\0".join([question, *texts]).encode()).hexdigest()[:16]
    marked = (
        f"<<<{boundary} passage {one.number}>>>\n{text}\n<<<{boundary} end>>>"
        for one, text in zip(shown, texts, strict=True)
    )
    return Sent(tuple(shown), "\n\n".join(marked), boundary)


def _size(one: SentPassage) -> int:
    return tokens_of(_text(one)) + _MARKS


def _widened(one: SentPassage) -> Span:
    """The span with the whole paragraphs before and after it, as far as they are short."""
    start, end = one.span
    parts = paragraphs(one.article.body)
    first = min((part.start for part in parts if start - _WIDER <= part.start <= start), default=start)
    last = max((part.end for part in parts if end <= part.end <= end + _WIDER), default=end)
    return Span(first, last)


def _joined(shown: Sequence[SentPassage]) -> list[SentPassage]:
    """The passages, those of one article that touch or overlap as one, in the place of the first."""
    found: list[SentPassage] = []
    for one in shown:
        at = next((n for n, other in enumerate(found) if _touch(one, other)), None)
        if at is None:
            found.append(one)
            continue
        span = Span(min(one.span.start, found[at].span.start), max(one.span.end, found[at].span.end))
        found[at] = replace(found[at], span=span)
    return found


def _touch(one: SentPassage, other: SentPassage) -> bool:
    if one.article != other.article:
        return False
    first, second = sorted((one.span, other.span))
    return not one.article.body[first.end : max(first.end, second.start)].strip()


def _text(one: SentPassage) -> str:
    """Who printed it and when, its title, its words."""
    outlets = dict.fromkeys(copy.outlet for copy in one.hit.copies if copy.outlet)
    also = tuple(outlet for outlet in outlets if outlet != one.article.outlet)
    head = f"{_printed_by(one.article, also)}\n{plain(one.article.title)}"
    return f"{head}\n\n{_WITHDRAWN.sub(' … ', one.text)}"


def _printed_by(article: Article, also: Sequence[str]) -> str:
    outlet = article.outlet or "outlet unknown"
    if article.agency and article.agency.casefold() != outlet.casefold():
        outlet += f", printing {article.agency}"
    if also:
        outlet += f" (also in {', '.join(also)})"
    return plain(f"{outlet}, {in_words(article.published) or 'date unknown'}")

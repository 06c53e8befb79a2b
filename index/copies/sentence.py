"""A sentence of one text into the sentence that stands for it in an edited copy or a later revision."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from index.copies.words import holds, keys_of
from index.records import Span
from index.sentences import sentence_spans

LEAST = 0.5  # of the words of both that are shared (Dice); below, it is another sentence


def counterpart(text: str, body: str, *, language: str | None = None, unlike: str = "") -> Span | None:
    """The span of `body` that is most like a quotation, None where nothing is.

    As many sentences in a row as `text` has are compared at once, by the Dice coefficient of their words.
    What stands in `unlike` as well, an earlier body, is left out.
    """
    wanted = Counter(keys_of(text))
    if not wanted:
        return None
    length = max(1, len(sentence_spans(text, language=language)))
    runs = _runs(sentence_spans(body, language=language), length)
    if unlike:
        runs = [one for one in runs if not holds(unlike, body[one.start : one.end])]
    best = max(runs, key=lambda span: _dice(wanted, body[span.start : span.end]), default=None)
    if best is None or _dice(wanted, body[best.start : best.end]) < LEAST:
        return None
    return best


def _runs(spans: Sequence[Span], length: int) -> list[Span]:
    if len(spans) < length:
        return [Span(spans[0].start, spans[-1].end)] if spans else []
    return [Span(spans[at].start, spans[at + length - 1].end) for at in range(len(spans) - length + 1)]


def _dice(wanted: Counter[str], text: str) -> float:
    found = Counter(keys_of(text))
    return 2 * (wanted & found).total() / (wanted.total() + found.total())

"""A list into the sentence that it hangs on: "The ministry said signs include:", then "Fever" and "Cough"."""

from __future__ import annotations

from bot.speaking.paragraphs import Attributed, Paragraphs
from index.records import Span

STOPS = frozenset('.!?…;”"»')
_LONGEST = 60  # paragraphs


def head_of_list(body: str, span: Span, paragraphs: Paragraphs) -> Attributed | None:
    """The sentence before the list of which a span is an item; None where it is none.

    Items are unfinished, as all are up to a paragraph that ends in a colon.
    """
    number = paragraphs.number_at(span)
    for at in range(number, max(-1, number - _LONGEST), -1):
        part = paragraphs.spans[at]
        if at < number and body[part.end - 1] == ":":
            return paragraphs.sentences(at)[-1]
        if body[part.end - 1] in STOPS:
            return None
    return None

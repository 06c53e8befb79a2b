"""Paragraphs that begin with who speaks into turns: "Q:", "MR ODUYA:", "Mayor Greta Holm:", "Police:".

A dateline ("NEW DELHI: The government …") and a heading ("Correction:") are no turns: the words before the
colon must be somebody.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence, Set
from dataclasses import dataclass
from typing import Literal

from bot.language.tokens import Token, tokens
from bot.speaking.phrases import is_speaker
from bot.speaking.speech import DETERMINERS, PLACES, is_body, is_person
from index.records import Span

_LABEL = re.compile(
    r"(?:\d{1,2}[:.]\d\d[ \t]*(?:[–—-][ \t]*)?)?(?P<label>[^\W\d_][^\n:;!?“”«»\"]{0,59}):(?=\s+\S)"
)
_ASKING = frozenset(("q", "question", "вопрос", "в"))
_ANSWERING = frozenset(("a", "answer", "ответ", "о"))
_HEADINGS = frozenset(
    ("note", "notes", "photos", "photo", "video", "update", "correction", "related", "live")
)
_LONGEST = 7  # words of a label
_NAMES = 6  # words
_OWN_WORDS = re.compile(r"\b(?:I|I[’']\w+|we|my|our|us|me|я|мы|мой|наш\w*)\b", re.IGNORECASE)


@dataclass(frozen=True)
class InterviewTurn:
    """What one speaker says in a row: `body[span.start:span.end]`, the label included.

    `kind` is "asking" for "Q:" and the outlet's own name, "answering" for "A:", "named" for a label with
    somebody in it. `sure` is False for a paragraph without a label of its own.
    """

    span: Span
    label: Span
    kind: Literal["asking", "answering", "named"]
    sure: bool = True


def turns(
    body: str, paragraphs: Sequence[Span], *, outlet: str | None, surnames: Callable[[], Set[str]]
) -> list[InterviewTurn]:
    """The turns of a body, in order; none in most articles. `surnames`: of the people in it."""
    found: list[InterviewTurn] = []
    for part in paragraphs:
        match = _LABEL.match(body, part.start, part.end)
        kind = None
        if match:
            words = tokens(body, Span(*match.span("label")))
            said = body[match.end() : part.end].lstrip()
            quoted = bool(said) and said[0] in '“«"'
            speaks = quoted or body.count(f"\n{match['label']}:") > 1 or bool(_OWN_WORDS.search(said))
            kind = _kind(match["label"], outlet, surnames=surnames, words=words, speaks=speaks)
        if match and kind and not _is_list(body[match.end() : part.end]):
            found.append(InterviewTurn(part, Span(*match.span("label")), kind))
        elif _is_conversation(body, found):
            own = bool(_OWN_WORDS.search(body, part.start, part.end))
            found.append(InterviewTurn(part, found[-1].label, found[-1].kind, sure=own))
    return found


def _is_list(words: str) -> bool:
    """Whether what follows a label is a name or two, as in "School: Campo Verde"."""
    return len(words.split()) <= _NAMES and not any(word[0].islower() for word in words.split())


def _is_conversation(body: str, found: Sequence[InterviewTurn]) -> bool:
    """Whether two have had a second turn, so that a paragraph without a label may go on with one."""
    labels = Counter(body[turn.label.start : turn.label.end].lower() for turn in found if turn.sure)
    return sum(many > 1 for many in labels.values()) > 1 and found[-1].kind != "asking"


def _kind(
    label: str,
    outlet: str | None,
    *,
    surnames: Callable[[], Set[str]],
    words: Sequence[Token],
    speaks: bool,
) -> Literal["asking", "answering", "named"] | None:
    low = " ".join(label.lower().split())
    if low in _ASKING or (outlet and low.removeprefix("the ") == outlet.lower().removeprefix("the ")):
        return "asking"
    if low in _ANSWERING:
        return "answering"
    if (
        not words
        or words[0].low == "dear"
        or words[-1].low in _HEADINGS
        or len(words) > 7
        or low in PLACES
        or words[-1].low in PLACES
    ):
        return None
    if len(words) > 1 and is_person(words[0].text) and words[-1].capital:
        return "named"
    if not is_speaker(words):
        return None
    if is_person(words[-1].text) or is_body(words[-1].text):
        return "named"
    # "A couple of things about Pettit:" names nobody who speaks, nor does "Houston:" at the head of news.
    known = words[-1].low in surnames() and words[0].low not in DETERMINERS
    return "named" if known and speaks else None

"""True sentences into the words that a draft gives as an article's: exact ones, and forged ones.

Of forged words no place may be found, so that nothing is shown of a line that rests on them.
"""

from __future__ import annotations

import random
import re
from collections.abc import Mapping

from bot.proof.records import DraftLine
from eval.studies.forging.forge import Forger
from eval.studies.forging.material import Source
from index.sentences import sentence_spans

_LONG = re.compile(r"\b[a-z]{5,}\b")
_MADE_UP = (
    "We were wrong from the start and everybody knew it",
    "There is no way back from this decision",
    "I take full responsibility for what happened here",
    "Nobody should be surprised by this outcome at all",
    "We will answer in kind before the week is over",
)


def _relying(source: Source, words: str) -> DraftLine:
    return DraftLine(source.text, (1,), ((1, words),))


def altered(source: Source, rng: random.Random) -> DraftLine | None:
    """One word or figure of a sentence exchanged for another of the same article."""
    own = [*_LONG.finditer(source.text), *re.finditer(r"\b\d+\b", source.text)]
    if not own:
        return None
    match = rng.choice(own)
    if match[0].isdigit():
        new = str(int(match[0]) + rng.choice((1, 2, 10)))
    else:
        new = rng.choice([word for word in _LONG.findall(source.article.body) if word != match[0]] or [""])
    made = source.text[: match.start()] + new + source.text[match.end() :]
    return _relying(source, made) if new and made not in source.article.body else None


def dropped(source: Source, rng: random.Random) -> DraftLine | None:
    """A word out of the middle, without an ellipsis."""
    inner = list(re.finditer(r"(?<=\w) [a-z]+(?= \w)", source.text))
    if not inner:
        return None
    match = rng.choice(inner)
    made = source.text[: match.start()] + source.text[match.end() :]
    return _relying(source, made) if made not in source.article.body else None


def spliced(source: Source, rng: random.Random) -> DraftLine | None:
    """The first half of a sentence and the second half of another, run on or with an ellipsis."""
    body = source.article.body
    others = [
        text
        for span in sentence_spans(body)
        if (text := body[span.start : span.end]) not in source.text and len(text.split()) > 8
    ]
    if not others:
        return None
    words, second = source.text.split(), rng.choice(others).split()
    joint = rng.choice((" … ", " "))
    made = " ".join(words[: max(4, len(words) // 2)]) + joint + " ".join(second[len(second) // 2 :])
    return _relying(source, made) if made not in body else None


def elsewhere(source: Source, rng: random.Random) -> DraftLine | None:
    """A sentence of an article that was not sent."""
    body = source.other.body
    spans = [span for span in sentence_spans(body) if span.end - span.start > 40]
    if not spans:
        return None
    span = rng.choice(spans)
    words = body[span.start : span.end]
    return _relying(source, words) if words not in source.article.body else None


def absent(source: Source, rng: random.Random) -> DraftLine | None:
    """Words that nobody wrote."""
    return _relying(source, rng.choice(_MADE_UP))


def whole(source: Source, rng: random.Random) -> DraftLine | None:
    """The sentence as it stands."""
    return _relying(source, source.text)


def part(source: Source, rng: random.Random) -> DraftLine | None:
    """Some words out of it."""
    words = source.text.split()
    start = rng.randrange(len(words) - 5)
    return _relying(source, " ".join(words[start : start + rng.randint(5, len(words) - start)]))


def retyped(source: Source, rng: random.Random) -> DraftLine | None:
    """With other quotation marks, dashes and spaces than the article's, as models write them."""
    marks = str.maketrans({"“": '"', "”": '"', "’": "'", "—": "–", " ": " "})
    return _relying(source, source.text.translate(marks).replace(" ", "  ", 1))


def misnumbered(source: Source, rng: random.Random) -> DraftLine | None:
    """Exact words, with the number of another passage."""
    return DraftLine(source.text, (2,), ((2, source.text),))


FORGED: Mapping[str, Forger] = {
    "a word or figure exchanged": altered,
    "a word dropped": dropped,
    "spliced": spliced,
    "of an article that was not sent": elsewhere,
    "made up": absent,
}
EXACT: Mapping[str, Forger] = {
    "whole sentence": whole,
    "part of it": part,
    "other marks and spaces": retyped,
    "wrong number": misnumbered,
}

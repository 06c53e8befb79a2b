"""Hits into what a model is sent: numbered passages between marks that nothing in them can close."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from bot.llm.patience import tokens_of
from bot.showing.wording import plain, printed_by
from bot.verify.records import Shown
from index.records import Hit


@dataclass(frozen=True)
class Sent:
    """The passages as they were numbered, as text, and the word that their marks are made of."""

    shown: tuple[Shown, ...]
    text: str
    boundary: str


def number_passages(hits: Sequence[Hit], *, most: int, tokens: int) -> tuple[Shown, ...]:
    """The first hits, numbered from 1: at most `most`, and about `tokens` long; the first one in any case."""
    shown: list[Shown] = []
    for hit in hits[:most]:
        tokens -= tokens_of(_text(hit)) + 40  # its marks
        if shown and tokens < 0:
            break
        shown.append(Shown(len(shown) + 1, hit))
    return tuple(shown)


def send(shown: Sequence[Shown], question: str) -> Sent:
    """The passages as text.

    The marks carry the hash of all that stands between them: no article can hold its own hash, so none can
    forge a mark, and the same question is sent in the same words again.
    """
    texts = [_text(one.hit) for one in shown]
    boundary = hashlib.sha256("\0".join([question, *texts]).encode()).hexdigest()[:16]
    marked = (
        f"<<<{boundary} passage {one.number}>>>\n{text}\n<<<{boundary} end>>>"
        for one, text in zip(shown, texts, strict=True)
    )
    return Sent(tuple(shown), "\n\n".join(marked), boundary)


def _text(hit: Hit) -> str:
    """Who printed it and when, its title, its words."""
    outlets = dict.fromkeys(copy.outlet for copy in hit.copies if copy.outlet)
    also = tuple(outlet for outlet in outlets if outlet != hit.article.outlet)
    return f"{printed_by(hit.article, also)}\n{plain(hit.article.title)}\n\n{hit.passage.text}"

"""Two archives asked the same questions: how often both give the same hits."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from index.encoding.encoder import Encoder
from index.records import Hit
from index.retrieval.retrieve import Retriever
from index.storage.archive import Archive

Likeness = Literal["same", "ties", "others"]

_HITS = 12
_ROUNDING = 1e-4  # of scores: the same vector gives nearly the same cosine, whoever computes it
_LONGEST = 300  # characters of a question


@dataclass(frozen=True)
class Agreement:
    """How many questions were `asked`, and of how many the hits are the same, also but for the order of ties.

    `differing` are those of which they are not.
    """

    asked: int
    same: int
    same_but_for_ties: int
    differing: tuple[str, ...]


def questions_of(archive: Archive, limit: int) -> list[str]:
    """Sentences of an archive, evenly from all of it, to be asked as questions."""
    return [one.article.body[slice(*one.passage.sentences[0])][:_LONGEST] for one in archive.sampled(limit)]


def agreement(
    one: Archive,
    other: Archive,
    encoder: Encoder,
    questions: Sequence[str],
    *,
    tell: Callable[[int, int], None] = lambda done, total: None,
) -> Agreement:
    """Ask both every question."""
    retrievers = Retriever(one, encoder), Retriever(other, encoder)
    found: list[Likeness] = []
    for done, question in enumerate(questions, start=1):
        found.append(likeness(*(one.retrieve(question, limit=_HITS) for one in retrievers)))
        tell(done, len(questions))
    others = tuple(one for one, how in zip(questions, found, strict=True) if how == "others")
    return Agreement(len(questions), found.count("same"), found.count("ties"), others)


def likeness(ours: Sequence[Hit], theirs: Sequence[Hit]) -> Likeness:
    """Whether two lists of hits are the same, the same but for hits of one score, or others."""
    if _names(ours) == _names(theirs):
        return "same"
    return "ties" if _but_for_ties(ours, theirs) else "others"


def _names(hits: Sequence[Hit]) -> list[tuple[str, int]]:
    return [(hit.article.id, hit.passage.number) for hit in hits]


def _but_for_ties(ours: Sequence[Hit], theirs: Sequence[Hit]) -> bool:
    """Whether the lists have the same scores, and the same hits but for those that share the last score."""
    if len(ours) != len(theirs):
        return False
    if any(abs(one.score - other.score) > _ROUNDING for one, other in zip(ours, theirs, strict=True)):
        return False
    last = ours[-1].score + _ROUNDING if ours else 0.0
    before = [{name for name, hit in zip(_names(hits), hits, strict=True) if hit.score > last}
              for hits in (ours, theirs)]  # fmt: skip
    return before[0] == before[1]

"""Two archives asked the same questions: how often both give the same hits."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from index.encoding.encoder import Encoder
from index.records import Hit
from index.retrieval.retrieve import Retriever
from index.storage.archive import Archive

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
    same = ties = 0
    differing = []
    for done, question in enumerate(questions, start=1):
        ours, theirs = (retriever.retrieve(question, limit=_HITS) for retriever in retrievers)
        if _names(ours) == _names(theirs):
            same += 1
        elif _but_for_ties(ours, theirs):
            ties += 1
        else:
            differing.append(question)
        tell(done, len(questions))
    return Agreement(len(questions), same, ties, tuple(differing))


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

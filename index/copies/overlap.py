"""Two texts into whether one is a copy of the other, and the places where copies differ.

Near-duplicates by shingles: A. Broder, "On the resemblance and containment of documents", SEQUENCES 1997.
"""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass
from difflib import SequenceMatcher

from index.copies.words import Word
from index.records import Span

SHINGLE = 3  # words; of five, one word changed in ten would hide a copy

# Pairs of 2,600 scraped articles that share anything: from 0.5 alike they are reposts and light edits of one
# text; between 0.3 and 0.5 they are later reports that keep some paragraphs of background. Excerpts (a photo
# page's captions, the first half of a story) stand in the longer text from 0.8 on.
ALIKE = 0.5
CONTAINED = 0.8
SHORTEST = 40  # shingles; of less, a shared quotation or a form of words is soon a half
ALIKE_IF_SHORT = 0.8


@dataclass(frozen=True)
class Overlap:
    """How far two texts are the same, each from 0 to 1.

    `contained` is the share of the shorter text's shingles that the other has, `alike` their Jaccard index;
    `shorter` counts the shingles of the shorter text.
    """

    contained: float
    alike: float
    shorter: int

    @property
    def copied(self) -> bool:
        """Whether the two are one text: light edits apart, or one an excerpt of the other."""
        if self.shorter < SHORTEST:
            return self.alike >= ALIKE_IF_SHORT
        return self.alike >= ALIKE or self.contained >= CONTAINED


@dataclass(frozen=True)
class Edit:
    """Words of one body, and those that stand in their place in the other; one of them may be None."""

    here: Span | None
    there: Span | None


def shingles_of(keys: Sequence[str]) -> frozenset[str]:
    """Every run of three words (their keys); a shorter text is one shingle, an empty one none."""
    if len(keys) <= SHINGLE:
        return frozenset([" ".join(keys)]) if keys else frozenset()
    return frozenset(map(" ".join, zip(keys, keys[1:], keys[2:], strict=False)))


def overlap(one: Set[str], other: Set[str]) -> Overlap:
    """How far two sets of shingles are the same; nothing is contained in an empty text."""
    shared, shorter = len(one & other), min(len(one), len(other))
    if not shared:
        return Overlap(0.0, 0.0, shorter)
    return Overlap(shared / shorter, shared / (len(one) + len(other) - shared), shorter)


def differences(one: Sequence[Word], other: Sequence[Word], *, near: int = 0) -> list[Edit]:
    """Where two copies differ, in order: runs of words replaced, left out or added.

    Runs that no more than `near` words part are one: a sentence that was put otherwise differs in one place,
    not in five.
    """
    matcher = SequenceMatcher(None, [w.key for w in one], [w.key for w in other], autojunk=False)
    runs: list[tuple[int, int, int, int]] = []
    for tag, i, j, k, m in matcher.get_opcodes():
        if tag == "equal":
            continue
        first = runs.pop() if runs and i - runs[-1][1] <= near else (i, j, k, m)
        runs.append((first[0], j, first[2], m))
    return [Edit(_run(one[i:j]), _run(other[k:m])) for i, j, k, m in runs]


def _run(words: Sequence[Word]) -> Span | None:
    return Span(words[0].span.start, words[-1].span.end) if words else None

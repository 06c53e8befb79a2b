"""A wording laid over a sentence: which of the sentence's words it keeps, in their order, if that can be.

Beside its own words a sentence may be given in others that stand for the same ones: a pronoun's name, the day
that "on Monday" means, "was given" for "has been given". Each such piece names the words it stands for.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.language.words import word_set
from bot.proof.omissions import Omissions
from bot.proof.tokens import SentenceWord
from bot.speaking.speech import SAYING

_MOST = 60  # ways that are looked at; a sentence that can be laid in more says its words over and over


@dataclass(frozen=True)
class Piece:
    """Other words for `words[start:end]` of a sentence."""

    start: int
    end: int
    lows: tuple[str, ...]


@dataclass(frozen=True)
class Laid:
    """One way to lay a wording: the sentence's words that it keeps, by number."""

    kept: frozenset[int]


def lay(said: Sequence[SentenceWord], there: Omissions, pieces: Sequence[Piece] = ()) -> Iterator[Laid]:
    """The ways in which a wording keeps a sentence's words in order and leaves out only what may go.

    Quotation marks stay where they are; where the wording says itself who speaks (`there.owner`), words may
    lose them that mean the same from outside, as "we" and "here" do not.
    """
    own = [Piece(n, n + 1, (word.low,)) for n, word in enumerate(there.words)]
    by_first: dict[str, list[Piece]] = {}
    for piece in [*own, *pieces]:
        by_first.setdefault(piece.lows[0], []).append(piece)
    lows = tuple(word.low for word in said)
    dead: set[tuple[int, int]] = set()
    for n, kept in enumerate(_ways(said, lows, there=there, by_first=by_first, at=0, last=0, dead=dead)):
        if n == _MOST:
            return
        yield Laid(frozenset(kept))


def _ways(
    said: Sequence[SentenceWord],
    lows: Sequence[str],
    *,
    there: Omissions,
    by_first: Mapping[str, Sequence[Piece]],
    at: int,
    last: int,
    dead: set[tuple[int, int]],
) -> Iterator[list[int]]:
    """The words kept from `said[at:]` on, where the sentence's words before `last` are done with."""
    if at == len(lows):
        if there.allow(last, len(there.words), comma=False):
            yield []
        return
    if (at, last) in dead:
        return
    found = False
    for piece in by_first.get(lows[at], ()):
        end = at + len(piece.lows)
        if (
            piece.start < last
            or tuple(lows[at:end]) != piece.lows
            or not _same_marks(said, at, there=there, piece=piece)
        ):
            continue
        if not there.allow(last, piece.start, comma="," in said[at].before):
            continue
        if piece.start > last and said[at].quoted and at and said[at - 1].quoted and not said[at].before:
            continue  # words left out of a quotation
        for kept in _ways(said, lows, there=there, by_first=by_first, at=end, last=piece.end, dead=dead):
            found = True
            yield [*range(piece.start, piece.end), *kept]
    if lows[at] == "that" and at and lows[at - 1] in SAYING:
        for kept in _ways(said, lows, there=there, by_first=by_first, at=at + 1, last=last, dead=dead):
            found = True
            yield kept
    if not found:
        dead.add((at, last))


# Words that mean something else where somebody else says them.
_SHIFTING = word_set("speech", "shifting")


def _same_marks(said: Sequence[SentenceWord], at: int, *, there: Omissions, piece: Piece) -> bool:
    """Whether words stand in quotation marks on both sides or on neither, or may lose them."""
    word = there.words[piece.start]
    if said[at].quoted == word.quoted:
        return True
    return word.quoted and bool(there.owner) and word.low not in _SHIFTING

"""A wording laid over a sentence: which of the sentence's words it keeps, in their order, if that can be.

Beside its own words a sentence may be given in others that stand for the same ones: a pronoun's name, the day
that "on Monday" means, "was given" for "has been given". Each such piece names the words it stands for.
Words are the same letter by letter, and so are the marks between them (`joints`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from bot.language.words import word_set
from bot.proof.joints import closes_name, joints
from bot.proof.omissions import Omissions
from bot.proof.tokens import SentenceWord
from bot.speaking.speech import SAYING

_MOST = 60  # ways that are looked at; a sentence that can be laid in more says its words over and over
_SHIFTING = word_set("speech", "shifting")  # these mean something else where somebody else says them


@dataclass(frozen=True)
class Piece:
    """Other words for `words[start:end]` of a sentence, with or without commas between them (`commas`)."""

    start: int
    end: int
    forms: tuple[str, ...]
    commas: bool = False


@dataclass(frozen=True)
class Laid:
    """One way to lay a wording: the sentence's words that it keeps, by number."""

    kept: frozenset[int]


def lay(said: Sequence[SentenceWord], there: Omissions, pieces: Sequence[Piece] = ()) -> Iterator[Laid]:
    """The ways in which a wording keeps a sentence's words in order and leaves out only what may go.

    Quotation marks stay where they are; where the wording says itself who speaks (`there.owner`), words may
    lose them that mean the same from outside, as "we" and "here" do not.
    """
    own = [Piece(n, n + 1, (word.form,)) for n, word in enumerate(there.words)]
    by_first: dict[str, list[Piece]] = {}
    for piece in [*own, *pieces]:
        by_first.setdefault(piece.forms[0].casefold(), []).append(piece)
    for n, kept in enumerate(_Laying(said, there, by_first).ways(at=0, last=0, head=0)):
        if n == _MOST:
            return
        yield Laid(frozenset(kept))


@dataclass(frozen=True)
class _Laying:
    """A wording and a sentence, with what the sentence may be given in by its first word."""

    said: Sequence[SentenceWord]
    there: Omissions
    by_first: Mapping[str, Sequence[Piece]]
    dead: set[tuple[int, int, int]] = field(default_factory=set)

    def ways(self, *, at: int, last: int, head: int) -> Iterator[list[int]]:
        """The words kept from `said[at:]` on, where the sentence's words before `last` are done with.

        `head` is the first word that is kept.
        """
        if at == len(self.said):
            if self.there.allow(last, len(self.there.words), comma=False):
                yield []
            return
        if (at, last, head) in self.dead:
            return
        found = False
        for piece in self.by_first.get(self.said[at].low, ()):
            if self._fits(piece, at=at, last=last, head=head):
                first = head if at else piece.start
                for kept in self.ways(at=at + len(piece.forms), last=piece.end, head=first):
                    found = True
                    yield [*range(piece.start, piece.end), *kept]
        if self._introduces(at):
            for kept in self.ways(at=at + 1, last=last, head=head):
                found = True
                yield kept
        if not found:
            self.dead.add((at, last, head))

    def _fits(self, piece: Piece, *, at: int, last: int, head: int) -> bool:
        """Whether a piece stands at `said[at]`, and the words before it that the wording has not may go."""
        return (
            piece.start >= last
            and self._is_spelt(piece, at=at)
            and self._is_quoted_alike(piece, at=at)
            and self._is_joined(piece, at=at, last=last, head=head)
            and self.there.allow(last, piece.start, comma="," in self.said[at].before)
        )

    def _is_spelt(self, piece: Piece, *, at: int) -> bool:
        """Whether these are the letters; the first one is small or not where a sentence begins."""
        said, forms = self.said[at : at + len(piece.forms)], piece.forms
        inner = ("", ",") if piece.commas else ("",)
        if any(word.marks not in inner for word in said[1:]):
            return False
        begins = self.there.words[piece.start].begins
        return tuple(word.form for word in said[1:]) == forms[1:] and is_spelt(
            said[0], forms[0], begins=begins
        )

    def _is_quoted_alike(self, piece: Piece, *, at: int) -> bool:
        """Whether words stand in quotation marks on both sides or on neither, or may lose them."""
        word = self.there.words[piece.start]
        if self.said[at].quoted == word.quoted:
            return True
        return word.quoted and bool(self.there.owner) and word.low not in _SHIFTING

    def _is_joined(self, piece: Piece, *, at: int, last: int, head: int) -> bool:
        """Whether the marks before a piece are those that the sentence has there."""
        word, words = self.said[at], self.there.words
        if at == 0:
            return not word.marks or (piece.start == 0 and word.marks == words[0].marks)
        if piece.start > last and word.quoted and self.said[at - 1].quoted and '"' not in word.marks:
            return False  # words left out of a quotation
        if not word.marks and last == piece.start and closes_name(words, head, last):
            return True
        return word.marks in joints(words, last, piece.start, owner=self.there.owner)

    def _introduces(self, at: int) -> bool:
        """Whether "that" may stand here, which the sentence need not have: "said that"."""
        word = self.said[at]
        return word.low == "that" and not word.marks and at > 0 and self.said[at - 1].low in SAYING


def is_spelt(word: SentenceWord, form: str, *, begins: bool) -> bool:
    """Whether a word has the letters of `form`, the first one in another size where either begins a sentence.

    That is, with a capital where the wording begins, without where the article's sentence does (`begins`).
    """
    if word.form == form:
        return True
    first = form[0]
    if word.start == 0 or word.begins:
        return word.form == first.upper() + form[1:]
    return begins and word.form == first.lower() + form[1:]

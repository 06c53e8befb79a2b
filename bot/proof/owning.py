"""Who is said to say it: the words of a wording that name the owner of a statement, and those of a sentence.

A shortening keeps the owner where the sentence has them, or names whom code found: "Lund said that …",
"according to the ministry, …", "…, Lund said". "said" may stand for the article's verb; "admitted" may not.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass

from bot.language.words import word_set
from bot.proof.pieces import PRONOUNS
from bot.proof.tokens import SentenceWord, words_of
from bot.speaking.records import Speaker
from bot.speaking.verbs import VERBS
from index.records import Span

_NEUTRAL = frozenset(("said", "says", "say"))
# Verbs for which a neutral one may stand: they say no more than that something was said.
_PLAIN = word_set("speech", "plain")
_BESIDE = frozenset(("the", "a", "an", "that", "also", "has", "have"))
_RELATING = frozenset(("of", "for", "to", "'s"))
_ACCORDING = ("according", "to")
_NEAR = 14  # words of a wording among which its verb of saying stands


@dataclass(frozen=True)
class Owner:
    """Whose statement a sentence is.

    `named`: whether the wording may name them in words of its own, as where the verb is a plain one.

    `places` are the words of the sentence that show it, by number, empty where they stand elsewhere in the
    article. `verbs` may tell of it; `names` may name them, and all of `keys` must.
    """

    places: frozenset[int]
    verbs: frozenset[str]
    names: frozenset[str]
    keys: frozenset[str]
    named: bool

    def kept(self, words: Sequence[SentenceWord], kept: Set[int], *, named: Set[int]) -> bool:
        """Whether these words say whose statement it is; `named` are pronouns that the wording resolves."""
        verbs = {n for n in self.places if words[n].low in self.verbs or words[n].low in _ACCORDING}
        subject = self.places - verbs
        pronouns = {n for n in subject if words[n].low in PRONOUNS}
        told = {n for n in subject & kept if words[n].low not in _BESIDE} - (pronouns - named)
        return bool(verbs) and verbs <= kept and bool(told)

    def cut_from(self, said: Sequence[SentenceWord]) -> Iterator[Sequence[SentenceWord]]:
        """What a wording says, without the words at its head or end that name this owner."""
        if not self.named:
            return
        yield from self._after_verb(said)
        yield from self._before_end(said)

    def _after_verb(self, said: Sequence[SentenceWord]) -> Iterator[Sequence[SentenceWord]]:
        """What follows "Lund said that" or "According to Lund,"."""
        for n, word in enumerate(said[:_NEAR]):
            if word.low in self.verbs and self._names(said[:n]):
                rest = said[n + 1 :]
                yield rest[1:] if rest and rest[0].low == "that" else rest
            if n > 2 and "," in word.before and _is_according(said) and self._names(said[2:n]):
                yield said[n:]

    def _before_end(self, said: Sequence[SentenceWord]) -> Iterator[Sequence[SentenceWord]]:
        """What stands before ", Lund said", ", said Lund" or "according to Lund"."""
        for n in range(max(1, len(said) - _NEAR), len(said)):
            end = said[n:]
            verb = next((m for m in (0, len(end) - 1) if end[m].low in self.verbs), None)
            if said[n].before and verb is not None and self._names([*end[:verb], *end[verb + 1 :]]):
                yield said[:n]
            if _is_according(end) and self._names(end[2:]):
                yield said[:n]

    def _names(self, words: Sequence[SentenceWord]) -> bool:
        lows = {word.low for word in words}
        return self.keys <= lows <= self.names | _BESIDE


def _is_according(words: Sequence[SentenceWord]) -> bool:
    return tuple(word.low for word in words[:2]) == _ACCORDING


def owner_of(speaker: Speaker, span: Span, words: Sequence[SentenceWord]) -> Owner:
    """The owner of the sentence at `span`, whose words these are."""
    shown = speaker.evidence
    inside = (
        frozenset(
            n
            for n, word in enumerate(words)
            if shown.start <= span.start + word.start and span.start + word.end <= shown.end
        )
        if shown
        else frozenset[int]()
    )
    lows = {words[n].low for n in inside}
    verbs = frozenset(low for low in lows if low in VERBS)
    name = [word.low for word in words_of(speaker.name)]
    role = [word.low for word in words_of(speaker.role or "")]
    keys = name[-1:] if speaker.kind == "named" else [low for low in name if low not in _BESIDE]
    if not _RELATING.isdisjoint(role):  # "the wife of Erik Lund" is not he
        keys = [*keys, *role]
    plain = verbs <= _PLAIN and lows <= {*name, *role, *verbs, *PRONOUNS, *_BESIDE, *_ACCORDING}
    return Owner(inside, verbs | _NEUTRAL, frozenset([*name, *role, *lows]), frozenset(keys), named=plain)

"""Who is said to say it: the words of a wording that name the owner of a statement, and those of a sentence.

A shortening keeps the owner where the sentence has them, or names whom code found: "Lund said that …",
"according to the ministry, …", "…, Lund said". "said" may stand for the article's verb; "admitted" may not.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, replace

from bot.language.words import word_set
from bot.proof.owner_names import is_role_whole, namings, spellings
from bot.proof.pieces import PRONOUNS
from bot.proof.tokens import SentenceWord
from bot.speaking.records import Speaker
from bot.speaking.verbs import VERBS
from index.records import Article, Span

_NEUTRAL = frozenset(("said", "says", "say"))
# Verbs for which a neutral one may stand: they say no more than that something was said.
_PLAIN = word_set("speech", "plain")
_BESIDE = frozenset(("also", "has", "have"))
_SMALL = frozenset(("the", "a", "an", "that")) | _BESIDE
_ACCORDING = ("according", "to")
_NEAR = 14  # words of a wording among which its verb of saying stands


@dataclass(frozen=True)
class Owner:
    """Whose statement a sentence is.

    `places` are the words of the sentence that show it, by number, empty where they stand elsewhere in the
    article. `verbs` may tell of it, and `namings` are the phrases that may name them. `named`: whether the
    wording may do so in words of its own, as where the verb is a plain one.
    """

    places: frozenset[int]
    verbs: frozenset[str]
    namings: frozenset[str]
    named: bool

    def kept(self, words: Sequence[SentenceWord], kept: Set[int], *, named: Set[int]) -> bool:
        """Whether these words say whose statement it is; `named` are pronouns that the wording resolves."""
        verbs = {n for n in self.places if words[n].low in self.verbs or words[n].low in _ACCORDING}
        subject = self.places - verbs
        pronouns = {n for n in subject if words[n].low in PRONOUNS}
        told = {n for n in subject & kept if words[n].low not in _SMALL} - (pronouns - named)
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
            if self._says(said[: n + 1]):
                rest = said[n + 1 :]
                yield from _opened(rest[1:] if rest and rest[0].low == "that" else rest)
            if n > 2 and word.marks == "," and _is_according(said) and self._names(said[2:n]):
                yield from _opened(said[n:])

    def _before_end(self, said: Sequence[SentenceWord]) -> Iterator[Sequence[SentenceWord]]:
        """What stands before ", Lund said", ", said Lund" or "according to Lund"."""
        for n in range(max(1, len(said) - _NEAR), len(said)):
            end = said[n:]
            told = self._names(end[1:]) if end[0].low in self.verbs else self._says(end)
            if end[0].marks == "," and (told or (_is_according(end) and self._names(end[2:]))):
                yield said[:n]

    def _says(self, words: Sequence[SentenceWord]) -> bool:
        """Whether words are "Lund also said" or "Anna Lund, the minister, said"."""
        *subject, verb = words
        if verb.low not in self.verbs or verb.quoted:
            return False
        while subject and subject[-1].low in _BESIDE and not verb.marks:
            *subject, verb = subject
        closed = any(word.marks == "," for word in subject[1:])
        return verb.marks == "," * closed and self._names(subject)

    def _names(self, words: Sequence[SentenceWord]) -> bool:
        outside = bool(words) and not any(word.quoted for word in words)
        return outside and not self.namings.isdisjoint(spellings(words))


def _opened(said: Sequence[SentenceWord]) -> Iterator[Sequence[SentenceWord]]:
    """Words behind those for their owner, without the mark between the two."""
    if said and said[0].marks in ("", ",", ":"):
        yield [replace(said[0], marks=""), *said[1:]]


def _is_according(words: Sequence[SentenceWord]) -> bool:
    return tuple(word.low for word in words[:2]) == _ACCORDING


def owner_of(speaker: Speaker, span: Span, words: Sequence[SentenceWord], *, article: Article) -> Owner:
    """The owner of the sentence at `span` of an article, whose words these are."""
    shown = speaker.evidence
    places = frozenset(
        n
        for n, word in enumerate(words)
        if shown and shown.start <= span.start + word.start and span.start + word.end <= shown.end
    )
    verbs = frozenset(words[n].low for n in places if words[n].low in VERBS)
    beside = {*verbs, *_ACCORDING, *_BESIDE, "that"}
    told = [words[n] for n in sorted(places) if words[n].low not in beside]
    spelt = spellings(told) if told else set()
    with_role = namings(speaker, role=True)
    whole = not spelt.isdisjoint(with_role - set(namings(speaker, role=False)))
    pointed = all(word.low in PRONOUNS for word in told)  # or told elsewhere
    return Owner(
        places,
        verbs | _NEUTRAL,
        namings(speaker, role=whole or is_role_whole(speaker, article)),
        named=verbs <= _PLAIN and (pointed or not spelt.isdisjoint(with_role)),
    )

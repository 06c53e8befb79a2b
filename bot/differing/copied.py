"""A quoted sentence into the words that copies of its article have in the place of some of its own.

A copy is no second source. Where it has "21" and the article that is quoted has "12", one report is told in
two wordings, and a reader of one of them must know of the other. Layout, spelling, house style, a dateline, a
title before a name and words that mean the same are no difference.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property
from typing import Literal

from bot.answers.citation import Citation
from bot.answers.proposal import Place
from bot.differing.reports import near_in_time
from bot.language.lexicon import KeyedWord
from bot.language.quantities import Quantity, read_quantities
from bot.language.spellings import same_name
from bot.language.vocabulary import Vocabulary, loaded_of
from bot.language.words import word_set
from index.copies.sentence import counterpart
from index.copies.words import holds, keys_of, words_of
from index.records import Article, Span

READ = 8  # copies of an article that are compared
MOST = 2  # differences of one copy's sentence
DAYS = 31  # apart, at most: next year's remake of a text has other days and figures by right
ALIKE = 0.7  # of the words of both sentences (Dice); of one told anew they do not stand for one another
SPELLED = 0.8  # alike letters (Ratcliff and Obershelp) of two spellings: "centre", "center"
_TITLES = word_set("speakers", "titles")

ChangeSort = Literal["figure", "name", "denial", "loaded", "word"]
_ORDER: Sequence[ChangeSort] = ("figure", "denial", "name", "loaded", "word")


@dataclass(frozen=True)
class Change:
    """Words of a sentence, and those that a copy has in their place; spans of the two sentences."""

    sort: ChangeSort
    here: Span
    there: Span


@dataclass(frozen=True)
class Side:
    """One of the two sentences."""

    text: str
    vocabulary: Vocabulary

    @cached_property
    def words(self) -> tuple[KeyedWord, ...]:
        """Its words."""
        return self.vocabulary.lexicon.read(self.text)

    @cached_property
    def figures(self) -> tuple[Quantity, ...]:
        """Its figures, those of dates too."""
        return read_quantities(self.text, measures=self.vocabulary.words.measures)

    @cached_property
    def turns(self) -> tuple[KeyedWord, ...]:
        """Its words that deny or doubt."""
        return tuple(word for word in self.words if self._turns(word))

    def _turns(self, word: KeyedWord) -> bool:
        words = self.vocabulary.words
        if self.text.lower().startswith(words.not_denials, word.start):
            return False
        denies = word.low in words.deniers or word.key in words.deniers or word.low.endswith("n't")
        return denies or (word.key in words.strong_hedges and word.text != "May")

    def within(self, span: Span) -> list[KeyedWord]:
        """The words that begin within a part of it."""
        return [word for word in self.words if span.start <= word.start < span.end]


def reworded(
    citation: Citation, copies: Sequence[Article], vocabulary: Vocabulary
) -> list[list[tuple[Place, Span]]]:
    """Rows of words of a quotation and what its article's copies have there, each with its sentence."""
    own = Place(citation.article, Span(citation.start, citation.end))
    rows: dict[Span, list[tuple[Place, Span]]] = {}
    for copy in copies[:READ]:
        if copy.revision == citation.revision or holds(copy.body, citation.quote):
            continue
        if not near_in_time(citation.article, copy, days=DAYS):
            continue
        span = counterpart(citation.quote, copy.body, language=copy.language)
        if span is None:
            continue
        for change in changes(citation.quote, copy.body[span.start : span.end], vocabulary)[:MOST]:
            words = _moved(change.here, citation.start)
            row = rows.setdefault(words, [(own, words)])
            row.append((Place(copy, span), _moved(change.there, span.start)))
    return list(rows.values())


def _moved(span: Span, by: int) -> Span:
    return Span(span.start + by, span.end + by)


def changes(here: str, there: str, vocabulary: Vocabulary) -> list[Change]:
    """What a copy's sentence has otherwise, the weightiest first; nothing of one that is told anew."""
    mine, theirs = [word.span for word in words_of(here)], [word.span for word in words_of(there)]
    matcher = SequenceMatcher(None, keys_of(here), keys_of(there), autojunk=False)
    if matcher.ratio() < ALIKE:
        return []
    one, other = Side(here, vocabulary), Side(there, vocabulary)
    found = []
    for tag, i, j, k, m in matcher.get_opcodes():
        if tag == "equal":
            continue
        if _is_turned(one, _run(mine, i, j), other, _run(theirs, k, m)):
            wide = _run(mine, max(0, i - 1), j + 1), _run(theirs, max(0, k - 1), m + 1)
            found += [Change("denial", *wide)] if all(wide) else []
        elif i < j and k < m:
            found += _replaced(one, _run(mine, i, j), other, _run(theirs, k, m))
    return sorted(found, key=lambda change: (_ORDER.index(change.sort), change.here.start))


def _run(words: Sequence[Span], first: int, end: int) -> Span:
    """A run of words as one span; an empty run is an empty span."""
    run = words[first:end]
    return Span(run[0].start, run[-1].end) if run else Span(0, 0)


def _is_turned(one: Side, here: Span, other: Side, there: Span) -> bool:
    """Whether one of two runs denies or doubts, and so does its sentence once more than the other."""
    mine, theirs = (
        {word.key for word in side.turns if span.start <= word.start < span.end}
        for side, span in ((one, here), (other, there))
    )
    return mine != theirs and len(one.turns) != len(other.turns)


def _replaced(one: Side, here: Span, other: Side, there: Span) -> list[Change]:
    """The change that words in the place of others are, if it is one."""
    figures = _other_figure(one, here, other), _other_figure(other, there, one)
    if figures[0] and figures[1]:
        return [Change("figure", figures[0], figures[1])]
    names = _other_name(one, here, other), _other_name(other, there, one)
    if names[0] and names[1]:
        return [Change("name", names[0], names[1])]
    told = _other_word(one, here, other), _other_word(other, there, one)
    if told[0] and told[1]:
        return [Change("word", told[0], told[1])]
    return [Change("loaded", here, there)] if _takes_another_side(one, here, other, there) else []


def _other_figure(one: Side, within: Span, other: Side) -> Span | None:
    """The first figure of a run that the other sentence has not."""
    for figure in one.figures:
        if within.start <= figure.start < within.end and not any(_equal(figure, b) for b in other.figures):
            return Span(figure.start, figure.end)
    return None


def _equal(one: Quantity, other: Quantity) -> bool:
    """Whether two figures are one: "two", "2"; in other units they may be, and are left alone."""
    units = one.unit != other.unit and one.unit is not None and other.unit is not None
    return units or (one.value == other.value and (one.sort == "ordinal") == (other.sort == "ordinal"))


def _other_name(one: Side, within: Span, other: Side) -> Span | None:
    """The run of names that the other sentence has not, in any spelling."""
    found = [
        word
        for word in one.within(within)
        if word.name
        and (word.start > 0 or word.key not in one.vocabulary.lexicon.common)
        and not (word.plain or word.number or word.low.rstrip(".") in _TITLES)
        and not any(_is_spelling(word, there) for there in other.words)
        and not _is_short_for(word, one, other)
    ]
    return Span(found[0].start, found[-1].end) if found else None


def _is_spelling(one: KeyedWord, other: KeyedWord) -> bool:
    """Whether two words are one, spelled by another house: "Sergei", "Sergey"; "centre", "center"; "Sept"."""
    if one.key == other.key or same_name(one.text, other.text):
        return True
    if one.low[:1] != other.low[:1]:
        return False
    if one.low.startswith(other.low) or other.low.startswith(one.low):
        return min(len(one.low), len(other.low)) >= 3
    return SequenceMatcher(None, one.low, other.low).ratio() > SPELLED


def _is_short_for(word: KeyedWord, one: Side, other: Side) -> bool:
    """Whether a name stands in the other sentence in short or at length: "U.N.", "United Nations"."""
    letters = "".join(word.text.split("."))
    initials = "".join(each.text[0] for each in other.words if each.name)
    at_length = "".join(each.text[0] for each in one.words if each.name)
    shorts = ["".join(each.text.split(".")) for each in other.words]
    return (letters.isupper() and letters in initials) or any(
        len(short) >= 2 and short.isupper() and short in at_length and word.text[0] in short
        for short in shorts
    )


def _other_word(one: Side, within: Span, other: Side) -> Span | None:
    """The only word of a run that tells something, where the other sentence has none like it."""
    words = one.vocabulary.words
    idle = one.vocabulary.saying | one.vocabulary.measures
    found = [word for word in one.within(within) if not word.plain]
    if len(found) != 1 or found[0].key in idle or found[0].number or found[0].name:
        return None
    (word,) = found
    if any(words.same(word.key, there.key) or _is_spelling(word, there) for there in other.words):
        return None
    return Span(word.start, word.end)


def _takes_another_side(one: Side, here: Span, other: Side, there: Span) -> bool:
    """Whether the words of two runs take different sides: "liberated", "took control of"."""
    for family in range(len(one.vocabulary.families)):
        mine, theirs = (
            {
                part.shade
                for part in loaded_of(side.text, family, side.vocabulary)
                if span.start <= part.start < span.end
            }
            for side, span in ((one, here), (other, there))
        )
        if mine and theirs and not mine & theirs:
            return True
    return False

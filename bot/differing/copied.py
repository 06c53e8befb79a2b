"""A quoted sentence into the words that copies of its article have in the place of some of its own.

A copy is no second source. Where it has "21" and the article that is quoted has "12", one report is told in
two wordings, and a reader of one of them must know of the other. Layout, spelling, house style, a dateline, a
title before a name and words that mean the same are no difference.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import islice
from typing import Literal, NamedTuple

from rapidfuzz.distance import Indel

from bot.answers.citation import Citation
from bot.answers.proposal import Place
from bot.differing.reports import is_remake, near_in_time
from bot.language.lexicon import KeyedWord
from bot.language.quantities import Quantity
from bot.language.sentence import NewsSentence
from bot.language.spellings import same_name
from bot.language.vocabulary import Vocabulary
from bot.language.words import word_set
from index.copies.sentence import counterpart
from index.copies.words import holds, keys_of, words_of
from index.records import Article, Span

READ = 8  # copies of an article that are compared
MOST = 2  # differences of one copy's sentence
DAYS = 31  # apart, and further: next year's remake of a text has other days and figures by right
ALIKE = 0.7  # of the words of both sentences (Dice); of one told anew they do not stand for one another
SPELLED = 0.8  # of the letters of two spellings that both have in one order: "centre", "center" 0.83
_TITLES = word_set("speakers", "titles")

ChangeSort = Literal["figure", "name", "denial", "loaded", "word"]
_ORDER: Sequence[ChangeSort] = ("figure", "denial", "name", "loaded", "word")


@dataclass(frozen=True)
class Change:
    """Words of a sentence, and those that a copy has in their place; spans of the two sentences."""

    sort: ChangeSort
    here: Span
    there: Span


class WordRun(NamedTuple):
    """Words of one of two sentences that stand in one another's place; an empty span is no word of it."""

    sentence: NewsSentence
    span: Span

    @property
    def words(self) -> list[KeyedWord]:
        """Its words."""
        return self.sentence.within(self.span)


def reworded(
    citation: Citation, copies: Sequence[Article], vocabulary: Vocabulary
) -> list[list[tuple[Place, Span]]]:
    """Rows of words of a quotation and what its article's copies have there, each with its sentence."""
    own = Place(citation.article, Span(citation.start, citation.end))
    quoted = NewsSentence(own.article, own.span, vocabulary)
    rows: dict[Span, list[tuple[Place, Span]]] = {}
    others = (one for one in copies if not _says_the_same(one, citation))
    for copy in islice(others, READ):
        near = near_in_time(citation.article, copy, days=DAYS)
        if not near and is_remake(citation.article, copy):
            continue
        span = counterpart(citation.quote, copy.body, language=copy.language)
        if span is None:
            continue
        there = NewsSentence(copy, span, vocabulary)
        for change in changes(quoted, there)[:MOST]:
            words = quoted.place(*change.here)
            row = rows.setdefault(words, [(own, words)])
            row.append((Place(copy, span), there.place(*change.there)))
    return list(rows.values())


def _says_the_same(copy: Article, citation: Citation) -> bool:
    """Whether a copy has the quoted words: fifty that do are not to hide the one that does not."""
    return copy.revision == citation.revision or holds(copy.body, citation.quote)


def changes(here: NewsSentence, there: NewsSentence) -> list[Change]:
    """What a copy's sentence has otherwise, the weightiest first; nothing of one that is told anew."""
    mine, theirs = ([word.span for word in words_of(one.text)] for one in (here, there))
    matcher = SequenceMatcher(None, keys_of(here.text), keys_of(there.text), autojunk=False)
    if matcher.ratio() < ALIKE:
        return []
    found = []
    for tag, i, j, k, m in matcher.get_opcodes():
        if tag == "equal":
            continue
        one, other = WordRun(here, _span(mine[i:j])), WordRun(there, _span(theirs[k:m]))
        if _is_turned(one, other):
            wide = _span(mine[max(0, i - 1) : j + 1]), _span(theirs[max(0, k - 1) : m + 1])
            found += [Change("denial", *wide)] if all(wide) else []
        elif i < j and k < m:
            found += _replaced(one, other)
    return sorted(found, key=lambda change: (_ORDER.index(change.sort), change.here.start))


def _span(run: Sequence[Span]) -> Span:
    """A run of words as one span; an empty run is an empty span."""
    return Span(run[0].start, run[-1].end) if run else Span(0, 0)


def _is_turned(one: WordRun, other: WordRun) -> bool:
    """Whether one of two runs denies or doubts, and so does its sentence once more than the other."""
    mine, theirs = (
        {word.key for word in run.sentence.denials if run.span.start <= word.start < run.span.end}
        for run in (one, other)
    )
    return mine != theirs and len(one.sentence.denials) != len(other.sentence.denials)


def _replaced(one: WordRun, other: WordRun) -> list[Change]:
    """The change that words in the place of others are, if it is one."""
    for sort, differs in _WAYS:
        mine, theirs = differs(one, other.sentence), differs(other, one.sentence)
        if mine and theirs:
            return [Change(sort, mine, theirs)]
    return [Change("loaded", one.span, other.span)] if _takes_another_side(one, other) else []


def _other_figure(run: WordRun, other: NewsSentence) -> Span | None:
    """The first figure of a run that the other sentence has not."""
    for figure in run.sentence.figures:
        inside = run.span.start <= figure.start < run.span.end
        if inside and not any(_equal(figure, there) for there in other.figures):
            return Span(figure.start, figure.end)
    return None


def _equal(one: Quantity, other: Quantity) -> bool:
    """Whether two figures are one: "two", "2"; in other units they may be, and are left alone."""
    units = one.unit != other.unit and one.unit is not None and other.unit is not None
    return units or (one.value == other.value and (one.sort == "ordinal") == (other.sort == "ordinal"))


def _other_name(run: WordRun, other: NewsSentence) -> Span | None:
    """The run of names that the other sentence has not, in any spelling."""
    common = other.vocabulary.lexicon.common
    found = [
        word
        for word in run.words
        if word.name
        and (word.start > 0 or word.key not in common)
        and not (word.plain or word.number or word.low.rstrip(".") in _TITLES)
        and not any(_is_spelling(word, there) for there in other.words)
        and not _is_short_for(word, run.sentence, other=other)
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
    return Indel.normalized_similarity(one.low, other.low) > SPELLED


def _is_short_for(word: KeyedWord, one: NewsSentence, *, other: NewsSentence) -> bool:
    """Whether a name stands in the other sentence in short or at length: "U.N.", "United Nations"."""
    letters = "".join(word.text.split("."))
    initials = "".join(each.text[0] for each in other.words if each.name)
    at_length = "".join(each.text[0] for each in one.words if each.name)
    shorts = ["".join(each.text.split(".")) for each in other.words]
    return (letters.isupper() and letters in initials) or any(
        len(short) >= 2 and short.isupper() and short in at_length and word.text[0] in short
        for short in shorts
    )


def _other_word(run: WordRun, other: NewsSentence) -> Span | None:
    """The only word of a run that tells something, where the other sentence has none like it."""
    vocabulary = other.vocabulary
    found = [word for word in run.words if not word.plain]
    if len(found) != 1 or found[0].number or found[0].name:
        return None
    (word,) = found
    if word.key in vocabulary.saying | vocabulary.measures:
        return None
    if any(vocabulary.words.same(word.key, there.key) or _is_spelling(word, there) for there in other.words):
        return None
    return Span(word.start, word.end)


def _takes_another_side(one: WordRun, other: WordRun) -> bool:
    """Whether the words of two runs take different sides: "liberated", "took control of"."""
    mine, theirs = (
        {
            (part.family, part.shade)
            for part in run.sentence.loaded
            if run.span.start <= part.start < run.span.end
        }
        for run in (one, other)
    )
    families = {family for family, _ in mine} & {family for family, _ in theirs}
    return any(not {part for part in mine & theirs if part[0] == family} for family in families)


_WAYS: tuple[tuple[ChangeSort, Callable[[WordRun, NewsSentence], Span | None]], ...] = (
    ("figure", _other_figure),
    ("name", _other_name),
    ("word", _other_word),
)

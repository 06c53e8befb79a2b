"""A sentence that nearly copies the article into what was done to it: words put in, left out, exchanged.

In a copy one small word decides: "not", "may", "at least", "before" for "after",
"€" for "$". A free retelling is
left to the other checks, which look for what each word belongs to.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import combinations

from bot.language.words import Wordlists
from bot.speaking.speech import SAYING
from bot.verify.alignment import ARTICLES
from bot.verify.reading import Text
from bot.verify.records import Finding
from bot.weighing.lexicon import Word

_COPY = 0.6  # of a sentence's words must stand in the article in order, for it to count as a copy
_WHOLE = 0.8  # or so much of the article's sentence must stand in the draft …
_FEW = 6  # … if it has as many words
_SHORT = 4  # words: a longer omission is a clause left out, not a word
_BOUND = re.compile(
    r"\b(?:more|less|fewer|greater) than|\b(?:nearly|almost|about|around|roughly|approximately|"
    r"approaching|over|"
    r"under|some|(?:at )?least|(?:at )?most|up to|only|estimated|early|late|mid|partly|partially|half|"
    r"first|part of)\b"
)
_COMPARING = frozenset(("more", "less", "fewer", "than"))  # before a figure, which is looked at by itself
# Left out before an office, they make another office of it.
_RANKS = frozenset(
    ("deputy", "vice", "former", "acting", "assistant", "ex", "co", "honorary", "interim", "outgoing")
)
# Small words that must not take one another's place in a copy.
_SMALL = tuple(
    frozenset(pair.split())
    for pair in [
        "before after",
        "for against",
        "with without",
        "from to",
        "in out",
        "into from",
        "over under",
        "above below",
        "since until",
        "more less",
        "more fewer",
        "most least",
        "all some",
        "all no",
        "every no",
        "both neither",
        "either neither",
        "or nor",
        "first last",
        "up down",
        "on off",
        "inside outside",
        "his her",
        "he she",
        "him her",
        "until after",
        "by until",
        "and or",
        "must may",
    ]
)


@dataclass(frozen=True)
class Edit:
    """A place where the copy differs: the draft's words and the article's."""

    said: tuple[Word, ...]
    there: tuple[Word, ...]
    ends_there: bool  # it ends the article's sentence


def check_edits(
    said: Text, there: Sequence[Text], *, owned: frozenset[str], words: Wordlists
) -> Iterator[Finding]:
    """What decides among the differences between a draft and the sentence that it copies.

    `owned` are keys that may be put in: the names and words of whoever speaks or printed it.
    """
    theirs = [_without_articles(part) for text in there for part in sentences_of(text)]
    known = frozenset(key for text in there for key in text.keys) | owned
    for part in sentences_of(said):
        mine = _without_articles(part)
        edits = _of_copy(mine, theirs)
        even = _evenly_denied(edits, words)
        yield from _crossed(edits)
        for edit in edits:
            finding = None if even else _denial(edit, words)
            finding = finding or _limit(edit, said, words) or _exchange(edit, words)
            finding = finding or _disowned(edit, said, words) or _figure(edit, said)
            finding = finding or _other_word(edit, said, known, words)
            finding = finding or _addition(edit, said, there, owned, words)
            if finding:
                yield finding


def _of_copy(mine: Sequence[Word], theirs: Sequence[Sequence[Word]]) -> list[Edit]:
    """What differs from the sentence that is copied; nothing where none is."""
    best: tuple[int, list[Edit], int] = (0, [], _FEW)
    for sentence in theirs:
        common, edits = _edits(mine, sentence)
        if common > best[0]:
            best = common, edits, max(len(sentence), _FEW)
    common, edits, size = best
    return edits if common >= _COPY * len(mine) or common >= _WHOLE * size else []


def sentences_of(text: Text) -> list[list[Word]]:
    """The words of each sentence of a text."""
    found: dict[int, list[Word]] = {}
    for word, number in zip(text.words, text.sentences, strict=True):
        found.setdefault(number, []).append(word)
    return list(found.values())


def _without_articles(words: Sequence[Word]) -> list[Word]:
    return [word for word in words if word.low not in ARTICLES]


def _edits(mine: Sequence[Word], theirs: Sequence[Word]) -> tuple[int, list[Edit]]:
    """How many words stand in both in order, and what differs."""
    matcher = SequenceMatcher(None, [w.key for w in mine], [w.key for w in theirs], autojunk=False)
    edits, common = [], 0
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag == "equal":
            common += b - a
        else:
            edits.append(Edit(tuple(mine[a:b]), tuple(theirs[c:d]), d == len(theirs)))
    return common, edits


def _crossed(edits: Sequence[Edit]) -> Iterator[Finding]:
    """Words in each other's place: "A starts B" for "B starts A", whatever kind of words they are."""
    for one, other in combinations(edits, 2):
        sides = [[word.key for word in side] for side in (one.said, one.there, other.said, other.there)]
        if sides[0] and sides[1] and sides[0] == sides[3] and sides[1] == sides[2]:
            pairs = ((one.said, other.said), (one.there, other.there))
            said, there = (f"{_shown(first)} … {_shown(last)}" for first, last in pairs)
            yield Finding("role", said, there)


def _evenly_denied(edits: Sequence[Edit], words: Wordlists) -> bool:
    """Whether draft and article deny as often, though in other words: "no document will", "will not"."""
    said = [word for edit in edits for word in edit.said]
    there = [word for edit in edits if len(edit.there) <= _SHORT for word in edit.there]
    own, theirs = (sum(_denies(word, words) for word in side) for side in (said, there))
    return own == theirs and own > 0


def _denial(edit: Edit, words: Wordlists) -> Finding | None:
    """A denial on one side of a small difference only."""
    if len(edit.there) > _SHORT or len(edit.said) > _SHORT:
        return None
    mine, theirs = (sum(_denies(word, words) for word in side) for side in (edit.said, edit.there))
    if (mine % 2) == (theirs % 2) or _cancelled(edit, words):
        return None
    return Finding("negation", _shown(edit.said) or "…", _shown(edit.there) or None)


def _denies(word: Word, words: Wordlists) -> bool:
    return word.key in words.deniers or word.low.endswith("n't") or word.key in words.denying


def _cancelled(edit: Edit, words: Wordlists) -> bool:
    """Whether opposites make up for it: "did not fall" and "rose"; "banned" for "allowed" does not."""
    return any(
        words.opposed(one.key, two.key) and not (_denies(one, words) or _denies(two, words))
        for one in edit.said
        for two in edit.there
    )


def _limit(edit: Edit, said: Text, words: Wordlists) -> Finding | None:
    """A "may", "reportedly", "at least" or "only" that was left out or put in by itself."""
    if len(edit.there) > _SHORT or len(edit.said) > _SHORT:
        return None
    mine, theirs = (
        {word.key for word in side if word.text != "May"} & words.strong_hedges
        for side in (edit.said, edit.there)
    )
    if theirs and not mine and not _softened(edit.said, words):
        return Finding("certainty", _shown(edit.said) or "…", _shown(edit.there))
    if edit.there and not edit.said and all(word.low in _RANKS for word in edit.there):
        return Finding("name", "…", _shown(edit.there))
    bound = [_BOUND.search(_shown(side).lower()) for side in (edit.there, edit.said)]
    told = set(bound[0][0].split()) if bound[0] else set()
    loose = [word for word in edit.there if not word.plain and word.low not in told]
    if bound[0] and not bound[1] and not loose and not [word for word in edit.said if not word.plain]:
        return Finding("number", _shown(edit.said) or "…", _shown(edit.there))
    if bound[1] and not bound[0] and bound[1][0] == "only":
        return Finding("number", _shown(edit.said), _shown(edit.there) or None)
    return None


def _figure(edit: Edit, said: Text) -> Finding | None:
    """Another figure in the place of the article's, unless it is said to be rounded or is a date."""
    mine, theirs = ([word for word in side if word.number] for side in (edit.said, edit.there))
    looked_at = [(one.start, one.end) for one in said.moments]
    looked_at += [(one.start, one.end) for one in said.quantities if one.bound != "exact"]
    mine = [word for word in mine if not any(start <= word.start < end for start, end in looked_at)]
    if not mine or not theirs:
        return None
    if {word.key for word in mine} & {word.key for word in theirs}:
        return None
    return Finding("number", _shown(mine), _shown(theirs))


def _other_word(edit: Edit, said: Text, known: frozenset[str], words: Wordlists) -> Finding | None:
    """A word or a name in the place of the article's, which nothing cited has in this or another form."""
    if not 0 < len(edit.said) <= _SHORT or not 0 < len(edit.there) <= _SHORT:
        return None
    if all(word.name and not word.plain for word in (*edit.said, *edit.there)) and len(edit.there) > 1:
        return Finding("role", _shown(edit.said), _shown(edit.there))  # another full name in its place
    mine = [
        word
        for word in edit.said
        if not (word.plain or _denies(word, words) or word.key in known or _is_figure(word, said))
        and word.low not in _COMPARING
    ]
    theirs = [word for word in edit.there if not word.plain]
    if not mine or not theirs or any(words.same(one.key, two.key) for one in mine for two in theirs):
        return None
    named = any(word.name and word.start for word in mine) and any(word.name for word in theirs)
    return Finding("name" if named else "unsupported", _shown(edit.said), _shown(edit.there))


def _disowned(edit: Edit, said: Text, words: Wordlists) -> Finding | None:
    """An "according to the lawsuit" or "they said" at the end that was left out."""
    low = [word.low for word in edit.there]
    if any(word.key in words.owning for word in edit.said):
        return None
    if "according" in low:
        at = low.index("according")
    elif low and low[-1] in SAYING and len(low) <= _FEW:
        at = 0
    else:
        return None
    owner = [word for word in edit.there[at:] if not word.plain and word.key not in words.owning]
    if not owner or not edit.ends_there:
        if any(word.low in SAYING or word.low == "according" for word in said.words):
            return None
    elif 2 * sum(word.key in said.keys for word in owner) > len(owner):
        return None
    return Finding("attribution", said.text, _shown(edit.there[at:]))


def _softened(side: Sequence[Word], words: Wordlists) -> bool:
    return any(word.key in words.hedges or word.low in ("would", "could", "can") for word in side)


def _exchange(edit: Edit, words: Wordlists) -> Finding | None:
    """Opposites, small ones too, and currencies in one another's place."""
    if not edit.said or not edit.there or len(edit.said) > _SHORT or len(edit.there) > _SHORT:
        return None
    mine, theirs = {word.low for word in edit.said}, {word.low for word in edit.there}
    small = any(
        len(pair & mine) == 1 and len(pair & theirs) == 1 and pair & mine != pair & theirs for pair in _SMALL
    )
    turned = any(
        words.opposed(one.key, two.key) and one.key not in {w.key for w in edit.there}
        for one in edit.said
        for two in edit.there
    )
    denied = [any(_denies(word, words) for word in side) for side in (edit.said, edit.there)]
    if (small or turned) and denied[0] == denied[1]:
        return Finding("negation", _shown(edit.said), _shown(edit.there))
    return None


def _addition(
    edit: Edit, said: Text, there: Sequence[Text], owned: frozenset[str], words: Wordlists
) -> Finding | None:
    """Something put in: content words with none of the article's in their place, not all of them its own."""
    fresh = [
        word
        for word in edit.said
        if not (word.plain or word.key in owned or _denies(word, words) or _is_figure(word, said))
    ]
    replaced = [word for word in edit.there if not word.plain]
    if len(fresh) <= len(replaced) or not fresh:
        return None
    known = frozenset(key for text in there for key in text.keys)
    strange = [word for word in fresh if word.key not in known and not _same(word.key, known, words)]
    loose = [word for word in fresh if word.key not in known]
    if strange or (len(loose) >= 2 and len(fresh) - len(replaced) >= 2):
        return Finding("unsupported", said.text[edit.said[0].start : edit.said[-1].end])
    return None


def _is_figure(word: Word, said: Text) -> bool:
    """Whether a word belongs to a date or a figure, which are looked at by themselves."""
    spans = [(one.start, one.end) for one in said.moments]
    spans += [(one.start, one.end) for one in said.quantities]
    return any(start <= word.start < end for start, end in spans)


def _same(key: str, known: frozenset[str], words: Wordlists) -> bool:
    return not words.synonyms.get(key, frozenset()).isdisjoint(known)


def _shown(side: Sequence[Word]) -> str:
    return " ".join(word.text for word in side)

"""A statement and a whole text into what in the text speaks against it, where no words are named to rest on.

That is a wider question than the proof of a drafted sentence, which is held against the few sentences that it
cites: a summary's words rest on all of a text, many of them on none of its words, and a missing word tells
nothing. What tells is a name or figure that the text lacks, a denial that it does not share,
an opposite in its
place, an absolute ("all", "never") that is not its own, and a quotation that nobody spoke.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from bot.language.words import listed
from bot.questions.variants import same_name
from bot.verify.owners import quoted_words
from bot.verify.quotes import find_words
from bot.verify.reading import Reader, Text
from bot.verify.records import Finding
from bot.weighing.lexicon import Word

_HEADS = 2  # content words after a denial that tell what is denied …
_REACH = 5  # … within so many words
_DENIED = range(-6, 4)  # where the text's denial stands beside one of them
_SIDE = 4  # words beside a word that tell where the text speaks of the same …
_NEAR = 8  # … if one of them stands within so many words
_BEGINS = re.compile(r"(?:^|[.!?:\"'“”‘’(–-])\s*$")
_FIGURE = re.compile(r"\d[\d,]*(?:\.\d+)?")
_ABSOLUTE = frozenset(
    listed(
        "all every always never only entire entirely completely fully solely exclusively none nobody "
        "everyone everything "
        "most mostly unanimously universally any very extremely highly significantly greatly strongly "
        "slightly barely "
        "hardly severely heavily increasingly"
    )
)


def against(statement: str, text: Text, *, reader: Reader) -> Iterator[Finding]:
    """What of a text, read by the same reader, speaks against a statement; in no order that matters."""
    said = reader.text(statement)
    places = _places(text)
    yield from _names(said, text, reader)
    yield from _figures(said, text, reader)
    yield from _denials(said, text, places, reader)
    yield from _opposites(said, places, reader)
    low = {word.low for word in text.words}
    for word in said.words:
        if word.low in _ABSOLUTE and word.low not in low:
            yield Finding("certainty", word.text)
    for words in quoted_words(statement):
        if find_words(words, text.text).standing == "absent":
            yield Finding("quote_absent", words)


def _places(text: Text) -> Mapping[str, list[int]]:
    """Where each key stands in a text."""
    found: dict[str, list[int]] = {}
    for n, word in enumerate(text.words):
        found.setdefault(word.key, []).append(n)
    return found


def _names(said: Text, text: Text, reader: Reader) -> Iterator[Finding]:
    capitals = {_bare(word) for word in text.words if word.name}
    for word in said.words:
        if not word.name or word.plain or word.number or word.key in text.keys:
            continue
        if _BEGINS.search(said.text[max(0, word.start - 3) : word.start]):
            continue  # any word begins a sentence with a capital
        if word.key not in reader.lexicon.months and not any(
            same_name(_bare(word), name) for name in capitals
        ):
            yield Finding("name", word.text)


def _bare(word: Word) -> str:
    return re.sub(r"['’]s$", "", word.text)


def _figures(said: Text, text: Text, reader: Reader) -> Iterator[Finding]:
    """Figures and years that stand nowhere in the text, whatever their units: "£2.8m" and "2.8 million"."""
    values = {round(one.value, 4) for one in text.quantities}
    values |= {float(found.replace(",", "")) for found in _FIGURE.findall(text.text)}
    for one in said.quantities:
        told = one.sort in ("count", "ordinal") and one.text.lower() != "one"
        if told and round(one.value, 4) not in values:
            yield Finding("number", one.text)
    for moment in said.moments:
        if moment.year and str(moment.year) not in text.text:
            yield Finding("date", moment.text)


def _denials(
    said: Text, text: Text, places: Mapping[str, Sequence[int]], reader: Reader
) -> Iterator[Finding]:
    """Denials of something that the text does not deny."""
    for n, word in enumerate(said.words):
        if not _denies(word, reader):
            continue
        heads = [one for one in said.words[n + 1 : n + _REACH] if not one.plain][:_HEADS]
        spots = [place + step for head in heads for place in places.get(head.key, ()) for step in _DENIED]
        if not any(0 <= spot < len(text.words) and _denies(text.words[spot], reader) for spot in spots):
            yield Finding("negation", " ".join(one.text for one in (word, *heads)))


def _denies(word: Word, reader: Reader) -> bool:
    return word.key in reader.words.deniers or word.low.endswith("n't")


def _opposites(said: Text, places: Mapping[str, Sequence[int]], reader: Reader) -> Iterator[Finding]:
    """Words whose opposite stands in the text instead, among the same words."""
    for n, word in enumerate(said.words):
        if word.plain or word.key in places:
            continue
        around = said.words[max(0, n - _SIDE) : n + _SIDE + 1]
        beside = {one.key for one in around if not one.plain and one is not word}
        for other in reader.words.opposites.get(word.key, ()):
            if other in places and other not in said.keys and _is_near(beside, places[other], places):
                yield Finding("negation", word.text, other)


def _is_near(beside: set[str], spots: Sequence[int], places: Mapping[str, Sequence[int]]) -> bool:
    """Whether one of some words stands near one of some places."""
    return any(
        abs(spot - place) <= _NEAR for key in beside for place in places.get(key, ()) for spot in spots
    )

"""A body into words that copies share: without layout, case, accents, look-alikes and advertisements."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

from index.articles.furniture import is_furniture
from index.letters import normalized
from index.records import Span

_WORD = re.compile(r"[^\W_]+(?:[.,]\d+)*")
_SCRIPTS = ("LATIN", "CYRILLIC", "GREEK", "ARMENIAN")
_FURNITURE_LONGEST = 250  # characters of a line that may be furniture; paragraphs are not looked at


@dataclass(frozen=True)
class Word:
    """A word of a body: `body[span.start:span.end]`; words of copies have equal keys."""

    key: str
    span: Span


def words_of(body: str) -> list[Word]:
    """The words of a body in order; lines that are a page's furniture ("ADVERTISEMENT") are left out."""
    return [
        Word(_key(match[0]), Span(match.start(), match.end()))
        for line in _lines(body)
        for match in _WORD.finditer(body, line.start, line.end)
    ]


def keys_of(body: str) -> list[str]:
    """The keys of `words_of`, without where they stand: twice as fast."""
    lines = (_WORD.findall(body, line.start, line.end) for line in _lines(body))
    return list(map(_key, chain.from_iterable(lines)))


def holds(body: str, text: str) -> bool:
    """Whether the words of `text` stand in `body`, in their order and without others between them."""
    return text in body or f" {' '.join(keys_of(text))} " in f" {' '.join(keys_of(body))} "


def _lines(body: str) -> Iterator[Span]:
    for match in re.finditer(r"[^\n]+", body):
        line = match[0].strip()
        if len(line) > _FURNITURE_LONGEST or not is_furniture(line):
            yield Span(match.start(), match.end())


@lru_cache(maxsize=65_536)
def _key(word: str) -> str:
    """The word without case, accents and letters of another alphabet that only look like its own."""
    if not word.isascii():
        word = _one_alphabet(normalized(word, "NFKC"))
        split = normalized(word, "NFKD")
        word = "".join(letter for letter in split if not unicodedata.combining(letter))
    return word.casefold()


def _one_alphabet(word: str) -> str:
    """A word of mixed alphabets in the one that has look-alikes of all its letters, Latin where two have.

    "Bаku" with a Cyrillic а is a trick, and so is "саmе" with three; "Mосквa" with two Latin letters is
    Russian. A word wholly in Cyrillic is Russian and stays.
    """
    scripts = [_script(letter) for letter in word]
    present = {script for script in scripts if script}
    if len(present) < 2:
        return word
    for main in sorted(present, key=lambda script: (script != "LATIN", -scripts.count(script))):
        changed = "".join(
            _look_alike(letter, main) if script and script != main else letter
            for letter, script in zip(word, scripts, strict=True)
        )
        if all(_script(letter) in (main, None) for letter in changed):
            return changed
    return word


def _script(letter: str) -> str | None:
    name = unicodedata.name(letter, "")
    return next((script for script in _SCRIPTS if name.startswith(script)), None)


@lru_cache(maxsize=1024)
def _look_alike(letter: str, script: str) -> str:
    """The letter of `script` that looks like `letter` (Unicode TS 39's table of confusables), or itself."""
    from confusable_homoglyphs import confusables

    for group in confusables.is_confusable(letter, greedy=True, preferred_aliases=[]) or []:
        for other in group["homoglyphs"]:
            name = str(other["n"])
            known = script != "LATIN" or str(other["c"]).isascii()  # not the kra of Greenland for a к
            if known and name.startswith(script) and ("LETTER" in name) and len(other["c"]) == 1:
                return str(other["c"])
    return letter

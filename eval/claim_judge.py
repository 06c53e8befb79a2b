"""Does a text support a claim? Two judges, by code alone: words looked up, and the proof's own means.

`LookUp`: a claim fails where a number or a name of it stands nowhere in the text, or where it says "not" and
the text never does. `Proof` (`bot.verify.against`) also sees a denial of what the text does not deny, an
opposite among the same words, an absolute of its own and an invented quotation. Neither sees a swapped role,
nor a detail that was added in common words.
"""

from __future__ import annotations

from collections import OrderedDict

from bot.language.words import load_words
from bot.verify.against import against
from bot.verify.reading import Reader, Text
from bot.weighing.lexicon import Lexicon, Word, load_lexicon
from index.canonical import canonical


class Proof:
    """Rules on claims by what in the text speaks against them."""

    name = "names, figures, denials, opposites, absolutes and quotations held against the text"

    def __init__(self, lexicon: Lexicon | None = None) -> None:
        lexicon = lexicon or load_lexicon()
        self._reader = Reader(lexicon, load_words(lexicon))
        self._texts: OrderedDict[str, Text] = OrderedDict()

    def supported(self, claim: str, source: str) -> bool:
        """Whether nothing in the text speaks against the claim."""
        return next(against(canonical(claim), self._read(source), reader=self._reader), None) is None

    def _read(self, source: str) -> Text:
        """A text, read; the last few are remembered, for several claims are made of one."""
        if source not in self._texts:
            self._texts[source] = self._reader.text(canonical(source))
            while len(self._texts) > 8:
                self._texts.popitem(last=False)
        return self._texts[source]


class LookUp:
    """Rules on claims by looking their telling words up in the text."""

    name = "numbers, names and negation looked up in the text"

    def __init__(self, lexicon: Lexicon | None = None) -> None:
        self._lexicon = lexicon or load_lexicon()

    def supported(self, claim: str, source: str) -> bool:
        """Whether nothing that can be looked up speaks against the claim."""
        claimed, told = self._lexicon.read(claim), self._lexicon.read(source)
        known = {word.key for word in told}
        return all(word.key in known for word in claimed if _telling(word)) and not (
            self._denies(claimed) and not self._denies(told)
        )

    def _denies(self, words: tuple[Word, ...]) -> bool:
        return any(word.low in self._lexicon.negations for word in words)


def _telling(word: Word) -> bool:
    """A number, or a capitalised word that does not only begin the claim."""
    return not word.plain and (word.number or (word.name and word.start > 0))

"""Does a text support a claim? What can be told by looking words up: its numbers, its names, its negation.

A claim fails where a number or a name of it stands nowhere in the text, or where it says "not" and the text
never does. That finds changed figures, invented names and planted denials; it cannot see a swapped role or an
added detail in common words. Those wait for the proof of written sentences.
"""

from __future__ import annotations

from bot.lexicon import Lexicon, Word, load_lexicon


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

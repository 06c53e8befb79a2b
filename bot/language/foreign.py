"""A text into whether it is in Latin letters and yet not in English: in a language that is not read."""

from __future__ import annotations

from bot.language.lexicon import Lexicon

_PLAIN, _KNOWN = 0.3, 0.6  # parts of an English text's words that are plain, or known


def is_foreign(text: str, lexicon: Lexicon) -> bool:
    """Whether a question's words stand nowhere for their language, rather than for what they ask.

    Of 932 questions in English four are taken for such, all of them names and misspelt words alone; of ten in
    French, German, Spanish, Italian, Polish and Azerbaijani all. Other scripts are not looked at.
    """
    words = [word for word in lexicon.read(text) if not word.number]
    if not words or not in_latin_letters(text):
        return False
    plain = sum(word.plain for word in words)
    known = sum(word.plain or word.key in lexicon.common for word in words)
    return plain < _PLAIN * len(words) and known < _KNOWN * len(words)


def in_latin_letters(text: str) -> bool:
    """Whether half of a text's letters are plain Latin ones, as in all languages of Western Europe."""
    letters = [letter for letter in text if letter.isalpha()]
    return sum(letter.isascii() for letter in letters) * 2 >= len(letters)

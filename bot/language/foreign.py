"""A text into whether it is in Latin letters and yet not in English: in a language that is not read."""

from __future__ import annotations

from bot.language.lexicon import Lexicon

_PLAIN, _KNOWN = 0.3, 0.6  # parts of an English text's words that are plain, or known
_OWN_PLAIN, _OWN_KNOWN = 0.15, 0.75  # the same of its words that are no names


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


def is_english(text: str, lexicon: Lexicon) -> bool:
    """Whether a sentence's own words are English ones; names and figures are in any language.

    Of 1,485 sentences of English news pages 0.98 are; of 2,177 in German, Czech, French, Turkish, Italian,
    Spanish, Swedish, Dutch, Norwegian and Vietnamese five, two of them English lines about a browser.
    """
    words = [word for word in lexicon.read(text) if not word.number and (word.plain or not word.name)]
    plain = sum(word.plain for word in words)
    known = sum(word.plain or word.key in lexicon.common for word in words)
    return in_latin_letters(text) and plain > _OWN_PLAIN * len(words) and known > _OWN_KNOWN * len(words)


def in_latin_letters(text: str) -> bool:
    """Whether half of a text's letters are plain Latin ones, as in all languages of Western Europe."""
    letters = [letter for letter in text if letter.isalpha()]
    return sum(letter.isascii() for letter in letters) * 2 >= len(letters)

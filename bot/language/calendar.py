"""The names of days and months, and small numbers in words, each with its number; English and Russian."""

from __future__ import annotations

from bot.language.words import LANGUAGES, words_of


def _in_order(name: str, *, start: int) -> dict[str, int]:
    """Words with their place in their language's list."""
    lists = (words_of("calendar", name, languages=(language,)) for language in LANGUAGES)
    return {word: number for words in lists for number, word in enumerate(words, start)}


MONTHS = _in_order("months", start=1)
WEEKDAYS = _in_order("weekdays", start=0)
NUMBERS = _in_order("numbers", start=1) | {"a": 1, "an": 1, "две": 2}
ENGLISH_MONTHS = words_of("calendar", "months", languages=("en",))
ENGLISH_WEEKDAYS = words_of("calendar", "weekdays", languages=("en",))

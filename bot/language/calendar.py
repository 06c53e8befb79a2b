"""The names of days and months, and small numbers in words, each with its number; English and Russian."""

from __future__ import annotations

from collections.abc import Sequence

from bot.language.words import LANGUAGES, word_values, words_of


def _in_order(name: str, *, start: int, languages: Sequence[str] = LANGUAGES) -> dict[str, int]:
    """Words with their place in their language's list."""
    lists = (words_of("calendar", name, languages=(language,)) for language in languages)
    return {word: number for words in lists for number, word in enumerate(words, start)}


MONTHS = _in_order("months", start=1)
WEEKDAYS = _in_order("weekdays", start=0)
_ONES = {word: int(value) for word, value in word_values("figures", "ones").items() if 1 <= value <= 12}
NUMBERS = _ONES | _in_order("numbers", start=1, languages=("ru",)) | {"a": 1, "an": 1, "две": 2}
ENGLISH_MONTHS = words_of("calendar", "months", languages=("en",))
SHORT_MONTHS = words_of("calendar", "short_months")
ENGLISH_WEEKDAYS = words_of("calendar", "weekdays", languages=("en",))
SHORT_WEEKDAYS = words_of("calendar", "short_weekdays")

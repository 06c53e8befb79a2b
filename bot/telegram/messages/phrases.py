"""What the bot says, in the language of whoever reads it: its own texts beside those of `bot.showing`."""

from __future__ import annotations

from bot.showing.word_table import DEFAULT, LANGUAGES
from bot.showing.wording import Words
from bot.telegram.messages.no_links import named

_PACKAGES = ("bot.showing", "bot.telegram")


class Dictionary:
    """The languages, loaded once."""

    def __init__(self) -> None:
        self._words = {language: Words.load(language, _PACKAGES, safe=named) for language in LANGUAGES}

    def of(self, code: str | None) -> Words:
        """The words for a user's language code ("ru-RU"); English where there are none."""
        return self._words.get((code or "").partition("-")[0].lower(), self._words[DEFAULT])

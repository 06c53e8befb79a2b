"""The words that reading news needs, as data: `<language>/<subject>.toml`, a list of words under each name.

A list is one text whose words stand between blanks, or between "|" where some are of several words. Languages
are read together: what a reader asks of a word, it asks in whichever language the word is.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

LANGUAGES = ("en", "ru")


@cache
def word_file(subject: str, language: str) -> Mapping[str, Any]:
    """The lists of one file, by name; empty where a language has none of that subject."""
    path = files(__package__).joinpath(language, f"{subject}.toml")
    return tomllib.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}


def words_of(subject: str, name: str, *, languages: tuple[str, ...] = LANGUAGES) -> tuple[str, ...]:
    """A list as it is written, one language after the other. Raises `KeyError` where none has it."""
    texts = [str(raw[name]) for language in languages if name in (raw := word_file(subject, language))]
    if not texts:
        folders = " or ".join(f"words/{language}" for language in languages)
        raise KeyError(f"no list {name!r} in {subject}.toml of {folders}")
    return tuple(word for text in texts for word in _parted(text))


def word_set(subject: str, name: str) -> frozenset[str]:
    """The words of a list in every language."""
    return frozenset(words_of(subject, name))


def word_values(subject: str, table: str) -> Mapping[str, float]:
    """The English words of a table with what each counts for."""
    values: Mapping[str, float] = word_file(subject, "en")[table]
    return values


def listed(words: str) -> tuple[str, ...]:
    """The words of a list that is written as one text."""
    return tuple(words.split())


def _parted(text: str) -> list[str]:
    if "|" not in text:
        return text.split()
    return [part.strip() for line in text.splitlines() for part in line.split("|") if part.strip()]

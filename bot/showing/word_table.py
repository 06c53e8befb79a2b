"""One language's table of texts, and how that language counts, lists and writes days."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib import resources
from typing import Self

from bot.answers.lines import plain

DEFAULT = "en"
LANGUAGES = ("en", "ru")

Values = Mapping[str, str | int]
_NONE: Values = {}


@dataclass(frozen=True)
class WordTable:
    """The texts of one language; `safe` makes a line with foreign names harmless where it is shown."""

    language: str
    table: Mapping[str, object]
    safe: Callable[[str], str] = plain

    @classmethod
    def load(
        cls, language: str, packages: Sequence[str] = ("bot.showing",), *, safe: Callable[[str], str] = plain
    ) -> Self:
        """The texts of a language of `LANGUAGES`, from `words/LANGUAGE.toml` of each package.

        Of a text that several have, that of the last package counts; the others of its section stay.
        """
        table: dict[str, object] = {}
        for package in packages:
            text = resources.files(package).joinpath("words", f"{language}.toml").read_text("utf-8")
            for name, texts in tomllib.loads(text).items():
                before = table.get(name)
                table[name] = before | texts if isinstance(before, dict) else texts
        return cls(language, table, safe)

    def section(self, name: str) -> Mapping[str, object]:
        """All texts of a section by name. Raises `KeyError` where there is none."""
        found = self.table[name]
        if not isinstance(found, Mapping):
            raise KeyError(name)
        return found

    def say(self, key: str, values: Values = _NONE) -> str:
        """The text at "section.name", its `{…}` filled in. Raises `KeyError` where there is none."""
        section, _, name = key.partition(".")
        return str(self.section(section)[name]).strip().format_map(values)

    def counted(self, key: str, count: int, values: Values = _NONE) -> str:
        """The text at "section.name" in the form for `count`, which is its `{count}`."""
        section, _, name = key.partition(".")
        forms = self.section(section)[name]
        if not isinstance(forms, list):
            raise KeyError(key)
        return str(forms[_form(count, len(forms))]).format_map({**values, "count": count})

    @cached_property
    def months(self) -> Sequence[str]:
        """Their short names, January first."""
        found = self.table["months"]
        return found if isinstance(found, list) else []

    def day(self, iso: str | None) -> str:
        """The day of an ISO date for people: "19 Oct 2020", "Oct 2020"; or that it is not known."""
        if not iso:
            return self.say("wording.undated")
        parts = iso.partition("T")[0].split("-")
        if len(parts) > 1 and parts[1].isdigit() and 1 <= int(parts[1]) <= 12:
            parts[1] = self.months[int(parts[1]) - 1]
        return " ".join([part.lstrip("0") for part in parts[2:]] + parts[1:2] + parts[:1])

    def moment(self, iso: str) -> str:
        """An ISO date with its time, where it has one: "19 Oct 2020, 17:45"."""
        time = iso.partition("T")[2]
        return f"{self.day(iso)}, {time[:5]}" if time else self.day(iso)

    def listed(self, names: Sequence[str], last: str) -> str:
        """Names in a row, as in "a, b or c"; `last` is "and" or "or"."""
        if len(names) < 2:
            return "".join(names)
        return f"{', '.join(names[:-1])} {self.say(f'wording.{last}')} {names[-1]}"


def _form(count: int, forms: int) -> int:
    """Which of a language's forms a number takes: of three the Slavic rule, 1, 2 and 5; of two, 1 and 2."""
    if forms < 3:
        return min(int(count != 1), forms - 1)
    if count % 10 == 1 and count % 100 != 11:
        return 0
    return 1 if count % 10 in (2, 3, 4) and count % 100 not in (12, 13, 14) else 2

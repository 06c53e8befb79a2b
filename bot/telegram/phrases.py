"""What the bot says, in the language of whoever reads it: one TOML file a language.

The words around quotations are those of `bot.showing.wording` in English; other languages bring their own.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib import resources

from bot.answering.dated_words import days_line, precise
from bot.answers.answer import Answer, DatedWords, Sentence
from bot.answers.citation import Citation
from bot.answers.origins import Origin
from bot.answers.question import describe
from bot.showing import wording
from bot.speaking.speaker import UNCLEAR
from bot.telegram.no_links import named
from index.records import Article, Filters

DEFAULT = "en"
LANGUAGES = ("en", "ru")

Values = Mapping[str, str | int]
_NONE: Values = {}
_READ_AS = re.compile(r"read as “(?P<what>.*)”")
_SPELLED = re.compile(r"'(?P<asked>[^']*)' read as '(?P<found>[^']*)', which is how the archive spells it")
_MEANT = re.compile(r" Did you mean (?P<names>'.*')\?$")
_ONLY = "only articles "


@dataclass(frozen=True)
class Words:
    """The texts of one language."""

    language: str
    table: Mapping[str, object]

    @classmethod
    def load(cls, language: str) -> Words:
        """The texts of a language of `LANGUAGES`."""
        text = resources.files("bot.telegram").joinpath("words", f"{language}.toml").read_text("utf-8")
        return cls(language, tomllib.loads(text))

    def say(self, key: str, values: Values = _NONE) -> str:
        """The text at "section.name", its `{…}` filled in."""
        section, _, name = key.partition(".")
        found = self.table[section]
        if not isinstance(found, Mapping):
            raise KeyError(key)
        return str(found[name]).strip().format_map(values)

    @cached_property
    def months(self) -> Sequence[str]:
        """Their short names, January first."""
        found = self.table["months"]
        return found if isinstance(found, list) else []

    def day(self, iso: str | None) -> str:
        """An ISO date for people, or that it is not known."""
        if not iso:
            return wording.UNDATED if self.language == DEFAULT else self.say("wording.undated")
        parts = iso.partition("T")[0].split("-")
        if len(parts) > 1:
            parts[1] = self.months[int(parts[1]) - 1]
        return " ".join([part.lstrip("0") for part in parts[2:]] + parts[1:2] + parts[:1])

    def origins(self, origins: Sequence[Origin]) -> str:
        """How many outlets and how many independent texts stand behind an answer; empty for one outlet."""
        if self.language == DEFAULT or not wording.origins_line(origins):
            return named(wording.origins_line(origins))
        outlets = {outlet for one in origins for outlet in one.outlets}
        agency = f" ({origins[0].agency})" if len(origins) == 1 and origins[0].agency else ""
        return named(self.say("wording.origins", {"outlets": len(outlets), "origins": len(origins)}) + agency)

    def printed_by(self, article: Article, also_in: Sequence[str] = ()) -> str:
        """The outlet, its agency and the date of an article."""
        if self.language == DEFAULT:
            return named(wording.printed_by(article, also_in))
        outlet = article.outlet or self.say("wording.outlet_unknown")
        if article.agency and article.agency.casefold() != outlet.casefold():
            outlet = self.say("wording.printing", {"outlet": outlet, "agency": article.agency})
        if also_in:
            others = self.listed(also_in, "and")
            outlet = self.say("wording.also_in", {"outlet": outlet, "others": others})
        return named(f"{outlet}, {self.day(article.published)}")

    def lead(self, sentence: Sentence, citation: Citation) -> str:
        """What stands before a quoted sentence: who says it, and who printed it."""
        if self.language == DEFAULT:
            return named(wording.lead(sentence, citation))
        source = self.printed_by(citation.article, sentence.also_in)
        if sentence.speaker is None or wording.names(sentence.text, sentence.speaker):
            return source
        if sentence.speaker == UNCLEAR:
            return named(self.say("wording.unclear", {"source": source}))
        values = {"speaker": sentence.speaker, "source": source, "role": sentence.role or ""}
        return named(self.say("wording.speaker_role" if sentence.role else "wording.speaker", values))

    def days(self, dates: Sequence[DatedWords], citation: Citation) -> str:
        """What the relative dates of a citation mean: “on Monday”: 19 Oct 2020; empty without any."""
        if self.language == DEFAULT:
            return named(days_line(dates, citation))
        body = citation.article.body
        mine = [one for one in dates if one.citation == citation.number]
        told = [f"«{body[one.start : one.end]}»: {self._days(one)}" for one in mine]
        return named("; ".join(dict.fromkeys(told)))

    def _days(self, one: DatedWords) -> str:
        first, *rest = precise(one)
        told = self.day(first)
        if rest:
            same = first[:7] == rest[0][:7]
            told = f"{int(first[8:])}–{self.day(rest[0])}" if same else f"{told} – {self.day(rest[0])}"
        return told if one.exact else self.say("wording.about", {"date": told})

    def refusal(self, answer: Answer) -> str:
        """Why there is no answer."""
        if answer.abstention is None:
            return ""
        if self.language == DEFAULT:
            return named(" ".join(answer.text.splitlines()[len(answer.notes) :]))
        key, missing = (
            answer.abstention.reason,
            self.listed([f"«{word}»" for word in answer.abstention.missing], "or"),
        )
        if key == "not_in_archive" and not answer.abstention.nearest:
            return self.say("refusals.nothing_stored")
        if key == "not_stated" and missing:
            return self.say("refusals.not_stated_missing", {"missing": missing})
        meant = _MEANT.search(answer.text)
        near = (
            self.listed([f"«{name}»" for name in re.findall("'([^']*)'", meant["names"])], "or")
            if meant
            else ""
        )
        told = self.say(f"refusals.{key}", {"missing": missing})
        return named(f"{told} {self.say('refusals.meant', {'names': near})}" if near else told)

    def notes(self, answer: Answer) -> list[str]:
        """How the question was understood, and the filters that were used."""
        told = [self._note(note) for note in answer.notes if not note.startswith(_ONLY)]
        only = self.filters(answer.filters)
        return [*told, *([only] if only else [])]

    def filters(self, filters: Filters) -> str | None:
        """Filters in one sentence; None without any."""
        if self.language == DEFAULT:
            described = describe(filters)
            return (
                self.say("texts.only", {"what": described.removeprefix("articles ")}) if described else None
            )
        told = []
        if filters.outlet:
            told.append(self.say("wording.from", {"outlets": self.listed(filters.outlet, "or")}))
        for name, date in (("since", filters.since), ("until", filters.until), ("as_of", filters.as_of)):
            if date:
                told.append(self.say(f"wording.{name}", {"date": self.day(date)}))
        return self.say("texts.only", {"what": ", ".join(told)}) if told else None

    def listed(self, names: Sequence[str], last: str) -> str:
        """Names in a row, as in "a, b or c"; `last` is "and" or "or"."""
        if len(names) < 2:
            return "".join(names)
        word = last if self.language == DEFAULT else self.say(f"wording.{last}")
        return f"{', '.join(names[:-1])} {word} {names[-1]}"

    def _note(self, note: str) -> str:
        if self.language == DEFAULT:
            return named(note)
        if found := _READ_AS.fullmatch(note):
            return named(self.say("wording.read_as", found.groupdict()))
        if found := _SPELLED.fullmatch(note):
            return named(self.say("wording.spelled", found.groupdict()))
        return named(note)


class Dictionary:
    """The languages, loaded once."""

    def __init__(self) -> None:
        self._words = {language: Words.load(language) for language in LANGUAGES}

    def of(self, code: str | None) -> Words:
        """The words for a user's language code ("ru-RU"); English where there are none."""
        return self._words.get((code or "").partition("-")[0].lower(), self._words[DEFAULT])

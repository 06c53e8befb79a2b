"""What Dateline knows of words (`words/en/lexicon.toml`): keys under which two forms count as one word."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from importlib.resources import files
from typing import NamedTuple

import snowballstemmer

from bot.language.calendar import ENGLISH_MONTHS, ENGLISH_WEEKDAYS
from bot.language.words import word_file
from index.letters import folded

_REMEMBERED = 100_000  # words; 30 MB
_POSSESSIVE = re.compile(r"['’]s?$")
_PLAIN_WORD = r"\d+(?:[.,:]\d+)*(?:st|nd|rd|th|s)?(?![^\W\d_])|[^\W_]+(?:['’][^\W\d_]+)*"
# One word each, however it is written: "H.B. 68", "PM2.5", "F-16s", "2021–22", "pre-existing".
_COMPOUND = (
    r"(?<!\w)(?:(?:[A-Z]\.){2,}\s?\d+|[^\W\d_]{1,3}[-–]?\d+(?:\.\d+)+|[A-Z][^\W\d_]{0,2}[-–]\d+s?"
    r"|(?:1\d|20)\d\d[-–]\d\d|(?:[Pp]re|[Nn]on|[Cc]o|[Rr]e|[Aa]nti|[Mm]ulti|[Ss]ub)[-–][a-z]{3,})(?!\w)"
)
_IS_COMPOUND = re.compile(_COMPOUND).fullmatch
_PARTED = re.compile(r"[-–.\s]+")
_SKY = re.compile(r"(?:yy|iy|yi|ii)$")  # "Zelenskyy", "Zelenskiy", "Zelensky"
_ORDINAL = re.compile(r"^(\d+)(?:st|nd|rd|th|s)$")

# Which of snowball's stemmers reads a word, told from its first letter: "у" is Russian, "ա" Armenian.
_SCRIPTS: Mapping[str, str] = {
    "CYRILLIC": "russian",
    "ARMENIAN": "armenian",
    "GREEK": "greek",
    "ARABIC": "arabic",
}


class KeyedWord(NamedTuple):
    """One word of a text at `text[start:end]`; forms share a `key`: "began", "begin"; "3", "three"."""

    text: str
    start: int
    end: int
    key: str
    name: bool  # it begins with a capital letter
    number: bool
    plain: bool  # it carries no topic: "the", "did", "who"
    low: str  # in lower case, with straight apostrophes


class _Traits(NamedTuple):
    """What a word is wherever it stands; see `KeyedWord`."""

    key: str
    name: bool
    number: bool
    plain: bool
    low: str


@dataclass(frozen=True)
class Lexicon:
    """Words, their families, opposites and what they ask for. Reading a text takes about 1 µs a word."""

    plain: frozenset[str]
    manner: frozenset[str]  # how to answer: "verbatim"
    orders: frozenset[str]  # the same, where a sentence begins: "Compare"
    question_words: frozenset[str]
    auxiliaries: frozenset[str]
    negations: frozenset[str]
    prefixes: tuple[str, ...]
    months: frozenset[str]  # months and weekdays, as keys
    times: frozenset[str]  # as keys
    reasons: frozenset[str]  # as keys
    superlatives: frozenset[str]
    nouns: Mapping[str, frozenset[str]]  # the kind of thing wanted: nouns that ask for it, as keys
    opposites: Mapping[str, frozenset[str]]  # as keys
    numbers: Mapping[str, str]
    aliases: Mapping[str, str]  # "united states": "usa"
    families: Mapping[str, str]  # "began": "begin"
    words: re.Pattern[str]
    common: Mapping[str, float]  # keys of common English words: the part of passages that hold them
    _known: dict[str, _Traits] = field(default_factory=dict, compare=False, repr=False)

    def read(self, text: str) -> tuple[KeyedWord, ...]:
        """The words of a text, in order; "United States", "$" and "%" are words too."""
        words = []
        for found in self.words.finditer(text):
            word = found[0]
            traits = self._known.get(word) or self._meet(word)
            words.append(KeyedWord(word, found.start(), found.end(), *traits))
        return tuple(words)

    def keys(self, text: str) -> frozenset[str]:
        """The keys of a text's words, without where they stand: three times as fast as reading them."""
        known, meet = self._known, self._meet
        return frozenset([(known.get(word) or meet(word)).key for word in self.words.findall(text)])

    def key(self, text: str) -> str:
        """Under what a word is compared: its number, its alias, or the stem of its family's name."""
        return (self._known.get(text) or self._meet(text)).key

    def _meet(self, text: str) -> _Traits:
        """The traits of a word that is not known yet; the words of a few thousand articles are remembered."""
        low = text.lower().replace("’", "'")
        number = text[0].isdigit() or low in self.numbers
        traits = _Traits(self._make_key(text), text[0].isupper(), number, self._is_plain(text, low), low)
        if len(self._known) >= _REMEMBERED:
            self._known.clear()
        self._known[text] = traits
        return traits

    def _is_plain(self, text: str, low: str) -> bool:
        if text in self.aliases:  # "US" is a country, "us" is not
            return False
        return low in self.plain or low in self.question_words or low in self.auxiliaries

    def _make_key(self, text: str) -> str:
        alias = self.aliases.get(text) or self.aliases.get(text.lower() if len(text) > 2 else text)
        if alias:
            return alias
        if _IS_COMPOUND(text):
            text = _PARTED.sub("", text)
        low = _POSSESSIVE.sub("", text.lower()) or text.lower()
        if low in self.numbers:
            return self.numbers[low]
        if low[0].isdigit():
            return _ORDINAL.sub(r"\1", low).replace(",", "")
        return self._stem(self.families.get(low) or _SKY.sub("y", low))

    def _stem(self, low: str) -> str:
        script = unicodedata.name(low[0], "LATIN").split()[0]
        language = _SCRIPTS.get(script, "porter")
        # "Erdoğan" is "Erdogan" in most of the English press, "Wałęsa" "Walesa".
        # One of its own: a stemmer holds the word that it works on, and other threads read, too.
        stemmer = snowballstemmer.stemmer(language)
        return str(stemmer.stemWord(folded(low) if language == "porter" else low))


def load_lexicon() -> Lexicon:
    """The lexicon that ships with Dateline; 5 ms, so keep it."""
    raw = word_file("lexicon", "en")
    aliases = dict(_aliases(raw["aliases"]["names"]))
    families = {form: family[0] for family in _lists(raw["families"]["words"]) for form in family[1:]}
    bare = Lexicon(
        plain=_set(raw["plain"]),
        manner=_set(raw["manner"]),
        orders=_set(raw["orders"]),
        question_words=_set(raw["question_words"]),
        auxiliaries=_set(raw["auxiliaries"]),
        negations=_set(raw["negations"]),
        prefixes=tuple(raw["negative_prefixes"].split()),
        months=frozenset(),
        times=frozenset(),
        reasons=frozenset(),
        superlatives=_set(raw["superlatives"]),
        nouns={},
        opposites={},
        numbers=raw["numbers"],
        aliases=aliases,
        families=families,
        words=_pattern(aliases),
        common=json.loads(files("bot.language").joinpath("common_words.json").read_text(encoding="utf-8")),
    )
    return _with_keys(bare, raw)


def opposite_words() -> dict[str, tuple[str, ...]]:
    """The opposites of each word, as they are written in `words/en/lexicon.toml`."""
    return _opposites(word_file("lexicon", "en")["opposites"]["words"])


def _opposites(lines: str) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for one, other in _lists(lines):
        found[one] = (*found.get(one, ()), other)
        found[other] = (*found.get(other, ()), one)
    return found


def _with_keys(bare: Lexicon, raw: Mapping[str, object]) -> Lexicon:
    """The lists that are compared by key, which only a lexicon can make."""

    def keys(words: object) -> frozenset[str]:
        return frozenset(bare.key(word) for word in str(words).split())

    opposites: dict[str, set[str]] = {}
    pairs = raw["opposites"]
    assert isinstance(pairs, dict)
    for word, others in _opposites(pairs["words"]).items():
        opposites.setdefault(bare.key(word), set()).update(map(bare.key, others))
    nouns = raw["nouns"]
    assert isinstance(nouns, dict)
    return replace(
        bare,
        months=frozenset(map(bare.key, (*ENGLISH_MONTHS, *ENGLISH_WEEKDAYS))),
        times=keys(raw["times"]),
        reasons=keys(raw["reasons"]),
        nouns={kind: keys(words) for kind, words in nouns.items()},
        opposites={key: frozenset(others) for key, others in opposites.items()},
    )


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


def _lists(lines: str) -> list[list[str]]:
    """The lists of a text in which lists are parted by "|" or a line's end."""
    return [part.split() for line in lines.splitlines() for part in line.split("|") if part.split()]


def _aliases(names: Iterable[str]) -> Iterable[tuple[str, str]]:
    for line in names:
        name, *forms = line.split("|")
        for form in forms:
            yield form, name


def _pattern(aliases: Mapping[str, str]) -> re.Pattern[str]:
    """Words, longest alias first: "United States of America" before "United States" before "United"."""
    odd = [form for form in aliases if not form.isalnum()]
    several = "|".join(re.escape(form) for form in sorted(odd, key=len, reverse=True))
    return re.compile(
        rf"(?<!\w)(?:{several})(?!\w)|{_COMPOUND}|(?<!\w)(?:[A-Z]\.){{2,}}|{_PLAIN_WORD}|[%$€£]"
    )

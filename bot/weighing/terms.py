"""A question into what it asks: its names, numbers, dates and rare words, and the kind of thing wanted."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, Protocol

from bot.language.lexicon import KeyedWord, Lexicon
from index.records import Filters

AnswerKind = Literal[
    "person", "place", "date", "number", "organisation", "reason", "quote", "yes-no", "other"
]

_QUOTED = re.compile(r"[\"“„«](.{2,200}?)[\"”“»]")
_YEAR = re.compile(r"(?:1\d|20)\d\d(?:s)?$")
_SAYING = re.compile(
    r"\b(?:say|said|says|tell|told|announced?|claim(?:ed)?|call(?:ed)? for|stated?|comment(?:ed)?)\b"
)

# Capitalised words that may stand between the parts of one name: "Secretariat of the Council of Europe".
_JOINING = frozenset(("of", "the", "de", "la", "le", "al", "bin", "van", "von", "der", "del", "du", "da"))

# How many further words after "which" or "what" may belong to what is asked for: "what Russian news agency".
_FOCUS_WORDS = 4

# How many passages of general English stand beside the archive's own when words are weighed.
_BACKGROUND = 300

# Words of "how many" that no answer repeats.
_AMOUNTS = frozenset(("many", "much"))


class PassageCounts(Protocol):
    """What the archive knows of words; `index.storage.archive.Archive` is one."""

    def passage_counts(self, words: Sequence[str], *, filters: Filters = ...) -> dict[str, int]:
        """In how many passages each word stands, with the stemming of the full-text index."""

    def passage_total(self) -> int:
        """How many passages there are."""


@dataclass(frozen=True)
class QuestionName:
    """A name or phrase of a question as it is written there, and the words that make it."""

    text: str
    words: tuple[KeyedWord, ...]


@dataclass(frozen=True)
class Terms:
    """What a question asks.

    `content` are its words that carry a topic, in order; `focus` those of them that name what is wanted
    ("city" in "which city"). `names` are runs of capitalised words, `numbers` include years, `dates` are
    years, months and weekdays, `quoted` phrases between quotation marks. `weights` gives each content
    word's key a weight from 0 (it is in every passage) to 1 (in none); `counts` is in how many passages it
    stands. `negated`: "not", "never", …
    """

    question: str
    kind: AnswerKind
    words: tuple[KeyedWord, ...]
    content: tuple[KeyedWord, ...]
    focus: tuple[KeyedWord, ...]
    names: tuple[QuestionName, ...]
    numbers: tuple[KeyedWord, ...]
    dates: tuple[KeyedWord, ...]
    quoted: tuple[str, ...]
    weights: Mapping[str, float]
    counts: Mapping[str, int]
    negated: bool

    @cached_property
    def keys(self) -> frozenset[str]:
        """The keys of its content words, names, numbers and dates among them."""
        return frozenset(word.key for word in self.content)

    @cached_property
    def asked(self) -> frozenset[str]:
        """The keys of all its words."""
        return frozenset(word.key for word in self.words)

    @cached_property
    def core(self) -> tuple[KeyedWord, ...]:
        """Its content words but those that name what is wanted."""
        focus = {word.key for word in self.focus}
        return tuple(word for word in self.content if word.key not in focus)

    @cached_property
    def named(self) -> tuple[KeyedWord, ...]:
        """The words of its names."""
        return tuple(word for name in self.names for word in name.words)

    def weight(self, words: Sequence[KeyedWord]) -> float:
        """The sum of the weights of content words."""
        return sum(self.weights[word.key] for word in words)


def read_terms(
    question: str, *, lexicon: Lexicon, archive: PassageCounts, filters: Filters | None = None
) -> Terms:
    """What `question` asks, its words weighed by how rare they are in the archive (within `filters`)."""
    words = tuple(word for word in lexicon.read(question) if not tells_manner(word, question, lexicon))
    at = _question_word(words, lexicon)
    focus = _focus(words, at, lexicon)
    content = tuple(word for word in words if not (word.plain or word.low in _AMOUNTS))
    counts = _counts(content, archive, filters or Filters())
    return Terms(
        question=question,
        kind=_kind(question, words, at, focus, lexicon),
        words=words,
        content=content,
        focus=focus,
        names=_names(question, words, lexicon),
        numbers=tuple(word for word in content if word.number),
        dates=tuple(word for word in content if is_year(word) or (word.name and word.key in lexicon.months)),
        quoted=tuple(found.group(1).strip(" .,;:!?") for found in _QUOTED.finditer(question)),
        weights=_weights(counts, archive.passage_total(), lexicon),
        counts=counts,
        negated=any(word.low in lexicon.negations for word in words),
    )


def tells_manner(word: KeyedWord, question: str, lexicon: Lexicon) -> bool:
    """Whether a word says how to answer, not what about: "verbatim", "Compare …" where a sentence begins."""
    begins = not question[: word.start].strip() or question[: word.start].rstrip()[-1] in ".?!:"
    return word.low in lexicon.manner or (begins and word.low in lexicon.orders)


def is_year(word: KeyedWord) -> bool:
    """Whether it looks like a year, 1000 to 2099, or a decade ("1990s")."""
    return bool(_YEAR.match(word.text))


def _question_word(words: Sequence[KeyedWord], lexicon: Lexicon) -> int | None:
    """Where the word stands that asks: the "what" of "When the law is broken, what is it called?".

    A question word after a preposition or at the start asks, unless a subordinate clause begins with it:
    "when", "where" and "how" at the start ask only if an auxiliary or an adjective follows.
    """
    places = [n for n, word in enumerate(words) if word.low in lexicon.question_words]
    if not places:
        return None
    first = places[0]
    nearby = [word.low for word in words[first + 1 : first + 2]]
    subordinate = words[first].low in ("when", "where") and not any(
        low in lexicon.auxiliaries for low in nearby
    )
    if subordinate and len(places) > 1:
        return places[1]
    if first > 2 and len(places) > 1 and places[-1] >= len(words) - 2:
        return places[-1]  # "the man who wrote it lived where?"
    return first


def _focus(words: Sequence[KeyedWord], at: int | None, lexicon: Lexicon) -> tuple[KeyedWord, ...]:
    """The words that name what is wanted: those after "what", "which", "whose" or "how", up to a verb."""
    if at is None or words[at].low not in ("what", "which", "whose", "how"):
        return ()
    found: list[KeyedWord] = []
    for word in words[at + 1 : at + 1 + _FOCUS_WORDS]:
        if word.plain and word.low not in _AMOUNTS:
            return tuple(found)
        if word.low not in _AMOUNTS:
            found.append(word)
        if any(word.key in nouns for nouns in lexicon.nouns.values()):
            return tuple(found)
    return tuple(found[:1])  # no verb in sight: "what city hosted the games"


_BY_QUESTION_WORD: Mapping[str, AnswerKind] = {
    "who": "person", "whom": "person", "whose": "person", "where": "place", "when": "date", "why": "reason",
}  # fmt: skip
MEASURED = frozenset((
    "many", "much", "long", "far", "old", "tall", "high", "large", "big", "often", "fast", "deep", "wide",
    "heavy", "hot", "cold", "late",
))  # fmt: skip
_BEING = frozenset(("is", "are", "was", "were", "be"))
_NOUN_KINDS: tuple[AnswerKind, ...] = ("person", "place", "organisation", "date", "number", "reason")


def _kind(
    question: str, words: Sequence[KeyedWord], at: int | None, focus: Sequence[KeyedWord], lexicon: Lexicon
) -> AnswerKind:
    """The kind of thing wanted, from the word that asks and the nouns after it."""
    if at is None:
        return "yes-no" if words and words[0].low in lexicon.auxiliaries else "other"
    asking = words[at].low
    following = words[at + 1].low if at + 1 < len(words) else ""
    if asking in _BY_QUESTION_WORD:
        return _BY_QUESTION_WORD[asking]
    if asking == "how":
        if following == "soon":
            return "date"
        return "number" if following in MEASURED else "other"
    if words[0].low in lexicon.auxiliaries and at > 0 and words[0].low != asking:
        return "yes-no"
    return _kind_of_noun(words, at, focus, lexicon) or (
        "quote" if _SAYING.search(question.lower()) else "other"
    )


def _kind_of_noun(
    words: Sequence[KeyedWord], at: int, focus: Sequence[KeyedWord], lexicon: Lexicon
) -> AnswerKind | None:
    """What the noun in "which NOUN" or "what is the NOUN of" asks for; the last noun of a run decides."""
    nouns = [word for word in focus if not word.plain]
    if not nouns:
        after = [word for word in words[at + 1 :] if not word.plain]
        nouns = after[:1] if len(words) > at + 1 and words[at + 1].low in _BEING else []
    for word in reversed(nouns):
        for kind in _NOUN_KINDS:
            if word.key in lexicon.nouns[kind]:
                return kind
    return None


def _names(question: str, words: Sequence[KeyedWord], lexicon: Lexicon) -> tuple[QuestionName, ...]:
    """Runs of capitalised words, months left out. The first word counts only as part of a longer run.

    Where every word is capitalised ("Who Brokered The Truce") capitals tell nothing, and there are no names.
    """
    if sum(not word.name for word in words) <= len(words) // 4:
        return ()
    names: list[QuestionName] = []
    run: list[KeyedWord] = []
    for word in words:
        joined = bool(run) and question[run[-1].end : word.start].strip("-–") in ("", " ")
        if joined and (word.name or word.low in _JOINING):
            run.append(word)
            continue
        names.extend(_name(question, run))
        run = [word] if word.name and not word.plain else []
    names.extend(_name(question, run))
    return tuple(name for name in names if not all(word.key in lexicon.months for word in name.words))


def _name(question: str, run: list[KeyedWord]) -> list[QuestionName]:
    """The name that a run makes, without the joining words at its ends."""
    while run and not run[-1].name:
        run = run[:-1]
    own = tuple(word for word in run if not (word.plain or word.low in _AMOUNTS))
    if not own or (run[0].start == 0 and len(run) == 1):
        return []
    return [QuestionName(question[run[0].start : run[-1].end], own)]


def _counts(content: Sequence[KeyedWord], archive: PassageCounts, filters: Filters) -> dict[str, int]:
    """In how many passages each word stands, by key; the commonest of a key's forms counts."""
    forms = {word.text: word.key for word in content}
    counts: dict[str, int] = {}
    for text, count in archive.passage_counts(sorted(forms), filters=filters).items():
        counts[forms[text]] = max(count, counts.get(forms[text], 0))
    return counts


def _weights(counts: Mapping[str, int], total: int, lexicon: Lexicon) -> dict[str, float]:
    """The inverse document frequency of BM25, divided by that of a word in no passage; 0 to 1.

    log(1 + (N - n + ½) / (n + ½)) / log(1 + (N + ½) / ½): with N = 1,000 a word in none has 1, in one 0.86,
    in ten 0.60. General English counts as `_BACKGROUND` passages more: in an archive of 40 passages
    "announce", which may be in none of them, is still no rare word.
    """
    total += _BACKGROUND
    most = math.log(1 + (total + 0.5) / 0.5)
    weights = {}
    for key, count in counts.items():
        n = min(total, count + _BACKGROUND * lexicon.common.get(key, 0.0))
        weights[key] = math.log(1 + (total - n + 0.5) / (n + 0.5)) / most
    return weights

"""The words by which articles show who is speaking (`bot/language/words`): verbs, roles, bodies, outlets."""

from __future__ import annotations

from functools import lru_cache

from bot.language.calendar import ENGLISH_MONTHS, ENGLISH_WEEKDAYS, SHORT_MONTHS
from bot.language.words import word_set

_REMEMBERED = 20_000  # words: those of a few hundred articles

SAYING = word_set("speech", "saying")
PERHAPS_SAYING = word_set("speech", "perhaps_saying")
SAYING_BESIDE_WORDS = word_set("speech", "saying_beside_words")
SAYING_WITH_QUOTATION = word_set("speech", "saying_with_quotation")
SAYING_AT_THE_END = word_set("speech", "saying_at_the_end")
SAYING_OF_MANY = word_set("speech", "saying_of_many")
REPORTING = word_set("speech", "reporting")
PARTICLES = {"pointed": "out", "points": "out", "went": "on", "goes": "on"}  # pointed out, went on
PRONOUNS = word_set("speakers", "pronouns")
FEMALE = word_set("speakers", "female")
MALE = word_set("speakers", "male")
HONORIFICS = word_set("speakers", "honorifics")
PERSONS = word_set("speakers", "persons")
BODIES = word_set("speakers", "bodies")
BEFORE_ROLES = word_set("speakers", "before_roles")
ADVERBS = word_set("grammar", "adverbs").union(ENGLISH_WEEKDAYS)
TIMES = word_set("grammar", "times").union(ENGLISH_MONTHS, ENGLISH_WEEKDAYS)
BEFORE_NOT_SAYING = word_set("grammar", "before_not_saying")
CLAUSE_OPENERS = word_set("grammar", "clause_openers")
ORG_NAMES = word_set("speakers", "org_names")
PORTFOLIOS = word_set("speakers", "portfolios")
PREPOSITIONS = word_set("grammar", "prepositions")
DETERMINERS = word_set("grammar", "determiners")
NOT_NAMES = word_set("grammar", "not_names").union(ENGLISH_MONTHS, SHORT_MONTHS, ENGLISH_WEEKDAYS)
NOT_FIRST_NAMES = word_set("speakers", "not_first_names")
OUTLETS = word_set("outlets", "outlets")
NEWS_WORDS = word_set("outlets", "news_words")
NEWS_NAMES = word_set("outlets", "news_names")
COUNTRIES = word_set("places", "countries")
PLACES = COUNTRIES | word_set("places", "capitals") | word_set("places", "states")


_RUSSIAN_ENDS = "аеёиоуыэюяьйхмв"  # letters of endings, without which a noun is its stem or shorter


@lru_cache(maxsize=1)
def _russian_stems() -> dict[str, str]:
    """The Russian roles and bodies by their stems."""
    return {word.rstrip(_RUSSIAN_ENDS): word for word in PERSONS | BODIES if "а" <= word[0] <= "я"}


@lru_cache(maxsize=_REMEMBERED)
def singular(word: str) -> str:
    """A plural role as it stands in the lists: "Officials" → "official", "spokesmen" → "spokesman"."""
    low = word.lower().rstrip(".").removesuffix("’s").removesuffix("'s")
    if low in PERSONS or low in BODIES:
        return low
    if "а" <= low[:1] <= "я":  # министра, министром, министры; полиции
        return _russian_stems().get(low.rstrip(_RUSSIAN_ENDS), low)
    if low.endswith("men"):
        return low[:-2] + "an"
    if low.endswith("ies"):
        return low[:-3] + "y"
    return low.removesuffix("es") if low.endswith(("ches", "sses")) else low.removesuffix("s")


@lru_cache(maxsize=_REMEMBERED)
def is_person(word: str) -> bool:
    """Whether a word is a person's role."""
    one = singular(word)
    return (
        one.rpartition("-")[2] in PERSONS or one.endswith("ologist") or word.lower().rstrip(".") in HONORIFICS
    )


@lru_cache(maxsize=_REMEMBERED)
def is_body(word: str) -> bool:
    """Whether a word is a body that speaks: a ministry, a company, a report."""
    return singular(word) in BODIES

"""An article's title, outlet, day and author beside what is expected of its page: right or not, each.

Words are compared, not quotation marks or capital letters. Pages have several headlines: one is right that is
expected or that the page itself has as an `<h1>`. An outlet is expected by the name of its file,
whose letters or initials it has, or by `_NAMES`; an address, a handle, a company or a place is none.
An author is expected where a person or an agency is: of "Le Figaro et AFP" AFP, of "BBC News" nobody.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from eval.studies.page_texts import words_in
from index.articles.bylines import wire_of
from index.letters import normalized
from index.records import Article

FIELDS = ("title", "title as expected", "outlet", "day", "author")
_NAMES = {
    "SZ": "Süddeutsche", "FAZ": "Frankfurter Allgemeine", "NTV": "n-tv", "StuttgarterZeitung": "STZ",
    "Bhaskar": "दैनिक भास्कर", "AsahiShimbun": "朝日新聞", "ChunichiShimbun": "中日新聞", "MBN": "매일경제",
    "MainichiShimbun": "毎日新聞", "YomiuriShimbun": "読売新聞", "Kommersant": "Коммерсантъ",
    "EveningStandard": "The Standard", "APNews": "Associated Press", "LATimes": "Los Angeles Times",
    "DieZeit": "ZEIT",
    "NTVTR": "NTV",
    "TheGatewayPundit": "Gateway Pundit", "Tageszeitung": "Neue Südtiroler Tageszeitung",
    "Publico": "Público", "CanadaCom": "Canada.com", "DailyNewsTZ": "Daily News",
    "BusinessInsiderDE": "Business Insider", "VogueDE": "Vogue", "SpiegelOnline": "Der Spiegel",
}  # fmt: skip
_NO_NAME = re.compile(
    r"(?i)://|@|_|, |\b(?:gmbh|ltd|inc|llc|ag|s\.?a\.?|verlag|group|co|corporation)\b\.?$|\b(?:gmbh|verlag)\b"
)
_OF_THE_HOUSE = re.compile(r"(?i)redaktion|\bstaff\b|\bnewsroom\b|\.(?:com|de|at|be|org|net)\b|\w/\w")


@dataclass(frozen=True)
class ExpectedFields:
    """What is expected of a page: `published` in ISO 8601 or empty, `outlet` the name of its file."""

    title: str
    outlet: str
    published: str
    authors: tuple[str, ...]


def expected_fields(value: Mapping[str, object], outlet: str) -> ExpectedFields:
    """The fields that one version of an outlet's values expects."""
    authors = value.get("authors")
    names = tuple(map(str, authors)) if isinstance(authors, list) else ()
    return ExpectedFields(
        str(value.get("title") or ""), outlet, str(value.get("publishing_date") or ""), names
    )


def right_fields(article: Article, expected: ExpectedFields, *, headings: Sequence[str]) -> dict[str, bool]:
    """Of each field that is expected, whether the article has it right; `headings` are its `<h1>`s."""
    people = _people(expected)
    right = {"outlet": is_outlet(article.outlet or "", expected.outlet)}
    if expected.title:
        words = words_in(article.title)
        right["title as expected"] = words == words_in(expected.title)
        right["title"] = words in [words_in(one) for one in (expected.title, *headings)]
    if expected.published:
        right["day"] = _is_day(article.published or "", expected.published)
    if people:
        named = _named(article.author or "")
        right["author"] = people <= named | _named(article.agency or "") and named <= people
    return right


def is_outlet(name: str, expected: str) -> bool:
    """Whether a name is the outlet's that a file is called by."""
    if not name or _NO_NAME.search(name):
        return False
    found, meant = _letters(name), {_letters(expected), _letters(_NAMES.get(expected, expected))}
    initials = "".join(word[0] for word in words_in(name))
    return initials == expected.casefold() or any(one in found or found in one for one in meant)


def _letters(name: str) -> str:
    plain = normalized(name.casefold(), "NFKD")
    return "".join(character for character in plain if character.isalnum())


def _people(expected: ExpectedFields) -> set[str]:
    """The expected persons and agencies, each as its words; names of the house and single words are none."""
    known = {_letters(expected.outlet), _letters(_NAMES.get(expected.outlet, expected.outlet))}
    names = [part for name in expected.authors for part in re.split(r" et | and ", name)]
    return {
        " ".join(words_in(wire_of(name) or name))
        for name in names
        if not _OF_THE_HOUSE.search(name)
        and not any(_letters(name) in one or one in _letters(name) for one in known)
        and (wire_of(name) or not name.isascii() or len(name.split()) > 1)
    }


def _named(names: str) -> set[str]:
    parts = [name for name in re.split(r"\s*[,;]\s*", names) if name]
    return {" ".join(words_in(wire_of(name) or name)) for name in parts}


def _is_day(found: str, expected: str) -> bool:
    """Whether a date is of the expected day, by its own clock or by the expected one."""
    if found[:10] == expected[:10]:
        return True
    try:
        one, other = datetime.fromisoformat(found), datetime.fromisoformat(expected)
        return one.astimezone(other.tzinfo).date() == other.date()
    except ValueError:
        return False

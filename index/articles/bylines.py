"""Who wrote it and who published it: bylines, wire datelines, names of news agencies and of outlets."""

from __future__ import annotations

import re
from dataclasses import dataclass

_WIRES = """
AFP, AP, Reuters, TASS, ITAR-TASS, ТАСС, RIA Novosti, РИА Новости, Interfax, Интерфакс, Sputnik, Trend, APA
AZERTAC, Turan, Armenpress, Арменпресс, ARKA, Interpressnews, Anadolu Agency, Xinhua, Kyodo, Kyodo News
Yonhap, dpa, EFE, ANSA, UPI, PTI, ANI, IANS, PA Media, Belga, ANP, Ukrinform, UNIAN, Interfax-Ukraine, BelTA
Kazinform, IRNA, Bernama, MENA, WAM, Bloomberg News, Dow Jones Newswires, The Canadian Press, AAP
"""
_SAME = {"the associated press": "AP", "associated press": "AP", "agence france-presse": "AFP",
         "thomson reuters": "Reuters", "azertag": "AZERTAC", "ria": "RIA Novosti"}  # fmt: skip
_OUTLET = re.compile(
    r"(?i)\b(?:news|newspaper|times|post|herald|tribune|journal|gazette|telegraph|guardian|independent|daily|"
    r"observer|chronicle|mail|mirror|radio|tv|television|online|today|weekly|bbc|cnn|nbc|cbs|abc|npr|pbs|"
    r"jazeera|euronews|dw|rfe/rl|politico|axios|bloomberg|newsweek|economist|forbes|"
    r"новости|газета|известия|коммерсантъ|ведомости)\b"
)
_NO_OUTLET = re.compile(  # sections and labels, which no outlet is called by alone
    r"(?i)(?:(?:news|новости|breaking|latest|world|local|politics|business|sports?|today|online|daily|weekly|tv|"
    r"radio|video|live|mail|post|times|газета)\W*)+"
)
_DOMAIN = re.compile(r"(?i)(?:www\.)?[a-z][\w-]+(?:\.[\w-]+)*\.[a-z]{2,6}")
_NAME = r"(?:[^\W\d_a-zа-яё][\w'’.-]*|de|da|van|von|der|den|bin|al|el|ibn|di|du|la|le)"
_NAMES = rf"{_NAME}(?:\s+{_NAME}){{0,4}}"
_BYLINE = re.compile(
    r"(?:[Bb]y|BY|From|FROM|(?:Written|Reported|Reporting|Story)\ by|Автор:?|Источник:|Source:)\s+"
    rf"(?P<names>{_NAMES}(?:(?:\s*,\s+and|,|\s+and|\s+&|\s+и)\s+{_NAMES}){{0,5}})"
    r"(?P<rest>(?:\s*[|,/–—]|\s+-|\s+(?:in|for|at))\s+[^.!?]{2,60})?"
)
_NOT_NAMES = re.compile(
    r"(?i)\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|\b(?:january|february|march|april|june|july|august|"
    r"september|october|november|december|numbers|contrast|comparison|then|now|here|there|all|any|some|that|"
    r"this|law|far|staff|admin|editors?|reporters?)\b"
)
_DAY = r"(?:[A-Z][A-Za-z]{2,8}\.?\s\d{1,2}|\d{1,2}\s[A-Za-zА-Яа-я]{3,9})(?:,?\s\d{4})?"
_DATELINE = re.compile(
    rf"(?:(?P<place>[^\W\d_a-zа-яё][\w'’.,/ -]{{1,60}}?)[,.]?\s+)??(?:{_DAY}[.,]?\s+)?"
    r"(?:\((?P<round>[\w./ -]{2,30})\)\s*[-–—―]+\s*|[-–—]?\s*/(?P<slash>[\w. -]{2,30})/\.?\s*(?:[-–—―]\s*)?)"
)


@dataclass(frozen=True)
class Byline:
    """Who a byline names, and what else stands on its line."""

    names: str
    rest: str | None


@dataclass(frozen=True)
class WireLine:
    """The wire that a story's first words name, and how many characters these take."""

    wire: str
    length: int


def byline_of(line: str) -> Byline | None:
    """The names of a line such as "By Jane Doe and John Roe, Reuters", or None."""
    match = _BYLINE.fullmatch(line.strip()) if len(line) <= 150 else None
    if match is None or _NOT_NAMES.search(match["names"]):
        return None
    rest = re.sub(r"^[\s|,/–—-]+", "", match["rest"] or "")
    return Byline(" ".join(match["names"].split()), rest or None)


def dateline_of(paragraph: str) -> WireLine | None:
    """The dateline of a first paragraph, such as "MOSCOW, Oct 19 (Reuters) - ", if it names a wire."""
    match = _DATELINE.match(paragraph[:150])
    wire = wire_of(match["round"] or match["slash"]) if match else None
    return WireLine(wire, match.end()) if match and wire else None


def wire_of(name: str) -> str | None:
    """The usual name of a news agency, or None for what is none."""
    folded = " ".join(name.casefold().split())
    wires = {wire.casefold(): wire for wire in _WIRES.strip().replace("\n", ", ").split(", ")}
    return _SAME.get(folded) or wires.get(folded)


def looks_like_outlet(name: str) -> bool:
    """Whether a name is that of a site ("Today.Az") or has a word that outlets have in theirs."""
    named = _OUTLET.search(name) is not None and _NO_OUTLET.fullmatch(name) is None
    return len(name) <= 60 and (named or _DOMAIN.fullmatch(name) is not None)

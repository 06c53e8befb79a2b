"""Who wrote it and who published it: bylines, wire datelines, names of news agencies and of outlets."""

from __future__ import annotations

import re
from dataclasses import dataclass

_WIRES = """
AFP, AP, Reuters, TASS, ITAR-TASS, ТАСС, RIA Novosti, РИА Новости, Interfax, Интерфакс, Sputnik, Trend, APA
AZERTAC, Turan, Armenpress, Арменпресс, ARKA, Interpressnews, Anadolu Agency, Xinhua, Kyodo, Kyodo News
Yonhap, dpa, EFE, ANSA, UPI, PTI, ANI, IANS, PA Media, Belga, ANP, Ukrinform, UNIAN, Interfax-Ukraine, BelTA
Kazinform, IRNA, Bernama, MENA, WAM, Bloomberg News, Dow Jones Newswires, The Canadian Press, AAP
SID, KNA, epd, Keystone-SDA, NTB, TT, Ritzau, STT, BNS, CTK, PAP, MTI, Lusa, Agerpres, Anadolu Ajansı, DHA
Europa Press, Press Association, Press Trust of India, Antara, VNA, Notimex, Télam, Agência Brasil
"""
_SAME = {"the associated press": "AP", "associated press": "AP", "agence france-presse": "AFP",
         "thomson reuters": "Reuters", "azertag": "AZERTAC", "ria": "RIA Novosti", "apa-ots": "APA",
         "deutsche presse-agentur": "dpa", "canadian press": "The Canadian Press", "sda": "Keystone-SDA",
         "dpa-infocom": "dpa", "anadolu": "Anadolu Agency", "agencia efe": "EFE"}  # fmt: skip
_WITH_WIRE = re.compile(r"(?i)[/(+]|\s-|\s(?:in|at|with|staff|news|and|via|for)\b|,\s")
# What a person does at an outlet, and what of: "Environment correspondent", "Staff Writer".
_ROLE = (
    r"(?:editors?|reporters?|writers?|correspondents?|journalists?|producers?|contributors?|columnists?|staff|desk|"
    r"team|newsroom|bureau|admin(?:istrator)?|author|webdesk|analysts?|presenter|intern|photographers?|"
    r"redaktion|redaktør|redakteur(?:in|e)?|korrespondent(?:in)?|autor(?:in)?|volontär(?:in)?|rédaction|"
    r"redacción|redazione|redactie|redaktionen|редакция|корреспондент|обозреватель)"
)
_OF = (
    r"(?:senior|junior|chief|deputy|assistant|associate|contributing|guest|freelance|special|managing|executive|"
    r"staff|news|web|digital|online|video|audience|trending|breaking|live|night|day|weekend|politic(?:s|al)|"
    r"environment|climate|energy|science|technology|tech|health|medical|education|business|economics?|financ(?:e|ial)|"
    r"money|markets?|city|home|foreign|world|international|national|local|regional|community|crime|legal|court|"
    r"courts|defen[cs]e|security|diplomatic|home\ affairs|social\ affairs|religion|arts?|culture|music|film|"
    r"tv|entertainment|showbiz|sports?|football|cricket|tennis|rugby|travel|food|lifestyle|features?|investigations?|"
    r"investigative|data|transport|consumer|property|royal|media|opinion|europe|africa|asia|us|uk|scotland|wales|"
    r"ireland|middle\ east|washington|westminster|moscow|beijing|our|own|by|of|and|at|the|large|in|general|"
    r"assignment|chefredakteur(?:in)?|leitende[r]?)"
)
_ROLES = re.compile(rf"(?i)(?:\b{_OF}\s+){{0,4}}\b{_ROLE}(?:[\s-]+(?:at\ large|in\ chief))?")
_TRAILING_ROLE = re.compile(
    rf"(?i)[\s,|–—-]+(?:the\s+)?{_ROLES.pattern.removeprefix('(?i)')}(?=$|\s*[,|/&]|\s+(?:and|in|for|at)\s)"
)
_AGENCIES = re.compile(
    r"(?i)(?:,|\s+and|\s+with|\s*&)\s+(?:news\s+)?(?:agenc(?:ies|y)|wires?)(?:\s+staff|\s+reports?)?\s*$"
)
_CONTACT = re.compile(r"\s*(?:[(\[]?\S+@\S+\.\w+[)\]]?|(?<=\s)@\w+)")
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
_DOMAIN = re.compile(r"(?i)(?:www\.)?[a-z][\w-]+(?:\.[\w-]+)*\.[a-z]{2,7}")
_SMALL = "de|da|van|von|der|den|bin|al|el|ibn|di|du|la|le"
_NAME = rf"(?:(?!(?:For|In|At|And|With)\b)[^\W\d_a-zа-яё][\w'’.-]*|{_SMALL})"
_NAMES = rf"{_NAME}(?:\s+{_NAME}){{0,4}}"
_BYLINE = re.compile(
    r"(?:(?:(?i:written|reported|reporting|story|words|text|analysis|opinion|review|comment(?:ary)?|interview|exclusive|"
    r"feature|explainer|report|column)\s+)?(?:[Bb]y|BY):?|From|FROM|Автор:?|Источник:|Source:|Author:)\s+"
    rf"(?P<names>{_NAMES}(?:(?:\s*,\s+and|,|\s+and|\s+&|\s+и)\s+{_NAMES}){{0,5}})"
    r"(?P<rest>(?:\s*[|,/–—•·(]|\s+-|\s+(?:[Ii]n|[Ff]or|[Aa]t|[Ww]ith))\s*(?:[^.!?]|\.(?=\w)){2,60})?"
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
    match = _BYLINE.fullmatch(without_role(line.strip())) if len(line) <= 150 else None
    if match is None or _NOT_NAMES.search(match["names"]):
        return None
    rest = re.sub(r"^(?:[\s|,/–—•·(-]|(?i:for|with)\s)+|\)$", "", match["rest"] or "")
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


def wire_in(name: str) -> str | None:
    """The news agency that a name begins with, such as "dpa/lnw" or "Associated Press in Valencia"."""
    return wire_of(name) or wire_of(_WITH_WIRE.split(name, maxsplit=1)[0])


def is_role(name: str) -> bool:
    """Whether a text says what somebody does and not who: "Staff Writer", "Courier staff reporter"."""
    return (
        re.search(rf"(?i)\b{_ROLE}$", name) is not None or re.match(rf"(?i)(?:{_ROLE}\b)", name) is not None
    )


def is_only_role(name: str) -> bool:
    """Whether it does not even say of what: "Contributor", "Political Editor"."""
    return _ROLES.fullmatch(name) is not None


def without_role(names: str) -> str:
    """A byline without what its people do, where they are reached, and that agencies helped."""
    return _AGENCIES.sub("", _TRAILING_ROLE.sub("", _CONTACT.sub("", names))).strip()


def looks_like_outlet(name: str) -> bool:
    """Whether a name is that of a site ("Today.Az") or has a word that outlets have in theirs."""
    named = _OUTLET.search(name) is not None and _NO_OUTLET.fullmatch(name) is None
    return len(name) <= 60 and (named or _DOMAIN.fullmatch(name) is not None)

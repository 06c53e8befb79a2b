"""Which lines of a copied web page are its furniture: advertisements, sharing, related stories, copyright.

Every pattern is of a whole line. A sentence of the article matches none: when in doubt, a line is kept.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from index.articles.promotions import is_promotion

_SITES = "facebook|twitter|x|whatsapp|telegram|linkedin|reddit|email|e-mail|link|copy"
_DEEDS = "share|save|print|email|e-mail|tweet|like|follow|comment|send"
_LETTERS = "newsletters?|channels?|alerts?|updates?|emails?|briefings?"
_CREDITED = r"(?:\ (?:(?-i:[A-ZÀ-Þ])[\w.&'’-]*|and|und|et|y|the|of|in),?){1,15}\.?"

_FURNITURE = re.compile(
    rf"""(?ix)
    # advertisements
    [-–—]?\s*(?: advertisements? | advert | ads? | реклама | sponsored(?:\ content)? | promoted | anzeige
        | publicité | publicidad )\s*[-–—]?
    | (?:story|article|content)\ continues\ (?:below|after)(?:\ (?:the|this))?(?:\ (?:advertisement|ad))?
    # sharing and following
    | (?:{_DEEDS}|{_SITES})s?(?:[\s,|/·•+]+(?:{_DEEDS}|{_SITES}|on|via|by|to|now))*
        \s*(?:\(?\d[\d.,]*[km]?\)?)?
    | (?:share|send|save|print)\ (?:this|the)\ (?:article|story|page|post|link|news)
        (?:\ (?:on|via|with|by)\ .{{1,60}})?
    | share\ (?:on|via)\ [\w\s,/&]{{1,60}}
    | (?:follow|join|like)\ (?:us|our\ \S+)\ (?:on|in)\ .{{1,60}}
    | (?:subscribe|sign\ up)(?:\ (?:now|today|here))?
    | (?:subscribe|sign\ up)\ (?:to|for)\ (?:\S+\ ){{0,6}}(?:{_LETTERS})\b.{{0,60}}
    | subscribe\ to\ (?:the\ )?(?-i:[A-Z])\w*(?:\ (?-i:[A-Z])\w*){{0,3}}
    | подпи(?:сы|ши)\w+(?:\ на\ .{{1,60}})? | читайте\ нас\ в\ .{{1,60}} | поделиться(?:\ .{{1,40}})?
    # the site's own buttons
    | menu | search | home | close | sign\ in | log\ in | register | listen | bookmark | comments?
    | распечатать | комментарии | меню | поиск | главная
    | play\ (?:video|audio) | view\ (?:gallery|comments) | back\ to\ top
    | load\ more | show\ (?:more|comments) | next\ article | skip\ to\ (?:main\ )?content
    | listen\ to\ (?:this\ )?(?:article|story).{{0,30}} | accept(?:\ all)?(?:\ cookies)?
    | (?:this\ (?:web)?site\ uses|we\ use)\ cookies.{{0,200}}
    | \d+\s+(?:comments?|shares?|views?|комментари\w+|просмотр\w*)
    | (?:views?|просмотр\w*)\s*:?\s*\d[\d\s.,]*
    | \d+\s*-?\s*min(?:ute)?s?\s+read(?:ing\ time)? | (?:reading\ time|time\ to\ read):?\s+\d+\s+min\w*
    # other stories
    | (?:read|see|watch|learn)\ (?:more|also|next)(?:\s*[:»›>→|-].{{0,200}}|\s*\.{{0,3}})
    | read\ (?:the\ )?full\ (?:story|article)(?:\ (?:on|at|here)\b.{{0,60}})?
    | (?:tags?|topics?|keywords|filed\ under|теги|метки)\s*:.{{1,300}} | suggested\ topics:?.{{0,100}}
    | (?:also\ read|related|читайте\ также|по\ теме)\s*:.{{1,200}}
    # credits and standards
    | [•·*-]?\s*(?:e-?mail|contact|kontakt)\s*:?\s*\S+@\S+
    | our\ standards:.{{1,80}}
    | \((?:(?:additional|further)\ )?(?:reporting|writing|editing|compiled|translated|edited|written)
        (?:\ and\ \w+)?\ by\ .{{3,400}}\)?
    | (?:with|including)\ (?:additional\ )?(?:files|reports?|reporting|contributions?|material)
        \ (?:from|by){_CREDITED} | [-–—•*]?\s*(?:additional|further)\ reporting\ by{_CREDITED}
    | contributing:{_CREDITED}
    | [^"“”«»]{{3,300}}\ contributed\ (?:reporting\ )?to\ this\ (?:report|story|article)\.?
    | mit\ (?:agentur)?material(?:\ (?:von|der)\ .{{2,60}})?\.? | quellen?\s*:(?:\s*\S+){{1,4}}
    | image\ source,\s[^.!?]{{1,60}}
    | (?:photo|image|picture|фото)s?(?:\ (?:by|credit|source|courtesy\ of))?\s*[:/©]\s*[^.!?]{{1,60}}
    """
)
_OTHERS_BEGIN = re.compile(  # from here to the end there are other stories, if no prose follows
    r"""(?ix)
    (?: related(?:\ (?:articles?|stories|news|topics|content|coverage))? | also\ read
    | recommended(?:\ for\ you)? | more\ on\ this(?:\ (?:story|topic))? | more\ from\ .{1,40}
    | more\ (?:stories|news) | most\ (?:read|popular|viewed)
    | trending(?:\ now)? | latest\ news | top\ stories | you\ (?:may|might)\ also\ like | don['’]t\ miss
    | editors?['’]?s?\ picks?
    | читайте\ также | по\ теме | похожие\ новости | материалы\ по\ теме | популярное ):?
    """
)
_COPYRIGHT = re.compile(
    r"""(?x)
    (?:(?i:copyright|авторские\ права)\s*)?(?:©|\((?i:c|с)\)(?=\s*(?:19|20|[A-ZА-Я])))\s*(?P<holder>.{0,300})
    | (?i:copyright)\s*:?\s+(?P<dated>(?:19|20)\d\d\b.{0,200})
    | (?P<reserved>.{0,150}?(?i:all\ rights\ reserved|все\ права\ защищены)\.?.{0,150})
    """
)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_LEADING_YEARS = re.compile(r"[\s,–-]*(?:(?:19|20)\d\d[\s,–-]*)*(?:by\s+)?")
_HOLDER_ENDS = re.compile(
    r"(?i)\s*(?:[.;|,–—-]\s+|[.;|]?\s*\b(?:all rights|все права|or its|and its)|[\s,]\(?(?:19|20)\d\d).*"
)
_COMPANY = re.compile(
    r"(?i)[\s,]+(?:l\.?p|l\.?l\.?c|ltd|limited|inc|incorporated|corp|corporation|company|co|plc|gmbh|ag)\.?$"
)
_RIGHTS = re.compile(r"(?i)all rights reserved|все права защищены")
_SMALL = frozenset({"of", "the", "and", "by", "or", "its", "for", "in", "be", "may", "not", "и", "на", "без"})


@dataclass(frozen=True)
class Copyright:
    """What a copyright line says: its latest year and who holds it, as far as it says so."""

    year: int | None
    holder: str | None


def is_furniture(line: str) -> bool:
    """Whether a line is nothing but page furniture."""
    return len(line) <= 500 and (_FURNITURE.fullmatch(line.strip()) is not None or is_promotion(line.strip()))


def is_only_furniture(text: str) -> bool:
    """Whether of a text nothing is left that could be an article's once its furniture is gone."""
    lines = [line for line in text.split("\n") if line.strip()]
    furniture = [line for line in lines if is_furniture(line)]
    left = {*lines} - {*furniture}
    return bool(furniture) and not any(map(is_prose, left)) and sum(map(len, left)) < sum(map(len, furniture))


def begins_other_stories(line: str) -> bool:
    """Whether a line is the heading of a list of other stories, such as "Most read"."""
    return len(line) <= 80 and _OTHERS_BEGIN.fullmatch(line.strip()) is not None


def copyright_of(line: str) -> Copyright | None:
    """What a copyright line says, or None where the line is none.

    It begins with the sign, or is about nothing but rights: a sentence in which "copyright" stands is none.
    """
    match = _COPYRIGHT.fullmatch(line.strip())
    if match is None:
        return None
    unsigned = match["dated"] or match["reserved"] or ""
    if _is_sentence(_RIGHTS.sub("", unsigned)):
        return None
    said = match["holder"] or unsigned
    holder = re.sub(r"(?i)^copyright\W*", "", _LEADING_YEARS.sub("", said, count=1))
    holder = _LEADING_YEARS.sub("", holder, count=1)
    holder = _COMPANY.sub("", _HOLDER_ENDS.sub("", holder.strip())).strip(" .,|–—-")
    named = 0 < len(holder) <= 60 and not _RIGHTS.match(holder)
    return Copyright(max(map(int, _YEAR.findall(said)), default=None), holder if named else None)


def is_prose(line: str) -> bool:
    """Whether a line is running text: eight words ended as a sentence, or longer than any headline."""
    ended = ends_sentence(line) or re.search(r"[:;]$", line.strip()) is not None
    return (len(line.split()) >= 8 and ended) or len(line) > 200


def ends_sentence(line: str) -> bool:
    """Whether a line ends as a sentence does, also within quotation marks or brackets."""
    return re.search(r"[.!?…։。؟।！？][\"'”’»«“)\]」』]*$", line.strip()) is not None


def _is_sentence(text: str) -> bool:
    """Whether a text has three or more words in lower case that are not among those that join names."""
    return sum(word not in _SMALL for word in re.findall(r"\b[a-zа-яё]{2,}\b", text)) > 2

"""What a page gives as its author in several places into persons and agencies.

An author is none of: the outlet, an address, a section, a role, a date. The first place that names a person
counts: JSON-LD, `<meta>`, the byline, a link to a writer's page; an agency that is named on the way is the
article's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from index.articles.bylines import is_only_role, is_role, wire_in, without_role
from index.articles.page.statements import Statements, letters_of, plain, types_of
from index.articles.page.tree import names_in
from index.canonical import one_line
from index.dates import find_date

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_MOST = 60  # characters of a name
_BYLINE = re.compile(
    r"(?i)(?:^|[\s_-])(?:\w*authors?|autor(?:en|in)?|auteurs?|by-?line|reporter|writer)(?:$|[\s_-])"
)
_WRITERS_PAGE = re.compile(r"(?i)/(?:authors?|autor(?:en|es|in|innen)?|auteurs?|autor[ei])/[^/?#]")
_LONGEST_BYLINE = 100
_BY = re.compile(
    r"(?i)^(?:(?:written |words |story |reported |reporting |analysis |opinion |text |news |review )*by|von|"
    r"par|por|di|door|av|af|autor(?:in|en|es|e)?:?|author:?|автор:?|text:|(?:ein )?(?:kommentar|bericht|"
    r"interview|analyse|gastbeitrag) von)[\s:]+"
)
_AND = re.compile(r"(?i)\s*[,;|·•]\s*|\s+(?:and|und|et|&|och|og|en|и|mit)\s+|\s*&\s*|\s*\n\s*")
_NO_NAME = re.compile(r"(?i)\d\d|https?:|www\.|//|\.(?:com|de|org|net|co|at|ch|fr|it|es|ru|uk|tv)\b|[<>{}=@]")
_BESIDE = re.compile(r"\s*[(\[][^)\]]*[)\]]|\s*\S+@\S+|\s+기자\b|\s*\d+$|^@")
_COMPANY = re.compile(r"(?i)\b(?:gmbh|ltd|inc|llc|verlag|plc|press|publishing|media|agency|agentur)\b\.?")
_ORGANISATION = re.compile(r"Organi[sz]ation|Corporation")


@dataclass(frozen=True)
class Writers:
    """Who wrote an article: persons as one text, and the agency."""

    author: str | None
    agency: str | None


@dataclass(frozen=True)
class _Named:
    """A name as one place gives it; it is a `house`'s where the page says that it is no person's."""

    name: str
    house: bool = False


def writers_of(tree: HtmlElement, stated: Statements, *, sites: Sequence[str]) -> Writers:
    """Who wrote the page's article, not its site under any of its names."""
    houses = {letters_of(name) for name in (*sites, *_sections(stated))} - {""}
    agency, role = None, None
    for place in chain(_places(stated), _of_markup(tree)):
        persons: list[str] = []
        for named in place:
            wire = wire_in(named.name)
            agency = agency or wire
            name = "" if wire else _person(named, houses)
            if name and is_role(name):
                role = role or (None if is_only_role(name) else name)
            elif name and name not in persons:
                persons.append(name)
        if persons or (agency and not role):
            return Writers(", ".join(persons) or None, agency)
    return Writers(role, agency)


def _places(stated: Statements) -> Iterator[list[_Named]]:
    """The places of what a page states that give an author, the surest first, each with the names in it."""
    yield [*_of_json_ld(stated)]
    others = [name for name in stated.meta if name.endswith("author")]
    for name in ("author", "article:author", *others, "dc.creator", "byl"):
        yield [_Named(one) for value in stated.named(name) for one in _split(value)]


def _of_json_ld(stated: Statements) -> Iterator[_Named]:
    """The authors of the article, a text or things with a type and a name."""
    for author in stated.resolved(stated.article.get("author") or stated.article.get("creator")):
        if isinstance(author, dict):
            house = any(map(_ORGANISATION.search, types_of(author)))
            parts = [plain(author.get(key)) for key in ("givenName", "familyName")]
            names = author.get("name") or " ".join(filter(None, parts))
            for name in names if isinstance(names, list) else [names]:
                yield from (_Named(one, house=house) for one in _split(plain(name)))
        else:
            yield from map(_Named, _split(plain(author)))


def _of_markup(tree: HtmlElement) -> Iterator[list[_Named]]:
    """The names in what the page marks as its byline, in its order: a first one may be empty."""
    own = [one for one in tree.iter() if isinstance(one.tag, str) and not _is_aside(one)]
    for element in own:
        if _BYLINE.search(names_in(element, "rel", "itemprop", "class")):
            yield _of_byline(element)
    linked: dict[HtmlElement, list[_Named]] = {}
    for element in own:
        if element.tag == "a" and _WRITERS_PAGE.search(element.get("href") or ""):
            around = [element, *element.iterancestors()][:3][-1]  # of a list of links each is in an item
            linked.setdefault(around, []).extend(_of_byline(element))
    yield from linked.values()


def _is_aside(element: HtmlElement) -> bool:
    """Whether an element is beside the article: who is named there wrote something else."""
    return any(around.tag in {"aside", "footer", "nav"} for around in element.iterancestors())


def _of_byline(element: HtmlElement) -> list[_Named]:
    """The names in a byline, before its date; none in what is too long to be one."""
    text = one_line(" ".join(element.itertext()))
    begun = find_date(text)
    text = text[: begun.start] if begun else text
    names = _split(text) if 3 < len(text) <= _LONGEST_BYLINE else []
    return [_Named(name) for name in names if _looks_named(name)]


def _looks_named(name: str) -> bool:
    """Whether a text of a byline is a name: two to four words, each with a capital letter or a small "de"."""
    words = _BY.sub("", name).split()
    capital = [word for word in words if word[:1].isupper()]
    return wire_in(name) is not None or (2 <= len(words) <= 4 and len(capital) >= 2)


def _sections(stated: Statements) -> list[str]:
    """The sections of the site that the article is in."""
    given = stated.resolved(stated.article.get("articleSection"))
    return [*(plain(one) for one in given), *stated.named("article:section", "section")]


def _split(names: str) -> list[str]:
    """The names of a text such as "By Jane Doe and John Roe, Reuters"."""
    return [name for one in _AND.split(_BY.sub("", names)) if (name := one.strip(" .,:-–—|/"))]


def _person(named: _Named, houses: set[str]) -> str:
    """A name without what stands beside it; empty where it is no person's."""
    given = _BESIDE.sub("", _BY.sub("", named.name)).strip(" .,:-–—|/")
    name = without_role(given)
    if is_role(given) and len(name.split()) < 2:  # "Courier staff reporter": nobody is named
        name = given
    letters = letters_of(name)
    is_house = letters in houses or any(len(one) > 4 and one in letters for one in houses)
    if (is_house and not is_role(name)) or letters in houses or not letters or len(name) > _MOST:
        return ""
    if _NO_NAME.search(named.name) or _COMPANY.search(name):
        return ""
    if named.house and not is_role(name):
        return ""
    return name if any(map(str.isalpha, name)) else ""

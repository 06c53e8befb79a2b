"""A page's tree into what it states about itself for machines: JSON-LD, `<meta>`, links."""

from __future__ import annotations

import json
import re
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from html import unescape
from itertools import islice
from typing import TYPE_CHECKING

from index.articles.identity import host_of, web_address
from index.canonical import one_line

if TYPE_CHECKING:
    from lxml.html import HtmlElement

Thing = Mapping[str, object]
_ARTICLE = re.compile(r"(?:Article|Posting|Report|Review)$")
_PAGE = re.compile(r"Page$")
_MEDIA = re.compile(r"Video|Image|Audio|Media|Photo|Comment|Person|Clip")
_TAG = re.compile(r"</?[A-Za-z][^>]{0,200}>")
_KEY = re.compile(r"[:._-]")
_MOST = 10_000  # objects of JSON-LD, each of which is looked at several times; pages have some hundreds


@dataclass(frozen=True)
class Statements:
    """What a page says of itself: the objects of its JSON-LD, the outer ones first, and its `<meta>` values.

    The names of `meta` are in small letters without ":", ".", "_" and "-", which pages mix.
    """

    objects: Sequence[Thing]
    meta: Mapping[str, str]
    canonical: str | None
    language: str | None

    def named(self, *names: str) -> list[str]:
        """The values of `<meta>` under these names, in the order of the names."""
        return [self.meta[name] for name in map(_plain_key, names) if name in self.meta]

    @cached_property
    def article(self) -> Thing:
        """The object that is the page's article; empty where there is none."""
        articles = [one for one in self.objects if any(map(_ARTICLE.search, types_of(one)))]
        titled = [one for one in articles if one.get("headline")]
        others = [
            one for one in self.objects if one.get("headline") and not any(map(_MEDIA.search, types_of(one)))
        ]
        return next(iter([*titled, *others, *articles]), {})

    @cached_property
    def pages(self) -> list[Thing]:
        """The objects that are the page around it."""
        return [one for one in self.objects if any(map(_PAGE.search, types_of(one)))]

    def resolved(self, value: object) -> list[object]:
        """A value as a list, with what is only named by its "@id" put into its place."""
        named = {str(one["@id"]): one for one in self.objects if "@id" in one and len(one) > 2}
        values = value if isinstance(value, list) else [value]
        return [
            named.get(str(one.get("@id")), one) if isinstance(one, dict) and "name" not in one else one
            for one in values
            if one
        ]

    @cached_property
    def host(self) -> str:
        """The host of the page's address without "www."; empty where it states none."""
        return host_of(self.canonical)


def statements_of(tree: HtmlElement) -> Statements:
    """What a page states."""
    meta: dict[str, str] = {}
    for element in tree.iter("meta"):
        names = {element.get(key) for key in ("property", "name", "itemprop")}
        content = plain(element.get("content"))
        for name in names:
            if name and content:
                meta.setdefault(_plain_key(name), content)
    links = [link.get("href") for link in tree.iter("link") if (link.get("rel") or "").lower() == "canonical"]
    addresses = [*links, meta.get("ogurl")]
    return Statements(
        objects=[*islice(_json_ld(tree), _MOST)],
        meta=meta,
        canonical=next((found for one in addresses if one and (found := web_address(one))), None),
        language=tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang"),
    )


def plain(value: object) -> str:
    """A stated value as one line of text: pages write entities twice, and tags, into what should be text."""
    return one_line(_TAG.sub("", unescape(unescape(value)))) if isinstance(value, str) else ""


def types_of(thing: Thing) -> list[str]:
    """The types of an object of JSON-LD."""
    types = thing.get("@type")
    return [str(one) for one in types] if isinstance(types, list) else [str(types or "")]


def letters_of(name: str) -> str:
    """The letters and figures of a name in small letters, by which names are compared."""
    return "".join(filter(str.isalnum, name.casefold()))


def _plain_key(name: str) -> str:
    return _KEY.sub("", name.strip().lower())


def _json_ld(tree: HtmlElement) -> Iterator[Thing]:
    """Each object of the page's JSON-LD, the outer ones first."""
    for script in tree.xpath("//script[contains(@type, 'ld+json')]/text()"):
        try:
            waiting: deque[object] = deque([json.loads(script, strict=False)])
        except (ValueError, RecursionError):
            continue
        while waiting:
            value = waiting.popleft()
            if isinstance(value, dict):
                yield value
                waiting += value.values()
            elif isinstance(value, list):
                waiting += value

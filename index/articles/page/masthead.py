"""What a page gives as its outlet in several places into its name: no handle, address, company or place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from index.articles.page.chosen import words_of
from index.articles.page.statements import Statements, plain, types_of
from index.canonical import one_line

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_MOST = 60  # characters; what is longer is the site's motto or a headline
_ADDRESS = re.compile(r"(?i)https?:|//|@|^\s*www\.")
_HANDLE = re.compile(r"\w+_\w+")
_DOMAIN = re.compile(r"(?i)[\w-]+(?:\.[\w-]+)*\.[a-z]{2,8}")
_COMPANY = re.compile(
    r"(?i)(?:[\s,]+(?:gmbh|mbh|ltd|limited|inc|llc|l\.l\.c|llp|ag|plc|corp|corporation|company|s\.?a\.?|s\.?r\.?l"
    r"|s\.?p\.?a|a\.?s|ab|oy|kg|ohg|ug|n\.?v|b\.?v|pty|co|und|and|&|verlag|druck|publishing|publishers?"
    r"|group|holdings?|uk|us|usa)(?!\w)\.?)+$"
)
_SURELY_COMPANY = re.compile(
    r"(?i)\b(?:gmbh|ltd|limited|inc|llc|plc|corp|s\.p\.a|s\.r\.l|kg|verlag|publishing|group|holdings?)\b"
)
_PLACE = re.compile(r"(?P<name>[^,]{2,}),\s*[^\W\d_a-z].*")


def site_names(tree: HtmlElement, stated: Statements) -> list[str]:
    """All that the page gives as its site's name, the surest first: JSON-LD, `<meta>`, its host."""
    return [*filter(None, [*_written(tree, stated), _label(stated)])]


def _written(tree: HtmlElement, stated: Statements) -> list[str]:
    names = [plain(name) for name in _given(stated)]
    last = [
        re.split(r"\s[-–—|•·»›]+\s|[|｜：]", one_line(title.text_content()))[-1]
        for title in tree.iter("title")
    ]
    return [*names, *(one for one in last if _is_of(one, _label(stated))), stated.host]


def _label(stated: Statements) -> str:
    """The longest part of the page's host before its last: "courier" of courier.example."""
    return max(stated.host.split(".")[:-1], key=len, default="")


def outlet_of(tree: HtmlElement, stated: Statements, *, headline: str) -> str | None:
    """The outlet's name, the best that the page gives; its host where it gives none."""
    names = [_cleaned(name) for name in _written(tree, stated)]
    title = words_of(headline)
    usable = [
        name for name in names if _is_name(name) and (not title or words_of(name)[: len(title)] != title)
    ]
    called = [one for one in usable if not _DOMAIN.fullmatch(one) and not _SURELY_COMPANY.search(one)]
    of_host = [one for one in called if _is_of(one, _label(stated))]  # others may be mottos
    return next(iter(of_host or called or usable), None)


def _given(stated: Statements) -> Iterator[object]:
    """The names under which JSON-LD and `<meta>` give the publisher and the site."""
    publishers = [
        *stated.resolved(stated.article.get("publisher")),
        *(one for page in stated.pages for one in stated.resolved(page.get("publisher"))),
    ]
    for publisher in publishers:
        yield publisher.get("name") if isinstance(publisher, dict) else publisher
    yield from stated.named("og:site_name", "application-name")
    for thing in stated.objects:
        if {"NewsMediaOrganization", "WebSite"} & {*types_of(thing)}:
            yield thing.get("name")
    yield from stated.named("apple-mobile-web-app-title")


def _is_of(name: str, label: str) -> bool:
    """Whether a name's letters are those of a host."""
    letters = re.sub(r"[^a-z0-9]", "", name.lower())
    return len(letters) > 2 and len(label) > 2 and letters in label.replace("-", "")


def _cleaned(name: str) -> str:
    """A name without its place and without what makes a company of it."""
    placed = _PLACE.fullmatch(name)
    name = placed["name"].strip() if placed else name
    return _COMPANY.sub("", name) if _SURELY_COMPANY.search(name) else name


def _is_name(name: str) -> bool:
    """Whether a text can be an outlet's name at all."""
    return 1 < len(name) <= _MOST and not _ADDRESS.search(name) and not _HANDLE.fullmatch(name)

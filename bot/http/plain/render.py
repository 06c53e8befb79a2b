"""A view of the page into HTML: what is foreign in it is escaped and keeps no mark that reorders text."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple
from urllib.parse import urlencode

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from bot.answers.citation import Citation
from bot.showing.links import link_target
from bot.showing.wording import words_of
from index.records import Article, Span

_REORDERING = re.compile("[\u202a-\u202e\u2066-\u2069]")


class BodyPiece(NamedTuple):
    """Words of a paragraph; `first`: those with which what is quoted begins."""

    text: str
    quoted: bool = False
    first: bool = False


class Templates:
    """The templates of the page, loaded once."""

    def __init__(self) -> None:
        self._environment = Environment(
            loader=PackageLoader("bot.http", "plain"),
            autoescape=True,
            undefined=StrictUndefined,
            finalize=_shown,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        words = words_of()
        self._environment.globals.update(
            words=words, link=link_target, passage=passage_address, article_at=article_address
        )

    def fill(self, name: str, values: Mapping[str, object]) -> Markup:
        """One template of the folder, such as "answer", with its values."""
        return Markup(self._environment.get_template(f"{name}.html").render(values))  # escaped by it

    def fill_page(self, shell: str, values: Mapping[str, object]) -> str:
        """The whole page, whose text is `shell`."""
        return self._environment.from_string(shell).render(values)


def article_address(article: Article) -> str:
    """The address of an article on the page, relative to it."""
    return f"?{urlencode({'article': article.id})}"


def passage_address(citation: Citation) -> str:
    """The address of quoted words on the page, relative to it."""
    place = {"start": citation.start, "end": citation.end, "revision": citation.revision}
    return f"?{urlencode({'article': citation.article.id, **place})}#quote"


def paragraphs(body: str, span: Span | None) -> list[list[BodyPiece]]:
    """A body as paragraphs, each of pieces that are quoted or not."""
    first, last = span or (len(body), len(body))
    made: list[list[BodyPiece]] = [[]]
    begun = False
    for text, quoted in ((body[:first], False), (body[first:last], True), (body[last:], False)):
        for number, line in enumerate(re.split(r"\n+", text)):
            if number:
                made.append([])
            if line:
                made[-1].append(BodyPiece(line, quoted, first=quoted and not begun))
                begun = begun or quoted
    return [one for one in made if one]


def data_block(value: str) -> Markup:
    """JSON as it may stand in a script element that is data: nothing in it can end that element."""
    return Markup(value.replace("<", "\\u003c"))  # in JSON it stands in strings only


def _shown(value: object) -> object:
    return _REORDERING.sub("", value) if isinstance(value, str) and not isinstance(value, Markup) else value

"""A page's tree into its blocks: the runs of text that a reader sees as a paragraph, a heading, a row each.

The words are the page's own, to the letter: what the article says is taken from here, not from a tool that
rewrites it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from index.articles.page.hidden import UNSEEN
from index.canonical import one_line

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_UNREAD = re.compile(
    "audio|button|canvas|datalist|embed|head|iframe|input|noscript|object|option|script|select|style|svg|template"
    "|textarea|title|video"
)
_BLOCK = re.compile(
    "address|article|aside|blockquote|body|br|caption|center|d[dlt]|details|dialog|div|fieldset|figcaption|figure"
    "|footer|form|h[1-6r]|header|html|legend|li|main|menu|nav|ol|p|pre|section|summary|table|t(?:body|foot|head|r)"
    "|ul"
)
_BREAKING = 3  # blocks; the sentence is before the last two of them at most
_CLOSING = ",;.)!?…”’"
_HEADING = re.compile("h[1-6]")
_OPENS = re.compile(  # what browsers that read aloud are told of a link
    r"(?i)\s*\((?:opens?|öffnet|s['’]ouvre|se abre|si apre|abre|opent)\b[^()]{0,40}"
    r"\b(?:window|tab|fenster|fenêtre|onglet|ventana|pestaña|finestra|janela|venster)\b[^()]{0,20}\)"
)
_ELSEWHERE = re.compile(r"(?i)\s*(?!#|javascript:|mailto:|tel:|\s*$)")


@dataclass(frozen=True, eq=False)
class Block:
    """One run of text; `element` is what encloses it, and all of it stands between that element's other runs.

    `links` are its texts that lead to other pages; it is `within_link` where one link holds more than this
    block, as around a card.
    """

    text: str
    element: HtmlElement
    links: tuple[str, ...] = ()
    within_link: bool = False
    hidden: bool = False

    @property
    def is_heading(self) -> bool:
        """Whether the page marks it as a heading."""
        return _HEADING.fullmatch(str(self.element.tag)) is not None

    def link_share(self, *, longest: bool = False) -> float:
        """How much of the letters is in links to other pages, or in the longest of them."""
        letters = [sum(map(str.isalnum, link)) for link in self.links]
        of_links = max(letters, default=0) if longest else sum(letters)
        return min(1.0, of_links / max(1, sum(map(str.isalnum, self.text))))


def blocks_of(tree: HtmlElement) -> list[Block]:
    """The blocks of a page in its order. What is marked as unseen is left out, unless a whole block is."""
    return _joined([*_Reader().read(tree)])


def _joined(blocks: list[Block]) -> list[Block]:
    """`blocks` with sentences whole that an advertisement or the like breaks in two, before what breaks them.

    A paragraph ends where a block begins in it; its rest is the text of what is around, and goes on in small
    letters or with a comma.
    """
    joined: list[Block] = []
    for block in blocks:
        open_ended = (before for before in reversed(joined[-_BREAKING:]) if _goes_on(before, block))
        if (begun := next(open_ended, None)) is None:
            joined.append(block)
            continue
        space = "" if block.text[0] in _CLOSING else " "
        whole = replace(begun, text=f"{begun.text}{space}{block.text}", links=(*begun.links, *block.links))
        joined[joined.index(begun)] = whole
    return joined


def _goes_on(begun: Block, rest: Block) -> bool:
    """Whether `rest` is the rest of a sentence that ended in the middle."""
    around = (begun.element, begun.element.getparent())
    return (
        any(rest.element is element for element in around)
        and begun.hidden == rest.hidden
        and not begun.is_heading
        and begun.text.count(" ") > 2
        and (begun.text[-1].isalnum() or begun.text[-1] == ",")
        and (rest.text[0].islower() or rest.text[0] in _CLOSING)
    )


@dataclass(frozen=True)
class _Place:
    """Where a piece of text stands: the block around it, and whether it is linked or hidden."""

    element: HtmlElement
    link: HtmlElement | None = None
    hidden: bool = False


@dataclass
class _Reader:
    """Collects pieces of text until a block ends."""

    pieces: list[tuple[str, _Place]] = field(default_factory=list)

    def read(self, tree: HtmlElement) -> Iterator[Block]:
        yield from self._element(tree, _Place(tree))
        yield from self._ended()

    def _element(self, element: HtmlElement, around: _Place) -> Iterator[Block]:
        """The blocks that end within an element (libxml2 nests 256 deep at most)."""
        tag = element.tag
        if not isinstance(tag, str) or _UNREAD.fullmatch(tag):
            return
        is_block = _BLOCK.fullmatch(tag) is not None
        link = element if tag == "a" and _ELSEWHERE.match(element.get("href") or "") else around.link
        mark = element.get(UNSEEN)
        hidden = mark == "yes" or (around.hidden and mark != "no")
        place = _Place(element if is_block else around.element, link, hidden)
        if is_block:
            yield from self._ended()
        elif tag in {"td", "th"}:
            self.pieces.append((" ", place))
        self.pieces.append((element.text or "", place))
        for child in element:
            yield from self._element(child, place)
            self.pieces.append((child.tail or "", place))
        if is_block:
            yield from self._ended()

    def _ended(self) -> Iterator[Block]:
        """The block that the pieces so far make, if there is text in it."""
        filled, self.pieces = [piece for piece in self.pieces if piece[0]], []
        all_hidden = all(place.hidden for text, place in filled if text.strip())
        seen = [(text, place) for text, place in filled if all_hidden or not place.hidden]
        if not (text := one_line(_OPENS.sub("", "".join(text for text, _ in seen)))):
            return
        element = next(place.element for piece, place in seen if piece.strip())
        links: dict[HtmlElement, str] = {}
        for piece, place in seen:
            if place.link is not None:
                links[place.link] = links.get(place.link, "") + piece
        within = any(_holds(link, element) for link in links)
        yield Block(text, element, links=tuple(links.values()), within_link=within, hidden=all_hidden)


def _holds(link: HtmlElement, element: HtmlElement) -> bool:
    """Whether a link encloses the block itself."""
    return any(ancestor is link for ancestor in element.iterancestors("a"))

"""XML of strangers into a tree, and marked-up text into paragraphs as a reader sees them.

Nothing outside the text is ever loaded, and no entity is expanded but those that HTML names.
"""

from __future__ import annotations

import re
from html.entities import name2codepoint
from typing import TYPE_CHECKING

from index.articles.page.hidden import mark_hidden
from index.articles.page.tree import tree_of
from index.articles.page.visible import blocks_of
from index.canonical import one_line
from index.errors import BadArticle

if TYPE_CHECKING:
    from lxml.etree import _Element as Element
    from lxml.html import HtmlElement

_NAMED = re.compile(rb"&(?!(?:amp|lt|gt|quot|apos);)([A-Za-z][A-Za-z0-9]{1,30});")
_DECLARES = re.compile(rb"<!ENTITY\b")
_MARKED = re.compile(
    r"(?i)</?(?:p|br|div|span|a|b|i|em|strong|h[1-6]|ul|ol|li|blockquote|table|figure|img)\b[^>]*>"
)
_EMPTY_LINE = re.compile(r"\n[ \t\r]*\n\s*")
_PICTURED = ("img", "iframe", "video", "audio", "picture", "svg")
_SAID = ("blockquote", "table", "ul", "ol", "pre")
# What NITF calls what HTML has another name for; the rest is spelt alike.
_AS_HTML = {
    "hl1": "h1",
    "hl2": "h2",
    "bq": "blockquote",
    "block": "div",
    "body.content": "div",
    "tagline": "p",
}
_NO_TEXT = ("media", "figure", "figcaption", "media-caption", "custom-table", "script", "style", "head")


def parsed_xml(data: bytes, *, mended: bool = False) -> Element:
    """The root of an XML text. `mended`: what is not well-formed is read as far as that can be done.

    Raises `BadArticle` with the place where it is broken, and for a text that declares entities.
    """
    from lxml import etree

    if _DECLARES.search(data):
        raise BadArticle("declares entities (<!ENTITY …>), which no export of news needs; not read")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=mended,
        remove_comments=True, remove_pis=True,
    )  # fmt: skip
    try:
        root = etree.fromstring(_NAMED.sub(_numbered, data), parser)
    except (etree.XMLSyntaxError, ValueError) as exc:
        raise BadArticle(f"is not well-formed XML: {one_line(str(exc))[:200]}") from exc
    if root is None:
        raise BadArticle("is not XML: it has no element")
    return root


def local(element: Element) -> str:
    """The name of an element without its namespace or prefix; empty for what is none."""
    return re.split("[}:]", element.tag)[-1] if isinstance(element.tag, str) else ""


def found(element: Element, *path: str) -> list[Element]:
    """The elements at the end of a path of names, each a child of the one before."""
    here = [element]
    for name in path:
        here = [child for one in here for child in one if local(child) == name]
    return here


def text_at(element: Element, *path: str) -> str | None:
    """The text of the first element at the end of a path that has any, on one line."""
    texts = (one_line("".join(one.itertext())) for one in found(element, *path))
    return next(filter(None, texts), None)


def is_marked_up(text: str) -> bool:
    """Whether a text has tags of HTML in it."""
    return _MARKED.search(text) is not None


def paragraphs(markup: str, *, title: str | None = None) -> str:
    """The paragraphs of an HTML text; in it an empty line ends a paragraph, too, as in old exports.

    Pictures with their captions, and what is hidden, are left out; so is the title, repeated at its top.
    """
    if not markup.strip():
        return ""
    lined = _EMPTY_LINE.sub("\n<br>\n", markup)
    tree = tree_of(f"<div>{lined}</div>".encode("utf-8", "replace"))
    if tree is None:
        return ""
    mark_hidden(tree)
    for figure in [*tree.iter("figure")]:
        if any(True for _ in figure.iter(*_PICTURED)) and not any(True for _ in figure.iter(*_SAID)):
            figure.drop_tree()
    for caption in [*tree.iter("figcaption")]:
        caption.drop_tree()
    return _text_of(tree, title=title)


def xml_paragraphs(element: Element, *, title: str | None = None) -> str:
    """The paragraphs of an element of NITF or XHTML, which is changed by that."""
    for one in [*element.iter()]:
        name = local(one)
        if name in _NO_TEXT and one is not element:
            _drop(one)
        elif name:
            one.tag = _AS_HTML.get(name, name)
    return _text_of(element, title=title)


def plain_paragraphs(text: str, *, title: str | None = None) -> str:
    """A plain text without its title at the top."""
    lines = text.strip().splitlines()
    if lines and title and one_line(lines[0]) == one_line(title):
        lines = lines[1:]
    return "\n".join(lines)


def _text_of(tree: Element | HtmlElement, *, title: str | None) -> str:
    lines = [block.text for block in blocks_of(tree) if not block.hidden]
    if lines and title and lines[0] == one_line(title):
        lines = lines[1:]
    return "\n\n".join(lines)


def _drop(element: Element) -> None:
    """Take an element out and leave the text behind it."""
    parent = element.getparent()
    if parent is None:
        return
    before = element.getprevious()
    if before is not None:
        before.tail = (before.tail or "") + (element.tail or "")
    else:
        parent.text = (parent.text or "") + (element.tail or "")
    parent.remove(element)


def _numbered(match: re.Match[bytes]) -> bytes:
    """An entity that HTML names, by its number; another as it stands."""
    code = name2codepoint.get(match[1].decode())
    return f"&#{code};".encode() if code else b""


def held_paragraphs(element: Element, *, title: str | None = None) -> str:
    """The paragraphs of the characters that an element holds: of HTML that stands among them, or plain."""
    text = "".join(element.itertext())
    read = paragraphs if is_marked_up(text) else plain_paragraphs
    return read(text, title=title)

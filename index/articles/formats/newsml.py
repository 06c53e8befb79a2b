"""NewsML-G2, the IPTC's XML for news of any kind, into articles: its texts, alone or several in a message."""

from __future__ import annotations

from collections.abc import Iterator
from io import BufferedReader
from typing import TYPE_CHECKING

from index.articles.formats.editions import (
    copyright_holder,
    credited,
    edition_of,
    moment,
    named_by,
    taken_back,
    wire_in,
    wire_name,
)
from index.articles.formats.markup import (
    found,
    held_paragraphs,
    local,
    parsed_xml,
    text_at,
    xml_paragraphs,
)
from index.articles.formats.nitf import nitf_fields
from index.articles.formats.rows import Format, Row
from index.articles.formats.xml_items import root_attributes, root_name, whole
from index.errors import BadArticle

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_ROOTS = {
    "newsItem",
    "newsMessage",
    "packageItem",
    "conceptItem",
    "knowledgeItem",
    "planningItem",
    "catalogItem",
}
_OTHER = {"packageItem": "packages", "conceptItem": "concepts", "knowledgeItem": "concepts",
          "planningItem": "planning items", "catalogItem": "catalogues"}  # fmt: skip
_OTHER_CLASS = {"picture": "pictures", "graphic": "graphics", "audio": "audio items", "video": "videos",
                "animation": "animations"}  # fmt: skip
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def is_newsml(head: bytes) -> bool:
    """Whether a file begins as NewsML-G2 does."""
    return root_name(head) in _ROOTS and (
        b"iptc.org/std/nar" in root_attributes(head) or b"NewsML-G2" in head
    )


def _pieces(stream: BufferedReader) -> Iterator[bytes]:
    yield whole(stream)


def _read(data: bytes) -> Iterator[Row]:
    root = parsed_xml(data)
    items = [root]
    if local(root) == "newsMessage":
        items = [one for items in found(root, "itemSet") for one in items if isinstance(one.tag, str)]
    for item in items:
        yield _row(item)


def _row(item: Element) -> Row:
    """What an item is."""
    name = local(item)
    kind = _code(item, "itemMeta", "itemClass")
    if name in _OTHER or kind in _OTHER_CLASS:
        return Row(passed_over=_OTHER.get(name) or _OTHER_CLASS[kind])
    try:
        outlet = _outlet(item)
        if reason := taken_back(_code(item, "itemMeta", "pubStatus"), by=outlet):
            return Row(refused=reason)
        embargo = text_at(item, "itemMeta", "embargoed")
        notes = (f"is under embargo until {embargo}, as its agency says",) if embargo else ()
        edition = edition_of(text_at(item, "itemMeta", "versionCreated"))
        return Row(fields=_fields(item, outlet), notes=notes, edition=edition)
    except BadArticle as exc:
        return Row(refused=str(exc))


def _fields(item: Element, outlet: str | None) -> dict[str, object]:
    title = text_at(item, "contentMeta", "headline") or text_at(item, "itemMeta", "title")
    inner = _content(item, title)
    text = str(inner.get("text") or "")
    creators = ", ".join(
        filter(None, (text_at(one, "name") for one in found(item, "contentMeta", "creator")))
    )
    credit = credited(text_at(item, "contentMeta", "by") or creators, outlet=outlet)
    source = text_at(item, "contentMeta", "infoSource", "name")
    tag = next((one.get("tag") for one in found(item, "contentMeta", "language")), None)
    first = text_at(item, "itemMeta", "firstCreated") or text_at(item, "itemMeta", "versionCreated")
    return {
        **named_by(item.get("guid")),
        "title": title or inner.get("title"),
        "outlet": outlet or source or inner.get("outlet"),
        "agency": (wire_name(source) if outlet and source != outlet else None)
        or credit.get("agency")
        or wire_in(text),
        "author": credit.get("author") or inner.get("author"),
        "published": moment(first or text_at(item, "contentMeta", "contentCreated")),
        "language": item.get(_LANG) or tag,
        "text": text,
    }


def _content(item: Element, title: str | None) -> dict[str, object]:
    """The fields that the content itself states: of NITF, XHTML, marked-up or plain text."""
    for inline in found(item, "contentSet", "inlineXML"):
        for one in inline:
            if local(one) == "nitf":
                return nitf_fields(one, title=title)
            if local(one) in {"html", "body", "div", "section", "article", "p"}:
                return {"text": xml_paragraphs(inline, title=title)}
    for data in found(item, "contentSet", "inlineData"):
        return {"text": held_paragraphs(data, title=title)}
    return {}


def _outlet(item: Element) -> str | None:
    """Who provides it by name, else who holds the copyright, else the provider's code."""
    for path in (("itemMeta", "provider", "name"), ("rightsInfo", "copyrightHolder", "name")):
        if name := text_at(item, *path):
            return name
    holder = next((one.get("literal") for one in found(item, "rightsInfo", "copyrightHolder")), None)
    provider = next((one.get("literal") for one in found(item, "itemMeta", "provider")), None)
    notice = copyright_holder(text_at(item, "rightsInfo", "copyrightNotice"))
    return provider or holder or notice or _code(item, "itemMeta", "provider") or None


def _code(item: Element, *path: str) -> str:
    """The code of an element, without the name of its scheme."""
    code = next((one.get("qcode") or one.get("uri") for one in found(item, *path)), None) or ""
    return code.rpartition("/" if "://" in code else ":")[2]


FORMAT = Format("NewsML-G2", "item", _pieces, _read)

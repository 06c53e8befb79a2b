"""NewsML 1, the IPTC's XML before NewsML-G2, into articles: a text with what it consists of, one or several.

An item is a tree of components, each with a role; of those that are its text, each gives the longest of the
forms in which it has it (NITF, XHTML, plain).
"""

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
from index.articles.formats.xml_items import root_name, whole

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_TEXT_ROLES = {"main", "body", "text", "maintext", "story"}
_TEXT_KINDS = {"", "text", "complexdata"}  # what else is a medium is a picture, a film, a sound
_MARKED = {"html", "body", "div", "p", "hl2", "block"}


def is_newsml1(head: bytes) -> bool:
    """Whether a file begins as NewsML 1 does; the roots of NewsML-G2 have other names."""
    return root_name(head) == "NewsML"


def _pieces(stream: BufferedReader) -> Iterator[bytes]:
    yield whole(stream)


def _read(data: bytes) -> Iterator[Row]:
    root = parsed_xml(data)
    for item in found(root, "NewsItem"):
        yield _row(item, root)


def _row(item: Element, root: Element) -> Row:
    """What an item is."""
    components = [one for one in item.iter() if local(one) == "NewsComponent"]
    outlet = _outlet(components, root)
    status = _name_at(item, "NewsManagement", "Status")
    if reason := taken_back(status, by=outlet):
        return Row(refused=reason)
    contents = _text_contents(components)
    if not contents:
        return Row(passed_over="items without a text")
    embargoed = (status or "").lower() == "embargoed"
    return Row(
        fields=_fields(item, components, contents, outlet),
        notes=("is under embargo, as its agency says",) if embargoed else (),
        edition=edition_of(text_at(item, "NewsManagement", "ThisRevisionCreated")),
    )


def _fields(
    item: Element, components: list[Element], contents: list[Element], outlet: str | None
) -> dict[str, object]:
    title = _line(components, "HeadLine")
    inner = [_content(one, title) for one in contents]
    text = "\n\n".join(filter(None, (str(one.get("text") or "") for one in inner)))
    stated = {name: value for one in reversed(inner) for name, value in one.items() if value}
    source = _party(components, "Source")
    byline = _line(components, "ByLine") or _party(components, "Creator")
    credit = credited(byline, outlet=outlet)
    created = text_at(item, "NewsManagement", "FirstCreated")
    return {
        **_named(item),
        "title": title or stated.get("title"),
        "outlet": outlet or source or stated.get("outlet"),
        "agency": (wire_name(source) if outlet and source != outlet else None)
        or credit.get("agency")
        or stated.get("agency")
        or wire_in(text),
        "author": credit.get("author") or stated.get("author"),
        "published": moment(created) or stated.get("published"),
        "language": next(
            (name for one in components if (name := _name_at(one, "DescriptiveMetadata", "Language"))), None
        ),
        "text": text,
    }


def _named(item: Element) -> dict[str, str]:
    """The item's name without the number of its revision, so that all its revisions are one article."""
    identifier = found(item, "Identification", "NewsIdentifier")
    parts = [text_at(one, name) for one in identifier for name in ("ProviderId", "DateId", "NewsItemId")]
    return named_by(":".join(["urn:newsml", *map(str, parts)])) if parts and all(parts) else {}


def _text_contents(components: list[Element]) -> list[Element]:
    """The `DataContent` of each component that is the item's text; of those without a role the longest."""
    longest = {one: max(texts, key=_size) for one in components if (texts := _texts(one))}
    by_role = [one for one in longest if _role(one) in _TEXT_ROLES]
    unnamed = [one for one in longest if not _role(one)]
    chosen = by_role or sorted(unnamed, key=lambda one: _size(longest[one]))[-1:]
    return [longest[one] for one in chosen]


def _texts(component: Element) -> list[Element]:
    return [
        data
        for content in found(component, "ContentItem")
        if (_name_at(content, "MediaType") or "").lower() in _TEXT_KINDS
        for data in found(content, "DataContent")
        if _size(data)
    ]


def _role(component: Element) -> str:
    return (_name_at(component, "Role") or "").lower().replace(" ", "")


def _size(data: Element) -> int:
    return len("".join(data.itertext()).strip())


def _content(data: Element, title: str | None) -> dict[str, object]:
    """The fields that a content itself states: of NITF, marked-up or plain text."""
    for one in data:
        if local(one) == "nitf":
            return nitf_fields(one, title=title)
        if local(one) in _MARKED:
            for head in found(one, "head"):
                one.remove(head)
            return {"text": xml_paragraphs(data, title=title)}
    return {"text": held_paragraphs(data, title=title)}


def _line(components: list[Element], name: str) -> str | None:
    """The first line of this name: outer components come first, and those of pictures after them."""
    return next((told for one in components if (told := text_at(one, "NewsLines", name))), None)


def _outlet(components: list[Element], root: Element) -> str | None:
    """Who provides it, else who sent it, who holds the copyright, by which service it came."""
    return (
        _party(components, "Provider")
        or _name_at(root, "NewsEnvelope", "SentFrom", "Party")
        or copyright_holder(_line(components, "CopyrightLine"))
        or _name_at(root, "NewsEnvelope", "NewsService")
    )


def _party(components: list[Element], name: str) -> str | None:
    named = (_name_at(one, "AdministrativeMetadata", name, "Party") for one in components)
    return next(filter(None, named), None)


def _name_at(element: Element, *path: str) -> str | None:
    """The formal name of the first element at the end of a path that has one."""
    names = (one.get("FormalName") for one in found(element, *path))
    return next((str(name).strip() for name in names if name), None)


FORMAT = Format("NewsML 1", "item", _pieces, _read)

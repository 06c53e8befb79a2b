"""NITF, the IPTC's News Industry Text Format, into an article."""

from __future__ import annotations

from collections.abc import Iterator
from io import BufferedReader
from typing import TYPE_CHECKING

from index.articles.formats.editions import credited, edition_of, moment, named_by, taken_back, wire_in
from index.articles.formats.markup import found, local, parsed_xml, text_at, xml_paragraphs
from index.articles.formats.rows import Format, Row
from index.articles.formats.xml_items import root_name, whole
from index.canonical import one_line
from index.errors import BadArticle

if TYPE_CHECKING:
    from lxml.etree import _Element as Element


def is_nitf(head: bytes) -> bool:
    """Whether a file begins as NITF does."""
    return root_name(head) == "nitf"


def read_nitf(data: bytes, *, title: str | None = None) -> dict[str, object]:
    """The fields of an NITF text. Raises `BadArticle` where it is no XML."""
    return nitf_fields(parsed_xml(data), title=title)


def nitf_fields(root: Element, *, title: str | None = None) -> dict[str, object]:
    """The fields of a `nitf` element, as far as it states them; the text is without `title` at its top."""
    head = next(iter(found(root, "body", "body.head")), None)
    facts = next(iter(found(root, "head", "docdata")), None)
    title = title or _headline(root)
    outlet = _outlet(root, facts)
    credit = credited(_byline(head), outlet=outlet)
    contents = found(root, "body", "body.content")
    text = "\n\n".join(filter(None, (xml_paragraphs(one, title=title) for one in contents)))
    distributor = text_at(head, "distributor") if head is not None else None
    return {
        **named_by(_attribute(facts, "doc-id", "id-string")),
        "title": title,
        "outlet": outlet or distributor,
        "agency": (distributor if outlet else None) or credit.get("agency") or wire_in(text),
        "author": credit.get("author"),
        "published": moment(_date(head, facts)),
        "text": text,
    }


def _pieces(stream: BufferedReader) -> Iterator[bytes]:
    yield whole(stream)


def _read(data: bytes) -> Iterator[Row]:
    root = parsed_xml(data)
    facts = next(iter(found(root, "head", "docdata")), None)
    fields = nitf_fields(root)
    status = facts.get("management-status") if facts is not None else None
    if reason := taken_back(status, by=str(fields["outlet"] or "") or None):
        raise BadArticle(reason)
    language = root.get("{http://www.w3.org/XML/1998/namespace}lang")
    issued = _attribute(facts, "date.issue", "norm")
    yield Row(fields={**fields, "language": language}, edition=edition_of(issued))


def _headline(root: Element) -> str | None:
    for path in (
        ("body", "body.head", "hedline", "hl1"),
        ("body", "body.head", "hedline"),
        ("head", "title"),
    ):
        if told := text_at(root, *path):
            return told
    return None


def _byline(head: Element | None) -> str | None:
    """Who wrote it: the persons of a byline, else what it says without their titles."""
    for byline in found(head, "byline") if head is not None else ():
        persons = [one_line("".join(one.itertext())) for one in byline.iter() if local(one) == "person"]
        said = "".join(
            [byline.text or ""]
            + [
                ("" if local(one) == "byttl" else "".join(one.itertext())) + (one.tail or "")
                for one in byline
            ]
        )
        return ", ".join(persons) or one_line(said).strip(" ,;")
    return None


def _outlet(root: Element, facts: Element | None) -> str | None:
    """The publication it stood in, else who holds the copyright."""
    publication = next(iter(found(root, "head", "pubdata")), None)
    named = publication.get("name") if publication is not None else None
    owner = text_at(root, "body", "body.head", "rights", "rights.owner")
    return named or _attribute(facts, "doc.copyright", "holder") or owner


def _date(head: Element | None, facts: Element | None) -> str | None:
    told = head is not None and next(iter(found(head, "dateline", "story.date")), None)
    dates = (_attribute(facts, name, "norm") for name in ("date.issue", "date.release"))
    return next(filter(None, dates), None) or (
        told.get("norm") if told is not None and told is not False else None
    )


def _attribute(element: Element | None, name: str, attribute: str) -> str | None:
    for one in found(element, name) if element is not None else ():
        if value := one.get(attribute):
            return str(value)
    return None


FORMAT = Format("NITF", "article", _pieces, _read)

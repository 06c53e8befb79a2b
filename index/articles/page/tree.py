"""The bytes of a page into the tree that all else of this package reads."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.html import HtmlElement

# What libxml2 reads and then refuses to write: one in a text would end the reading of its whole page, at the
# first thing that is taken out beside it.
_NO_TEXT = re.compile(rb"[\x00-\x08\x0e-\x1f]|\xef\xbf[\xbe\xbf]")
_BREAKS = re.compile(rb"[\x0b\x0c]")
_CAPITAL = re.compile(r"(?<=[a-z])(?=[A-Z])")


def tree_of(page: bytes) -> HtmlElement | None:
    """The tree of HTML in UTF-8, without characters that are no text; None where there is nothing in it."""
    import lxml.html
    from lxml.etree import ParserError

    cleaned = _BREAKS.sub(b" ", _NO_TEXT.sub(b"", page))
    try:
        return lxml.html.document_fromstring(cleaned, parser=lxml.html.HTMLParser(encoding="utf-8"))
    except ParserError:
        return None


def names_in(element: HtmlElement, *attributes: str) -> str:
    """What the attributes of an element call it, with "-" between the words of "authorList"."""
    return _CAPITAL.sub("-", " ".join(element.get(one) or "" for one in attributes))

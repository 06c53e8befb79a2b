"""A page's tree into one that is marked with what no reader sees, as far as the page itself says so.

What only begins unseen is shown: it fades in, it is streamed in, a stronger rule shows it. A reader sees it a
moment later.
"""

from __future__ import annotations

import copy
import re
from typing import TYPE_CHECKING

from index.articles.page.styles import Sheet, Way, names_of, sheet_of

if TYPE_CHECKING:
    from lxml.html import HtmlElement

UNSEEN = "dateline-unseen"  # "yes" hides an element with all that is in it but what says "no"
_STREAMED = re.compile(r"""\$R\w\(\s*["']([^"']{1,80})["']\s*,\s*["']([^"']{1,80})["']""")
_FOR_MACHINES = re.compile(  # what style libraries call text that only screen readers read out
    r"(?i)(?:^|\s)(?:sr-only|(?:u-|is-)?visually-?hidden|screen-reader-(?:text|only))(?:\s|$)"
)


def mark_hidden(tree: HtmlElement) -> None:
    """Mark what no reader sees; what a script will put into its place is put there first."""
    _stream_in(tree)
    sheet = sheet_of(tree)
    body = tree.find(".//body")
    for child in () if body is None else body:
        _mark(child, sheet, above=frozenset(), unseen=())


def without_hidden(tree: HtmlElement) -> HtmlElement:
    """A copy of a marked tree without what is marked."""
    tree = copy.deepcopy(tree)
    _drop(tree, unseen=False)
    return tree


def _drop(element: HtmlElement, *, unseen: bool) -> None:
    """Take out what is unseen in an element that is not wholly so."""
    for child in list(element):
        mark = child.get(UNSEEN)
        child_unseen = mark == "yes" or (unseen and mark != "no")
        if unseen:
            child.tail = None
        if child_unseen and not child.xpath(f".//*[@{UNSEEN}='no']"):
            child.drop_tree()
            continue
        if child_unseen:
            child.text = None
        _drop(child, unseen=child_unseen)


def _mark(element: HtmlElement, sheet: Sheet, *, above: frozenset[str], unseen: tuple[Way, ...]) -> None:
    """Mark an element and those in it; `unseen` are the ways in which what is around hides them."""
    if not isinstance(element.tag, str):
        return
    element.attrib.pop(UNSEEN, None)
    hidden = sheet.hidden_ways(element, above)
    if _is_hidden_by_itself(element) or any(not way.passes_on for way in hidden):
        element.set(UNSEEN, "yes")
        return
    still = tuple(way for way in unseen if not sheet.shows(element, way)) + tuple(hidden)
    if bool(still) != bool(unseen):
        element.set(UNSEEN, "yes" if still else "no")
    above |= names_of(element)
    for child in element:
        _mark(child, sheet, above=above, unseen=still)


def _is_hidden_by_itself(element: HtmlElement) -> bool:
    """Whether no style is needed to hide it: an attribute, a window that is not open, a name for machines."""
    window = (element.tag == "dialog" and "open" not in element.attrib) or "popover" in element.attrib
    return window or "hidden" in element.attrib or bool(_FOR_MACHINES.search(element.get("class") or ""))


def _stream_in(tree: HtmlElement) -> None:
    """Put what React sends as `<div hidden id="S:0">` where its script puts it: in the place of "B:0"."""
    pairs = [pair for script in tree.iter("script") for pair in _STREAMED.findall(script.text or "")]
    named = {str(element.get("id")): element for element in tree.iter() if element.get("id")} if pairs else {}
    for pair in pairs:
        found = [named[name] for name in pair if name in named]
        sent = next((element for element in found if "hidden" in element.attrib), None)
        place = next((element for element in found if element.tag == "template"), None)
        if sent is None:
            continue
        del sent.attrib["hidden"]
        if place is not None and not any(above is sent for above in place.iterancestors()):
            _replace(place, sent)


def _replace(place: HtmlElement, sent: HtmlElement) -> None:
    """Put `sent` into the place of a template and of what was shown meanwhile, up to the comment "/$"."""
    from lxml.etree import Comment

    shown = list(place.itersiblings())
    ends = [index for index, other in enumerate(shown) if other.tag is Comment and other.text == "/$"]
    for other in shown[: ends[0]] if ends else ():
        if not any(above is other for above in sent.iterancestors()) and other is not sent:
            other.drop_tree()
    place.addprevious(sent)

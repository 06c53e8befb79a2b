"""An article's blocks without the boxes that stand in it: facts, people, pictures, offers.

A box is told by what the page calls it or that it has a border, in an element that holds a small part of the
text. Pages state such boxes as their article's text, too, so that it cannot be asked.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from index.articles.page.tree import names_in
from index.articles.page.visible import Block

if TYPE_CHECKING:
    from lxml.html import HtmlElement

# Without any of these more that is foreign stays in the pages of `eval.studies.pages` that are only counted.
_BOX = re.compile(
    r"(?i)(?:^|[\s_-])(?:\w*info-?box|\w*fact-?box|\w*note-?box|bio(?:graphy)?|images?|\w*bild|media-?info"
    r"|sources?|footnotes?|cite-?\w*|cta|border)(?:$|[\s_-])"
)
_MOST = 0.35  # of the article's characters that one box may hold: more is the article itself


def without_boxes(blocks: Sequence[Block]) -> list[Block]:
    """`blocks` without those in boxes, unless they are more than half of it."""
    inside: dict[HtmlElement, list[Block]] = {}
    for block in blocks:
        for element in (block.element, *block.element.iterancestors()):
            inside.setdefault(element, []).append(block)
    most = _MOST * _size(blocks)
    boxes = [members for element, members in inside.items() if _is_box(element) and _size(members) <= most]
    boxed = {block for members in boxes for block in members}
    kept = [block for block in blocks if block not in boxed]
    return kept if 2 * _size(kept) >= _size(blocks) else list(blocks)


def _size(blocks: Sequence[Block]) -> int:
    return sum(len(block.text) for block in blocks)


def _is_box(element: HtmlElement) -> bool:
    return _BOX.search(f"{element.tag} {names_in(element, 'class', 'id')}") is not None

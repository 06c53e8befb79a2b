"""The lines that an extractor found and the blocks of the page into the article's blocks, whole.

Extractors lose words: what stands after a comment, in a link, in an element that they do not know. Where half
of a block is found, all of it is taken from the page, so that no sentence ends before its end.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from difflib import SequenceMatcher
from itertools import accumulate, dropwhile, pairwise
from typing import TYPE_CHECKING

from index.articles.furniture import ends_sentence, is_prose
from index.articles.page.visible import Block

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_RUN = 3  # words in a row by which two texts are laid side by side: single words stand everywhere
_ENOUGH = 0.5
_WORD = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]|\w+")


def words_of(text: str) -> list[str]:
    """The words of a text, in small letters; a letter each in scripts that set no spaces between words."""
    return _WORD.findall(text.casefold())


def chosen_blocks(lines: Sequence[str], blocks: Sequence[Block]) -> list[Block]:
    """The blocks of which half was found, in the page's order; none where most lines are not the page's."""
    page = [words_of(block.text) for block in blocks]
    found = [words for line in lines if (words := words_of(line))]
    of_page, of_found = _shared(page, found)
    lost = {
        tuple(words) for words, count in zip(found, of_found, strict=True) if count < _ENOUGH * len(words)
    }
    taken, covered = [], 0
    for block, words, count in zip(blocks, page, of_page, strict=True):
        out_of_order = tuple(words) in lost
        if out_of_order or (count and count >= _ENOUGH * len(words)):
            lost.discard(tuple(words))
            taken.append(block)
            covered += len(words) if out_of_order else count
    return _completed(taken, blocks) if covered >= _ENOUGH * sum(map(len, found)) else []


def _completed(taken: Sequence[Block], blocks: Sequence[Block]) -> list[Block]:
    """`taken` with what else stands where most of its paragraphs do.

    That are sentences below its beginning, and headings and lists of sentences between its blocks.
    """
    parents = Counter(block.element.getparent() for block in taken if block.element.tag == "p")
    [(parent, count)] = parents.most_common(1) or [(None, 0)]
    if 2 * count <= len(taken):
        return list(taken)
    chosen = {*taken}
    below = [*dropwhile(lambda block: block not in chosen, blocks)]
    between = below[: below.index(taken[-1])]
    lists = [block for block in between if block.element.tag == "li"]
    loose = {block.element.getparent() for block in lists if not is_prose(block.text)}
    own = {block for block in between if _is_heading_in(block, parent)}
    own |= {b for b in lists if b.element.getparent() not in loose and _is_item_in(b, parent)}
    kept = chosen | own
    return [block for block in below if block in kept or _is_sentence_in(block, parent)]


def _is_heading_in(block: Block, parent: HtmlElement) -> bool:
    return block.is_heading and block.element.getparent() is parent and not _leads_elsewhere(block)


def _is_item_in(block: Block, parent: HtmlElement) -> bool:
    around = block.element.iterancestors()
    return any(one is parent for one in around) and not _leads_elsewhere(block)


def _leads_elsewhere(block: Block) -> bool:
    return block.within_link or block.link_share() >= _ENOUGH


def _is_sentence_in(block: Block, parent: HtmlElement) -> bool:
    element = block.element
    return element.tag == "p" and element.getparent() is parent and ends_sentence(block.text)


def _shared(page: Sequence[Sequence[str]], found: Sequence[Sequence[str]]) -> tuple[list[int], list[int]]:
    """How many words of each text of either side stand in the stretches that both have, in their order."""
    sides = [[word for text in texts for word in text] for texts in (page, found)]
    marks = [[False] * len(side) for side in sides]
    runs = [[tuple(side[start : start + _RUN]) for start in range(len(side) - _RUN + 1)] for side in sides]
    for match in SequenceMatcher(None, runs[0], runs[1]).get_matching_blocks():
        if match.size:
            for side, start in zip(marks, (match.a, match.b), strict=True):
                side[start : start + match.size + _RUN - 1] = [True] * (match.size + _RUN - 1)
    return _counted(page, marks[0]), _counted(found, marks[1])


def _counted(texts: Sequence[Sequence[str]], marks: Sequence[bool]) -> list[int]:
    ends = list(accumulate(map(len, texts), initial=0))
    return [sum(marks[start:end]) for start, end in pairwise(ends)]

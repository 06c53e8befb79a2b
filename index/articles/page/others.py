"""An article's blocks without those of other stories: what leads to other pages, by how it is built.

A block that is a link is another story's headline; so is what stands beside it on its card, and the heading
over nothing else. No words are looked at, so that it holds in any language.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from index.articles.page.chosen import words_of
from index.articles.furniture import ends_sentence, is_prose
from index.articles.promotions import is_promotion
from index.articles.page.visible import Block

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_ALL, _HALF = 0.9, 0.5
_HEADLINE, _LONGER = 4, 12  # words and characters; a link of fewer is a name, a topic, a place
_CARD = 400  # characters beside the link of a card: its line, its section, its date
_LABEL = 8  # words


def without_other_stories(
    blocks: Sequence[Block], page: Sequence[Block], is_stated: Callable[[str], bool]
) -> list[Block]:
    """`blocks`, of all those of a `page`, without other stories. What the page states as its article stays.

    Where they would be more than half of the text, the page is a list of links, and all of it stays.
    """
    blocks = _of_one_article(blocks)
    pointers = _pointers(blocks) | {block for block in blocks if is_promotion(block.text)}
    others = pointers | _cards(blocks, pointers) | _repeated(blocks) | _captions(blocks)
    others = {block for block in others if not is_stated(block.text)}
    if 2 * _size(others) > _size(blocks):
        return list(blocks)
    kept = [block for block in blocks if block not in others]
    labels = _labels(page, {*kept}, others)
    return _ended([block for block in kept if block not in labels])


def _size(blocks: Sequence[Block] | set[Block]) -> int:
    return sum(len(block.text) for block in blocks)


def _repeated(blocks: Sequence[Block]) -> set[Block]:
    """The lines that stand three times or more, as over every picture that may not be shown."""
    counts = Counter(block.text for block in blocks)
    return {block for block in blocks if counts[block.text] > 2 and len(words_of(block.text)) >= _HEADLINE}


def _captions(blocks: Sequence[Block]) -> set[Block]:
    """The lines that are under a picture."""
    return {block for block in blocks if any(around.tag == "figcaption" for around in _around(block))}


def _of_one_article(blocks: Sequence[Block]) -> list[Block]:
    """`blocks` without what is in another `<article>` than most of the text, as on pages that never end."""
    around = {block: _outermost_article(block) for block in blocks}
    sizes: Counter[HtmlElement] = Counter()
    for block, article in around.items():
        if article is not None:
            sizes[article] += len(block.text)
    [(main, size)] = sizes.most_common(1) or [(None, 0)]
    if 2 * size <= _size(blocks):
        return list(blocks)
    return [block for block in blocks if around[block] in {None, main}]


def _outermost_article(block: Block) -> HtmlElement | None:
    articles = [*block.element.iterancestors("article")]
    if block.element.tag == "article":
        articles.insert(0, block.element)
    return articles[-1] if articles else None


def _pointers(blocks: Sequence[Block]) -> set[Block]:
    """The blocks that are a link to another page, or a label and such a link.

    A sentence alone in a paragraph may be the article's, all linked as it is; beside other links it is not.
    """
    prose = [n for n, block in enumerate(blocks) if is_prose(block.text) and block.link_share() < _HALF]
    last = max(prose, default=0)
    sure = {block for n, block in enumerate(blocks) if _is_pointer(block, at_the_end=n > last)}
    sentences = {block for block in blocks if is_prose(block.text) and block.link_share() > _ALL} - sure
    for before, after in [*pairwise(blocks), *pairwise(reversed(blocks))]:
        if after in sentences and before in sure | sentences and after.element.tag == before.element.tag:
            sure.add(after)
    return sure


def _is_pointer(block: Block, *, at_the_end: bool) -> bool:
    """Whether a block leads elsewhere: it is a card's link, headlines in links, a label and a headline."""
    if block.link_share() > _ALL and block.within_link:
        return True
    if block.element.tag == "tr" or is_prose(block.text):
        return False
    if block.link_share() > _ALL:
        long = [link for link in block.links if _is_headline(link)]
        return at_the_end or 2 * len(long) >= len(block.links)
    headline = max(block.links, key=len, default="")
    return block.link_share(longest=True) > _HALF and _is_headline(headline)


def _is_headline(link: str) -> bool:
    """Whether a link is longer than a name, a topic or a place."""
    return len(words_of(link)) >= _HEADLINE and len(link) >= _LONGER


def _cards(blocks: Sequence[Block], pointers: set[Block]) -> set[Block]:
    """What stands with a pointer on its card: the widest element around it with little else in it.

    Its running text follows the link: a paragraph before it is the article's, and the link was put under it.
    """
    members: dict[HtmlElement, list[Block]] = {}
    beside: Counter[HtmlElement] = Counter()
    for block in blocks:
        for around in _around(block):
            members.setdefault(around, []).append(block)
            beside[around] += 0 if block in pointers else len(block.text)
    shapes = Counter(_shape(around) for block in pointers for around in _around(block))
    found: set[Block] = set()
    for pointer in pointers:
        card = [pointer]
        for around in _around(pointer):
            if beside[around] > _CARD:
                break
            if pointer.is_heading or pointer.within_link or shapes[_shape(around)] > 1:
                card = members[around]
        if not any(is_prose(block.text) for block in card[: card.index(pointer)]):
            found |= {*card}
    return found


def _around(block: Block) -> Iterator[HtmlElement]:
    yield block.element
    yield from block.element.iterancestors()


def _shape(element: HtmlElement) -> tuple[object, ...]:
    """What tells repeated cards: the parent, the tag and the classes."""
    return element.getparent(), element.tag, element.get("class")


def _labels(page: Sequence[Block], kept: set[Block], others: set[Block]) -> set[Block]:
    """Which of the kept are headings and labels over other stories: a link follows, and nothing that is."""
    labels: set[Block] = set()
    for block, after in reversed([*pairwise(page)]):
        if block not in kept or ends_sentence(block.text) or len(words_of(block.text)) > _LABEL:
            continue
        if block.is_heading:
            over = after.link_share() > _HALF and _heads_nothing(page, block, kept - labels)
        else:
            over = block.element.tag not in {"li", "tr"} and after in others | labels
        if over and after not in kept - labels:
            labels.add(block)
    return labels


def _heads_nothing(page: Sequence[Block], heading: Block, kept: set[Block]) -> bool:
    """Whether nothing is kept from a heading to the next one, or to the end of what it stands in."""
    parent = heading.element.getparent()
    for block in page[page.index(heading) + 1 :]:
        if not any(around is parent for around in _around(block)):
            return True
        if block in kept:
            return block.is_heading
    return True


def _ended(blocks: list[Block]) -> list[Block]:
    """`blocks` without headings at their end: they head what is not there."""
    while len(blocks) > 1 and blocks[-1].is_heading and not is_prose(blocks[-1].text):
        blocks = blocks[:-1]
    return blocks

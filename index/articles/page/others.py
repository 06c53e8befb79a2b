"""An article's blocks without those of other stories: what leads to other pages, by how it is built.

A block that is a link is another story's headline; so is what stands beside it on its card, and the heading
over nothing else. No words are looked at, so that it holds in any language.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence, Set
from itertools import pairwise
from typing import TYPE_CHECKING

from index.articles.furniture import ends_sentence, is_prose
from index.articles.page.chosen import words_of
from index.articles.page.visible import Block
from index.articles.promotions import is_promotion

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_ALL, _HALF = 0.9, 0.5
_HEADLINE, _LONGER = 4, 12  # words and characters; a link of fewer is a name, a topic, a place
_CARD = 400  # characters beside the link of a card: its line, its section, its date
_LINE = 250  # characters under a headline
_LABEL = 8  # words
_NAMED = re.compile(r"[^\W\d_][^:()\[\]]*:?")  # "More stories:", but not "(Source: Reuters)"
_POST = re.compile(
    r"(?i)(?:twitter|instagram|tiktok|bluesky|mastodon|reddit|threads|text-post|fb)-(?:\w+-)*\w+"
)


def without_other_stories(
    blocks: Sequence[Block], page: Sequence[Block], is_stated: Callable[[str], bool]
) -> list[Block]:
    """`blocks`, of all those of a `page`, without other stories. What the page states as its article stays.

    Where too little would be left, the page is a list of links, and all of it stays.
    """
    chosen = {*_of_one_article(blocks)}
    pointers = _pointers(page, chosen) | {block for block in page if is_promotion(block.text)}
    others = pointers | _cards(page, pointers) | _pairs(page, chosen, pointers)
    others |= _repeated(blocks) | _captions(blocks)
    kept = [block for block in blocks if block in chosen and (block not in others or is_stated(block.text))]
    if 4 * _size(kept) < _size(blocks) or not any(is_prose(block.text) for block in kept):
        return list(blocks)
    labels = _labels(page, {*kept}, others)
    return _ended([block for block in kept if block not in labels])


def without_posts(blocks: Sequence[Block]) -> list[Block]:
    """`blocks` without posts embedded from social media: their words and days are somebody else's."""
    return [block for block in blocks if not any(_is_post(around) for around in _around(block))] or list(
        blocks
    )


def _is_post(element: HtmlElement) -> bool:
    return element.tag == "blockquote" and _POST.search(element.get("class") or "") is not None


def _size(blocks: Sequence[Block]) -> int:
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


def _pointers(page: Sequence[Block], chosen: Set[Block]) -> set[Block]:
    """The blocks that are a link to another page, or a label and such a link.

    A sentence alone in a paragraph may be the article's, all linked as it is; beside other links it is not.
    """
    prose = {block for block in page if is_prose(block.text)}
    last = max(
        (n for n, block in enumerate(page) if block in prose & chosen and block.link_share() < _HALF),
        default=0,
    )
    sure = {block for n, block in enumerate(page) if _is_pointer(block, at_the_end=n > last)}
    sentences = {block for block in prose if block.link_share() > _ALL} - sure
    for before, after in [*pairwise(page), *pairwise(reversed(page))]:
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


def _cards(page: Sequence[Block], pointers: Set[Block]) -> set[Block]:
    """What stands with a pointer on its card: the widest element around it with little else in it.

    Its running text follows the link: a paragraph before it is the article's, and the link was put under it.
    """
    members: dict[HtmlElement, list[Block]] = {}
    for block in page:
        for around in _around(block):
            members.setdefault(around, []).append(block)
    beside = {around: _size([b for b in inside if b not in pointers]) for around, inside in members.items()}
    shapes = Counter(_shape(around) for block in pointers for around in _around(block))
    found: set[Block] = set()
    for pointer in pointers:
        for around in _around(pointer):
            inside = members[around]
            if beside[around] > _CARD or not _is_card(inside, pointer):
                break
            if (
                pointer.is_heading
                or pointer.within_link
                or pointer.element.tag == "dt"
                or shapes[_shape(around)] > 1
            ):
                found |= {*inside}
    return found


def _is_card(blocks: Sequence[Block], pointer: Block) -> bool:
    """Whether no headline of the page, and no running text before the pointer, is among the blocks."""
    before = blocks[: blocks.index(pointer)]
    return not any(is_prose(block.text) for block in before) and all(b.element.tag != "h1" for b in blocks)


def _pairs(page: Sequence[Block], chosen: Set[Block], pointers: Set[Block]) -> set[Block]:
    """Linked headings with a line under each, two or more at the end of the text and on no card."""
    rest = [block for block in page if block in chosen or block in pointers]
    while rest and rest[-1] not in chosen:
        rest.pop()
    pairs: set[Block] = set()
    while len(rest) > 1 and rest[-2] in pointers and rest[-2].is_heading and len(rest[-1].text) <= _LINE:
        pairs |= {*rest[-2:]}
        del rest[-2:]
    return pairs if len(pairs) > 2 else set()


def _around(block: Block) -> Iterator[HtmlElement]:
    yield block.element
    yield from block.element.iterancestors()


def _shape(element: HtmlElement) -> tuple[object, ...]:
    """What tells repeated cards: the parent, the tag and the classes."""
    return element.getparent(), element.tag, element.get("class")


def _labels(page: Sequence[Block], kept: Set[Block], others: Set[Block]) -> set[Block]:
    """Which of the kept are headings and labels over other stories: a link follows, and nothing that is."""
    labels: set[Block] = set()
    for block, after in reversed([*pairwise(page)]):
        if block not in kept or ends_sentence(block.text) or len(words_of(block.text)) > _LABEL:
            continue
        if block.is_heading:
            over = after.link_share() > _HALF and _heads_nothing(page, block, kept - labels, others)
        else:
            named = block.text[0].isupper() and _NAMED.fullmatch(block.text) is not None
            over = named and block.element.tag not in {"li", "tr"} and after in others | labels
        if over and after not in kept - labels:
            labels.add(block)
    return labels


def _heads_nothing(page: Sequence[Block], heading: Block, kept: Set[Block], others: Set[Block]) -> bool:
    """Whether a heading is over two links or more, or nothing is kept until the next or its element's end."""
    parent = heading.element.getparent()
    below = page[page.index(heading) + 1 :]
    if len(below) > 1 and {*below[:2]} <= others:
        return True
    for block in below:
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

"""A page's marked tree into its article: trafilatura finds where it is, its words are the page's.

What the page hides is left out, unless the article would go with it: then it is kept. A note says which.
"""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from index.articles.draft import MOST_CHARACTERS
from index.articles.furniture import ends_sentence, is_prose
from index.articles.page.boxes import without_boxes
from index.articles.page.chosen import chosen_blocks, words_of
from index.articles.page.hidden import without_hidden
from index.articles.page.lead import lead_of
from index.articles.page.others import without_other_stories, without_posts
from index.articles.page.signatures import without_signatures
from index.articles.page.statements import Statements, plain
from index.articles.page.styles import names_of
from index.articles.page.visible import Block, blocks_of
from index.canonical import one_line
from index.errors import BadArticle

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_SHOWN = 60  # characters of a paragraph in a note
_LINE, _MOST_LINES = 160, 12  # characters of a date line or byline; lines between headline and text
_LEAST = 200  # characters of hidden text that can be an article


@dataclass(frozen=True)
class Page:
    """The article of a page: its lines, the blocks that they are, and the lines between headline and text."""

    lines: Sequence[str]
    blocks: Sequence[Block]
    head: Sequence[str] = ()
    notes: tuple[str, ...] = ()

    @property
    def prose(self) -> list[Block]:
        """Its paragraphs of running text."""
        return [block for block in self.blocks if is_prose(block.text)]


@dataclass(frozen=True)
class StatedBody:
    """What JSON-LD states of an article: its words, the selectors of its paid parts, if it is paid for.

    `length` is how many words it says that the article has, else 0; `page` is all that it states.
    """

    body: str
    parts: frozenset[str]
    is_closed: bool
    length: int
    page: Statements

    def holds(self, text: str) -> bool:
        """Whether the words of a text stand in the article as it is stated."""
        return " ".join(words_of(text)) in self.body


def stated_body(stated: Statements) -> StatedBody:
    """What JSON-LD states: its longest "articleBody", "cssSelector", "isAccessibleForFree", "wordCount"."""
    objects = stated.objects
    bodies = [body for value in objects if isinstance(body := value.get("articleBody"), str)]
    closed = [str(value.get("isAccessibleForFree")).lower().endswith("false") for value in objects]
    parts = {
        str(value["cssSelector"])
        for value, paid in zip(objects, closed, strict=True)
        if paid and "cssSelector" in value
    }
    words = " ".join(words_of(plain(max(bodies, key=len, default=""))))
    count = str(stated.article.get("wordCount") or "")
    return StatedBody(words, frozenset(parts), any(closed), int(count) if count.isdecimal() else 0, stated)


def read_page(
    tree: HtmlElement, stated: StatedBody, *, title: str, writers: str | None = None
) -> Page | None:
    """The article of a page, or None where there is none; `writers` are the names of those who wrote it.

    Raises `BadArticle` for more text than pages have.
    """
    blocks = blocks_of(tree)
    if (size := sum(len(block.text) for block in blocks)) > 2 * MOST_CHARACTERS:
        most = f"{2 * MOST_CHARACTERS:,}"
        raise BadArticle(f"has {size:,} characters of text, expected at most {most} on a page")
    page = _found(without_hidden(tree), [block for block in blocks if not block.hidden], stated, title)
    hidden = sum(len(block.text) for block in blocks if block.hidden and is_prose(block.text))
    if 2 * hidden > sum(map(len, page.lines if page else ())):
        page = _with_hidden(page, _found(tree, blocks, stated, title), stated, title)
    if page is None:
        return None
    page = _unsigned(page, writers)
    missing = _paywall(page, stated) or _lost(page, stated)
    return replace(page, notes=(*page.notes, *_cuts(page.blocks, is_closed=stated.is_closed), *missing))


def _unsigned(page: Page, writers: str | None) -> Page:
    """A page without bylines and notes on its writers in its article."""
    own = without_signatures(page.blocks, writers)
    return replace(page, blocks=own, lines=[block.text for block in own]) if own else page


def _found(tree: HtmlElement, blocks: Sequence[Block], stated: StatedBody, title: str) -> Page | None:
    """What trafilatura takes for the article, as the blocks that it stands in."""
    import trafilatura
    from trafilatura.settings import Document

    found = trafilatura.bare_extraction(tree, with_metadata=False, include_comments=False)
    if not isinstance(found, Document) or not found.text:
        return None
    lines = [one_line(line).strip("|- ") for line in found.text.split("\n")]  # its marks of tables and lists
    below = _below_headline(chosen_blocks(lines, blocks), blocks, title)
    below = [*lead_of(stated.page, below, _above_text(below, blocks, title)), *below]
    own = without_posts(below)
    chosen = without_other_stories(
        own,
        blocks,
        is_stated=stated.holds,
    )
    chosen = without_boxes(chosen)
    return Page(
        lines=[block.text for block in chosen] or [line for line in lines if line],
        blocks=chosen,
        head=_head(chosen, blocks, title),
        notes=("body: what is embedded from social media is left out",) if len(own) < len(below) else (),
    )


def _below_headline(chosen: Sequence[Block], blocks: Sequence[Block], title: str) -> list[Block]:
    """`chosen` without running text above the page's headline, unless most of it is there."""
    names = set(words_of(title))
    headlines = [
        n for n, b in enumerate(blocks) if b.element.tag == "h1" and _mostly(words_of(b.text), names)
    ]
    above = {block for block in blocks[: headlines[0]] if is_prose(block.text)} if headlines else set()
    below = [block for block in chosen if block not in above]
    return below if 2 * len(below) > len(chosen) else list(chosen)


def _head(chosen: Sequence[Block], blocks: Sequence[Block], title: str) -> list[str]:
    """The short lines of a page between its headline and the first paragraph of its article."""
    below = _above_text(chosen, blocks, title)
    return [block.text for block in below if len(block.text) <= _LINE][:_MOST_LINES]


def _above_text(chosen: Sequence[Block], blocks: Sequence[Block], title: str) -> Sequence[Block]:
    """The blocks between the page's headline and the first paragraph of its article."""
    text = [n for n, block in enumerate(blocks) if block in {*chosen} and is_prose(block.text)]
    above = blocks[: text[0]] if text else []
    names = set(words_of(title))
    headings = [n for n, b in enumerate(above) if b.is_heading and _mostly(words_of(b.text), names)]
    return above[headings[-1] + 1 :] if headings else []


def _with_hidden(page: Page | None, whole: Page | None, stated: StatedBody, title: str) -> Page | None:
    """Of the article without and with what is hidden, the one to keep, with a note where they differ much."""
    hidden = [block for block in whole.prose if block.hidden] if whole else []
    if whole is None or 3 * len(hidden) <= len(whole.prose):
        return page
    share = f"body: {len(hidden)} of {len(whole.prose)} paragraphs are hidden on the page"
    if page is None or _reads_as_article(whole, hidden, stated, title):
        return replace(
            whole,
            notes=(
                *whole.notes,
                f"{share}; kept, since they read as the article",
            ),
        )
    return replace(
        page,
        notes=(
            *page.notes,
            f"{share} and left out",
        ),
    )


def _reads_as_article(whole: Page, hidden: Sequence[Block], stated: StatedBody, title: str) -> bool:
    """Whether hidden paragraphs are what the page states, or are long and have most of the title's words."""
    known = [block for block in hidden if stated.holds(block.text) or _is_part(block, stated)]
    if 2 * len(known) > len(hidden):
        return True
    names = [word for word in words_of(title) if len(word) > 3 or not word.isascii()]
    said = {word for block in whole.blocks if block.hidden for word in words_of(block.text)}
    return sum(len(block.text) for block in hidden) >= _LEAST and _mostly(names, said)


def _is_part(block: Block, stated: StatedBody) -> bool:
    """Whether a block is in what the page states to be a paid part of its article."""
    return any(
        not stated.parts.isdisjoint(names_of(one)) for one in (block.element, *block.element.iterancestors())
    )


def _mostly(words: Sequence[str], others: Set[str]) -> bool:
    """Whether half of the words or more, and one at least, are among the others."""
    return 2 * sum(word in others for word in words) >= len(words) > 0


def _cuts(blocks: Sequence[Block], *, is_closed: bool) -> list[str]:
    """A note where paragraphs end within a sentence that the page does not go on with, or elsewhere."""
    following = [*(block.text for block in blocks), ""][1:]
    cut = [
        block.text
        for block, after in zip(blocks, following, strict=True)
        if not (
            block.is_heading or block.element.tag in {"li", "tr", "figcaption"} or ends_sentence(block.text)
        )
        and len(words_of(block.text)) >= 8
        and block.text[-1] not in ":;"
        and (after[0].islower() or after[0] in ",;)" if after else is_closed)
    ]
    many = f"{len(cut)} paragraphs end" if len(cut) > 1 else "a paragraph ends"
    return [f"body: {many} within a sentence: “…{cut[0][-_SHOWN:]}”"] if cut else []


def _paywall(page: Page, stated: StatedBody) -> list[str]:
    """A note where the page says that it is not free, unless all that it states of itself was found."""
    if not stated.is_closed or 0 < len(stated.body) <= sum(map(len, page.lines)):
        return []
    return ["body: the page says that it is not free to read; what is behind its paywall may be missing"]


def _lost(page: Page, stated: StatedBody) -> list[str]:
    """A note where less than half of the words that the page states is found; some count characters."""
    found = sum(len(words_of(line)) for line in page.lines)
    length = stated.length if sum(map(len, page.lines)) < stated.length else 0
    meant = max(len(stated.body.split()), length)
    return [f"body: {found:,} words are found of {meant:,} that the page states"] if 2 * found < meant else []

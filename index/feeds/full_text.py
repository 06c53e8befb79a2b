"""The HTML of an item into its paragraphs, and whether they are the article or a teaser of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import unescape

_LEAST_CONTENT = 500  # characters of `content:encoded` and Atom's `content` that are an article
_LEAST_SUMMARY = 1200  # of a summary or description, which is a teaser unless it is long
_CUT = re.compile(
    r"(?i)(?:\[?(?:\.\.\.|…)\]?|(?:read|see) (?:more|the (?:full|rest)[\w ]{0,20})|continue reading.{0,100}"
    r"|(?:читать|подробнее)(?: далее| полностью| дальше)?)\W*$"
)
_ADDED = re.compile(
    r"(?i)the post .{1,300} (?:appeared first on|first appeared on) .{1,100}"
    r"|(?:this (?:article|story|post) )?(?:was )?(?:originally )?(?:appeared|published) (?:first )?"
    r"(?:on|at) \S.{0,80}"
    r"|(?:read|see) (?:more|the full \w+)\W*|(?:читать|подробнее)(?: далее| полностью| дальше)?\W*"
)


def paragraphs_of(html: str) -> list[str]:
    """The paragraphs that a reader of a fragment of HTML sees, without what feeds add below."""
    from lxml.etree import Comment, ProcessingInstruction, strip_tags

    from index.articles.page.hidden import mark_hidden
    from index.articles.page.tree import tree_of
    from index.articles.page.visible import blocks_of

    if "<" not in html:
        lines = [" ".join(unescape(part).split()) for part in re.split(r"\n\s*\n", html)]
        return _without_additions([line for line in lines if line])
    tree = tree_of(f"<html><body>{html}</body></html>".encode(errors="replace"))
    if tree is None:
        return []
    mark_hidden(tree)
    strip_tags(tree, Comment, ProcessingInstruction)
    return _without_additions([block.text for block in blocks_of(tree) if not block.hidden])


def is_whole(paragraphs: Sequence[str], *, is_content: bool) -> bool:
    """Whether paragraphs are the whole of an article: long enough, and not broken off.

    `is_content`: the feed gives them as the content and not as a summary.
    """
    length = sum(map(len, paragraphs))
    return length >= (_LEAST_CONTENT if is_content else _LEAST_SUMMARY) and not _CUT.search(paragraphs[-1])


def _without_additions(lines: list[str]) -> list[str]:
    """`lines` without a blog's own mention of itself and links to the rest."""
    while lines and _ADDED.fullmatch(lines[-1]):
        lines = lines[:-1]
    return lines

"""An article's blocks without what only says who wrote it: bylines above its text, notes on people below.

They are known by the names that the page states, so that it holds in any language.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.articles.furniture import is_prose
from index.articles.page.chosen import words_of
from index.articles.page.visible import Block

_BYLINE, _BESIDE = 100, 8  # characters; words that stand beside the name: by, a place, a day, an hour
_LAST = 3  # blocks at the end among which notes on writers are
_LEAST = 2  # words of a name: of one word it may be anything


def without_signatures(blocks: Sequence[Block], writers: str | None) -> list[Block]:
    """`blocks` without bylines and notes on the writers, whose names are parted by commas."""
    names = [words for name in re.split(r",\s*", writers or "") if len(words := words_of(name)) >= _LEAST]
    prose = [n for n, block in enumerate(blocks) if is_prose(block.text)]
    if not names or len(prose) < 2:
        return list(blocks)
    signed = {block for block in blocks[: prose[0]] if _is_byline(block, names)}
    signed |= {block for block in blocks[max(prose[1], len(blocks) - _LAST) :] if _begins_with(block, names)}
    return [block for block in blocks if block not in signed]


def _is_byline(block: Block, names: Sequence[Sequence[str]]) -> bool:
    words = words_of(block.text)
    named = {word for name in names if {*name} <= {*words} for word in name}
    return bool(named) and len(block.text) <= _BYLINE and sum(one not in named for one in words) <= _BESIDE


def _begins_with(block: Block, names: Sequence[Sequence[str]]) -> bool:
    words = words_of(block.text)
    return any(words[: len(name)] == name for name in names)

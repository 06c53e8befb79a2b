"""A page's lead into its article: what stands between headline and text and is what the page says of itself.

Extractors leave it out, since it is no paragraph among paragraphs; readers read it first.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.articles.page.chosen import words_of
from index.articles.page.statements import Statements, plain
from index.articles.page.visible import Block

_NAMED = re.compile(
    r"(?i)(?:^|[\s_-])(?:lead|lede|standfirst|stand-first|dek|deck|sub-?(?:title|head|heading|headline)|summary|"
    r"intro|introduction|excerpt|teaser-?text|abstract|kicker-?text|chapeau|entradilla|sommario|ingress|vorspann)"
    r"(?:$|[\s_-])"
)
_SHARED = 0.8
_LEAST = 5  # words


def lead_of(stated: Statements, chosen: Sequence[Block], above: Sequence[Block]) -> list[Block]:
    """The blocks `above` the text that are its lead: the page's description, or called so; none `chosen`."""
    given = [stated.article.get("description"), stated.article.get("alternativeHeadline")]
    given += stated.named("description", "og:description", "twitter:description")
    descriptions = [{*words_of(plain(one))} for one in given if one]
    return [
        block
        for block in above
        if block not in chosen
        and len(words_of(block.text)) >= _LEAST
        and not block.within_link
        and (_is_described(block, descriptions) or _is_named(block))
    ]


def _is_described(block: Block, descriptions: Sequence[set[str]]) -> bool:
    words = {*words_of(block.text)}
    return any(
        len(words & one) >= _SHARED * min(len(words), len(one)) > 0 and len(one) >= _LEAST
        for one in descriptions
    )


def _is_named(block: Block) -> bool:
    around = [block.element, *block.element.iterancestors()][:3]
    return any(_NAMED.search(f"{one.get('class') or ''} {one.get('itemprop') or ''}") for one in around)

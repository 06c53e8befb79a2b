"""What a page gives as its headline in several places into one: where two agree, without the site's name."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence, Set
from typing import TYPE_CHECKING

from index.articles.page.chosen import words_of
from index.articles.page.statements import Statements, letters_of, plain
from index.canonical import one_line
from index.dates import find_date

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_LAST = re.compile(r"(?P<rest>.*\S)(?:\s+[-–—|•·»›/:~]+\s+|\s*[|｜：«»]\s*)(?P<part>\S.*?)")
_LEAST = 3  # words that two headlines share by more than chance


def headline_of(tree: HtmlElement, stated: Statements, *, sites: Sequence[str]) -> str:
    """The headline of a page: JSON-LD, `og:title` and `<h1>` are asked, then `<title>`.

    `sites` are the names of its outlet, which are taken off the ends.
    """
    tags = [one_line(title.text_content()) for title in tree.iter("title")]
    declared = plain(stated.article.get("headline"))
    social = next(iter(stated.named("og:title", "twitter:title")), "")
    heading = _heading(tree, [one for one in (declared, social, *tags) if one])
    known = {letters_of(site) for site in sites} - {""}
    found = _without_sites([declared, social, heading], known)
    return _agreed(found, social=found[1]) or next(iter(_without_sites(tags, known)), "")


def _heading(tree: HtmlElement, given: Sequence[str]) -> str:
    """The `<h1>` that is most like what else is given as the headline; of none, the first that is one."""
    headings = [one_line(" ".join(heading.itertext())) for heading in tree.iter("h1")]
    words = {word for one in given for word in words_of(one)}
    shared = [(len(words & {*words_of(one)}), one) for one in headings if len(words_of(one)) >= _LEAST]
    return max(shared, key=lambda pair: pair[0], default=(0, ""))[1]


def _without_sites(candidates: Sequence[str], sites: Set[str]) -> list[str]:
    """Each of the headlines without what follows another of them, or names the site, or is a date."""
    found = []
    for given in candidates:
        candidate, others = given, [words_of(other) for other in candidates if other != given]
        while match := _LAST.fullmatch(candidate):
            rest = words_of(match["rest"])
            agreed = any(other == rest[: len(other)] and len(other) >= _LEAST for other in others)
            if not rest or not (agreed or _is_site(match["part"], sites) or _is_date(match["part"])):
                break
            candidate = match["rest"]
        found.append(candidate)
    return found


def _is_site(part: str, sites: Set[str]) -> bool:
    """Whether what stands after a dash is the outlet's name, a part of it, or the name with more."""
    name = letters_of(part)
    return any(
        name == site or (min(len(name), len(site)) > 3 and (name in site or name.startswith(site)))
        for site in sites
    )


def _is_date(part: str) -> bool:
    found = find_date(part)
    return found is not None and found.end - found.start >= len(part) - 2


def _agreed(found: Sequence[str], *, social: str) -> str:
    """The headline that most places give, else the first of them.

    Where `og:title` has its words without what stands over them ("Olympics: …"), that is the headline.
    """
    candidates = [one for one in found if one]
    if not candidates:
        return ""
    keys = [tuple(words_of(candidate)) for candidate in candidates]
    [(chosen, _)] = Counter(keys).most_common(1)
    under = tuple(words_of(social))
    is_under = len(under) >= _LEAST and chosen[-len(under) :] == under
    return social if is_under else candidates[keys.index(chosen)]

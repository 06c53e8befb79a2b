"""Two articles into whether the outlet of the later may speak for the earlier, as who takes it back must."""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.articles.identity import host_of, same_site
from index.records import Article

_SHORT = 3  # letters of an agency that is called by the initials of an outlet


def speaks_for(later: Article, earlier: Article) -> bool:
    """Whether the outlet of `later` printed `earlier`, or is the agency that wrote it.

    Any page can call itself by any name, so where an address is known both must be, and be of one site; there
    a name may be longer ("BBC", "BBC News") or missing. Letters that only look alike are other letters.
    """
    name = _words(later.outlet)
    others = [words for one in (earlier.outlet, earlier.agency) if (words := _words(one))]
    if host_of(later.url) or host_of(earlier.url):
        akin = not (name and earlier.outlet) or any(
            _begins(name, one) or _begins(one, name) for one in others
        )
        return akin and same_site(later.url, earlier.url)
    agency = _words(later.agency)
    of_agency = bool(agency) and agency == _words(earlier.agency) and _bears(name, agency)
    return bool(name) and (name in others or of_agency)


def _words(name: str | None) -> Sequence[str]:
    """The words of an outlet's name, without a "The" before them."""
    words = (name or "").casefold().split()
    return words[1:] if words[:1] == ["the"] else words


def _bears(name: Sequence[str], agency: Sequence[str]) -> bool:
    """Whether an outlet is an agency's own by its name: "Inter-North Wire" of INW, "Asia AFP" of AFP."""
    initials = "".join(word[0] for word in re.findall(r"\w+", " ".join(name)))
    return set(agency) <= set(name) or (len(initials) >= _SHORT and agency == [initials])


def _begins(name: Sequence[str], longer: Sequence[str]) -> bool:
    return longer[: len(name)] == name

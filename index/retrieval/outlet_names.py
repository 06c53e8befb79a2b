"""An outlet that no article has into those that may be meant: "BBC" into "BBC News"."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from rapidfuzz import fuzz

from index.errors import BadFilter
from index.letters import folded
from index.records import Filters

_LIKE = 85  # of 100: "Harbor Gazete" and "Harbour Gazette" have 93, "Northern Desk" and "Southern Desk" 77
_OFFERED = 3
_ARTICLES = {"the", "le", "la", "les", "der", "die", "das", "el", "il", "de"}


def near_outlets(asked: str, known: Iterable[str]) -> tuple[str, ...]:
    """Up to three of the known outlets that somebody may mean by `asked`, the likeliest first.

    `known` are in the order of their articles, most first. A name is meant by some of its words, by the first
    letters of all, or by a spelling that is close.
    """
    words = _words(asked)
    likely = []
    for place, name in enumerate(known):
        others = _words(name)
        if not words or not others:
            continue
        score = 0.0
        if words == others:
            score = 100
        elif set(words) <= set(others) or set(others) <= set(words) or _initials(words, others):
            score = 95
        else:
            score = fuzz.ratio(" ".join(words), " ".join(others), score_cutoff=_LIKE)
        if score:
            likely.append((-score, place, name))
    return tuple(name for _, _, name in sorted(likely)[:_OFFERED])


def check_outlets(filters: Filters, outlets: Callable[[], Sequence[tuple[str | None, int]]]) -> None:
    """Raise `BadFilter` where a filter names an outlet without articles, with those that may be meant.

    `outlets` gives (outlet, articles), and is asked where an outlet is filtered. An archive without articles
    knows none and misses none.
    """
    known = outlets() if filters.outlet else ()
    names = [name for name, _ in known if name]
    spelt = {_folded(name) for name in names}
    for asked in filters.outlet if known else ():
        if _folded(asked) not in spelt:
            near = near_outlets(asked, names)
            meant = (
                f"did you mean {' or '.join(map(repr, near))}?"
                if near
                else "`dateline status` lists its outlets"
            )
            raise BadFilter(f"the archive has no articles from {asked[:60]!r}; {meant}")


def _folded(name: str) -> str:
    return " ".join(name.split()).casefold()


def _words(name: str) -> list[str]:
    """The words of a name without "the", in small plain letters; a domain without its ending."""
    plain = folded(name).removeprefix("www.")
    parts = [part for part in "".join(c if c.isalnum() else " " for c in plain).split() if part]
    kept = [part for part in parts if part not in _ARTICLES]
    return kept or parts


def _initials(words: Sequence[str], others: Sequence[str]) -> bool:
    """Whether one name is the first letters of the other: "NYT", "New York Times"."""
    short, long = sorted((words, others), key=len)
    return len(short) == 1 and len(long) > 1 and short[0] == "".join(word[0] for word in long)

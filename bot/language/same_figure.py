"""Whether an article's figures hold a draft's.

"Nearly 2 million" holds where the article has 1.9 million, "2 million" does not.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from bot.language.quantities import Bound, Quantity

# How far a rounded figure may be from the true one: "nearly 2 million" for 1.9 million is off by 5 %.
_ROUNDED: Mapping[Bound, float] = {
    "about": 0.06,
    "under": 0.08,
    "over": 0.12,
    "least": 0.15,
    "most": 0.15,
    "exact": 0.0,
}


def holding(said: Quantity, there: Iterable[Quantity]) -> Quantity | None:
    """The figure of the article that a draft's figure truly gives; None if there is none."""
    return next((one for one in there if _holds(said, one)), None)


def _holds(said: Quantity, there: Quantity) -> bool:
    if not _same_unit(said, there):
        return False
    if there.sort == "vague" or said.sort == "vague":
        return _holds_vaguely(said, there)
    mine, theirs = said.value, there.value
    if said.unit == "percent" and there.sort == "share":
        theirs *= 100
    if there.unit == "percent" and said.sort == "share":
        theirs /= 100
    if said.sort == "share" and there.unit == "percent" and abs(mine - theirs) < 0.008:
        return True  # "two thirds" for 67 per cent
    return _same_size(mine, said.bound, theirs=theirs, there=there.bound)


def _same_unit(said: Quantity, there: Quantity) -> bool:
    shares = {said.sort, there.sort} == {"share", "count"} and "percent" in (said.unit, there.unit)
    if shares:
        return said.unit in (None, "percent") and there.unit in (None, "percent")
    if (said.sort == "ordinal") != (there.sort == "ordinal"):
        return False
    if (said.sort == "share") != (there.sort == "share"):
        return False
    return said.unit == there.unit


def _same_size(mine: float, said: Bound, *, theirs: float, there: Bound) -> bool:
    same = abs(mine - theirs) <= 1e-9 * max(abs(mine), abs(theirs), 1.0)
    if there != "exact":
        return same and (said == "about" or _side(said) == _side(there))
    if same:
        return said in ("exact", "about", "least", "most")
    off = abs(mine - theirs) / max(abs(theirs), 1e-9)
    if off > _ROUNDED[said]:
        return False
    return said == "about" or (mine > theirs if said in ("under", "most") else mine < theirs)


def _side(bound: Bound) -> str:
    return {"over": "over", "least": "over", "under": "under", "most": "under"}.get(bound, bound)


# What a vague figure may stand for: "dozens" from 24 to 99.
_SPANS = {
    12.0: (24, 100),
    20.0: (40, 200),
    1e2: (200, 1000),
    1e3: (2000, 1e6),
    1e6: (2e6, 1e9),
    1e9: (2e9, 1e12),
}


def _holds_vaguely(said: Quantity, there: Quantity) -> bool:
    if said.sort == there.sort:
        return said.value == there.value
    if there.sort == "vague":
        return False
    low, high = _SPANS[said.value]
    return low <= there.value < high

"""Two articles into what tells copies from later reports and from others: numbers from about 0 to 1.

Words that both have tell little where a desk rewrote a report, and too much where an update keeps its
background; so leads, names, figures, the order of what is told, and who printed it when are looked at.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence, Set
from datetime import datetime
from itertools import pairwise
from typing import NamedTuple

from index.copies.figures import figures_of
from index.copies.overlap import overlap
from index.copies.retracting import denies, tells_of_retracting
from index.copies.telling import KEPT, Telling
from index.copies.words import keys_of
from index.dates import known_day

OPENING = 4  # sentences among which the earlier lead may stand
TOLD, HINTED = 0.5, 0.4  # of what a sentence is about that another has
MANY = 8  # figures: of fewer, another tells little; parallel stories have others
AT_ONCE, NO_TIME, TWO_DAYS = 6, 12, 48  # hours
SOON, WEEK, SEASON = 1, 7, 60  # days

_WORD = re.compile(r"(?<![^\W\d_])[^\W\d_A-ZА-ЯЁ][^\W\d_’']{2,}")  # without names
_TO_COME = (
    r"will|could|may(?! \d)|might|hop(?:es?|ing)|plans?|expected|due to|set to|bid|poised|to vote"
    r"|может|могут|будет|будут|намерен\w*|планиру\w+|ожида\w+"
)
_AHEAD = re.compile(rf"\b(?:{_TO_COME})\b", re.IGNORECASE)
_STILL_AHEAD = re.compile(rf"\b(?:{_TO_COME}|would|ought|should)\b", re.IGNORECASE)


def traits(earlier: Telling, later: Telling) -> dict[str, float]:
    """What tells the relations apart, by name."""
    return {**_words(earlier, later), **_facts(earlier, later), **_circumstances(earlier, later)}


def lead_kept(earlier: Telling, later: Telling) -> float:
    """How alike the earlier lead is to what it is likest near the later text's beginning (Dice)."""
    if not earlier.sentences:
        return 0.0
    return max((_dice(earlier.sentences[0], there) for there in later.sentences[:OPENING]), default=0.0)


def come(earlier: Telling, later: Telling) -> bool:
    """Whether what lay ahead in the earlier lead lies ahead no more in the later one."""
    return bool(_AHEAD.search(earlier.lead)) and not _STILL_AHEAD.search(later.lead)


def days_between(one: Telling, other: Telling) -> int | None:
    """How many days lie between two articles; None where a date is not known."""
    mine, theirs = known_day(one.article.published), known_day(other.article.published)
    return None if mine is None or theirs is None else abs((mine - theirs).days)


def _words(earlier: Telling, later: Telling) -> dict[str, float]:
    forth, back = _found(earlier.matter, later.matter), _found(later.matter, earlier.matter)
    refigured = sum(_refigured(earlier, later, at, there) for at, there in enumerate(back))
    lead_known = back[0].share if back else 0.0
    contained = overlap(earlier.shingles, later.shingles).contained
    return {
        "contained": contained,
        "turned": contained * (1 - lead_known),
        "order": _in_order(forth),
        "lead_kept": lead_kept(earlier, later),
        "lead_known": lead_known,
        "lead_new_words": _new_words(earlier, later),
        "words_known": _share(_all(later.matter), _all(earlier.matter)),
        "refigured": refigured / (len(back) or 1),
        "refigured_once": float(refigured > 0),
    }


def _facts(earlier: Telling, later: Telling) -> dict[str, float]:
    names, others = frozenset(earlier.names), frozenset(later.names)
    fewer, more = sorted((earlier.figures, later.figures), key=len)
    headline = figures_of(later.article.title)
    return {
        "names_kept": _share(names, others),
        "facts_kept": _share(earlier.facts, later.facts),
        "facts_known": _share(later.facts, earlier.facts),
        "figures_known": _share(later.figures, earlier.figures),
        "figures_lost_of_many": len(fewer - more) / (len(fewer) or 1) * (len(fewer) >= MANY),
        "headline_new_figures": len(headline - earlier.figures) / (len(headline) or 1),
        "retracted_names": tells_of_retracting(earlier, later) * _of_fewer(names, others),
    }


def _circumstances(earlier: Telling, later: Telling) -> dict[str, float]:
    one, other = earlier.article, later.article
    days, hours = days_between(earlier, later) or 0, _hours_between(earlier, later)
    return {
        "denied": float(denies(earlier, later)),
        "corrected": float(later.corrected and not earlier.corrected),
        "outlet": float(bool(one.outlet) and one.outlet == other.outlet),
        "agency": float(bool(one.agency) and one.agency == other.agency and one.outlet != other.outlet),
        "at_once": float(hours <= AT_ONCE),
        "hours": min(hours, TWO_DAYS) / TWO_DAYS,
        "soon": float(days_between(earlier, later) is not None and days <= SOON),
        "days": min(days, WEEK) / WEEK,
        "season": float(days > SEASON),
    }


def _hours_between(one: Telling, other: Telling) -> float:
    """How many hours lie between two articles; half a day where they are of one day, without a time."""
    timed = all("T" in (told.article.published or "") for told in (one, other))
    if timed and one.published and other.published:
        moments = [datetime.fromisoformat(told.published) for told in (one, other)]
        return abs((moments[1] - moments[0]).total_seconds()) / 3600
    return (days_between(one, other) or 0) * 24 or NO_TIME


class _Counterpart(NamedTuple):
    """How much of what a sentence is about another text's likest sentence has, and which that is."""

    share: float
    at: int


def _found(one: Sequence[Set[str]], other: Sequence[Set[str]]) -> list[_Counterpart]:
    """For each sentence of a text that of the other which has most of it, the first of those alike."""
    return [
        max(
            (_Counterpart(_share(told, there), -at) for at, there in enumerate(other)),
            default=_Counterpart(0.0, 0),
        )
        for told in one
    ]


def _refigured(earlier: Telling, later: Telling, at: int, there: _Counterpart) -> bool:
    """Whether a later sentence and its counterpart each have a figure that the other has not."""
    if there.share < TOLD:
        return False
    figures, before = later.told_figures[at], earlier.told_figures[-there.at]
    return bool(figures - before) and bool(before - figures)


def _in_order(found: Sequence[_Counterpart]) -> float:
    """The share of a text's neighbouring sentences that the other text tells in the same order."""
    places = [-there.at for there in found if there.share >= HINTED]
    pairs = [first <= second for first, second in pairwise(places)]
    return sum(pairs) / len(pairs) if pairs else 0.5


def _new_words(earlier: Telling, later: Telling) -> float:
    """The share of the words of the later lead, names apart, that stand nowhere in the earlier article."""
    words = {word[:KEPT] for word in keys_of(" ".join(_WORD.findall(later.lead)))}
    return len(words - earlier.beginnings) / (len(words) or 1)


def _all(matter: Sequence[Set[str]]) -> Set[str]:
    return set[str]().union(*matter)


def _share(some: Set[str], known: Set[str]) -> float:
    """The share of `some` that is in `known`."""
    return len(some & known) / (len(some) or 1)


def _of_fewer(one: Set[str], other: Set[str]) -> float:
    """What both have, as a share of what the one has that has fewer."""
    return len(one & other) / (min(len(one), len(other)) or 1)


def _dice(one: Counter[str], other: Counter[str]) -> float:
    return 2 * (one & other).total() / ((one.total() + other.total()) or 1)

"""Two articles into how they stand to one another: copies of one text, the same story told later, or neither.

A copy tells the same news in the same words: nearly every sentence of the shorter text has its counterpart,
and nothing says that it is other news. What shares its background and has a new lead, another figure there,
"voted" for "will vote" or an apology is the same story, later; what shares it and counts something else, as
three states of one investigation do, is neither.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from index.copies.figures import figures_of
from index.copies.overlap import SHORTEST, Overlap, overlap
from index.copies.telling import KEPT, Telling
from index.copies.words import keys_of
from index.dates import known_day

Relation = Literal["copy", "later", "apart"]

TOLD = 0.75  # of the shorter text's words, in sentences with a counterpart: a copy's
COUNTERPART = 0.5  # of the words of two sentences (Dice)

# What of 113 pairs written for it (`eval.studies.stories`) tells other news from a copy.
OTHER_FIGURES = 0.3  # of the figures of the text that has fewer, that the other lacks
NEW_FIGURES = 0.6  # of the later lead's figures, that the earlier text lacks …
SOME_NEW_WORDS = 0.15  # … where so many of its words are new as well
NEW_WORDS = 0.5  # of the later lead's words, that stand nowhere in the earlier text
SAME_LEAD = 0.42  # of the words of the two leads (Dice)
SAME_TITLE, REPRINTED = 0.75, 0.8  # of the words of an outlet's own reprint: of both titles, of all shingles
VERY_SAME_LEAD = 0.9
SOON, SEASON = timedelta(3), timedelta(60)

STORY, RETRACTED = 0.45, 0.28  # of the shorter text's shingles: what a later report shares, or a retraction
SISTER_FIGURES, MANY = 0.28, 8  # other figures, of at least so many: parallel stories
FILLED_IN = 0.7  # of the words of two leads of one template
OPENING = 5  # sentences among which a lead may stand behind a note
FEW = 3  # figures; of fewer, one that is another tells nothing

_WORD = re.compile(r"(?<![^\W\d_])[^\W\d_A-ZА-ЯЁ][^\W\d_’']{2,}")  # without names
_TO_COME = (
    r"will|could|may(?! \d)|might|hop(?:es?|ing)|plans?|expected|due to|set to|bid|poised|to vote"
    r"|может|могут|будет|будут|намерен\w*|планиру\w+|ожида\w+"
)
_AHEAD = re.compile(rf"\b(?:{_TO_COME})\b", re.IGNORECASE)
_STILL_AHEAD = re.compile(rf"\b(?:{_TO_COME}|would|ought|should)\b", re.IGNORECASE)
_RETRACTING = re.compile(
    r"\b(?:apolog\w+|sorry|retract\w*|withdr[ae]w\w*|den(?:y|ies|ied)|hoax|false(?:ly)?|untrue|wrong(?:ly)?"
    r"|mistaken\w*|in error|deleted?|извин\w+|опроверг\w*|отозва\w+|ошиб\w+|неверн\w+)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class _Leads:
    """The first sentences of two articles, of which one may stand behind a note; `alike` are they, 0 to 1."""

    earlier: str
    later: str
    alike: float


def relation(earlier: Telling, later: Telling) -> Relation:
    """How two articles stand to one another; which is the earlier is known by `in_order`."""
    found = overlap(earlier.shingles, later.shingles)
    if found.shorter < SHORTEST:
        return "copy" if found.copied else "apart"
    if found.contained < RETRACTED:
        return "apart"
    leads = _leads(earlier, later)
    if told_again(earlier, later) >= TOLD and not _other_news(earlier, later, found, leads):
        return "copy"
    return "later" if _one_story(earlier, later, found, leads) else "apart"


def in_order(one: Telling, other: Telling) -> tuple[Telling, Telling]:
    """The earlier article and the later one, by their dates; those of one time keep their order."""
    return (other, one) if other.published < one.published else (one, other)


def told_again(one: Telling, other: Telling) -> float:
    """The share of one text's words, the greater of both, that stand in sentences with a counterpart."""
    return max(_held(one, other), _held(other, one))


def retracts(earlier: Telling, later: Telling) -> bool:
    """Whether the later title or lead takes something back, and the earlier does not."""
    return _takes_back(earlier, later, _leads(earlier, later))


def _leads(earlier: Telling, later: Telling) -> _Leads:
    """The first sentences; or the one, and what has its very words near the other's beginning."""
    mine, theirs = earlier.texts[:OPENING] or [""], later.texts[:OPENING] or [""]
    first = _pair(mine[0], theirs[0])
    behind = [_pair(mine[0], other) for other in theirs[1:]] + [_pair(one, theirs[0]) for one in mine[1:]]
    best = max(behind, key=lambda pair: pair.alike, default=first)
    return best if best.alike >= VERY_SAME_LEAD and first.alike < SAME_LEAD else first


def _pair(one: str, other: str) -> _Leads:
    return _Leads(one, other, _dice(Counter(keys_of(one)), Counter(keys_of(other))))


def _other_news(earlier: Telling, later: Telling, found: Overlap, leads: _Leads) -> bool:
    """Whether something says that two texts of the same words tell other news."""
    if _counted(earlier, later) >= FEW and _lost(earlier.figures, later.figures) > OTHER_FIGURES:
        return True
    if _turns(earlier, later, leads) or not (found.copied or _within(earlier, later, SOON, known=True)):
        return True
    new = _new_words(earlier, leads)
    if earlier.article.outlet and earlier.article.outlet == later.article.outlet:
        titles = _jaccard(*(keys_of(one.article.title) for one in (earlier, later)))
        reprinted = titles >= SAME_TITLE and found.alike >= REPRINTED
        return not (reprinted or (leads.alike >= VERY_SAME_LEAD and new < SOME_NEW_WORDS))
    newer = new > SOME_NEW_WORDS and _new(figures_of(leads.later), earlier.figures) > NEW_FIGURES
    return leads.alike < SAME_LEAD or new > NEW_WORDS or newer or not _within(earlier, later, SOON)


def _one_story(earlier: Telling, later: Telling, found: Overlap, leads: _Leads) -> bool:
    """Whether a text that is no copy tells the same story later."""
    if earlier.published >= later.published or not earlier.published:
        return False
    if _takes_back(earlier, later, leads):
        return found.contained >= RETRACTED
    if not _within(earlier, later, SEASON):
        return False
    sister = _is_sister(earlier, later, leads) and not _turns(earlier, later, leads)
    return found.contained >= STORY and not sister


def _is_sister(earlier: Telling, later: Telling, leads: _Leads) -> bool:
    """Whether two articles count other things in one form: on one day, or by one template."""
    if _counted(earlier, later) < MANY or _lost(earlier.figures, later.figures) <= SISTER_FIGURES:
        return False
    filled_in = leads.alike > FILLED_IN and _new_words(earlier, leads) < SOME_NEW_WORDS
    return filled_in or earlier.published[:10] == later.published[:10]


def _turns(earlier: Telling, later: Telling, leads: _Leads) -> bool:
    """Whether what was to come has come, or what was said is taken back."""
    ahead = bool(_AHEAD.search(leads.earlier)) and not _STILL_AHEAD.search(leads.later)
    return ahead or _takes_back(earlier, later, leads)


def _takes_back(earlier: Telling, later: Telling, leads: _Leads) -> bool:
    before, after = f"{earlier.article.title}. {leads.earlier}", f"{later.article.title}. {leads.later}"
    return bool(_RETRACTING.search(after)) and not _RETRACTING.search(before)


def _counted(one: Telling, other: Telling) -> int:
    """The number of figures of the text that has fewer."""
    return min(len(one.figures), len(other.figures))


def _held(one: Telling, other: Telling) -> float:
    total = sum(map(Counter.total, one.sentences))
    held = sum(
        told.total()
        for told in one.sentences
        if any(_dice(told, there) >= COUNTERPART for there in other.sentences)
    )
    return held / total if total else 0.0


def _new_words(earlier: Telling, leads: _Leads) -> float:
    """The share of the words of the later lead, names apart, that stand nowhere in the earlier article."""
    words = keys_of(" ".join(_WORD.findall(leads.later)))
    return _new({word[:KEPT] for word in words}, earlier.beginnings)


def _lost(one: frozenset[str], other: frozenset[str]) -> float:
    """The share of the figures of the text that has fewer, that the other lacks."""
    fewer, more = sorted((one, other), key=len)
    return _new(fewer, more)


def _new(some: set[str] | frozenset[str], known: frozenset[str]) -> float:
    return len(some - known) / len(some) if some else 0.0


def _jaccard(one: Sequence[str], other: Sequence[str]) -> float:
    mine, theirs = set(one), set(other)
    return len(mine & theirs) / len(mine | theirs) if mine | theirs else 1.0


def _dice(one: Counter[str], other: Counter[str]) -> float:
    return 2 * (one & other).total() / ((one.total() + other.total()) or 1)


def _within(one: Telling, other: Telling, time: timedelta, *, known: bool = False) -> bool:
    """Whether two articles may have been published within some days, or are `known` to have been."""
    mine, theirs = known_day(one.article.published), known_day(other.article.published)
    return not known if mine is None or theirs is None else abs(mine - theirs) <= time

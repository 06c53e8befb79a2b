"""Two articles into how they stand to one another: copies of one text, the same story told later, or neither.

A copy tells the same news in the same words. What shares its background and has a new lead, another figure
there, "voted" for "will vote" or an apology is the same story, later; what shares it and counts something
else, as three states of one investigation do, is neither. Fifteen features are weighed by a multinomial
logistic regression, which `python -m eval.studies.stories --fit` fits on pairs written for it.
"""

from __future__ import annotations

import json
import math
import re
from collections import Counter
from collections.abc import Mapping, Set
from functools import cache
from importlib.resources import files
from typing import Literal

from index.copies.figures import figures_of
from index.copies.overlap import SHORTEST, Overlap, overlap
from index.copies.telling import KEPT, Telling
from index.copies.words import keys_of
from index.dates import known_day

Relation = Literal["copy", "later", "apart"]
RELATIONS: tuple[Relation, ...] = ("copy", "later", "apart")

# An update hidden as a copy misleads more than a copy that counts as an origin of its own. Of pairs that were
# kept apart from the fit, family by family, 0.7 joins 0.93 rightly and finds 0.86, 0.5 0.89 and 0.90.
SURE = 0.7
REPRINTED = 0.9  # of all shingles: the same text, unless its lead has turned
SHARED = 0.25  # of the shorter text's shingles; what shares less is told apart without looking

COUNTERPART = 0.5  # of the words of two sentences (Dice)
OPENING = 4  # sentences among which the earlier lead may stand
FEW, MANY = 3, 8  # figures: of fewer, another tells nothing; of more, parallel stories have other ones
SOON, WEEK, SEASON = 2, 7, 60  # days

_WORD = re.compile(r"(?<![^\W\d_])[^\W\d_A-ZА-ЯЁ][^\W\d_’']{2,}")  # without names
_TO_COME = (
    r"will|could|may(?! \d)|might|hop(?:es?|ing)|plans?|expected|due to|set to|bid|poised|to vote"
    r"|может|могут|будет|будут|намерен\w*|планиру\w+|ожида\w+"
)
_AHEAD = re.compile(rf"\b(?:{_TO_COME})\b", re.IGNORECASE)
_STILL_AHEAD = re.compile(rf"\b(?:{_TO_COME}|would|ought|should)\b", re.IGNORECASE)
_DENYING = re.compile(
    r"\b(?:apolog\w+|sorry|retract\w*|withdr[ae]w\w*|den(?:y|ies|ied)|hoax|false(?:ly)?|untrue|wrong(?:ly)?"
    r"|mistaken\w*|in error|deleted?|извин\w+|опроверг\w*|отозва\w+|ошиб\w+|неверн\w+)\b",
    re.IGNORECASE,
)
# What somebody said, which can be taken back; who apologises for a delay takes nothing back.
_SAID = (
    r"(?:sa(?:y|id)|claim|remark|comment|report|statement|tweet|story|article|post|call|suggest|accus|alleg|paper"
    r"|study|announce|слов|заявлен|сообщен|стать|публикац)"
)
_RETRACTING = re.compile(
    rf"\b(?:apolog\w+|sorry|извин\w+)\b.{{0,60}}\b{_SAID}|\bretract\w*|\bhoax\b"
    rf"|\b(?:takes?|took|taken) back\b"
    rf"|\b(?:withdr[ae]w\w*|отозва\w+|опроверг\w*)\b.{{0,60}}\b{_SAID}"
    rf"|\b{_SAID}\w*\b.{{0,60}}\b(?:was|were|is|are|been) (?:wrong|false|untrue|withdrawn|in error)\b",
    re.IGNORECASE | re.DOTALL,
)


def relation(earlier: Telling, later: Telling) -> Relation:
    """How two articles stand to one another; which is the earlier is known by `in_order`."""
    found = overlap(earlier.shingles, later.shingles)
    if found.shorter < SHORTEST:
        return "copy" if found.copied else "apart"
    if found.contained < SHARED:
        return "apart"
    seen = features(earlier, later)
    likely = probabilities(seen)
    reprinted = found.alike >= REPRINTED and not (seen["come"] or seen["denied"])
    if reprinted or (likely["copy"] >= SURE and _may_be_one_text(earlier, later, found)):
        return "copy"
    told_on = "" < earlier.published < later.published and likely["later"] >= likely["apart"]
    return "later" if told_on and _may_be_one_story(earlier, later) else "apart"


def in_order(one: Telling, other: Telling) -> tuple[Telling, Telling]:
    """The earlier article and the later one, by their dates; those of one time keep their order."""
    return (other, one) if other.published < one.published else (one, other)


def retracts(earlier: Telling, later: Telling) -> bool:
    """Whether the later title or lead takes back what was said, and the earlier does not."""
    return bool(_RETRACTING.search(later.headed)) and not _RETRACTING.search(earlier.headed)


def _may_be_one_text(earlier: Telling, later: Telling, found: Overlap) -> bool:
    """Whether dates are known, or the words so much the same that nothing hangs on them."""
    known = _days(earlier, later) is not None
    return known or (found.copied and _lead_kept(earlier, later) >= COUNTERPART)


def _may_be_one_story(earlier: Telling, later: Telling) -> bool:
    """Whether no season lies between two articles, as between yearly guides; or one takes back the other."""
    return (_days(earlier, later) or 0) <= SEASON or retracts(earlier, later)


def probabilities(features_: Mapping[str, float]) -> dict[Relation, float]:
    """How likely each relation is; they add up to 1."""
    logits = {
        name: bias + sum(weight * features_[key] for key, weight in weights.items())
        for name, (bias, weights) in fitted_weights().items()
    }
    most = max(logits.values())
    odds = {name: math.exp(logit - most) for name, logit in logits.items()}
    return {name: value / sum(odds.values()) for name, value in odds.items()}


def features(earlier: Telling, later: Telling) -> dict[str, float]:
    """What tells the relations apart, by name, each about 0 to 1."""
    found = overlap(earlier.shingles, later.shingles)
    forth, back = _held(earlier, later), _held(later, earlier)
    counted, lost = _figures(earlier, later)
    days = _days(earlier, later)
    same = bool(earlier.article.outlet) and earlier.article.outlet == later.article.outlet
    denied = bool(_DENYING.search(later.headed)) and not _DENYING.search(earlier.headed)
    come = bool(_AHEAD.search(earlier.lead)) and not _STILL_AHEAD.search(later.lead)
    told = max(forth, back)
    return {
        "told": told,
        "told_of_later": back,
        "told_soon": told * (days is not None and days <= SOON),
        "contained": found.contained,
        "lead_kept": _lead_kept(earlier, later),
        "lead_new_words": _new_words(earlier, later),
        "lead_new_figures": _new(figures_of(later.lead), earlier.figures),
        "figures_lost": lost * (counted >= FEW),
        "figures_lost_of_many": lost * (counted >= MANY),
        "denied": float(denied),
        "come": float(come and not denied),
        "outlet": float(same),
        "outlet_alike": same * found.alike,
        "days": min(days or 0, WEEK) / WEEK,
        "season": float((days or 0) > SEASON),
    }


def _held(one: Telling, other: Telling) -> float:
    """The share of a text's words that stand in sentences with a counterpart in the other."""
    total = sum(map(Counter.total, one.sentences))
    held = sum(
        told.total()
        for told in one.sentences
        if any(_dice(told, there) >= COUNTERPART for there in other.sentences)
    )
    return held / total if total else 0.0


def _lead_kept(earlier: Telling, later: Telling) -> float:
    """How alike the earlier lead is to what it is likest near the later text's beginning (Dice)."""
    if not earlier.sentences:
        return 0.0
    return max((_dice(earlier.sentences[0], there) for there in later.sentences[:OPENING]), default=0.0)


def _new_words(earlier: Telling, later: Telling) -> float:
    """The share of the words of the later lead, names apart, that stand nowhere in the earlier article."""
    words = keys_of(" ".join(_WORD.findall(later.lead)))
    return _new({word[:KEPT] for word in words}, earlier.beginnings)


def _figures(one: Telling, other: Telling) -> tuple[int, float]:
    """How many figures the text has that has fewer, and the share of them that the other lacks."""
    fewer, more = sorted((one.figures, other.figures), key=len)
    return len(fewer), _new(fewer, more)


def _days(one: Telling, other: Telling) -> int | None:
    mine, theirs = known_day(one.article.published), known_day(other.article.published)
    return None if mine is None or theirs is None else abs((mine - theirs).days)


def _new(some: Set[str], known: Set[str]) -> float:
    return len(some - known) / len(some) if some else 0.0


def _dice(one: Counter[str], other: Counter[str]) -> float:
    return 2 * (one & other).total() / ((one.total() + other.total()) or 1)


@cache
def fitted_weights() -> dict[Relation, tuple[float, Mapping[str, float]]]:
    """The bias and the weights of each relation (`index/copies/weights.json`)."""
    raw = json.loads(files("index.copies").joinpath("weights.json").read_text(encoding="utf-8"))
    return {name: (raw[name]["bias"], raw[name]["weights"]) for name in RELATIONS}

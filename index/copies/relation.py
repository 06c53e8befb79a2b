"""Two articles into how they stand to one another: copies of one text, the same story told later, or neither.

A copy tells the same news, in the same words or as a desk rewrote them. What shares its background and has a
new lead, another figure there, "voted" for "will vote" or an apology is the same story, later; what shares it
and counts something else, as three states of one investigation do, is neither. The traits of a pair (see
`index.copies.traits`) are weighed by a multinomial logistic regression, which
`python -m eval.studies.stories --fit` fits on pairs written for it.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Literal

from index.copies.figures import figures_of
from index.copies.overlap import CONTAINED, SHORTEST, Overlap, overlap
from index.copies.retracting import denies, tells_of_retracting
from index.copies.telling import Telling
from index.copies.traits import SEASON, come, days_between, lead_kept, traits

Relation = Literal["copy", "later", "apart"]
RELATIONS: tuple[Relation, ...] = ("copy", "later", "apart")

# An update hidden as a copy misleads more than a copy that counts as an origin of its own.
# Left out of the fit story by story, 0.78 joins 0.96 rightly and finds 0.77; 0.45 links 0.88 and finds 0.82.
SURE, LIKELY = 0.78, 0.45
REPRINTED = 0.9  # of all shingles: the same text, unless its lead has turned
COUNTERPART = 0.5  # of the words of two leads (Dice)
# Of the shorter text's shingles. A copy that shares fewer runs of words cannot be told from a report of one's
# own with the same facts: two that were written to be taken for copies share 0.04 and 0.05.
RUNS, SHARED = 0.05, 0.25
# Names of both openings. With this rule 55 pairs of 2,600 scraped articles that share less than a quarter are
# linked, of which about 10 are two stories, or newsletters, by their titles; without it, and from 0.5 on, 64
# and about 20.
NAMED = 2


def relation(earlier: Telling, later: Telling) -> Relation:
    """How two articles stand to one another; which is the earlier is known by `in_order`."""
    found = overlap(earlier.shingles, later.shingles)
    short = found.shorter < SHORTEST
    one_story = (found.contained >= SHARED and not short) or _of_one_matter(earlier, later)
    if not (one_story or found.copied or found.contained >= RUNS):
        return "apart"
    two_matters = _of_two_matters(earlier, later)
    if not two_matters and _is_reprint(earlier, later, found):
        return "copy"
    shown = traits(earlier, later)
    if not (short or two_matters) and _is_refigured(earlier, later, found, shown):
        return "copy"
    likely = probabilities(shown)
    if not (short or two_matters) and likely["copy"] >= SURE and _may_be_one_text(earlier, later, found):
        return "copy"
    told_on = "" < earlier.published < later.published and likely["later"] >= LIKELY
    return "later" if one_story and told_on and _may_be_told_on(earlier, later) else "apart"


def in_order(one: Telling, other: Telling) -> tuple[Telling, Telling]:
    """The earlier article and the later one, by their dates; those of one time keep their order."""
    return (other, one) if other.published < one.published else (one, other)


def _of_one_matter(earlier: Telling, later: Telling) -> bool:
    """Whether openings share names, and titles a word; or what is taken back has the same names anywhere."""
    if tells_of_retracting(earlier, later):
        return len(set(earlier.names).intersection(later.names)) >= NAMED
    named = len(earlier.opening_names & later.opening_names) >= NAMED
    return named and not earlier.headline.isdisjoint(later.headline)


def _is_reprint(earlier: Telling, later: Telling, found: Overlap) -> bool:
    """Whether the words alone say that two articles are one text; of short ones nothing else does."""
    if found.shorter < SHORTEST:
        return found.copied
    return found.alike >= REPRINTED and not (come(earlier, later) or denies(earlier, later))


def _is_refigured(earlier: Telling, later: Telling, found: Overlap, shown: Mapping[str, float]) -> bool:
    """Whether a text of one day has the words and names of another, and nothing but figures of its own.

    So has a report that somebody falsified; an update is of a later day or has a new lead. Of the pairs of
    `python -m eval.studies.stories` and of `eval.studies.origins` 80 are so, each of them copies.
    """
    same_words = found.contained >= CONTAINED and shown["names_kept"] == 1 and shown["lead_new_words"] == 0
    return same_words and days_between(earlier, later) in (0, None)


def _of_two_matters(earlier: Telling, later: Telling) -> bool:
    """Whether each title has a name that the other article has not, or each lead such a name and figure.

    So have sister stories, on three states of one investigation. Of 314 pairs of copies written or made for
    `python -m eval.studies.stories` and `eval.studies.origins` none has, of 55 sister stories 26.
    """
    if _names_apart(earlier, later, earlier.article.title, later.article.title):
        return True
    counted = figures_of(earlier.lead) - later.figures and figures_of(later.lead) - earlier.figures
    return bool(counted) and _names_apart(earlier, later, earlier.lead, later.lead)


def _names_apart(earlier: Telling, later: Telling, mine: str, theirs: str) -> bool:
    """Whether a text of each article, `mine` and `theirs`, has a name that the other article nowhere has."""
    return bool(earlier.named_in(mine) - later.beginnings and later.named_in(theirs) - earlier.beginnings)


def _may_be_one_text(earlier: Telling, later: Telling, found: Overlap) -> bool:
    """Whether runs of words are shared and dates known, or so many that nothing hangs on dates."""
    known = days_between(earlier, later) is not None and found.contained >= RUNS
    return known or (found.copied and lead_kept(earlier, later) >= COUNTERPART)


def _may_be_told_on(earlier: Telling, later: Telling) -> bool:
    """Whether no season lies between two articles, as between yearly guides; or one tells of taking back."""
    soon = (days_between(earlier, later) or 0) <= SEASON
    return soon or tells_of_retracting(earlier, later)


def probabilities(found: Mapping[str, float]) -> dict[Relation, float]:
    """How likely each relation is; they add up to 1."""
    logits = {
        name: bias + sum(weight * found[key] for key, weight in weights.items())
        for name, (bias, weights) in fitted_weights().items()
    }
    most = max(logits.values())
    odds = {name: math.exp(logit - most) for name, logit in logits.items()}
    return {name: value / sum(odds.values()) for name, value in odds.items()}


@cache
def fitted_weights() -> dict[Relation, tuple[float, Mapping[str, float]]]:
    """The bias and the weights of each relation (`index/copies/weights.json`)."""
    raw = json.loads(files("index.copies").joinpath("weights.json").read_text(encoding="utf-8"))
    return {name: (raw[name]["bias"], raw[name]["weights"]) for name in RELATIONS}

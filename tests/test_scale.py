"""What `eval.speed.scale` and `eval.speed.bench` count with."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice

import pytest

from eval.speed.bench import ratios
from eval.speed.bench_child import KINDS, Kind, Measured
from eval.speed.scale import editions
from index.copies.overlap import overlap, shingles_of
from index.copies.relation import relation
from index.copies.telling import Telling
from index.copies.words import keys_of
from index.records import Article

BODY = " ".join(f"The {word} council decided that the bridge number {n} would open." for n, word in enumerate(
    ("northern", "southern", "eastern", "western", "central", "coastal", "upper", "lower") * 4
))  # fmt: skip
ARTICLES = [
    Article(f"a{n}", f"Bridges opened near {n}", BODY.replace("bridge", f"bridge{n}")) for n in range(3)
]


def test_the_first_edition_is_the_articles_themselves_and_later_ones_are_others() -> None:
    many = list(islice(editions(ARTICLES, 7), 7))

    assert many[:3] == ARTICLES
    assert len({one.id for one in many}) == len({one.body for one in many}) == 7
    assert many[3:] == list(editions(ARTICLES, 7))[3:]


def test_an_edition_is_no_copy() -> None:
    first, second = ARTICLES[0], list(editions(ARTICLES, 4))[3]
    found = overlap(shingles_of(keys_of(first.body)), shingles_of(keys_of(second.body)))

    assert found.alike < 0.5
    assert relation(Telling(first), Telling(second)) == "apart"


def test_a_ratio_is_that_of_medians() -> None:
    ours = [Measured(articles_per_second=value) for value in (9.0, 30.0, 12.0)]
    theirs = [Measured(articles_per_second=value) for value in (4.0, 1.0, 3.0)]
    others = {kind: theirs if kind == "llamaindex" else [replace(theirs[0])] for kind in KINDS}
    runs: dict[Kind, list[Measured]] = {**others, "dateline": ours}

    found = ratios(runs)[0]

    assert (found.ours, found.theirs, found.ratio) == (12.0, 3.0, pytest.approx(4.0))

"""Drafts forged from our own articles; see `python -m eval.studies.forging`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from eval.studies.forging.__main__ import SEED, measure
from eval.studies.forging.forge import FORGERS
from eval.studies.forging.letters import LETTERS
from eval.studies.forging.quotations import EXACT, FORGED
from index.articles.draft import Found
from index.articles.read import read_paths
from index.records import Article

SEEDS = Path(__file__).parents[1] / "seeds"


@pytest.fixture(scope="module")
def articles() -> list[Article]:
    return [found.article for found in read_paths([SEEDS]) if isinstance(found, Found)]


def test_of_forged_quotations_nothing_is_shown(articles: list[Article]) -> None:
    counts = measure(FORGED, articles, each=60, seed=SEED)
    assert sum(one.made for one in counts) > 200
    assert [one.drafted.relies_on for count in counts for one in count.drawn if one.found] == []


def test_no_forged_wording_is_shown(articles: list[Article]) -> None:
    counts = measure({**FORGERS, **LETTERS}, articles, each=30, seed=SEED)
    assert sum(one.made for one in counts) > 100
    assert [one.drafted.text for count in counts for one in count.drawn if one.own] == []


def test_no_line_with_exact_words_is_lost(articles: list[Article]) -> None:
    counts = measure(EXACT, articles, each=60, seed=SEED)
    assert sum(one.made for one in counts) > 200
    assert [one.drafted.relies_on for count in counts for one in count.drawn if not one.found] == []


@pytest.mark.soak
def test_of_a_thousand_forged_citations_none_is_shown_and_of_five_hundred_true_ones_all(
    articles: list[Article], figure: Callable[[str], None]
) -> None:
    forged = [one for seed in range(SEED, SEED + 5) for one in measure(FORGED, articles, each=120, seed=seed)]
    exact = [one for seed in range(SEED, SEED + 5) for one in measure(EXACT, articles, each=120, seed=seed)]
    made, shown = sum(one.made for one in forged), sum(one.found for one in forged)
    true, kept = sum(one.made for one in exact), sum(one.found for one in exact)
    figure(f"of {made:,} forged citations {shown} shown; of {true:,} true ones {kept:,} kept")
    assert made >= 1000 and true >= 500
    assert shown == 0 and kept >= 0.98 * true

"""Drafts forged from our own articles are not shown, true ones are kept; see `python -m eval.forging`."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.verify.verify import Verifier
from bot.weighing.lexicon import load_lexicon
from eval.forging.__main__ import SEED, Count, measure, written
from eval.forging.forge import FORGERS
from eval.forging.retell import QUOTES, RETELLINGS
from index.articles.read import Found, read_paths
from index.records import Article

SEEDS = Path(__file__).parents[1] / "seeds"


@pytest.fixture(scope="module")
def articles() -> list[Article]:
    return [found.article for found in read_paths([SEEDS]) if isinstance(found, Found)]


@pytest.fixture(scope="module")
def verifier() -> Verifier:
    return Verifier(load_lexicon())


def proved(counts: list[Count]) -> float:
    return sum(one.proved for one in counts) / sum(one.made for one in counts)


def test_no_forged_draft_is_shown(articles: list[Article], verifier: Verifier) -> None:
    counts = measure(FORGERS, articles, verifier, each=20, seed=SEED)
    shown = [one.drafted.text for count in counts for one in count.examples if one.proved]
    assert sum(one.made for one in counts) > 100
    assert shown == []


def test_true_quotes_and_retellings_are_kept(articles: list[Article], verifier: Verifier) -> None:
    assert proved(measure(QUOTES, articles, verifier, each=40, seed=SEED)) >= 0.98
    assert proved(measure(RETELLINGS, articles, verifier, each=20, seed=SEED)) >= 0.85


def test_of_those_written_by_hand_no_false_one_is_shown(articles: list[Article], verifier: Verifier) -> None:
    true, false = written(articles, verifier)
    assert true.made >= 60
    assert proved([true]) >= 0.9
    assert [one.drafted.text for one in false.examples if one.proved] == []

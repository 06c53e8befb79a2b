"""Drafts as a good model writes them over our own articles: nothing right is lost, no refusal overruled."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.settings import load_settings
from eval.studies.drafting.__main__ import measure, written_cases
from eval.studies.drafting.figures import Figures
from index.encoding.encoder import Encoder


@pytest.fixture(scope="module")
def figures(seeds_home: Path, encoder: Encoder) -> Figures:
    cases, model = written_cases()
    return measure(load_settings({"home": seeds_home}), seeds_home, encoder, model=model, cases=cases)


def test_what_is_right_in_a_draft_is_right_in_the_answer(figures: Figures) -> None:
    assert figures.right_in_draft.whole > 50
    assert figures.kept.value == 1.0


def test_a_refusal_stays_one(figures: Figures) -> None:
    assert figures.refusals.whole > 20
    assert figures.refusals.value == 1.0


def test_no_line_is_lost_and_most_are_shown_in_their_own_words(figures: Figures) -> None:
    assert figures.lost == 0
    assert figures.in_own_words.value >= 0.6

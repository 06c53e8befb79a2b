"""Drafts over seeds/ by somebody who did not write the proof."""

from __future__ import annotations

import pytest
from verify_fakes import shown

from bot.verify.records import Drafted
from bot.verify.verify import Verifier
from bot.weighing.lexicon import load_lexicon
from eval.run import seeds_folder
from index.articles.read import Found, read_paths
from index.records import Article


def seed(name: str) -> Article:
    (found,) = read_paths([seeds_folder() / f"{name}.md"])
    assert isinstance(found, Found)
    return found.article


@pytest.mark.parametrize(
    ("article", "relied", "text", "kind"),
    [
        (
            "shushi-notebook",
            "Azerbaijani forces were close to Stepanakert",
            "Vahram Poghosyan wrote that Armenian forces were close to Stepanakert.",
            "role",
        ),
        (
            "washington-truce-breaks",
            "Armenian artillery fired at Azerbaijani units in the village of Safiyan",
            "Armenian artillery fired at Azerbaijani units 5 minutes after the truce was due to begin.",
            "attribution",
        ),
        (
            "washington-truce-breaks",
            "had welcomed the agreement too",
            "Arayik Harutyunyan had condemned the agreement.",
            None,
        ),
        (
            "november-statement",
            "Armenia guarantees the safety of routes",
            "Azerbaijan guarantees the safety of routes between the west of Azerbaijan and Nakhchivan.",
            None,
        ),
    ],
)
def test_a_draft_that_turns_the_article_round_is_found(
    article: str, relied: str, text: str, kind: str | None
) -> None:
    whole = seed(article)
    assert relied in whole.body
    checked = Verifier(load_lexicon()).check(Drafted(text, (1,), ((1, relied),)), shown(whole))

    assert not checked.proved
    assert kind is None or kind in {finding.kind for finding in checked.findings}

"""Labelled sentences into the weights by which `bot.speaking` tells how sure it is who says a sentence.

Real pages, of which there are three times as many sentences, count like our own articles; what is held out is
left out.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import bot.speaking.certainty
from bot.speaking.certainty.regression import WEIGHTS, certainties
from bot.speaking.certainty.signs import Finding
from bot.speaking.speaker import Speakers
from eval.studies.speakers.judging import outcome
from eval.studies.speakers.labels import Labelled

REGULAR = 1.0  # C of the regression
# From this probability on a speaker is told.
SURE = {"own": 0.7, "told": 0.75}

Judged = tuple[Finding, bool]


def fit(real: Sequence[Labelled], *, own: Sequence[Labelled]) -> dict[str, dict[str, object]]:
    """The weights of each regression, of the sentences of real pages and of our own that are not held out."""
    judged = _judged([*real, *own])
    return {of: _fitted([one for one in judged if one[0].of == of], SURE[of]) for of in SURE}


def write_weights(weights: dict[str, dict[str, object]]) -> None:
    """Put fitted weights where `bot.speaking` reads them."""
    path = Path(bot.speaking.certainty.__path__[0], WEIGHTS)
    path.write_text(f"{json.dumps(weights, indent=2)}\n", encoding="utf-8")
    certainties.cache_clear()


def _judged(labelled: Sequence[Labelled]) -> list[Judged]:
    """What was found for each sentence, where that is weighed, and whether it is right."""
    read: dict[str, Speakers] = {}
    judged: list[Judged] = []
    for one in labelled:
        if one.held_out:
            continue
        found = read.setdefault(one.article.id, Speakers(one.article)).finding(one.span)
        if found.signs:
            judged.append((found, outcome(found.speaker, one.labels) == "right"))
    return judged


def _fitted(judged: Sequence[Judged], sure: float) -> dict[str, object]:
    from sklearn.linear_model import LogisticRegression

    names = list(judged[0][0].signs)
    model = LogisticRegression(C=REGULAR, max_iter=2000)
    rows = [[found.signs[name] for name in names] for found, _ in judged]
    model.fit(rows, [right for _, right in judged])
    weights = {name: round(float(one), 4) for name, one in zip(names, model.coef_[0], strict=True)}
    return {"bias": round(float(model.intercept_[0]), 4), "weights": weights, "sure": sure}

from __future__ import annotations

import pytest

from index.retrieval.query import read_query
from index.retrieval.spelling import respelled

TEXTS = [
    "Lavrov spoke of monitoring the ceasefire.",
    "Lavrov met Bayramov.",
    "The lavender of Ostrana bloomed.",
]


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("What did Lavrof say on monitering?", ("lavrov", "say", "monitoring")),
        ("Where is Pashinyan?", ("pashinyan",)),
        ("What of COVID19 and G8000?", ("covid19", "g8000")),
        ("Who is Lavr?", ("lavr",)),
        ("What did Sergey Bayrmov say?", ("sergey", "bayramov", "say")),
    ],
)
def test_an_unknown_word_is_read_as_the_likest_word_of_what_was_found(
    question: str, words: tuple[str, ...]
) -> None:
    query = read_query(question)

    assert respelled(query, dict.fromkeys(query.words, 0), TEXTS).words == words


def test_a_word_that_stands_somewhere_is_never_changed() -> None:
    query = read_query("What did Lavrof say on monitoring?")

    assert respelled(query, {"lavrof": 1, "say": 0, "monitoring": 3}, TEXTS) is query

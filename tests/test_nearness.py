"""What is found is given only where something of it is near, by the question's words or by its meaning."""

from dataclasses import replace

import pytest
from asking_fakes import LUND, MOE, hit_of

from index.records import Hit
from index.retrieval.nearness import near, nearness
from index.retrieval.query import read_query

QUESTION = "By how much did the cod quotas of Norway fall?"
FAR = "What is a good recipe for pancakes?"


def meaning(hit: Hit, cosine: float | None) -> Hit:
    return replace(hit, dense=cosine)


def test_words_of_title_and_text_say_why_as_they_are_written_there() -> None:
    found = nearness(read_query("Did quotas for COD fall, Lund?"), hit_of(LUND))
    assert set(found.words) == {"Quotas", "cod", "fall", "Lund"}
    assert found.share == 1.0


@pytest.mark.parametrize(
    ("question", "cosines", "kept"),
    [
        (QUESTION, (None, 0.1), 1),  # its words
        (FAR, (0.5, 0.3), 2),  # its meaning
        (FAR, (0.5, 0.1), 1),  # the second is far
        (FAR, (0.19, 0.18), 0),  # not even the first is clearly near
        (FAR, (None, None), 0),
    ],
)
def test_nothing_is_given_where_nothing_is_near(
    question: str, cosines: tuple[float | None, float | None], kept: int
) -> None:
    hits = [meaning(hit_of(one), cosine) for one, cosine in zip((LUND, MOE), cosines, strict=True)]
    assert near(question, hits) == hits[:kept]


def test_what_scores_well_is_near_whatever_its_spelling() -> None:
    hits = [replace(hit_of(LUND), dense=0.1, score=9.0), replace(hit_of(MOE), dense=0.1, score=2.0)]
    assert near("cdo quotsa", hits) == hits[:1]

"""Near misses made of questions: what is changed, and that the answer stays out of it. Texts are invented."""

import random

import pytest

from eval.training.edited import edited
from eval.training.examples import Example
from index.records import Span

FERRY = (
    "The ferry Aurora was built in Kotka in 1931 for the Lindqvist Company. Captain Ilse Brandt commanded "
    "her until 1944, when Nordic Lines bought her. She carried 420 people on her first crossing to Reval."
)
OPPOSITES = {"first": ("last",), "built": ("wrecked", "built")}


def asked(question: str, answer: str) -> Example:
    span = Span(FERRY.index(answer), FERRY.index(answer) + len(answer))
    return Example("q", question, FERRY, "", (span,), "made")


def edits(question: str, answer: str) -> set[tuple[str, str]]:
    made = [edited(asked(question, answer), OPPOSITES, rng=random.Random(seed)) for seed in range(300)]
    assert all(one is None or not one.answers for one in made)
    return {(one.source, one.question) for one in made if one}


def test_a_name_is_replaced_by_another_of_the_passage_that_is_no_answer() -> None:
    found = edits("Who commanded the aurora?", "Captain Ilse Brandt")
    names = {question for kind, question in found if kind == "edited name"}
    assert names == {
        f"Who commanded the {name}?" for name in ("Kotka", "Lindqvist Company", "Nordic Lines", "Reval")
    }


@pytest.mark.parametrize(
    ("question", "answer", "kind", "changed"),
    [
        ("Who bought the ship in 1944?", "Nordic Lines", "number", "Who bought the ship in 1931?"),
        ("Where did her first trip go?", "Reval", "opposite", "Where did her last trip go?"),
        ("How many did she carry?", "420", "negation", "How many didn't she carry?"),
    ],
)
def test_a_number_a_word_or_a_verb_is_changed(question: str, answer: str, kind: str, changed: str) -> None:
    assert (f"edited {kind}", changed) in edits(question, answer)


def test_a_year_that_the_passage_gives_once_is_moved_by_a_few() -> None:
    example = asked("What happened in 1944?", "Nordic Lines bought her")
    alone = Example("q", example.question, "In 1944 Nordic Lines bought her.", "", (Span(8, 31),), "made")
    moved = [edited(alone, {}, rng=random.Random(seed)) for seed in range(40)]
    years = {one.question for one in moved if one}
    assert years
    assert all(1944 < int(question[-5:-1]) <= 1956 for question in years)


def test_opposites_that_the_passage_has_are_left_alone() -> None:
    assert not any("built" in question for _, question in edits("Who wrecked the ferry?", "Nordic Lines"))


def test_nothing_is_made_where_nothing_can_be_changed() -> None:
    assert edits("Why?", "420") == set()


def test_denials_are_rare_and_none_is_made_where_something_is_denied() -> None:
    question = "What did people say of her?"
    made = [edited(asked(question, "420"), {}, rng=random.Random(seed)) for seed in range(400)]
    assert 0.05 < sum(one is not None for one in made) / 400 < 0.3
    assert edits("What did people not say of her?", "420") == set()

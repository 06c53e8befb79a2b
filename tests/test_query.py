from __future__ import annotations

import pytest

from index.query import read_query


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("What did Lavrov say about the ceasefire?", ("lavrov", "say", "ceasefire")),
        ("Whose is Lavrov’s plan, Lavrov's?", ("lavrov", "plan")),
        ("Who monitored, monitors and is monitoring it?", ("monitored",)),
        ("Beyoncé or Beyonce?", ("beyonce",)),
        ("Что сказал Лавров?", ("что", "сказал", "лавров")),
        ("Who is who?", ("who", "is")),
        ("?!", ()),
        ("", ()),
    ],
)
def test_a_question_is_searched_by_its_words_that_carry_a_topic(
    question: str, words: tuple[str, ...]
) -> None:
    assert read_query(question).words == words


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("The study was one of many studies, studied often.", {"studi": 3}),
        ("STUDIES: Chișinău, chisinau", {"studi": 1, "chisinau": 2}),
        ("students in a studio", {}),
        ("", {}),
    ],
)
def test_a_word_is_seen_in_all_its_forms_and_no_other(text: str, counts: dict[str, int]) -> None:
    assert read_query("Which studies came from Chișinău, if it came?").sight(text).counts == counts


def test_a_word_that_begins_another_does_not_hide_it() -> None:
    assert read_query("Is Arm in Armenia?").sight("Armenia has an arm.").counts == {"armenia": 1, "arm": 1}


@pytest.mark.parametrize(
    ("text", "together"),
    [
        ("in Nagorno-Karabakh", True),
        ("in Nagorno\nKarabakh", True),
        ("Nagorno and Karabakh", False),
        ("Karabakh, Nagorno", False),
    ],
)
def test_a_name_is_seen_where_its_words_are_neighbours(text: str, together: bool) -> None:
    query = read_query("What is Nagorno-Karabakh?")

    assert query.pairs == {("nagorno", "karabakh")}
    assert (("nagorno", "karabakh") in query.sight(text).pairs) is together


def test_operators_of_the_full_text_index_are_words_like_others() -> None:
    assert read_query('NEAR("x" title:*) AND (ceasefire').words == ("near", "title", "ceasefire")

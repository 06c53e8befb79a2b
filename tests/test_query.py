from __future__ import annotations

from collections import Counter

import pytest

from index.retrieval.query import read_query


def counted(question: str, text: str) -> Counter[str]:
    return Counter(key for _, key in read_query(question).places(text))


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("What did Lavrov say about the ceasefire?", ("lavrov", "say", "ceasefire")),
        ("Whose is Lavrov’s plan, Lavrov's?", ("lavrov", "plan")),
        ("Who monitored, monitors and is monitoring it?", ("monitored",)),
        ("Beyoncé or Beyonce?", ("beyonce",)),
        ("Which cease-fire of 18-19 October?", ("cease", "fire", "18", "19", "october", "ceasefire")),
        ("Что сказал Лавров?", ("что", "сказал", "лавров")),
        ("Which PM2.5 levels, by H.B. 68?", ("pm2", "levels", "68", "pm2.5", "h.b. 68")),
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
    assert counted("Which studies came from Chișinău, if it came?", text) == counts


def test_a_word_that_begins_another_does_not_hide_it() -> None:
    assert counted("Is Arm in Armenia?", "Armenia has an arm.") == {"armenia": 1, "arm": 1}


def test_operators_of_the_full_text_index_are_words_like_others() -> None:
    assert read_query('NEAR("x" title:*) AND (ceasefire').words == ("near", "title", "ceasefire")


@pytest.mark.parametrize("before", ["", "İstanbul ẞ ", "Ǆ ﬁ ½ ", "ԱՐՑԱԽ և Հայաստան ", "🕊️ е́ "])
def test_offsets_are_those_of_the_text_whatever_its_letters(before: str) -> None:
    text = f"{before}Ceasefire in Şuşa"

    found = read_query("Which ceasefires were in Susa?").places(text)
    assert [text[start:][:4] for start, _ in found] == ["Ceas", "Şuşa"]

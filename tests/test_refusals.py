"""Refusals in words: what is missing is named, in every language, and nothing is claimed that is not so."""

import pytest
from asking_fakes import LUND, MOE
from http_fakes import nearest_of

from bot.answers.answer import Abstention, Answer
from bot.showing.refusals import refusal
from bot.showing.text import answer_text
from bot.showing.wording import words_of
from index.records import Filters, Span

CITED = nearest_of(LUND, Span(0, 9))
UNDATED = nearest_of(MOE, Span(0, 8))


def told(why: Abstention, language: str = "en", filters: Filters | None = None) -> str:
    return refusal(Answer("?", abstention=why, filters=filters or Filters()), words_of(language))


def test_missing_words_are_named() -> None:
    assert told(Abstention("not_in_archive", ("Moe",))) == "Nothing in the archive mentions 'Moe'."
    assert told(Abstention("not_in_archive", ("Moe", "Oslo", "Riga"), near=("Olso",))) == (
        "Nothing in the archive mentions 'Moe', 'Oslo' or 'Riga'. Did you mean 'Olso'?"
    )


def test_without_nearest_passages_a_russian_reader_is_told_the_missing_word_too() -> None:
    assert told(Abstention("not_in_archive", ("Lavrow",)), "ru") == "В архиве нет ничего о «Lavrow»."


def test_a_near_spelling_may_have_an_apostrophe() -> None:
    why = Abstention("not_in_archive", ("O'Niel",), near=("O'Neill", "O'Neal"))
    assert told(why).endswith("Did you mean 'O'Neill' and 'O'Neal'?")
    assert told(why, "ru") == "В архиве нет ничего о «O'Niel». Может быть, «O'Neill» и «O'Neal»?"


@pytest.mark.parametrize(
    ("why", "english", "russian"),
    [
        (Abstention("not_stated"), "Nothing in the archive answers this.", "В архиве ответа нет."),
        (
            Abstention("not_stated", asks_for="date"),
            "Nothing in the archive says when.",
            "В архиве не сказано, когда.",
        ),
        (
            Abstention("not_stated", ("price", "2021"), asks_for="number"),
            "Nothing in the archive says how many or how much. No article that comes near mentions 'price' or"
            " '2021'.",
            "В архиве не сказано, сколько. Ни в одной близкой статье нет «price» или «2021».",
        ),
    ],
)
def test_what_is_not_stated_is_said(why: Abstention, english: str, russian: str) -> None:
    assert (told(why), told(why, "ru")) == (english, russian)


def test_filters_are_named_in_what_does_not_say() -> None:
    filters = Filters(outlet=("The Courier",))
    assert told(Abstention("not_stated"), filters=filters) == (
        "Nothing in articles from The Courier answers this."
    )
    assert told(Abstention("not_stated"), "ru", filters) == "В статьях издания The Courier ответа нет."


def test_dates_are_named_where_there_are_any() -> None:
    filters = Filters(since="2021")
    assert told(Abstention("outside_dates", nearest=(UNDATED,)), filters=filters) == (
        "The archive does not say in articles since 2021. What comes nearest is undated."
    )
    held = Abstention("outside_dates", held=("2019-01-02", "2020-10-19T10:00"))
    assert told(held, filters=filters) == (
        "The archive does not say in articles since 2021."
        " Its articles date from between 2 Jan 2019 and 19 Oct 2020."
    )
    assert told(held, "ru", filters) == (
        "В статьях с 2021 об этом ничего нет. Статьи архива вышли с 2 янв. 2019 по 19 окт. 2020."
    )
    assert told(Abstention("outside_dates", nearest=(CITED,)), filters=Filters(as_of="2021")).endswith(
        "What was published later is left out. What comes nearest is of 19 Oct 2020."
    )


def test_an_archive_without_such_articles_says_so() -> None:
    assert told(Abstention("not_in_archive")) == "The archive is empty; `dateline add PATH` adds articles."
    filters = Filters(outlet=("X",), since="2020")
    assert told(Abstention("not_in_archive", ("X",)), filters=filters) == (
        "The archive has no articles from X."
    )
    assert told(Abstention("not_in_archive", ("X",)), "ru", filters) == "В архиве нет статей издания X."


def test_a_model_that_finds_nothing_says_so_with_what_is_known() -> None:
    assert told(Abstention("not_stated", llm="qwen")) == "qwen finds no answer in the passages."
    known = Abstention("not_stated", ("Moe",), llm="qwen", known="not_in_archive")
    assert told(known) == "qwen finds no answer in the passages. Nothing in the archive mentions 'Moe'."
    assert told(known, "ru") == "qwen не находит ответа в отрывках. В архиве нет ничего о «Moe»."


def test_who_is_not_sure_says_so_above_what_may_answer() -> None:
    answer = Answer("?", abstention=Abstention("unsure", nearest=(CITED, UNDATED)))
    assert answer_text(answer, words_of()) == (
        "Not sure. Closest in the archive:\n"
        "The Courier, printing North Wire, 19 Oct 2020: “Norwegian” [1]\n"
        "The Ledger, date unknown: “Skippers” [1]"
    )
    assert answer_text(answer, words_of("ru")).startswith("Не уверен. Ближайшее в архиве:\n")


def test_who_is_not_sure_says_what_is_missing_where_it_is_known() -> None:
    why = Abstention("unsure", ("2024", "Moe"))
    assert (
        told(why) == "Not sure. No article that comes near mentions '2024' or 'Moe'. Closest in the archive:"
    )
    assert told(why, "ru") == "Не уверен. Ни в одной близкой статье нет «2024» или «Moe». Ближайшее в архиве:"


def test_a_word_that_points_to_nothing_is_asked_back() -> None:
    why = Abstention("incomplete", ("it",))
    assert told(why) == (
        "Who or what is 'it'? Ask with the name, or right after the question that it belongs to."
    )
    assert told(why, "ru").startswith("Кто или что — «it»?")


def test_what_was_kept_back_is_said_and_not_that_the_archive_is_silent() -> None:
    assert told(Abstention("unproved")) == (
        "What seemed to answer could not be proved against its article and is not shown."
    )

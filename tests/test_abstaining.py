from asking_fakes import LUND, MOE, candidate

from bot.answering.abstaining import (
    REFUSAL,
    nearest,
    not_in_archive,
    not_stated,
    nothing_stored,
    outside_dates,
    unproved,
)
from bot.answers.proposal import Weighed
from index.records import Filters

WEIGHED = Weighed(
    [candidate(LUND, "It was a record."), candidate(LUND, "Norwegian"), candidate(MOE, "Skippers")],
    enough=False,
)
EMPTY = Weighed((), enough=False)


def test_missing_words_are_named() -> None:
    assert not_in_archive(["Moe"], WEIGHED, near={}).text == "Nothing in the archive mentions 'Moe'."
    assert not_in_archive(["Moe", "Oslo", "Riga"], WEIGHED, near={"Oslo": "Olso"}).text == (
        "Nothing in the archive mentions 'Moe', 'Oslo' or 'Riga'. Did you mean 'Olso'?"
    )


def test_the_nearest_are_two_different_articles() -> None:
    assert [place.article.id for place in nearest(WEIGHED.candidates)] == [LUND.id, MOE.id]


def test_what_the_nearest_lack_is_said() -> None:
    lacking = Weighed(WEIGHED.candidates, enough=False, missing=("price", "2021"))
    assert (
        not_stated(lacking, Filters()).text
        == f"{REFUSAL} What comes nearest says nothing of 'price' or '2021'."
    )
    dated = Weighed(WEIGHED.candidates, enough=False, asks_for="date")
    assert not_stated(dated, Filters()).text == "Nothing in the archive says clearly enough when."
    assert not_stated(EMPTY, Filters(outlet=("The Courier",))).text == (
        "The archive does not say in articles from The Courier."
    )


def test_dates_are_named_where_there_are_any() -> None:
    filters = Filters(since="2021")
    assert outside_dates(filters, (None, None), Weighed(WEIGHED.candidates[2:], enough=True)).text == (
        "The archive does not say in articles since 2021. What comes nearest is undated."
    )
    assert outside_dates(filters, ("2019-01-02", "2020-10-19"), EMPTY).text == (
        "The archive does not say in articles since 2021."
        " Its articles date from between 2 Jan 2019 and 19 Oct 2020."
    )


def test_an_archive_without_such_articles_says_so() -> None:
    assert (
        nothing_stored(Filters(), articles=0).text
        == "The archive is empty; `dateline add PATH` adds articles."
    )
    assert (
        nothing_stored(Filters(outlet=("X",), since="2020"), articles=3).text
        == "The archive has no articles from X."
    )


def test_unproved_says_that_something_was_kept_back() -> None:
    assert unproved(WEIGHED).text.startswith(REFUSAL)

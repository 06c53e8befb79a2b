from asking_fakes import LUND, MOE, candidate, other

from bot.answering.abstaining import (
    nearest,
    not_in_archive,
    not_stated,
    nothing_stored,
    outside_dates,
    unproved,
    unsure,
)
from bot.answers.proposal import Refused, Weighed
from bot.proof.proving import cite_nearest
from index.records import Filters, Span

WEIGHED = Weighed(
    [candidate(LUND, "It was a record."), candidate(LUND, "Norwegian"), candidate(MOE, "Skippers")],
    enough=False,
)
EMPTY = Weighed((), enough=False)


def articles(refused: Refused) -> list[str]:
    return [one.place.article.id for one in refused.nearest]


def test_missing_words_and_their_near_spellings_are_kept() -> None:
    why = not_in_archive(["Moe", "Oslo"], WEIGHED, near={"Oslo": "Olso"}).why
    assert (why.reason, why.missing, why.near) == ("not_in_archive", ("Moe", "Oslo"), ("Olso",))


def test_the_nearest_are_two_different_articles() -> None:
    assert [one.place.article.id for one in nearest(WEIGHED.candidates)] == [LUND.id, MOE.id]


def test_what_no_nearest_article_has_is_missing() -> None:
    lacking = Weighed(WEIGHED.candidates, enough=False, missing=("price", "record", "2021"), asks_for="date")
    why = not_stated(lacking).why
    assert (why.reason, why.missing, why.asks_for) == ("not_stated", ("price", "2021"), "date")


def test_common_words_are_named_where_no_rarer_one_is_missing() -> None:
    unmet = ("nuclear", "record")
    common = Weighed(WEIGHED.candidates, enough=False, unmet=unmet)
    assert not_stated(common).why.missing == ("nuclear",)
    assert not_stated(
        Weighed(WEIGHED.candidates, enough=False, missing=("2021",), unmet=unmet)
    ).why.missing == ("2021",)
    assert unsure(common).why.missing == ()


def test_a_word_is_not_missing_for_its_hyphen() -> None:
    article = other(LUND, body="Those with pre-existing conditions pay more.")
    assert (
        not_stated(Weighed([candidate(article, "Those")], enough=False, missing=("preexisting",))).why.missing
        == ()
    )


def test_the_dates_of_the_archive_are_kept_where_they_are_known() -> None:
    assert outside_dates(Filters(since="2021"), (None, None), EMPTY).why.held is None
    assert outside_dates(Filters(since="2021"), ("2019", "2020"), EMPTY).why.held == ("2019", "2020")


def test_as_of_a_day_nothing_comes_nearest() -> None:
    assert articles(outside_dates(Filters(since="2021"), ("2019", "2020"), WEIGHED)) == [LUND.id, MOE.id]
    assert articles(outside_dates(Filters(as_of="2019"), ("2019", "2020"), WEIGHED)) == []


def test_an_archive_without_articles_misses_none_and_one_without_the_outlet_misses_it() -> None:
    assert nothing_stored(Filters(outlet=("X",)), []).why.missing == ()
    why = nothing_stored(Filters(outlet=("bbc",)), [("Herald", 3), ("BBC News", 1)]).why
    assert (why.missing, why.near) == (("bbc",), ("BBC News",))


def test_what_could_not_be_proved_is_not_shown_as_nearest_evidence_alone() -> None:
    assert (unproved(WEIGHED).why.reason, articles(unproved(WEIGHED))) == ("unproved", [LUND.id, MOE.id])


def test_unsure_shows_the_best_of_three_articles_with_their_likely_words() -> None:
    others = [other(MOE, id=f"moe-{number}", body=f"Skippers sold {number} boats.") for number in range(3)]
    best = candidate(LUND, "“The stock has halved since 1990.”")
    year = Span(LUND.body.index("1990"), LUND.body.index("1990") + 4)
    weighed = Weighed(
        [best, candidate(LUND, "Norwegian"), *(candidate(one, one.body) for one in others)],
        enough=False,
        shorts={(LUND.id, best.span): year},
    )
    refused = unsure(weighed)
    assert articles(refused) == [LUND.id, "moe-0", "moe-1"]

    class Shelf:
        def article(self, article_id: str, *, revision: str | None = None) -> object:
            return {LUND.id: LUND, **{one.id: one for one in others}}[article_id]

    first, second, _ = cite_nearest(refused.nearest, Shelf())
    assert first.short and first.quote[slice(*first.short)] == "1990"
    assert second.short is None


def test_what_several_articles_say_alike_is_shown_once_but_for_other_figures() -> None:
    caption, same = (
        "Skippers wait at Bryggen for 40 tonnes of cod.",
        "Skippers wait at Bryggen for 40 tonnes, too.",
    )
    bodies = {"a": caption, "b": caption, "c": same, "d": caption.replace("40", "41")}
    every = [candidate(other(MOE, id=one, body=body), body) for one, body in bodies.items()]
    assert articles(unsure(Weighed(every, enough=False))) == ["a", "d"]
    assert [one.place.article.id for one in nearest(every)] == ["a", "d"]


def test_unsure_names_the_words_that_no_article_shown_has_in_text_title_outlet_or_date() -> None:
    asked = ("2024", "Norwegian", "Courier", "October", "Zagreb")
    weighed = Weighed([candidate(LUND, "Norwegian")], enough=False, missing=asked)
    assert unsure(weighed).why.missing == ("2024", "Zagreb")
    assert unsure(Weighed([candidate(LUND, "Norwegian")], enough=False)).why.missing == ()


def test_unsure_shows_a_sentence_that_points_back_with_the_one_before() -> None:
    refused = unsure(Weighed([candidate(LUND, "It was a record.")], enough=False))
    (one,) = refused.nearest
    assert LUND.body[slice(*one.place.span)] == "Norway sold 400,000 tonnes of cod in 2019. It was a record."


def test_nothing_is_unsure_without_a_candidate() -> None:
    assert unsure(EMPTY).why.reason == "not_stated"

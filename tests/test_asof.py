import asyncio
from dataclasses import replace
from datetime import date

import pytest
from archive_fakes import HashedWords, put
from asking_fakes import LUND, candidate, dateline, noted, other, told

from bot.answering.dated_words import dated_words
from bot.answering.newest import newest_first, newest_of, wants_newest, with_newest
from bot.answers.answer import DatedWords
from bot.answers.asked import Asked
from bot.answers.citation import cite
from bot.answers.notes import Newest
from bot.answers.proposal import Weighed
from bot.showing.notes import note_line
from bot.showing.wording import words_of
from index.coming import last_day, last_moment
from index.records import Filters, Span
from index.storage.archive import Archive
from index.storage.engine import ArchiveHome
from index.storage.listing import Selection


def test_a_relative_date_is_shown_beside_the_quotation_and_not_in_it() -> None:
    answer = asyncio.run(dateline()[0].ask(Asked("When did Anna Lund say that cod quotas would fall?")))
    (dated,) = answer.dates
    assert LUND.body[dated.start : dated.end] == "on Monday"
    assert (dated.first, dated.last) == ("2020-10-19", "2020-10-19")
    assert told(answer).endswith("[1] (“on Monday”: 19 Oct 2020)")
    assert "19 Oct 2020)" not in answer.citations[0].quote


def test_an_article_without_a_date_resolves_nothing() -> None:
    undated = other(LUND, published=None)
    assert dated_words([cite(undated, Span(0, len(undated.body)), number=1)]) == ()


def test_only_the_words_of_the_citation_are_resolved() -> None:
    start = LUND.body.index("“We")
    assert dated_words([cite(LUND, Span(start, len(LUND.body)), number=1)]) == ()


@pytest.mark.parametrize(
    ("first", "last", "exact", "words"),
    [
        ("2020-10-19", "2020-10-19", True, "19 Oct 2020"),
        ("2020-10-12", "2020-10-18", True, "12 to 18 Oct 2020"),
        ("2020-10-26", "2020-11-01", True, "26 Oct 2020 to 1 Nov 2020"),
        ("2020-09-01", "2020-09-30", False, "about Sep 2020"),
        ("2019-01-01", "2019-12-31", True, "2019"),
    ],
)
def test_days_are_shown_as_short_as_they_can_be(first: str, last: str, exact: bool, words: str) -> None:
    dated = DatedWords(1, 0, 9, first, last, exact)
    assert words_of().days([dated], cite(LUND, Span(0, 9), number=1)) == f"“Norwegian”: {words}"


def test_days_line_is_empty_without_relative_dates() -> None:
    assert words_of().days((), cite(LUND, Span(0, 9), number=1)) == ""


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        ("What is the latest on the cod quotas?", True),
        ("Who currently leads the union?", True),
        ("How many boats have been sold so far?", True),
        ("Где сейчас рыба?", True),
        ("Is Lund still the minister?", True),
        ("Which boats are still in port?", True),
        ("Why did the skippers still sail in 2019?", False),
        ("When was Bodø, now known as Bo, founded?", False),
        ("Who led the union in 2019?", False),
    ],
)
def test_a_question_for_the_newest_is_told_by_its_words(question: str, wanted: bool) -> None:
    assert wants_newest(question) == wanted


def test_of_what_answers_about_equally_well_the_newest_comes_first() -> None:
    old = candidate(LUND, "Norway sold", score=1.0)
    new = candidate(other(LUND, id="new", published="2020-11-01"), "Norway sold", score=0.8)
    undated = candidate(other(LUND, id="undated", published=None), "Norway sold", score=0.9)
    poor = candidate(other(LUND, id="poor", published="2021-01-01"), "Norway sold", score=0.2)
    found = newest_first(Weighed([old, undated, new, poor], enough=True))
    assert [one.hit.article.id for one in found.candidates] == ["new", "courier-1", "undated", "poor"]


@pytest.mark.parametrize(
    ("today", "age"),
    [
        (date(2020, 10, 19), "the same day"),
        (date(2020, 10, 20), "1 day old"),
        (date(2020, 10, 30), "11 days old"),
        (date(2020, 11, 30), "6 weeks old"),
        (date(2021, 10, 30), "12 months old"),
        (date(2026, 11, 22), "6 years old"),
    ],
)
def test_the_age_of_the_newest_is_said(today: date, age: str) -> None:
    citations = [cite(LUND, Span(0, 9), number=1)]
    note = newest_of(citations, Filters(), today=today)
    assert note
    assert note_line(note, words_of()) == f"the newest that is quoted is of 19 Oct 2020, {age}"


def test_what_is_dated_in_the_time_to_come_is_not_the_newest() -> None:
    told = candidate(LUND, "Norway sold", score=0.8)
    liar = candidate(other(LUND, id="liar", published="2099-12-31T23:59"), "Norway sold", score=1.0)
    undated = candidate(other(LUND, id="undated", published=None), "Norway sold", score=0.9)
    found = newest_first(Weighed([liar, undated, told], enough=True))
    assert [one.hit.article.id for one in found.candidates] == ["courier-1", "liar", "undated"]
    assert with_newest([told.hit, undated.hit, liar.hit], 2) == [told.hit, undated.hit]
    cited = [cite(one.hit.article, Span(0, 9), number=n) for n, one in enumerate((liar, told), start=1)]
    assert newest_of(cited, Filters(), today=date(2020, 10, 30)) == Newest("2020-10-19", 11)
    assert newest_of(cited[:1], Filters(), today=date(2020, 10, 30)) is None
    assert newest_of(cited, Filters(as_of="2100")) == Newest("2099-12-31", 365, older=(2,))


def test_where_all_is_dated_in_the_time_to_come_the_newest_is_as_ever() -> None:
    one, later = (
        candidate(other(LUND, id=f"of {year}", published=f"{year}"), "Norway sold", score=1.0)
        for year in (2098, 2099)
    )
    found = newest_first(Weighed([one, later], enough=True))
    assert [each.hit.article.id for each in found.candidates] == ["of 2099", "of 2098"]


def test_tomorrow_has_begun_somewhere() -> None:
    assert (last_day(date(2020, 12, 31)), last_moment()[:10]) == ("2021-01-01", last_day())


def test_an_archive_ends_with_what_is_published_and_lists_that_first(somewhere: ArchiveHome) -> None:
    days = {"old": "2020-10-19", "liar": "2099-12-31T23:59", "new": "2020-10-25T10:00", "undated": None}
    with Archive.open(somewhere, HashedWords(), write=True) as archive:
        put(archive, other(LUND, id="liar", published=days["liar"]))
        assert archive.dates() == ("2099-12-31", "2099-12-31"), "the clock may be behind"
        for name, published in days.items():
            put(archive, other(LUND, id=name, published=published))
        assert archive.dates() == ("2020-10-19", "2020-10-25")
        shown = [one.id for one in archive.newest(offset=0, limit=9)[0]]
        listed, _ = archive.listed(Selection(Filters()), order="newest", offset=0, limit=9)
    assert shown == [one.id for one in listed] == ["new", "old", "liar", "undated"]


def test_as_of_a_day_the_age_counts_to_that_day() -> None:
    note = newest_of([cite(LUND, Span(0, 9), number=1)], Filters(as_of="2020-10-22"), today=date(2026, 1, 1))
    assert note == Newest("2020-10-19", 3)


def test_the_age_is_told_beside_that_of_the_archives_newest_article() -> None:
    cited, today = [cite(LUND, Span(0, 9), number=1)], date(2020, 10, 30)
    assert newest_of(cited, Filters(), latest="2020-10-25T10:00", today=today) == Newest(
        "2020-10-19", 11, "2020-10-25"
    )
    assert newest_of(cited, Filters(), latest="2020-10-19", today=today) == Newest("2020-10-19", 11)
    assert newest_of(cited, Filters(as_of="2020-10-22"), latest="2020-10-25") == Newest("2020-10-19", 3)


def test_an_answer_as_of_a_day_says_so() -> None:
    answer = asyncio.run(
        dateline()[0].ask(Asked("What halved since 1990, the stock?", Filters(as_of="2020-11-01")))
    )
    assert "only articles published by 1 Nov 2020" in noted(answer)


def test_as_of_a_day_nothing_later_is_shown_even_as_nearest() -> None:
    answer = asyncio.run(
        dateline()[0].ask(Asked("What halved since 1990, the stock?", Filters(as_of="2020-01-01")))
    )
    assert answer.abstention is not None
    assert (answer.abstention.reason, answer.abstention.nearest) == ("outside_dates", ())
    assert told(answer).endswith("What was published later is left out.")


def test_a_citation_of_an_older_article_is_marked_as_older() -> None:
    older = replace(LUND, id="older", published="2020-10-12T09:00")
    same, undated = (
        replace(LUND, id="same", published="2020-10-19T23:00"),
        replace(LUND, id="no", published=None),
    )
    cited = [cite(one, Span(0, 9), number=n) for n, one in enumerate((LUND, older, same, undated), start=1)]
    note = newest_of(cited, Filters(), today=date(2020, 10, 30))
    assert note == Newest("2020-10-19", 11, older=(2,))
    assert note_line(note, words_of()).endswith("11 days old; older: [2]")

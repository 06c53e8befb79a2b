"""The day of publication by the outlet's own clock, and what a weekday means where that is not known.

The 24th of October 2020 was a Saturday. Near midnight in UTC the outlet may be at the day beside.
"""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from bot.answering.dated_words import dated_words
from bot.answers.citation import cite
from bot.language.dates.reading import read_dates
from bot.language.dates.resolve import resolve
from index.articles.draft import Found
from index.dates import days_possible, on_own_clock, parse_date
from index.feeds.entries import completed, completed_by
from index.feeds.records import Entry, FeedDocument
from index.records import Article, Span

EVENING, MORNING = "2020-10-24T23:30:00+00:00", "2020-10-25T00:30:00+00:00"
OWN, NOON = "2020-10-24T23:30:00-05:00", "2020-10-24T12:00:00+00:00"
FRI, SAT, SUN, MON = "2020-10-23", "2020-10-24", "2020-10-25", "2020-10-26"
NONE: list[str] = []


def day(text: str) -> date:
    return date.fromisoformat(text)


@pytest.mark.parametrize(
    ("written", "days"),
    [
        ("2020-10-24T23:30:00+00:00", [SAT, SUN]),
        ("2020-10-24T23:30:00Z", [SAT, SUN]),
        ("Sat, 24 Oct 2020 23:30:00 +0000", [SAT, SUN]),
        ("Sat, 24 Oct 2020 23:30:00 GMT", [SAT, SUN]),
        ("1603582200", [SAT, SUN]),
        ("2020-10-24T23:30:00-05:00", [SAT]),
        ("Sat, 24 Oct 2020 23:30:00 EST", [SAT]),
        ("Sun, 25 Oct 2020 06:30:00 +0900", [SUN]),
        ("2020-10-24T23:30:00", [SAT]),
        ("2020-10-25T00:30Z", [SUN, SAT]),
        ("2020-10-25T07:59:59Z", [SUN, SAT]),
        ("2020-10-24T08:00:00Z", [SAT]),
        ("2020-10-24T17:59:59Z", [SAT]),
        ("2020-10-24T18:00:00Z", [SAT, SUN]),
        ("2020-10-24T00:00:00Z", [SAT]),
        ("2020-10-24", [SAT]),
        ("2020-10", NONE),
        ("2020", NONE),
    ],
)
def test_the_day_of_publication_is_the_outlets_own_or_near_midnight_in_utc_one_of_two(
    written: str, days: list[str]
) -> None:
    assert [one.isoformat() for one in days_possible(parse_date(written))] == days


def test_what_is_of_no_known_day_has_none() -> None:
    assert days_possible(None) == ()


SAID = [
    # the day itself by one of the clocks
    (EVENING, "The mayor of Torvik resigned on Sunday.", [SUN]),
    (EVENING, "The mayor of Torvik resigned on Saturday.", [SAT]),
    (MORNING, "The mayor of Torvik resigned on Saturday.", [SAT]),
    (MORNING, "The mayor of Torvik resigned on Sunday.", [SUN]),
    (MORNING, "Councillors meet on Sunday.", [SUN]),
    (EVENING, "The council will vote on Sunday.", [SUN]),
    (MORNING, "The council will vote on Sunday.", [SUN]),
    # today, or in a week
    (EVENING, "The council will vote on Saturday.", NONE),
    (MORNING, "The council will vote on Saturday.", NONE),
    (EVENING, "Councillors meet on Saturday.", NONE),
    # further off, as ever
    (EVENING, "The mayor of Torvik resigned on Friday.", [FRI]),
    (MORNING, "The mayor of Torvik resigned on Friday.", [FRI]),
    (EVENING, "The council will vote on Monday.", [MON]),
    (MORNING, "The council will vote on Monday.", [MON]),
    (EVENING, "The mayor of Torvik resigned on Tuesday.", ["2020-10-20"]),
    # five days back by one clock and six by the other
    (EVENING, "The mayor of Torvik resigned on Monday.", NONE),
    (MORNING, "The mayor of Torvik resigned on Monday.", NONE),
    # a week apart by the two clocks
    ("2020-10-25T23:30:00+00:00", "The mayor of Torvik resigned this Monday.", NONE),
    ("2020-10-26T00:30:00+00:00", "The mayor of Torvik resigned this Sunday.", NONE),
    ("2020-10-25T23:30:00+00:00", "The talks begin next Monday.", NONE),
    ("2020-10-26T00:30:00+00:00", "The mayor of Torvik resigned last Sunday.", NONE),
    ("2020-10-26T00:30:00+00:00", "The mayor of Torvik resigned last week.", NONE),
    (EVENING, "The mayor of Torvik resigned this Thursday.", ["2020-10-22"]),
    (EVENING, "The mayor of Torvik resigned last Sunday.", ["2020-10-18"]),
    # a day apart
    (EVENING, "The mayor of Torvik resigned today.", NONE),
    (MORNING, "The mayor of Torvik resigned yesterday.", NONE),
    (EVENING, "The mayor of Torvik resigned two days ago.", NONE),
    ("2020-10-31T23:30:00+00:00", "The mayor of Torvik resigned last month.", NONE),
    (EVENING, "The mayor of Torvik resigned last month.", ["2020-09"]),
    # loose words bear a day more or less
    (EVENING, "The mayor of Torvik resigned a week ago.", ["2020-10-17"]),
    # a day of the month that is today's by one clock
    (EVENING, "The mayor of Torvik resigned on 25 October.", [SUN]),
    # no clock but one
    (OWN, "The mayor of Torvik resigned on Sunday.", NONE),
    (OWN, "The council will vote on Saturday.", [SAT]),
    (OWN, "The mayor of Torvik resigned on Monday.", ["2020-10-19"]),
    (OWN, "The mayor of Torvik resigned today.", [SAT]),
    (NOON, "The mayor of Torvik resigned on Sunday.", NONE),
    (NOON, "The council will vote on Saturday.", [SAT]),
    (NOON, "The mayor of Torvik resigned yesterday.", [FRI]),
]


@pytest.mark.parametrize(("published", "text", "right"), SAID)
def test_near_midnight_in_utc_a_day_is_the_one_by_every_clock_or_none(
    published: str, text: str, right: list[str]
) -> None:
    assert [one.iso for one in resolve(text, published)] == right


@pytest.mark.parametrize(("published", "text", "right"), SAID)
def test_what_is_shown_and_what_is_compared_are_the_same_days(
    published: str, text: str, right: list[str]
) -> None:
    article = Article("a", "", text, published=published)
    shown = [
        (one.first, one.last)
        for one in dated_words([cite(article, Span(0, len(text)), number=1)])
        if one.exact
    ]
    read = [
        (one.first.isoformat(), one.last.isoformat()) for one in read_dates(article, Span(0, len(text))).days
    ]
    assert read == shown


def test_a_day_without_a_year_is_of_this_year_by_the_latest_clock() -> None:
    text = "The mayor of Torvik resigned in the night, and on Oct. 25 he left."
    (told,) = read_dates(Article("a", "", text, published=EVENING), Span(0, len(text))).days
    assert (told.first, told.last) == (day(SUN), day(SUN))


@pytest.mark.parametrize(
    ("dates", "chosen"),
    [
        (["2020-10-25T03:30:00+00:00", "2020-10-24T23:30:00-04:00"], "2020-10-24T23:30:00-04:00"),
        (["2020-10-25T03:30:12+00:00", "2020-10-24T23:30-04:00"], "2020-10-24T23:30-04:00"),
        (["2020-10-25T03:30:00+00:00", "2020-10-24T22:10:00-04:00"], "2020-10-25T03:30:00+00:00"),
        (["2020-10-25T03:30:00+00:00", "2020-10-24", "2020-10-24T23:30"], "2020-10-25T03:30:00+00:00"),
        (["2020-10-25T03:30:00+02:00", "2020-10-24T21:30:00-04:00"], "2020-10-25T03:30:00+02:00"),
        (["2020-10-25", "2020-10-24T23:30:00-04:00"], "2020-10-25"),
        ([], None),
    ],
)
def test_of_two_dates_of_one_moment_the_one_with_the_outlets_offset_is_taken(
    dates: list[str], chosen: str | None
) -> None:
    assert on_own_clock(dates) == chosen


def test_a_feed_and_what_is_stored_tell_a_pages_clock() -> None:
    page = Found(Article("a", "A title", "A text.", published="2020-10-25T03:30:00+00:00"), "a page")
    entry = Entry(published="2020-10-24T23:30:00-04:00")
    document = FeedDocument(kind="rss")
    found = completed(page, entry, document, now=datetime(2020, 10, 25, 4, tzinfo=UTC))
    assert found.article.published == "2020-10-24T23:30:00-04:00"
    assert completed_by(page, found.article).article.published == "2020-10-24T23:30:00-04:00"

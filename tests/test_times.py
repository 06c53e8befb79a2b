"""Days that a question asks for, read against the day of asking."""

from datetime import date

import pytest
from asking_fakes import hit_of

from bot.language.dates.asked import read_times
from bot.language.dates.reading import read_dates
from bot.weighing.choose import ScoredSentence
from bot.weighing.times import agreement, of_time
from index.records import Article, Span
from index.sentences import sentence_spans

ASKED_ON = date(2020, 11, 12)  # a Thursday
DAYS = [
    ("Which town was taken on 8 November?", "2020-11-08", "2020-11-08"),
    ("Which town was taken on 8 December?", "2019-12-08", "2019-12-08"),
    ("What happened in March 2024?", "2024-03-01", "2024-03-31"),
    ("Who died in June?", "2020-06-01", "2020-06-30"),
    ("Who won this week?", "2020-11-09", "2020-11-15"),
    ("What did Biden say yesterday?", "2020-11-11", "2020-11-11"),
    ("What was cut last month?", "2020-10-01", "2020-10-31"),
    ("How many seats did it win in the 2021 election?", "2021-01-01", "2021-12-31"),
    ("Who resigned on Monday?", "2020-11-09", "2020-11-09"),
    ("Who won this week's Masters?", "2020-11-09", "2020-11-15"),
    ("What did yesterday’s report say?", "2020-11-11", "2020-11-11"),
    ("How many had died by mid-February 2020?", "2020-02-01", "2020-02-29"),
    ("What happened in early March?", "2020-03-01", "2020-03-31"),
]


@pytest.mark.parametrize(("question", "first", "last"), DAYS)
def test_days_are_read_against_the_day_of_asking(question: str, first: str, last: str) -> None:
    (one,) = read_times(question, ASKED_ON)
    assert (one.first.isoformat(), one.last.isoformat()) == (first, last)
    assert one.words in question


@pytest.mark.parametrize(
    "question", ["Who is the president now?", "What was agreed at 5 p.m.?", "Who may win?"]
)
def test_a_question_without_a_day_names_none(question: str) -> None:
    assert read_times(question, ASKED_ON) == ()


def test_a_day_without_a_year_is_of_the_last_year_that_the_archive_knows() -> None:
    asked, newest = date(2026, 5, 1), date(2020, 11, 12)
    (one,) = read_times("Which town was taken on 8 November?", asked, newest=newest)
    assert one.first == date(2020, 11, 8)
    (week,) = read_times("Who won this week?", asked, newest=newest)
    assert week.first == date(2026, 4, 27), "this week is not the archive's"


def test_on_a_sunday_this_week_is_the_one_that_ends() -> None:
    sunday = date(2020, 11, 15)
    (week,) = read_times("Who won this week?", sunday)
    assert (week.first, week.last) == (date(2020, 11, 9), sunday)
    assert read_times("Who won last week?", sunday) == (), "the one that ends, or the one before"
    (monday,) = read_times("Who resigned on Monday?", sunday) or (None,)
    assert monday is None, "six days off"


BODY = "The army took Shusha on 8 November. It had taken Jabrayil on 4 October. The mayor fled on Monday."
ARTICLE = Article("a", "Shusha", BODY, published="2020-11-11")


def test_a_sentence_names_its_days_by_the_day_of_its_article() -> None:
    named = [read_dates(ARTICLE, span).days for span in sentence_spans(BODY, language="en")]
    assert [[day.first for day in days] for days in named] == [
        [date(2020, 11, 8)], [date(2020, 10, 4)], [date(2020, 11, 9)]
    ]  # fmt: skip


def test_a_sentence_agrees_with_the_days_that_are_asked_for_or_names_others() -> None:
    times = read_times("Which town was taken on 8 November?", ASKED_ON)
    said, other, _ = (agreement(times, ARTICLE, span) for span in sentence_spans(BODY, language="en"))
    assert (said["when_said"], said["when_other"], said["when_published"]) == (1, 0, 1)
    assert (other["when_said"], other["when_other"]) == (0, 1)
    early = Article("b", "Plans", "It may fall on 8 November.", published="2020-11-01")
    (span,) = sentence_spans(early.body, language="en")
    assert agreement(times, early, span)["when_before"] == 1
    assert set(agreement((), ARTICLE, span).values()) == {0.0}


def test_only_what_names_the_days_or_was_reported_then_is_of_their_time() -> None:
    reports = {
        "2020-11-10": "Gas costs 4.",
        "2023-01-02": "It cost 4 on 9 November 2020.",
        "2023-01-03": "Gas costs 3.",
    }
    sentences = [
        ScoredSentence(
            hit_of(Article(day, "Gas", text, published=day)), Span(0, len(text)), 1.0, {}, frozenset()
        )
        for day, text in reports.items()
    ]
    times = read_times("How has the price of gas changed in November 2020?", ASKED_ON)
    assert [one.hit.article.id for one in of_time(sentences, times)] == ["2020-11-10", "2023-01-02"]
    assert of_time(sentences, ()) == sentences


@pytest.mark.parametrize("asked", ["Who resigned on Monday?", "Кто ушёл в понедельник?"])
def test_a_weekday_alone_is_the_storys_where_the_archive_ended_long_before(asked: str) -> None:
    assert [one.first for one in read_times(asked, ASKED_ON, newest=date(2020, 11, 5))] == [date(2020, 11, 9)]
    assert read_times(asked, ASKED_ON, newest=date(2020, 10, 30)) == ()
    (this,) = read_times("Who resigned this Monday?", ASKED_ON, newest=date(2020, 10, 30))
    assert this.first == date(2020, 11, 9)

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.language.dates.resolve import NamedDays, resolve
from index.records import Span

WEDNESDAY = "2020-10-21"


def days(text: str, published: str | None = WEDNESDAY) -> list[str]:
    return [one.iso for one in resolve(text, published)]


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("Lund said on Monday that quotas fell.", "2020-10-19"),
        ("Lund said Monday that quotas fell.", "2020-10-19"),
        ("On Tuesday evening, shells fell on Aske.", "2020-10-20"),
        ("The talks will begin on Friday.", "2020-10-23"),
        ("Lund said on Wednesday that quotas fell.", WEDNESDAY),
        ("The ministers plan to meet again on Monday.", "2020-10-26"),
        ("Shells fell yesterday.", "2020-10-20"),
        ("Shells fell the day before yesterday.", "2020-10-19"),
        ("The vote is tomorrow.", "2020-10-22"),
        ("He arrived last night.", "2020-10-20"),
        ("He arrived today.", WEDNESDAY),
        ("The truce was signed last week.", "2020-10-12/2020-10-18"),
        ("Rain is expected next week.", "2020-10-26/2020-11-01"),
        ("They met over the weekend.", "2020-10-17/2020-10-18"),
        ("They will meet next weekend.", "2020-10-31/2020-11-01"),
        ("It opened last month.", "2020-09"),
        ("It opened last year.", "2019"),
        ("It opened three days ago.", "2020-10-18"),
        ("It opened in the past three days.", "2020-10-18/2020-10-21"),
        ("It opened on 10 October.", "2020-10-10"),
        ("It will open on December 1.", "2020-12-01"),
        ("She spoke last Thursday.", "2020-10-15"),
        ("She will speak next Tuesday.", "2020-10-27"),
        ("Лунд заявила в понедельник, что квоты снизились.", "2020-10-19"),
        ("Встреча пройдет в пятницу.", "2020-10-23"),
        ("Вчера Лунд выступила.", "2020-10-20"),
        ("На прошлой неделе они встретились.", "2020-10-12/2020-10-18"),
        ("Это было в прошлом году.", "2019"),
        ("Соглашение подписали 10 октября.", "2020-10-10"),
    ],
)  # fmt: skip
def test_a_relative_date_counts_from_the_day_of_publication(text: str, iso: str) -> None:
    assert days(text) == [iso]


@pytest.mark.parametrize(
    "text",
    [
        "Every Monday he sang.",
        "He sings on Mondays.",
        "Black Monday ruined him.",
        "The Sunday Times said no.",
        "It rained the Monday before.",
        "Monday, 5 October 2015, was dry.",
        "He had left the day before, and a week earlier she had come.",
        "Today's talks failed; the city of today is rich.",
        "The vote was scheduled for Friday.",
        "On Monday, in 1993, the council met.",
        "In 1993 the council met. On Monday it voted.",
        "He left more than two weeks ago.",
        "It fell in the last week of the war.",
        "Friday: no comment.",
        "She spoke last Monday.",  # two days or nine days ago
        "She will speak next Friday.",  # in two days or in nine
    ],
)
def test_what_could_mean_another_day_is_not_resolved(text: str) -> None:
    assert days(text) == []


def test_what_is_loose_is_not_exact() -> None:
    (loose,) = resolve("A month ago it failed.", WEDNESDAY)
    (about,) = resolve("It failed about three days ago.", WEDNESDAY)
    assert (loose.iso, loose.exact) == ("2020-09", False)
    assert (about.iso, about.exact) == ("2020-10-18", False)


@pytest.mark.parametrize("published", [None, "", "soon", "2020-13"])
def test_without_a_date_of_publication_nothing_is_resolved(published: str | None) -> None:
    assert days("Lund said on Monday and last year that quotas fell.", published) == []


def test_a_month_of_publication_resolves_months_and_years_only() -> None:
    assert days("He said on Monday that it opened last month, not last year.", "2020-10") == [
        "2020-09",
        "2019",
    ]
    assert days("He said on Monday that it opened last month, not last year.", "2020") == ["2019"]


def test_the_day_is_that_of_the_articles_own_clock() -> None:
    assert days("He arrived today.", "2020-10-19T01:30+04:00") == ["2020-10-19"]


def test_only_a_part_of_a_text_may_be_asked_for() -> None:
    text = "In 1993 it was cold. He left on Monday.\n\nShe left on Tuesday."
    assert resolve(text, WEDNESDAY, within=Span(0, text.index("\n"))) == []
    (one,) = resolve(text, WEDNESDAY, within=Span(text.index("She"), len(text)))
    assert one == NamedDays(
        text.index("on Tuesday"), text.index("on Tuesday") + 10, "on Tuesday", "2020-10-20", "2020-10-20"
    )


@given(
    st.lists(
        st.sampled_from(
            ["on Monday", "last week", "a year ago", "yesterday", "will", "said", "in 1993", ".", "He",
             "999 years ago", "last night", "on 31 February", "next Friday", "\n", "в среду", "12 months ago",
             "today"]
        ),
        max_size=12,
    ),
    st.dates(min_value=date(1000, 1, 1), max_value=date(2998, 12, 31)),
)  # fmt: skip
def test_any_words_and_day_resolve_to_real_days_in_order(words: list[str], published: date) -> None:
    text = " ".join(words)
    found = resolve(text, published.isoformat())
    assert all(text[one.start : one.end] == one.words for one in found)
    assert all(date.fromisoformat(one.first) <= date.fromisoformat(one.last) for one in found)
    assert all(one.end <= other.start for one, other in pairwise(found))

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answers.asked import Asked, clean
from bot.answers.question import Question, read_question
from index.errors import BadFilter, BadQuestion
from index.records import Filters

OUTLETS = ("Bloomberg", "Today.Az", "The Week")


NONE = Filters()


def read(text: str, filters: Filters = NONE) -> Question:
    return read_question(Asked(text, filters).cleaned(), outlets=OUTLETS)


@pytest.mark.parametrize(
    ("text", "filters", "topic"),
    [
        (
            "What did Lavrov say, according to Bloomberg?",
            Filters(outlet=("Bloomberg",)),
            "What did Lavrov say?",
        ),
        ("According to Bloomberg, what failed?", Filters(outlet=("Bloomberg",)), "What failed?"),
        (
            "What was said about monitors in Today.Az?",
            Filters(outlet=("Today.Az",)),
            "What was said about monitors?",
        ),
        ("What did Lavrov say before 20 October 2020?", Filters(until="2020-10-19"), "What did Lavrov say?"),
        ("What did Lavrov say before October 2020?", Filters(until="2020-09-30"), "What did Lavrov say?"),
        ("What was reported since October 2020?", Filters(since="2020-10"), "What was reported?"),
        (
            "What did they publish after Oct. 19, 2020?",
            Filters(since="2020-10-20"),
            "What did they publish?",
        ),
        ("Until 2020-10-20, what did Aliyev say?", Filters(until="2020-10-20"), "What did Aliyev say?"),
        ("As of 19 Oct 2020, how many had died?", Filters(as_of="2020-10-19"), "How many had died?"),
        ("How many had died as of October 19, 2020?", Filters(as_of="2020-10-19"), "How many had died?"),
        (
            "What did Lavrov say before 20 October 2020 about monitors?",
            Filters(until="2020-10-19"),
            "What did Lavrov say about monitors?",
        ),
    ],
)
def test_filters_are_read_from_the_words(text: str, filters: Filters, topic: str) -> None:
    question = read(text)
    assert question.filters == filters
    assert question.topic == topic
    assert question.text == text
    assert question.read


@pytest.mark.parametrize(
    "text",
    [
        "When did the ceasefire of 10 October begin?",
        "What happened on 27 September?",
        "What happened on 27 September 2020?",
        "Who was president before 20 October 2020?",
        "How many people have been killed since 27 September 2020?",
        "What did Lavrov say before the 20 October 2020 truce?",
        "What did they say before 20 October 2020 in Moscow?",
        "What did he say before 20 October?",
        "What is in the statement from 10 November 2020?",
        "Which truces were signed before 10 November 2020?",
        "As of 2012, how many members were there?",
        "What did Lavrov say, according to Reuters?",
        "What did he say according to Bloomberg Economics?",
        "Who plays in The Week?",
        "Which truce was reported by people from The Week?",
        "What did Lavrov say since 40 October 2020?",
    ],
)
def test_event_dates_and_strangers_are_no_filters(text: str) -> None:
    question = read(text)
    assert question.filters == Filters()
    assert question.topic == question.text == text


def test_given_filters_win_over_read_ones() -> None:
    given_filters = Filters(outlet=("Today.Az",), until="2020-11-01")
    question = read("According to Bloomberg, what did Lavrov say before 20 October 2020?", given_filters)
    assert question.filters == given_filters
    assert question.read == ()


def test_a_question_that_is_nothing_but_a_filter_stays_a_question() -> None:
    assert read("According to Bloomberg?").filters == Filters()


@pytest.mark.parametrize("text", ["", "  \n\t ", "\x00\u200b", "x" * 1001])
def test_empty_and_endless_questions_are_refused(text: str) -> None:
    with pytest.raises(BadQuestion, match="expected 1 to 1,000"):
        read(text)


def test_a_thousand_characters_are_allowed() -> None:
    assert read(" " + "x" * 1000).text == "x" * 1000


def test_what_is_far_too_long_is_not_cleaned() -> None:
    marks = "Who? a" + "\u0301" * 150_000 + "\u0327" * 150_000  # takes minutes to be put in order
    with pytest.raises(BadQuestion, match="has 300,006 characters, expected 1 to 1,000"):
        read(marks)
    asked = Asked("And when?", history=(marks, "Who came?")).cleaned()
    assert asked.history == ("Who came?",)


def test_a_given_date_that_is_none_is_refused() -> None:
    with pytest.raises(BadFilter, match="until"):
        read("What?", Filters(until="yesterday"))


@given(st.text(max_size=80))
def test_a_cleaned_question_holds_no_control_characters(text: str) -> None:
    cleaned = clean(text)
    assert cleaned == clean(cleaned)
    assert all(letter.isprintable() or ord(letter) > 0xA0 for letter in cleaned)
    assert "\x1b" not in cleaned

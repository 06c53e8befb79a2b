"""What a correction says was wrong, told from what it says is right."""

from __future__ import annotations

import pytest

from index.records import Span
from index.withdrawn import covered, overlapping, withdrawn

LEAD = "The harbour reopened on Monday. Sixteen boats left it before noon, the port said."


def taken(note: str) -> list[str]:
    """The words taken back, wherever the note stands."""
    top, foot = f"{note}\n\n{LEAD}", f"{LEAD}\n\n{note}"
    found = [[body[one.start : one.end].strip() for one in withdrawn(body)] for body in (top, foot)]
    assert found[0] == found[1]
    return found[0]


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("Correction: An earlier version of this article said that sixty boats left.", "It was sixteen."),
        ("An earlier version of this article misstated the number of boats.", "Sixteen left."),
        ("A previous version of this story gave an incorrect year.", "The port opened in 1932."),
        ("Corrections & clarifications: In a previous version the year was misstated.", "It was 1969."),
        ("Due to an editing error, this article originally stated that sixty boats left.", "It was sixteen."),
        ("Clarification: An earlier version of this report suggested that the mayor had left.", "He stayed."),
        ("EDITOR’S NOTE: This post incorrectly reported that the mayor resigned.", "He did not resign."),
        ("We wrongly reported on Sunday that the port was closed for good.", "It reopened on Monday."),
        ("В более ранней версии этой статьи говорилось о 60 лодках.", "Их было 16."),
        ("Поправка: в предыдущей версии новости сообщалось о 60 лодках.", "Вышли 16 лодок."),
        ("Уточнение: ранее было указано, что вышли 60 лодок.", "Вышли 16 лодок."),
    ],
)  # fmt: skip
def test_the_sentence_that_tells_the_error_is_taken_back_and_the_right_one_is_not(
    wrong: str, right: str
) -> None:
    assert taken(f"{wrong} {right}") == [wrong]
    assert taken(f"({wrong} {right})") == [wrong]


@pytest.mark.parametrize(
    ("note", "wrong"),
    [
        ("Correction: The bridge opened in 1932, not 1923.", ", not 1923"),
        ("[Correction: It opened in 1932, not 1923, as an earlier version said.]",
         ", not 1923, as an earlier version said.]"),
        ("Correction: Her name is Ann Smyth rather than Ann Smith.", "rather than Ann Smith."),
        ("This story has been corrected to show that 16 boats left, not 60.", ", not 60"),
        ("This article was amended to change the toll from 60 to 16.", "from 60"),
        ("Уточнение: вышли 16 лодок, а не 60.", ", а не 60"),
        ("Поправка: вышли не 60, а 16 лодок.", "не 60, а"),
    ],
)  # fmt: skip
def test_of_a_sentence_with_both_only_the_wrong_words_are_taken_back(note: str, wrong: str) -> None:
    (found,) = taken(note)
    assert wrong.strip(" ,.]") == found.strip(" ,.]")


@pytest.mark.parametrize(
    "note",
    [
        "Clarification: The mayor did not resign.",
        "Correction: Sixteen boats left.",
        "CORRECTION: This story has been updated to reflect that Lund died at 91.",
        "Editor’s note: The article should have said 16 boats.",
        "Уточнение: вышли 16 лодок.",
    ],
)
def test_a_note_that_tells_only_what_is_right_takes_nothing_back(note: str) -> None:
    assert taken(note) == []


def test_sentences_that_a_later_one_calls_wrong_are_taken_back_with_it() -> None:
    note = "Correction: Sixty boats left. The mayor resigned. Neither is true. Sixteen boats left."
    assert taken(note) == [
        "Correction: Sixty boats left.", "The mayor resigned.", "Neither is true.",
    ]  # fmt: skip


def test_what_only_tells_that_something_changed_says_nothing_right() -> None:
    note = "This article was amended on 12 May 2020. It said sixty boats. We apologise for the error."
    assert " ".join(taken(note)) == note


def test_the_name_of_a_note_says_nothing_right() -> None:
    assert taken("Correction. An earlier version of this article said that 60 boats left. It was 16.") == [
        "Correction.",
        "An earlier version of this article said that 60 boats left.",
    ]


def test_an_article_without_a_note_takes_nothing_back() -> None:
    assert withdrawn(f"{LEAD} The mayor said the report was wrong. It was an error, not a lie.") == []


def test_spans_that_touch_do_not_overlap() -> None:
    assert overlapping(Span(0, 4), [Span(3, 9)]) and not overlapping(Span(0, 4), [Span(4, 9)])
    assert covered(Span(4, 6), [Span(3, 9)]) and not covered(Span(2, 6), [Span(3, 9)])

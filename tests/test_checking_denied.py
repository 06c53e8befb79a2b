"""Words that an article has letter by letter, and which somebody denies, asks, or says for another."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from archive_fakes import HashedWords, put

from bot.checking.checker import QuoteChecker
from bot.checking.cutting import cuts
from bot.checking.speakers import is_one
from bot.showing.checks import check_lines
from bot.showing.checks_json import check_body
from bot.showing.wording import words_of
from index.records import Article
from index.storage.archive import Archive

TEXTS = (
    "“We will leave the town,” a spokesman for Anna Lund said.",
    "“The harbour wall is safe at night?” said Anna Lund with a laugh.",
    "“I have never said that the ferry is safe in a storm,” said Anna Lund.",
    "Azerbaijani authorities said on Saturday that 13 civilians had been killed there. Armenia’s defence"
    " ministry denied that it had fired the missile and accused Azerbaijan of shelling the town.",
    "“The reservoir is full (not),” said Anna Lund. “The tower is tall (it has nine floors),” she said.",
    "“Not only did the tramway stop at noon, it burned,” said Anna Lund.",
    "“The well is dry,” said Anna Lund.",
)


@pytest.fixture(scope="module")
def checker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[QuoteChecker]:
    with Archive.open(tmp_path_factory.mktemp("denied"), HashedWords(), write=True) as archive:
        for number, text in enumerate(TEXTS):
            put(archive, Article(str(number), "t", text, outlet="Post", published="2020-10-20"))
        yield QuoteChecker(archive)


@pytest.mark.parametrize(
    ("words", "speaker", "verdict"),
    [
        ("We will leave the town", "Anna Lund", "other_speaker"),
        ("We will leave the town", "a spokesman for Anna Lund", "word_for_word"),
        ("The harbour wall is safe at night", "Anna Lund", "altered"),
        ("The harbour wall is safe at night?", "Anna Lund", "word_for_word"),
        ("The harbour wall is safe", "Anna Lund", "word_for_word"),
        ("it had fired the missile", "Armenia’s defence ministry", "speaker_unclear"),
        ("The reservoir is full", "Anna Lund", "altered"),
        ("The tower is tall", "Anna Lund", "word_for_word"),
        ("The well is dry", "Anna Lund", "word_for_word"),
    ],
)
def test_what_is_asked_denied_or_said_for_somebody_is_not_their_word(
    words: str, speaker: str, verdict: str, checker: QuoteChecker
) -> None:
    assert checker.check(words, speaker=speaker).verdict == verdict


def test_a_denial_before_the_words_is_told_with_the_whole_sentence(checker: QuoteChecker) -> None:
    checked = checker.check("the ferry is safe in a storm", speaker="Anna Lund")
    lines = check_lines(checked, words_of())
    assert "In full: “‘I have never said that the ferry is safe in a storm,’ said Anna Lund.”" in lines
    assert "“never” stands before these words in their sentence, which may say the opposite." in lines
    (place,) = check_body(checked).places
    assert (place.around.words, place.denial and place.denial.words) == (TEXTS[2], "never")


@pytest.mark.parametrize("words", ["the tramway stop at noon", "The well is dry"])
def test_what_denies_nothing_is_no_denial(words: str, checker: QuoteChecker) -> None:
    (place,) = checker.check(words).places
    assert place.denial is None


@pytest.mark.parametrize(
    "text",
    ["− |5 degrees", "−|5 degrees", "₹|500 million", "<|5 per cent", "±|5", "≈|5", "it is full| (not) now",
     "it is full|?", "is 5| %", "is 5| €", "is 5|+", "is 5|₽"],
)  # fmt: skip
def test_no_quotation_parts_a_sign_from_its_number_or_a_question_from_its_mark(text: str) -> None:
    assert cuts(text.replace("|", ""), text.index("|"))


@pytest.mark.parametrize(
    "text", ["in the orchard – |5 degrees", "in 2020| $5 was paid", "full| (it is)", "full|”?", "a | |5"]
)
def test_what_stands_beside_words_and_is_not_theirs_parts_nothing(text: str) -> None:
    at = text.rindex("|")
    assert not cuts(text[:at] + text[at + 1 :], at)


@pytest.mark.parametrize(
    ("asked", "name", "one"),
    [
        ("Lund", "Anna Lund’s spokesman", False),
        ("Anna Lund", "the brother of Anna Lund", False),
        ("spokesman for Ole Berg", "a spokesman for Anna Lund", False),
        ("Anna Lund’s spokesman", "a spokesman for Anna Lund", True),
        ("Putin’s critic Alexei Navalny", "Putin", False),
        ("Lund Anna", "Anna Maria Lund", False),
        ("the defence ministry", "a spokesman for the defence ministry", True),
        ("defence ministry", "the Armenian Ministry of Defence", True),
        ("President of Russia Vladimir Putin", "Vladimir Putin", True),
        ("professor of microbiology Steven Varga", "Steven Varga", True),
        ("Lavrov", "Foreign Minister Sergei Lavrov", True),
    ],
)
def test_whose_somebody_is_does_not_make_them_that_one(asked: str, name: str, one: bool) -> None:
    assert is_one(asked, name) is one

"""Texts of one sign without end: each is read in no more time than its length asks for."""

from __future__ import annotations

import pytest

from bot.checking.normal import normal, pattern
from bot.language.tokens import sentences_of, tokens
from bot.speaking.speaker import Speakers
from bot.writing.drafts import DraftReader
from index.records import Article, Span

MANY = 100_000


@pytest.mark.parametrize("filling", [" ", "\n", ". ", "'\n", " -", "… ", " '", "\n. "])
def test_a_form_takes_no_longer_than_its_text(filling: str) -> None:
    form = normal("a" + filling * MANY + "b")  # where each place is read to the end: 5 * 10 ** 9 steps
    assert (form[0], form[-1]) == ("a", "b")


@pytest.mark.parametrize(
    ("words", "body"),
    [
        ("-zebra", "-" * MANY + "a"),  # from each dash to the last
        ("-zebra", "\n" * MANY + "a"),
        (
            "a" + " -" * 30 + " b",
            "a" + "-" * 100 + "c",
        ),  # a hundred dashes shared among thirty: 10 ** 25 ways
        ("a" + "…" * 100 + "b", "a" + "…\n\n" * 100 + "c"),
        ("a" + " '" * 100 + " b", "a" + "\n''" * 100 + "c"),
    ],
)
def test_a_place_is_looked_for_in_one_way(words: str, body: str) -> None:
    assert not pattern(words).search(body)
    assert pattern(words).search(f"{body} {words} ")


@pytest.mark.parametrize("stop", [".", "!", "…"])
def test_stops_in_a_row_are_sentences_in_time(stop: str) -> None:
    text = "He agreed" + stop * MANY + " They left."  # where each is held against all that follow: 10 ** 10
    found = sentences_of(tokens(text, Span(0, len(text))))
    assert [one.text for sentence in found for one in sentence][:2] == ["He", "agreed"]
    assert [one.text for one in found[-1]] == ["They", "left", "."]


def test_who_speaks_is_found_beside_a_sentence_without_end() -> None:  # each verb against all words: minutes
    text = f"“The bridge is safe,” said Ada Lind. {'said ' * 15_000}"
    speaker = Speakers(Article(id="bridge", title="Bridge", body=text)).of(Span(5, 11))
    assert speaker and speaker.name == "Ada Lind"


def test_who_speaks_first_is_found_before_speakers_without_end() -> None:  # each in all
    text = "“The bridge is safe,” said Ada Lind. " + " ".join(f"“It is,” said Bo{n}." for n in range(3_000))
    speaker = Speakers(Article(id="bridge", title="Bridge", body=text)).of(Span(5, 11))
    assert speaker and speaker.name == "Ada Lind"


def test_thoughts_of_a_model_that_never_end_are_each_read_once_a_piece() -> None:
    reader = DraftReader()
    for _ in range(3_000):  # each opening followed to the end, at each piece: 10 ** 11 steps
        assert reader.feed("<think> so ") == []
    assert [one.text for one in [*reader.feed("</think>The bridge is safe [1]."), *reader.end()]] == [
        "The bridge is safe."
    ]

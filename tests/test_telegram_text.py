"""Text into messages: exact places, nothing lost where it is cut, nothing foreign that can be tapped."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from telegram_rules import Words, tappable, words

from bot.telegram.messages.no_links import named
from bot.telegram.messages.replies import Button, Reply, RoomMessage, from_json, messages, to_json
from bot.telegram.messages.text import NOTHING, Text, block, entities, foreign, join, link, own, split
from bot.telegram.messages.utf16 import fitting, units

PIECES = st.sampled_from(
    [
        *("Привет, мир. ", "😀👩‍⚕️🇦🇲 ", "He said so.” [1] ", "\n\n", "\n", "x" * 90, "@somebody ", "#tag "),
        *("https://evil.example/a?b=c ", "/start now ", "$USD ", "+374 55 12 34 56 ", "Today.Az ", "שלום "),
        *("[2]", "é́́ ", "“We waited,” ", "1993-2020 "),
    ]
)
TEXTS = (
    st.lists(PIECES | st.text(max_size=12), max_size=60)
    .map("".join)
    .map(lambda text: text.replace("\x00", ""))
)


def checked(text: Text) -> Words:
    return words({"text": text.text, "entities": json.dumps(entities(text))})


def test_places_are_counted_in_utf_16_units() -> None:
    text = own("😀я ") + own("bold", "bold") + link(" ", "https://a.example")
    assert entities(text)[0] == {"type": "bold", "offset": 4, "length": 4}
    assert (units("😀я"), fitting("😀😀", 3), fitting("яя", 3)) == (3, 1, 2)


@pytest.mark.parametrize(
    "said",
    [
        "see https://evil.example/a now",
        "write to @somebody_else",
        "a #tag and $USD here",
        "type /start now",
        "press /start@other_bot",
        "mail spam@evil.example",
        "call +374 55 12 34 56",
        "card 4276 3800 1234 5678",
        "Today.Az",
        "кто.рф",
        "javascript:alert(1)",
        "tg://resolve?domain=evil",
        "evil.example:8080/x#y",
    ],
)
def test_what_could_be_tapped_in_foreign_words_is_code(said: str) -> None:
    text = foreign(said, "bold")
    assert text.text == said
    assert any(mark.kind == "code" for mark in text.marks)
    assert [tappable(checked(part)) for part in split(text)] == [[]]


@pytest.mark.parametrize(
    "said", ["1,960 troops in 2020", "19/10 and/or U.S. forces", "He left. The end", "17:45, 5-6 p.m."]
)
def test_ordinary_words_stay_ordinary(said: str) -> None:
    assert foreign(said).marks == ()


def test_names_lose_what_turns_text_round_and_right_to_left_ones_stand_apart() -> None:
    assert named("Ha\u202eretz\nDaily") == "Haretz Daily"
    assert named("הארץ") == "\u2068הארץ\u2069"


@given(TEXTS, st.integers(20, 200), st.integers(2, 20))
def test_splitting_loses_only_white_space_and_breaks_no_rule(
    said: str, longest: int, most_marks: int
) -> None:
    whole = join([block(foreign(said)) if said.strip() else NOTHING, foreign(said, "bold")], "\n\n")
    parts = split(whole, longest=longest, most_marks=most_marks)
    assert "".join("".join(part.text for part in parts).split()) == "".join(whole.text.split())
    for part in parts:
        assert units(part.text) <= longest
        assert len(part.marks) <= max(most_marks, 2)
        if part.text:
            checked(part)


@given(TEXTS)
def test_foreign_words_are_inert_whatever_they_are(said: str) -> None:
    for part in split(foreign(said)):
        assert tappable(checked(part)) == []


def test_a_message_is_cut_behind_a_sentence_with_its_mark() -> None:
    said = own("One sentence here. [1] Another sentence there. [2] And the last one. [3]")
    assert [part.text for part in split(said, longest=40)] == [
        "One sentence here. [1]",
        "Another sentence there. [2]",
        "And the last one. [3]",
    ]


def test_one_picture_is_never_cut() -> None:
    parts = split(own("👩‍⚕️" * 30), longest=41)
    assert {part.text.replace("👩‍⚕️", "") for part in parts} == {""}


def test_buttons_stand_under_the_last_message_and_go_on_in_a_further_one() -> None:
    rows = tuple((Button(str(number), f"open:1:{number}"),) for number in range(30))
    found = list(messages(Reply(own("word " * 1500), rows), to=9))
    assert [message.to for message in found] == [9, None, None]
    assert [len(message.buttons) for message in found] == [0, 24, 6]


def test_a_stored_message_is_the_same_message() -> None:
    message = RoomMessage("Привет 😀", entities(own("Привет 😀", "bold")), ((Button("👍", "up:1"),),), 5)
    assert from_json(to_json(message)) == message

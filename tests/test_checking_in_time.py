"""Quotations and articles that are made to be slow to compare take no longer than their length asks for."""

from __future__ import annotations

import pytest

from bot.checking.normal import normal, pattern

MANY = 200_000


@pytest.mark.parametrize("filling", [" ", "\n", ". ", "'\n", " -", "… ", " '", "\n. "])
def test_a_form_takes_no_longer_than_its_text(filling: str) -> None:
    form = normal("a" + filling * MANY + "b")  # where each place is read to the end: 10 ** 10 steps
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

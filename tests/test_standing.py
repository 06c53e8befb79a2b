"""Hits without what their outlets have withdrawn."""

from __future__ import annotations

from dataclasses import replace

import pytest
from asking_fakes import LUND, MOE, hit_of

from bot.answering.standing import standing
from index.records import Article, Hit

WRONG = "Correction: An earlier version of this article said that 60 boats left Vardo on 5 May at noon."
RIGHT = "Sixteen boats left."
BODY = "The harbour reopened. The mayor was there."
NOTED = replace(MOE, id="noted", body=f"{BODY}\n\n{WRONG} {RIGHT}", published="2020-05-07")
QUESTION = "How many boats left Vardo?"


def told(hit: Hit) -> list[str]:
    return [hit.article.body[one.start : one.end] for one in hit.passage.sentences]


def gone(hit: Hit) -> list[str]:
    return [hit.article.body[one.start : one.end] for one in hit.withdrawn]


def test_a_note_that_tells_what_is_right_is_one_sentence() -> None:
    (hit,) = standing([hit_of(NOTED)], QUESTION)
    assert told(hit) == ["The harbour reopened.", "The mayor was there.", f"{WRONG} {RIGHT}"]
    assert gone(hit) == [WRONG]


@pytest.mark.parametrize("note", [WRONG, f"({WRONG})", f"{WRONG} We regret the error."])
@pytest.mark.parametrize("top", [True, False])
def test_a_note_that_tells_no_more_than_the_error_is_no_sentence(note: str, top: bool) -> None:
    body = f"{note}\n\n{BODY}" if top else f"{BODY}\n\n{note}"
    (hit,) = standing([hit_of(replace(NOTED, body=body))], QUESTION)
    assert told(hit) == ["The harbour reopened.", "The mayor was there."]


@pytest.mark.parametrize(
    "question",
    [
        "What did the first version of the article say?",
        "What did The Ledger get wrong about the boats?",
        "Is it true that 60 boats left Vardo?",
        "Which correction did the paper print?",
    ],
)
def test_who_asks_for_the_error_is_shown_its_sentence(question: str) -> None:
    (hit,) = standing([hit_of(NOTED)], question)
    assert told(hit)[2:] == [WRONG, RIGHT]
    assert gone(hit) == [WRONG]


@pytest.mark.parametrize("question", ["What went wrong in Vardo?", "What did the report on Vardo say?"])
def test_an_error_of_somebody_else_is_not_the_outlets(question: str) -> None:
    (hit,) = standing([hit_of(NOTED)], question)
    assert WRONG not in told(hit)


EARLIER = replace(
    MOE, id="early", body="Some 60 boats left Vardo on 5 May at noon. It rained.", published="2020-05-06"
)


@pytest.mark.parametrize(
    ("other", "withdrawn"),
    [
        (EARLIER, True),
        (replace(EARLIER, published="2020-05-08"), False),  # later: it may have been 60 after all
        (replace(EARLIER, published=None), False),
        (replace(EARLIER, outlet="The Courier"), False),
        (
            replace(EARLIER, body="On 5 May at noon 60 boats left Vardo. It rained."),
            False,
        ),  # in another order
        (replace(EARLIER, body="Some 60 boats lay in Vardo on 5 May at noon. It rained."), False),
        (replace(EARLIER, body="Some 16 boats left Vardo on 5 May at noon. It rained."), False),
    ],
)
def test_what_is_withdrawn_is_withdrawn_where_the_outlet_said_it(other: Article, withdrawn: bool) -> None:
    _, hit = standing([hit_of(NOTED), hit_of(other)], QUESTION)
    assert (told(hit)[-2:] == told(hit_of(other))) is not withdrawn
    assert bool(gone(hit)) is withdrawn


@pytest.mark.parametrize(
    ("of_note", "of_other", "withdrawn"),
    [
        ("https://www.ledger.example/note", "https://ledger.example/vardo", True),
        ("https://corrections.ledger.example/note", "https://www.ledger.example/vardo", True),
        ("https://evil.example/note", "https://ledger.example/vardo", False),
        ("https://evil.blogs.example/note", "https://ledger.blogs.example/vardo", False),
        (None, "https://ledger.example/vardo", False),
        ("https://evil.example/note", None, False),
        (None, None, True),
    ],
)
def test_a_note_withdraws_nothing_of_another_site_whatever_outlet_it_names(
    of_note: str | None, of_other: str | None, withdrawn: bool
) -> None:
    note, other = replace(NOTED, url=of_note), replace(EARLIER, url=of_other)
    assert bool(gone(standing([hit_of(note), hit_of(other)], QUESTION)[1])) is withdrawn


def test_hits_without_corrections_stay_as_they_are() -> None:
    hits = [hit_of(LUND), hit_of(MOE)]
    assert standing(hits, QUESTION) == hits

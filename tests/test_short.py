"""The words that answer by themselves: from the reader's span to the terminal, the JSON and nowhere else."""

from io import StringIO

import pytest
from asking_fakes import LUND, FakeArchive, candidate
from rich.console import Console

from bot.answering.quoting import quote
from bot.answers.answer import Answer, Sentence
from bot.answers.proposal import Place, Proposed, Weighed
from bot.proof.proving import prove
from bot.showing.json import answer_body
from bot.showing.terminal import SHORT, _sentence, print_answer
from index.records import Span

SOLD = "Norway sold 400,000 tonnes of cod in 2019."
START = LUND.body.index(SOLD)
TONNES = Span(LUND.body.index("400,000 tonnes"), LUND.body.index(" of cod in"))


def proposed(short: Span | None, verdict: str = "quoted") -> Proposed:
    place = Place(LUND, Span(START, START + len(SOLD)))
    return Proposed(SOLD, (place,), "quoted" if verdict == "quoted" else "shortened", short=short)


def proved(one: Proposed) -> Sentence:
    (found,) = prove([one], FakeArchive(LUND))
    return found.sentence


def answer() -> Answer:
    (found,) = prove([proposed(TONNES)], FakeArchive(LUND))
    return Answer("How much?", (found.sentence,), found.citations)


def test_a_quoted_candidate_takes_its_short_answer_along() -> None:
    one = candidate(LUND, SOLD)
    assert quote(Weighed([one], enough=True, shorts={(LUND.id, one.span): TONNES}))[0].short == TONNES
    assert quote(Weighed([one], enough=True))[0].short is None


def test_a_proved_short_answer_is_a_span_of_the_quotation() -> None:
    short = proved(proposed(TONNES)).short
    assert short is not None
    assert SOLD[slice(*short)] == "400,000 tonnes"


@pytest.mark.parametrize(
    "elsewhere",
    [Span(0, 9), Span(START - 1, START + 3), Span(START + 3, START + len(SOLD) + 1), Span(START, START)],
)
def test_a_short_answer_outside_the_quotation_is_left_out(elsewhere: Span) -> None:
    assert proved(proposed(elsewhere)).short is None


def test_a_written_sentence_has_no_short_answer() -> None:
    assert proved(proposed(TONNES, "shortened")).short is None


def test_json_gives_the_words_and_their_place() -> None:
    (sentence,) = answer_body(answer()).model_dump(mode="json")["sentences"]
    assert sentence["short"] == {"text": "400,000 tonnes", "start": 12, "end": 26}
    assert sentence["text"][12:26] == "400,000 tonnes"


def test_the_terminal_makes_them_bold_and_changes_no_word() -> None:
    found = answer()
    line = _sentence(found.sentences[0], found, Console(force_terminal=True))
    bold = [line.plain[one.start : one.end] for one in line.spans if one.style == SHORT]
    assert bold == ["400,000 tonnes"]
    out = StringIO()
    print_answer(found, out)
    assert "**400,000 tonnes** of cod in 2019.” [1]" in " ".join(out.getvalue().split())


def test_words_that_stand_twice_are_bold_where_they_answer() -> None:
    text = "In 2019 they sold more than in 2019."
    second = Span(text.rindex("2019"), len(text) - 1)
    line = _sentence(Sentence(text, (1,), "quoted", short=second), answer(), Console(force_terminal=True))
    (bold,) = [one for one in line.spans if one.style == SHORT]
    assert line.plain[: bold.start].count("2019") == 1  # the first is not bold

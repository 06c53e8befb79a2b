"""A sentence of which a speaker owns only a part says so, in the words of every face."""

import io
import json

import pytest
from asking_fakes import MOE as NEWS
from asking_fakes import other

from bot.answers.answer import Answer, Sentence, Voice
from bot.answers.citation import cite
from bot.showing.json import answer_body
from bot.showing.markdown import answer_markdown
from bot.showing.terminal import print_answer
from bot.showing.text import answer_text
from bot.showing.wording import words_of
from bot.telegram.messages.phrases import Dictionary
from bot.telegram.messages.rendering import answer_reply
from index.records import Span

TEXT = "The plan, which she called a disgrace, passes today."
CITED = cite(other(NEWS, body=TEXT), Span(0, len(TEXT)), number=1)


def answer(text: str = TEXT, *, partly: bool = True, via: str | None = None) -> Answer:
    """The answer of one sentence of which Anna Lund owns all or a part."""
    voice = Voice("named", Span(10, 26), via, partly)
    return Answer("Who?", (Sentence(text, (1,), "quoted", "Anna Lund", "Minister", voice=voice),), (CITED,))


@pytest.mark.parametrize(
    ("language", "partly", "told"),
    [
        ("en", True, "Partly Anna Lund (Minister), in The Ledger, date unknown: “The plan"),
        ("en", False, "Anna Lund (Minister), in The Ledger, date unknown: “The plan"),
        ("ru", True, "Отчасти — Anna Lund (Minister), The Ledger, дата неизвестна: “The plan"),
        ("ru", False, "Anna Lund (Minister), The Ledger, дата неизвестна: “The plan"),
    ],
)
def test_the_words_say_that_a_part_is_theirs(language: str, partly: bool, told: str) -> None:
    assert answer_text(answer(partly=partly), words_of(language)).startswith(told)


def test_a_terminal_says_that_a_part_is_theirs() -> None:
    file = io.StringIO()
    print_answer(answer(), file)
    assert "Partly Anna Lund (Minister), in The Ledger" in " ".join(file.getvalue().split())


def test_markdown_says_whose_a_quotation_is() -> None:
    assert "— Partly Anna Lund (Minister), in The Ledger, date unknown" in answer_markdown(answer())
    assert "— Anna Lund (Minister), in The Ledger, date" in answer_markdown(answer(partly=False))


def test_json_says_that_a_part_is_theirs() -> None:
    for partly in (True, False):
        (sentence,) = json.loads(answer_body(answer(partly=partly)).model_dump_json())["sentences"]
        assert sentence["voice"]["partly"] is partly
        assert sentence["voice"]["evidence"]["text"] == TEXT[10:26]


@pytest.mark.parametrize(("language", "told"), [("en", "Partly Anna Lund"), ("ru", "Отчасти — Anna Lund")])
def test_telegram_says_that_a_part_is_theirs(language: str, told: str) -> None:
    reply = answer_reply(answer(), Dictionary().of(language), number=5)
    assert f"{told} (Minister)" in reply.text.text


def test_who_is_named_in_the_sentence_needs_no_lead() -> None:
    text = "The plan, which Lund called a disgrace, passes today."
    assert words_of().said_by(answer(text).sentences[0]) == ""


def test_through_whom_the_words_came_is_told_with_the_part() -> None:
    lead = words_of().said_by(answer(via="Reuters").sentences[0])
    assert lead == "Partly Anna Lund (Minister), quoted by Reuters"

"""What the bot keeps of a question that was answered."""

from __future__ import annotations

from pathlib import Path

from http_fakes import HARBOUR, RIVAL

from bot.answers.answer import Answer, Cell, Difference, Sentence
from bot.answers.citation import cite
from bot.telegram.chat.questions import Questions
from bot.telegram.updates.database import open_database
from bot.telegram.updates.events import Person
from index.records import Span


def test_differences_are_kept_as_places_until_the_question_is_forgotten(tmp_path: Path) -> None:
    cited = (cite(HARBOUR, Span(0, 20), number=1), cite(RIVAL, Span(0, 20), number=2))
    found = (
        Difference("figure", (Cell(1, 0, 4), Cell(2, 3, 9))),
        Difference("agreed", (Cell(1, 5, 8), Cell(2, 10, 12))),
    )
    said = (Sentence(cited[0].quote, (1,), "quoted"),)
    asker = Person(2, "Two", "en")
    database = open_database(tmp_path)
    questions = Questions(database)
    for _ in range(2):  # worked out again, the later answer counts
        questions.keep(5, Answer("How many?", said, cited, differences=found), room="1", person=asker)

    assert questions.differences(5) == list(found)
    questions.forget("2999-01-01")
    assert questions.differences(5) == []
    database.close()

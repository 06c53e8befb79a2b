"""The whole of an answer as plain text in one language, with [1] markers."""

from __future__ import annotations

from bot.answers.answer import Answer
from bot.showing.notes import note_line
from bot.showing.refusals import refusal
from bot.showing.wording import Words


def answer_text(answer: Answer, words: Words) -> str:
    """The notes, then a sentence a line with what a reader of news needs beside it; or why there is none."""
    notes = [f"({note_line(note, words)})" for note in answer.notes]
    return "\n".join([*notes, *(_refused(answer, words) if answer.abstention else answered(answer, words))])


def answered(answer: Answer, words: Words) -> list[str]:
    """The lines of an answer behind its notes."""
    lines = [words.sentence(one, answer.citations, answer.dates) for one in answer.sentences]
    lines += [words.difference(one, answer.citations) for one in answer.differences]
    lines += [words.correction(one, answer.citations) for one in answer.corrections]
    lines += [words.later(one, answer.citations) for one in answer.later]
    lines += [line] if (line := words.origins(answer.origins)) else []
    return lines


def _refused(answer: Answer, words: Words) -> list[str]:
    """The reason; what may answer follows it, what only comes near does not."""
    why = answer.abstention
    closest = why.nearest if why and why.reason == "unsure" else ()
    return [refusal(answer, words), *(words.quotation(one) for one in closest)]

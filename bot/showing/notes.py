"""The notes of an answer in words: how the question was read, and how the answer came about."""

from __future__ import annotations

from typing import Literal

from bot.answers.lines import in_marks
from bot.answers.notes import (
    AskedDays,
    ModelFailed,
    Newest,
    NoLongerSaid,
    NoModel,
    Note,
    NothingKept,
    Only,
    ReadAs,
    Respelled,
)
from bot.showing.word_table import Values
from bot.showing.wording import Words

NoteKind = Literal[
    "read_as", "only", "respelled", "days", "newest", "taken_back", "corrected", "no_model",
    "model_failed", "model_unfinished", "nothing_kept", "nothing_written",
]  # fmt: skip
_UNITS = (("year", 365), ("month", 30), ("week", 7))  # and their days


def note_line(note: Note, words: Words) -> str:
    """A note as a person reads it: "read as “And in 2019?”"."""
    return words.safe(words.say(f"notes.{note_kind(note)}", _values(note, words)))


def note_kind(note: Note) -> NoteKind:
    """What a note says, as its words are called."""
    match note:
        case ReadAs():
            return "read_as"
        case Only():
            return "only"
        case Respelled():
            return "respelled"
        case AskedDays():
            return "days"
        case Newest():
            return "newest"
        case NoLongerSaid():
            return "taken_back" if note.taken_back else "corrected"
        case NoModel():
            return "no_model"
        case ModelFailed():
            return "model_unfinished" if note.begun else "model_failed"
        case NothingKept():
            return "nothing_kept" if note.wrote else "nothing_written"


def _values(note: Note, words: Words) -> Values:
    match note:
        case ReadAs(question):
            return {"question": question}
        case Only(filters):
            return {"articles": words.articles(filters) or ""}
        case Respelled(asked, found):
            return {"asked": asked, "found": found}
        case AskedDays(said, first, last):
            return {"words": said, "days": words.span(first, last)}
        case Newest(published, days, latest, older):
            ends = words.say("age.ends", {"date": words.day(latest)}) if latest else ""
            numbers = ", ".join(f"[{one}]" for one in older)
            ends += words.say("age.older", {"numbers": numbers}) if older else ""
            return {"date": words.day(published), "age": _age(days, words) + ends}
        case NoLongerSaid(of, _, told):
            named = {"of": words.printed_by(of), "source": words.printed_by(told.article)}
            return {**named, "quote": in_marks(told.quote)}
        case NoModel():
            return {}
        case ModelFailed(llm, trouble):
            return {"llm": llm, "trouble": words.say(f"troubles.{trouble.kind}", {"detail": trouble.detail})}
        case NothingKept(llm):
            return {"llm": llm}


def _age(days: int, words: Words) -> str:
    """In the largest unit of which there are two."""
    if days <= 0:
        return words.say("age.same_day")
    for unit, length in _UNITS:
        if days >= 2 * length:
            return words.counted(f"age.{unit}", days // length)
    return words.counted("age.day", days)

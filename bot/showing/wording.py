"""Who says it, who printed it and when: the words before a sentence and in a list of sources."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence

from bot.answering.dated_words import days_line
from bot.answers.answer import Cell, Correction, DatedWords, Difference, Sentence
from bot.answers.citation import Citation
from bot.answers.origins import Origin
from bot.answers.question import plain_date
from bot.speaking.speaker import UNCLEAR
from index.records import Article

UNDATED = "date unknown"
NOT_PROVED = "In the model’s words, not proved:"
_OBEYED = ("Cc", "Cf", "Cs", "Co")  # control, format (direction, zero width), surrogate, private use
_MARKS = '“”«»„"'


def printed_by(article: Article, also_in: Sequence[str] = ()) -> str:
    """The outlet of an article, its agency and date: "Today.Az, printing Trend, 19 Oct 2020"."""
    outlet = article.outlet or "outlet unknown"
    if article.agency and article.agency.casefold() != outlet.casefold():
        outlet += f", printing {article.agency}"
    if also_in:
        outlet += f" (also in {_listed(also_in)})"
    return plain(f"{outlet}, {dated(article)}")


def dated(article: Article) -> str:
    """The day an article was published, or that it is not known."""
    return plain_date(article.published.partition("T")[0]) if article.published else UNDATED


def lead(sentence: Sentence, citation: Citation) -> str:
    """What stands before a quoted sentence: its speaker, unless the sentence names them, and its outlet."""
    source = printed_by(citation.article, sentence.also_in)
    if sentence.speaker is None or names(sentence.text, sentence.speaker):
        return source
    if sentence.speaker == UNCLEAR:
        return f"Speaker not clear, in {source}"
    role = f" ({sentence.role})" if sentence.role else ""
    via = sentence.voice.via if sentence.voice else None
    role += f", quoted by {via}" if via and not names(sentence.text, via) else ""
    speaker = sentence.speaker[:1].upper() + sentence.speaker[1:]
    return plain(f"{speaker}{role}, in {source}")


def plain(text: str) -> str:
    """Foreign text in one line without what a terminal obeys: escapes, control and direction characters."""
    spaced = " ".join(text.split())
    return "".join(letter for letter in spaced if unicodedata.category(letter) not in _OBEYED)


def names(text: str, speaker: str) -> bool:
    """Whether a text names every speaker of "Anna Lund" or "Norway; Iceland", by the last word at least."""
    return all(
        re.search(rf"(?<!\w){re.escape(one.split()[-1])}(?!\w)", text, re.IGNORECASE)
        for one in speaker.split(";")
        if one.strip()
    )


def in_marks(text: str) -> str:
    """Words of an article as a line of an answer: within quotation marks, unless marks of its own part it.

    A sentence out of the middle of somebody's quotation lacks a mark of a pair; it gets it back.
    """
    line = plain(text)
    inner = line.strip(_MARKS)
    if not any(mark in inner for mark in _MARKS):
        return f"“{inner}”"
    first, last = _lone_marks(line)
    return f"{first}{line}{last}"


def _lone_marks(line: str) -> tuple[str, str]:
    """The marks that a line lacks before and after it: of `we wait,” she said` the first one."""
    for opening, closing in (("“", "”"), ("«", "»")):
        opened = 0
        before = after = ""
        for letter in line:
            opened += (letter == opening) - (letter == closing)
            if opened < 0:
                before, opened = opening, 0
        after = closing if opened > 0 else ""
        if before or after:
            return before, after
    if line.count('"') % 2 and not any(mark in line for mark in "“”«»"):
        at = line.index('"')
        closes = at + 1 == len(line) or not line[at + 1].isalnum()
        return ('"', "") if closes else ("", '"')
    return "", ""


def cited_by(sentence: Sentence, citations: Sequence[Citation]) -> list[Citation]:
    """The citations of a sentence, in its order."""
    by_number = {one.number: one for one in citations}
    return [by_number[number] for number in sentence.citations]


def quotation_line(citation: Citation) -> str:
    """A citation by itself: "Northern Desk, 19 Oct 2020: “We waited.” [1]"."""
    return f"{printed_by(citation.article)}: {in_marks(citation.quote)} [{citation.number}]"


def sentence_line(sentence: Sentence, citations: Sequence[Citation], dates: Sequence[DatedWords] = ()) -> str:
    """A sentence for people: "Anna Lund, in The Courier, 2 May 2020: “We waited on Monday.” [1]".

    A shortening says itself who says it; it is no quotation and looks like none. A model's wording that is
    not proved says that, and its quotations follow. What relative `dates` of a quotation mean stands after
    it, outside the marks: (“on Monday”: 27 Apr 2020).
    """
    marks = "".join(f"[{number}]" for number in sentence.citations)
    if sentence.wording:
        quotes = [quotation_line(one) for one in cited_by(sentence, citations)]
        return "\n".join([f"{NOT_PROVED} {plain(sentence.wording)} {marks}", *quotes])
    if sentence.verdict != "quoted":
        return f"{plain(sentence.text)} {marks}"
    first = next(one for one in citations if one.number == sentence.citations[0])
    days = plain(days_line(dates, first))
    return f"{lead(sentence, first)}: {in_marks(sentence.text)} {marks}{f' ({days})' if days else ''}"


_KINDS: Mapping[str, str] = {
    "figure": "The figures differ",
    "date": "The dates differ",
    "place": "The places differ",
    "actor": "Who it was differs",
    "wording": "The words differ",
    "copy": "One origin, copies differ",
    "update": "A later report is newer",
    "agreed": "Agreed",
}


def difference_name(difference: Difference) -> str:
    """What a difference is called before its cells: "The figures differ"."""
    return _KINDS[difference.kind]


def cell_line(cell: Cell, citations: Sequence[Citation]) -> str:
    """One outlet's words in a difference: "Northern Desk, 19 Oct 2020: “729” [1]"."""
    citation = next(one for one in citations if one.number == cell.citation)
    words = plain(citation.article.body[cell.start : cell.end])
    return f"{printed_by(citation.article)}: “{words.strip(_MARKS)}” [{cell.citation}]"


def difference_line(difference: Difference, citations: Sequence[Citation]) -> str:
    """A difference in one line: its name, then its cells."""
    cells = " · ".join(cell_line(cell, citations) for cell in difference.cells)
    return f"{difference_name(difference)}: {cells}"


def correction_line(note: Correction, citations: Sequence[Citation]) -> str:
    """A note of a cited article: "Northern Desk, 19 Oct 2020, carries a correction: “Correction: …” [1]"."""
    citation = next(one for one in citations if one.number == note.citation)
    words = in_marks(citation.article.body[note.start : note.end])
    return f"{printed_by(citation.article)}, carries a correction: {words} [{note.citation}]"


def origins_line(origins: Sequence[Origin]) -> str:
    """How many outlets stand behind an answer, and how many independent texts; empty for one outlet.

    "3 outlets, 1 origin (Trend)", "3 outlets, 2 origins".
    """
    outlets = len({outlet for one in origins for outlet in one.outlets})
    if outlets < 2:
        return ""
    agency = f" ({origins[0].agency})" if len(origins) == 1 and origins[0].agency else ""
    return plain(f"{outlets} outlets, {len(origins)} origin{'s' if len(origins) > 1 else ''}{agency}")


def _listed(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"

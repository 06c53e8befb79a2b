"""A form that is taken along by its name, by its media type, and made."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from bot.answers.answer import Answer
from bot.showing.formats.bibliography import bibtex_text, csl_text, ris_text
from bot.showing.formats.cells import taken_csv
from bot.showing.formats.reading import newsroom_text, quotes_markdown, taken_html, taken_markdown
from bot.showing.formats.taken import Taken, taken_answer, taken_hits
from index.records import Hit

TakenForm = Literal["markdown", "html", "csv", "ris", "bibtex", "csl-json", "newsroom"]


@dataclass(frozen=True)
class FileKind:
    """What a form is as a file."""

    media_type: str
    suffix: str


FILE_KINDS: dict[TakenForm, FileKind] = {
    "markdown": FileKind("text/markdown", ".md"),
    "html": FileKind("text/html", ".html"),
    "csv": FileKind("text/csv", ".csv"),
    "ris": FileKind("application/x-research-info-systems", ".ris"),
    "bibtex": FileKind("application/x-bibtex", ".bib"),
    "csl-json": FileKind("application/vnd.citationstyles.csl+json", ".json"),
    "newsroom": FileKind("text/plain", ".txt"),
}
_OF_BOTH: dict[TakenForm, Callable[[Taken], str]] = {
    "html": lambda taken: taken_html([taken]),
    "csv": taken_csv,
    "ris": ris_text,
    "bibtex": bibtex_text,
    "csl-json": csl_text,
    "newsroom": newsroom_text,
}


def form_named(name: str) -> TakenForm:
    """The form of a name; raises `KeyError` where there is none."""
    return {str(form): form for form in FILE_KINDS}[name]


def answer_in(form: TakenForm, answer: Answer) -> str:
    """An answer, or an abstention with the nearest evidence, in a form."""
    return taken_markdown(answer) if form == "markdown" else _OF_BOTH[form](taken_answer(answer))


def taken_in(form: TakenForm, taken: Taken) -> str:
    """Whatever is taken along in a form."""
    return quotes_markdown(taken) if form == "markdown" else _OF_BOTH[form](taken)


def hits_in(form: TakenForm, question: str, hits: Sequence[Hit]) -> str:
    """Hits in a form, best first."""
    return taken_in(form, taken_hits(question, hits))

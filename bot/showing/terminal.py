"""Answers and hits for a terminal, with rich: sentences with their marks, then what is cited.

Titles, names and quotations come from strangers. They are put into `Text` objects, never parsed as markup,
and lose every character that a terminal obeys.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, TextIO

from bot.answering.abstaining import NEAREST
from bot.answering.dated_words import days_line
from bot.answers.answer import Answer, DatedWords, Sentence
from bot.answers.citation import Citation
from bot.showing.wording import (
    NOT_PROVED,
    UNDATED,
    cell_line,
    cited_by,
    correction_line,
    dated,
    difference_name,
    in_marks,
    lead,
    origins_line,
    plain,
    printed_by,
    quotation_line,
)
from index.records import Article, Hit

if TYPE_CHECKING:
    from rich.console import Console, RenderableType
    from rich.text import Text

SHORT = "bold green"  # the words that answer
WIDEST = 100  # columns; longer lines are hard to read


def print_answer(answer: Answer, file: TextIO | None = None) -> None:
    """Print an answer or an abstention to a terminal, or as plain text where `file` is none."""
    console = _console(file)
    parts: list[RenderableType] = [_line(f"({note})", "dim") for note in answer.notes]
    if answer.abstention:
        parts.append(_line(_without_notes(answer), "bold"))
        nearest = answer.abstention.nearest
        parts += [_line(""), _line(NEAREST, "dim")] if nearest else []
        parts += [_nearest(one) for one in nearest]
        cited: Sequence[Citation] = nearest
    else:
        for sentence in answer.sentences:
            parts += [_sentence(sentence, answer.citations, answer.dates), _line("")]
        if answer.differences:
            parts += [_differences(answer), _line("")]
        for note in answer.corrections:
            parts += [_line(correction_line(note, answer.citations), "yellow"), _line("")]
        cited = answer.citations
    if cited:
        parts += [_line("")] if answer.abstention else []
        parts.append(_sources(cited))
    if told := origins_line(answer.origins):
        parts += [_line(""), _line(told, "dim")]
    if answer.llm:
        parts += [_line(""), _line(_written(answer), "dim")]
    for part in parts:
        console.print(part)


def print_hits(hits: Sequence[Hit], file: TextIO | None = None) -> None:
    """Print hits, best first: why each is there, and its text."""
    console = _console(file)
    for number, hit in enumerate(hits, start=1):
        console.print(_hit(number, hit))


def _console(file: TextIO | None) -> Console:
    from rich.console import Console

    console = Console(file=file, highlight=False, markup=False, emoji=False, soft_wrap=False)
    console.width = min(console.width, WIDEST)
    return console


def _line(text: str, style: str = "") -> Text:
    from rich.text import Text

    return Text(plain(text), style=style)


def _written(answer: Answer) -> str:
    """Who chose it and what it took: "Chosen by llama3.2, every sentence proved · 1,104 tokens in 1 call"."""
    used = answer.usage
    tokens = f" · {used.input + used.output:,} tokens" if used else ""
    calls = f" in {used.calls} call{'' if used.calls == 1 else 's'}" if used else ""
    return f"{_by_model(answer)}{tokens}{calls}"


def _by_model(answer: Answer) -> str:
    """What a model did, and what of it is proved."""
    if any(one.wording for one in answer.sentences):
        return f"Chosen by {answer.llm}; the quotations are proved, its own words are not"
    return f"Chosen by {answer.llm}, every sentence proved"


def _without_notes(answer: Answer) -> str:
    lines = answer.text.splitlines()
    return " ".join(lines[len(answer.notes) :])


def _sentence(sentence: Sentence, citations: Sequence[Citation], dates: Sequence[DatedWords] = ()) -> Text:
    """A line such as: Anna Lund, in The Courier, 2 May 2020: “We waited.” [1]."""
    from rich.text import Text

    marks = "".join(f"[{number}]" for number in sentence.citations)
    if sentence.verdict != "quoted":
        return _in_other_words(sentence, marks, citations)
    first = next(one for one in citations if one.number == sentence.citations[0])
    quoted = Text(in_marks(sentence.text))
    quoted.stylize(SHORT, *_shown_at(sentence, quoted.plain))
    days = plain(days_line(dates, first))
    shown = (f" ({days})", "dim") if days else ""
    return Text.assemble((lead(sentence, first) + ": ", "bold"), quoted, " ", (marks, "cyan"), shown)


def _in_other_words(sentence: Sentence, marks: str, citations: Sequence[Citation]) -> Text:
    """A shortening, or a wording that says it is not proved; under it the words that it stands for."""
    from rich.text import Text

    quotes = [("\n  " + quotation_line(one), "dim") for one in cited_by(sentence, citations)]
    said = Text.assemble((NOT_PROVED + " ", "yellow")) if sentence.wording else Text()
    return Text.assemble(said, plain(sentence.wording or sentence.text), " ", (marks, "cyan"), *quotes)


def _differences(answer: Answer) -> RenderableType:
    """Where outlets differ or agree: the name of each difference, then its cells, one a line."""
    from rich.table import Table

    table = Table.grid(padding=(0, 2))
    table.add_column(style="bold", no_wrap=True)
    table.add_column(overflow="fold")
    for difference in answer.differences:
        name = difference_name(difference)
        for cell in difference.cells:
            table.add_row(name, cell_line(cell, answer.citations))
            name = ""
    return table


def _shown_at(sentence: Sentence, line: str) -> tuple[int, int]:
    """Where the words that answer stand in the line that shows a sentence; (0, 0) without any."""
    if sentence.short is None:
        return 0, 0
    before, words = plain(sentence.text[: sentence.short.start]), plain(sentence.text[slice(*sentence.short)])
    start = line.find(words, max(0, len(before) - 2))  # the line's own marks may have gone
    return (start, start + len(words)) if words and start >= 0 else (0, 0)


def _nearest(citation: Citation) -> Text:
    from rich.text import Text

    return Text.assemble("  ", (in_marks(citation.quote), "italic"), " ", (f"[{citation.number}]", "cyan"))


def _sources(citations: Sequence[Citation]) -> RenderableType:
    """The list of what is cited: number, outlet and date, title, then where the words stand."""
    from rich.table import Table

    table = Table.grid(padding=(0, 1))
    table.add_column(style="cyan", no_wrap=True)
    table.add_column(overflow="fold")
    for citation in citations:
        place = f"{citation.article.id} · characters {citation.start}–{citation.end}"
        table.add_row(f"[{citation.number}]", _source(citation.article))
        table.add_row("", _line(place, "dim"))
        if citation.article.url:
            table.add_row("", _line(citation.article.url, "dim"))
    return table


def _source(article: Article) -> Text:
    from rich.text import Text

    return Text.assemble((plain(article.title), "italic"), " · ", printed_by(article))


def _hit(number: int, hit: Hit) -> RenderableType:
    from rich.padding import Padding
    from rich.table import Table

    table = Table.grid(padding=(0, 1))
    table.add_column(style="cyan", no_wrap=True)
    table.add_column(overflow="fold")
    table.add_row(f"{number}.", _source(hit.article))
    table.add_row("", _line(_why(hit), "dim"))
    table.add_row("", _line(hit.passage.text))
    return Padding(table, (0, 0, 1, 0))


def _why(hit: Hit) -> str:
    parts = [f"score {hit.score:.3f}"]
    if hit.dense_rank is not None and hit.dense is not None:
        parts.append(f"meaning {hit.dense:.2f} (no. {hit.dense_rank})")
    if hit.bm25_rank is not None and hit.bm25 is not None:
        parts.append(f"words {hit.bm25:.1f} (no. {hit.bm25_rank})")
    if hit.copies:
        also = [f"{copy.outlet or copy.id}, {dated(copy)}" for copy in hit.copies]
        parts.append(f"also in {'; '.join(also).replace(f', {UNDATED}', '')}")
    return " · ".join(parts)

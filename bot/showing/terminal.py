"""Answers and hits for a terminal, with rich: sentences with their marks, then what is cited.

Titles, names and quotations come from strangers. They are put into `Text` objects, never parsed as markup,
and lose every character that a terminal obeys.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, TextIO

from bot.answers.answer import Answer, DatedWords, Sentence
from bot.answers.citation import Citation, Nearest
from bot.answers.lines import in_marks, plain
from bot.showing.notes import note_line
from bot.showing.refusals import refusal
from bot.showing.wording import cited_by, words_of
from index.records import Article, Hit, Span

if TYPE_CHECKING:
    from rich.console import Console, RenderableType
    from rich.text import Text

SHORT = "bold green"  # the words that answer
LIKELY = "bold underline"  # the words that may
UNSURE = "?"  # before each quotation that may answer: without colours it is no answer either
WIDEST = 100  # columns; longer lines are hard to read


def print_answer(answer: Answer, file: TextIO | None = None) -> None:
    """Print an answer or an abstention to a terminal, or as plain text where `file` is none."""
    console = _console(file)
    parts: list[RenderableType] = [_line(f"({note_line(one, words_of())})", "dim") for one in answer.notes]
    if answer.abstention:
        parts += _abstained(answer)
        cited: Sequence[Citation] = answer.abstention.nearest
    else:
        for sentence in answer.sentences:
            parts += [_sentence(sentence, answer.citations, answer.dates), _line("")]
        if answer.differences:
            parts += [_differences(answer), _line("")]
        for note in answer.corrections:
            parts += [_line(words_of().correction(note, answer.citations), "yellow"), _line("")]
        for told in answer.later:
            parts += [_line(words_of().later(told, answer.citations), "yellow"), _line("")]
        cited = answer.citations
    if cited:
        parts += [_line("")] if answer.abstention else []
        parts.append(_sources(cited))
    if behind := words_of().origins(answer.origins):
        parts += [_line(""), _line(behind, "dim")]
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


def _abstained(answer: Answer) -> list[RenderableType]:
    """Why there is no answer, then what may be one, marked as that, or only comes near."""
    why = answer.abstention
    nearest = why.nearest if why else ()
    if why and why.reason == "unsure":
        return [_line(refusal(answer, words_of()), "bold yellow"), *map(_closest, nearest)]
    parts: list[RenderableType] = [_line(refusal(answer, words_of()), "bold")]
    if nearest:
        parts += [_line(""), _line(f"{words_of().say('wording.nearest')}:", "dim"), *map(_nearest, nearest)]
    return parts


def _sentence(sentence: Sentence, citations: Sequence[Citation], dates: Sequence[DatedWords] = ()) -> Text:
    """A line such as: Anna Lund, in The Courier, 2 May 2020: “We waited.” [1]."""
    from rich.text import Text

    marks = "".join(f"[{number}]" for number in sentence.citations)
    if sentence.verdict != "quoted":
        return _in_other_words(sentence, marks, citations)
    first = next(one for one in citations if one.number == sentence.citations[0])
    quoted = Text(in_marks(sentence.text))
    quoted.stylize(SHORT, *_shown_at(sentence.text, sentence.short, quoted.plain))
    days = words_of().days(dates, first)
    shown = (f" ({days})", "dim") if days else ""
    return Text.assemble(
        (words_of().lead(sentence, first) + ": ", "bold"), quoted, " ", (marks, "cyan"), shown
    )


def _in_other_words(sentence: Sentence, marks: str, citations: Sequence[Citation]) -> Text:
    """A shortening, or a wording that says it is not proved; under it the words that it stands for."""
    from rich.text import Text

    quotes = [("\n  " + words_of().quotation(one), "dim") for one in cited_by(sentence, citations)]
    said = Text.assemble((words_of().not_proved + " ", "yellow")) if sentence.wording else Text()
    return Text.assemble(said, plain(sentence.wording or sentence.text), " ", (marks, "cyan"), *quotes)


def _differences(answer: Answer) -> RenderableType:
    """Where outlets differ or agree: the name of each difference, then its cells, one a line."""
    from rich.table import Table

    table = Table.grid(padding=(0, 2))
    table.add_column(style="bold", no_wrap=True)
    table.add_column(overflow="fold")
    for difference in answer.differences:
        name = words_of().say(f"differing.{difference.kind}")
        for cell in difference.cells:
            table.add_row(name, words_of().cell(cell, answer.citations))
            name = ""
    return table


def _shown_at(text: str, short: Span | None, line: str) -> tuple[int, int]:
    """Where the `short` words of a text stand in the line that shows it; (0, 0) without any."""
    if short is None:
        return 0, 0
    before, words = plain(text[: short.start]), plain(text[slice(*short)])
    start = line.find(words, max(0, len(before) - 2))  # the line's own marks may have gone
    return (start, start + len(words)) if words and start >= 0 else (0, 0)


def _closest(citation: Nearest) -> RenderableType:
    """What may answer: "? The Courier, 2 May 2020: “We waited.” [1]", its likely words marked."""
    from rich.table import Table
    from rich.text import Text

    quoted = Text(in_marks(citation.quote))
    quoted.stylize(LIKELY, *_shown_at(citation.quote, citation.short, quoted.plain))
    lead = f"{words_of().printed_by(citation.article)}: "
    table = Table.grid(padding=(0, 1))
    table.add_column(style="bold yellow", no_wrap=True)
    table.add_column(overflow="fold")
    table.add_row(UNSURE, Text.assemble(lead, quoted, " ", (f"[{citation.number}]", "cyan")))
    return table


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

    return Text.assemble((plain(article.title), "italic"), " · ", words_of().printed_by(article))


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
        also = [", ".join(filter(None, (copy.outlet or copy.id, _dated(copy)))) for copy in hit.copies]
        parts.append(f"also in {'; '.join(also)}")
    return " · ".join(parts)


def _dated(article: Article) -> str | None:
    return words_of().day(article.published) if article.published else None

"""An answer for a terminal, with rich: sentences with their marks, then what is cited.

Titles, names and quotations come from strangers. They are put into `Text` objects, never parsed as markup,
and lose every character that a terminal obeys.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, TextIO

from bot.answers.answer import Answer, Sentence
from bot.answers.citation import Citation, Nearest
from bot.answers.lines import found_in, in_marks, plain
from bot.showing.notes import note_line
from bot.showing.refusals import refusal
from bot.showing.wording import cited_by, words_of
from index.records import Article, Span

if TYPE_CHECKING:
    from rich.console import Console, RenderableType
    from rich.text import Text

SHORT = "bold green"  # the words that answer
LIKELY = "bold underline"  # the words that may
UNSTYLED = "**"  # around either, in a file or a pipe
UNSURE = "?"  # before each quotation that may answer: without colours it is no answer either
WIDEST = 100  # columns; longer lines are hard to read


def print_answer(answer: Answer, file: TextIO | None = None) -> None:
    """Print an answer or an abstention to a terminal, or as plain text where `file` is none."""
    console = console_of(file)
    parts: list[RenderableType] = [line_of(f"({note_line(one, words_of())})", "dim") for one in answer.notes]
    if answer.abstention:
        parts += _abstained(answer, console)
        cited: Sequence[Citation] = answer.abstention.nearest
    else:
        for sentence in answer.sentences:
            parts += [_sentence(sentence, answer, console), line_of("")]
        if answer.differences:
            parts += [_differences(answer), line_of("")]
        for note in answer.corrections:
            parts += [line_of(words_of().correction(note, answer.citations), "yellow"), line_of("")]
        for told in answer.later:
            parts += [line_of(words_of().later(told, answer.citations), "yellow"), line_of("")]
        cited = answer.citations
    if cited:
        parts += [line_of("")] if answer.abstention else []
        parts.append(_sources(cited))
    if behind := words_of().origins(answer.origins):
        parts += [line_of(""), line_of(behind, "dim")]
    if answer.llm:
        parts += [line_of(""), line_of(_written(answer), "dim")]
    for part in parts:
        console.print(part)


def console_of(file: TextIO | None) -> Console:
    """Where lines are printed: a terminal, or any file, at most `WIDEST` columns wide."""
    from rich.console import Console

    console = Console(file=file, highlight=False, markup=False, emoji=False, soft_wrap=False)
    console.width = min(console.width, WIDEST)
    return console


def line_of(text: str, style: str = "") -> Text:
    """A line with foreign words, none of which a terminal obeys."""
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


def _abstained(answer: Answer, console: Console) -> list[RenderableType]:
    """Why there is no answer, then what may be one, marked as that, or only comes near."""
    why = answer.abstention
    nearest = why.nearest if why else ()
    if why and why.reason == "unsure":
        closest = [_closest(one, console) for one in nearest]
        return [line_of(refusal(answer, words_of()), "bold yellow"), *closest]
    parts: list[RenderableType] = [line_of(refusal(answer, words_of()), "bold")]
    if nearest:
        parts += [
            line_of(""),
            line_of(f"{words_of().say('wording.nearest')}:", "dim"),
            *map(_nearest, nearest),
        ]
    return parts


def _sentence(sentence: Sentence, answer: Answer, console: Console) -> Text:
    """A line such as: Anna Lund, in The Courier, 2 May 2020: “We waited.” [1]."""
    from rich.text import Text

    marks = "".join(f"[{number}]" for number in sentence.citations)
    if sentence.verdict != "quoted":
        return _in_other_words(sentence, marks, answer.citations)
    first = next(one for one in answer.citations if one.number == sentence.citations[0])
    days = words_of().days(answer.dates, first)
    return Text.assemble(
        (words_of().lead(sentence, first) + ": ", "bold"),
        _quoted(sentence.text, sentence.short, SHORT, console),
        " ",
        (marks, "cyan"),
        (f" ({days})", "dim") if days else "",
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


def _quoted(text: str, short: Span | None, style: str, console: Console) -> Text:
    """Words in quotation marks, the `short` ones marked: where nothing can have a style, by asterisks."""
    from rich.text import Text

    quoted = Text(in_marks(text))
    start, end = found_in(quoted.plain, text, short)
    if start == end or console.color_system:
        quoted.stylize(style, start, end)
        return quoted
    line = quoted.plain
    return Text(f"{line[:start]}{UNSTYLED}{line[start:end]}{UNSTYLED}{line[end:]}")


def _closest(citation: Nearest, console: Console) -> RenderableType:
    """What may answer: "? The Courier, 2 May 2020: “We waited.” [1]", its likely words marked."""
    from rich.table import Table
    from rich.text import Text

    lead = f"{words_of().printed_by(citation.article)}: "
    quoted = _quoted(citation.quote, citation.short, LIKELY, console)
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
        table.add_row(f"[{citation.number}]", source_of(citation.article))
        table.add_row("", line_of(citation.article.id, "dim"))
        if citation.article.url:
            table.add_row("", line_of(citation.article.url, "dim"))
    return table


def source_of(article: Article) -> Text:
    """What is cited: its title, outlet and date."""
    from rich.text import Text

    return Text.assemble((plain(article.title), "italic"), " · ", words_of().printed_by(article))

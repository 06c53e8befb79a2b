"""What tools answer as text: the quotation, its outlet, its date and its link first."""

from __future__ import annotations

from collections.abc import Sequence

from bot.answers.lines import in_marks
from bot.mcp.results import AskedAnswer, ChangedQuotes, ProvedQuote

_UNKNOWN_OUTLET, _UNDATED = "outlet unknown", "date unknown"


def quote_line(quote: ProvedQuote, number: int) -> str:
    """A quotation in one line: “We waited.” — The Courier, 2020-05-02 <address> [1]."""
    printed = f"{quote.outlet or _UNKNOWN_OUTLET}, {quote.published or _UNDATED}"
    return f"[{number}] {in_marks(quote.quote)} — {printed} <{quote.url}>"


def answer_lines(answer: AskedAnswer) -> str:
    """The quotations that prove an answer and the answer itself; or the refusal and what comes nearest."""
    quotes = [quote_line(one, number) for number, one in enumerate(answer.quotes, start=1)]
    parts = [*quotes, "", answer.text] if answer.status == "answered" else [answer.text, "", *quotes]
    return "\n".join(parts).strip()


def changes_lines(changed: ChangedQuotes) -> str:
    """The words that were and those that are, of each change."""
    lines: list[str] = []
    for one in changed.changes:
        printed = one.outlet or _UNKNOWN_OUTLET
        now = in_marks(one.now) if one.now else "taken out"
        lines.append(f"was {in_marks(one.was)}, now {now} — {printed}, {one.title} <{one.url}>")
    return "\n".join(lines) or "Nothing that was cited has changed."


def as_text(lines: Sequence[str]) -> str:
    """Lines as one text."""
    return "\n".join(lines)

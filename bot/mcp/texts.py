"""What tools answer as text: the quotation, its outlet, its date and its link first."""

from __future__ import annotations

from collections.abc import Sequence

from bot.answers.lines import in_marks, plain
from bot.mcp.results import AskedAnswer, ChangedQuotes, ProvedQuote

_UNKNOWN_OUTLET, _UNDATED = "outlet unknown", "date unknown"
_LONGEST_NAME = 120
# Only a line's own parts have these: an outlet called “…” — The Times [2] is no second quotation.
_PARTS = str.maketrans(dict.fromkeys('"“”„«»‟', "'") | dict.fromkeys("[<", "(") | dict.fromkeys("]>", ")"))


def quote_line(quote: ProvedQuote, number: int) -> str:
    """A quotation in one line: “We waited.” — The Courier, 2020-05-02 <address> [1]."""
    printed = f"{_name(quote.outlet or _UNKNOWN_OUTLET)}, {quote.published or _UNDATED}"
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
        printed = _name(one.outlet or _UNKNOWN_OUTLET)
        now = in_marks(one.now) if one.now else "taken out"
        lines.append(f"was {in_marks(one.was)}, now {now} — {printed}, {_name(one.title)} <{one.url}>")
    return "\n".join(lines) or "Nothing that was cited has changed."


def _name(text: str) -> str:
    """An outlet or a title as a part of a line, without the marks of the others."""
    line = plain(text).translate(_PARTS)
    return line if len(line) <= _LONGEST_NAME else f"{line[:_LONGEST_NAME]}…"


def as_text(lines: Sequence[str]) -> str:
    """Lines as one text."""
    return "\n".join(lines)

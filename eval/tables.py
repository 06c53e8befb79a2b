"""A run's summary into tables for a terminal, with rich."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from eval.compare import Change, Flip
from eval.gate import Fault
from eval.measures import BY_NAME, MEASURES
from eval.runs import Run
from eval.studies.claims import ClaimRow
from eval.summary import Mean, Summary
from eval.verdicts import Verdict

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Column, Table

SHOWN_FLIPS = 20

# Columns of the table by kind: what fits into 80 characters and tells the kinds apart.
BY_KIND = ("right", "match", "answered", "abstained", "hit@5")

TOTALS: Mapping[str, str] = {
    "abstention_precision": "abstention precision",
    "abstention_recall": "abstention recall",
    "abstention_f1": "abstention F1",
    "aurc": "risk–coverage area (lower is better)",
    "answer_ms_p50": "ms to an answer, half",
    "answer_ms_p95": "ms to an answer, 95 %",
    "search_ms_p50": "ms to the hits, half",
    "search_ms_p95": "ms to the hits, 95 %",
    "tokens": "tokens of the LLM",
    "cost": "cost of the LLM",
}


def print_summary(console: Console, run: Run, summary: Summary) -> None:
    """The tables overall and by kind."""
    from rich.table import Table

    console.print(
        f"[bold]{_plain(run.set_name)}[/]  {len(run.asked)} cases in {run.seconds:.1f} s", highlight=False
    )
    overall = Table("metric", _right("value"), _right("cases"), title="Overall", title_justify="left")
    groups = {measure.group: measure.group for measure in MEASURES}
    for group in groups:
        rows = [one for one in MEASURES if one.group == group and one.name in summary.overall]
        for measure in rows:
            mean = summary.overall[measure.name]
            label = f"{measure.label} (lower is better)" if measure.better == "lower" else measure.label
            overall.add_row(label, f"{mean.value:.3f}", str(mean.cases))
        if rows:
            overall.add_section()
    for name, label in TOTALS.items():
        value = summary.totals.get(name)
        if value is not None:
            overall.add_row(label, total_words(name, value), "")
    console.print(overall)
    console.print(_by_kind(summary))


def print_failures(console: Console, found: Sequence[Verdict]) -> None:
    """The cases that went wrong: expected, came, why."""
    from rich.markup import escape

    for one in found:
        if one.right is not False:
            continue
        console.print(
            f"[bold red]✗[/] [bold]{escape(one.case.id)}[/]  {escape(one.case.question)}", highlight=False
        )
        console.print(f"    expected  {escape(one.expected)}", highlight=False)
        console.print(f"    came      {escape(one.came[:400])}", highlight=False)
        console.print(f"    [dim]{escape('; '.join(one.faults))}[/]", highlight=False)


def print_changes(
    console: Console, changes: Sequence[Change], *, flipped: Sequence[Flip], before: str
) -> None:
    """What moved since an earlier run, and which cases flipped."""
    from rich.table import Table

    table = Table(
        "metric", *map(_right, ("before", "after", "difference", "95 % interval", "cases")),
        title=f"Against {before}", title_justify="left",
    )  # fmt: skip
    for change in changes:
        colour = _colour(change)
        table.add_row(
            BY_NAME[change.metric].label if change.metric in BY_NAME else change.metric,
            f"{change.before:.3f}",
            f"{change.after:.3f}",
            f"[{colour}]{change.difference:+.3f}[/]",
            f"{change.low:+.3f} … {change.high:+.3f}",
            str(change.cases),
        )
    console.print(table)
    for flip in flipped[:SHOWN_FLIPS]:
        verb = "[green]now right[/]" if flip.after > flip.before else "[red]now wrong[/]"
        console.print(f"{verb}  {_plain(flip.case)}", highlight=False)
    if len(flipped) > SHOWN_FLIPS:
        console.print(f"… and {len(flipped) - SHOWN_FLIPS} more", style="dim")


def print_faults(console: Console, faults: Sequence[Fault]) -> None:
    """What the gate found."""
    for fault in faults:
        console.print(f"[bold red]gate:[/] {_plain(str(fault))}", highlight=False)
    if not faults:
        console.print("[bold green]gate:[/] every threshold kept, nothing fell beyond noise", highlight=False)


def print_claims(console: Console, rows: Sequence[ClaimRow]) -> None:
    """Claims by set: how many are supported and how many not, and of each how many pass as proved wording."""
    from rich.table import Table

    heads = ("supported", "shown in its own words", "not supported", "shown in its own words")
    table = Table("claims", *map(_right, heads))
    for row in rows:
        counts = (row.supported, row.supported_shown, row.unsupported, row.unsupported_shown)
        table.add_row(_plain(row.set), *map(str, counts))
    console.print(table)


def _by_kind(summary: Summary) -> Table:
    from rich.table import Column, Table

    columns = [name for name in BY_KIND if name in summary.overall]
    table = Table(
        Column("kind", no_wrap=True), _right("cases"), *(_right(BY_NAME[name].label) for name in columns),
        title="By kind", title_justify="left",
    )  # fmt: skip
    for row in summary.kinds:
        table.add_row(row.kind, str(row.cases), *(_cell(row.means.get(name)) for name in columns))
    return table


def _right(title: str) -> Column:
    from rich.table import Column

    return Column(title, justify="right", overflow="fold")


def _cell(mean: Mean | None) -> str:
    return f"{mean.value:.2f}" if mean else "–"


def total_words(name: str, value: float) -> str:
    """One of `TOTALS` as it is shown."""
    return f"{value:.1f}" if "_ms_" in name else f"{value:,.0f}" if name == "tokens" else f"{value:.3f}"


def _colour(change: Change) -> str:
    if not change.beyond_noise:
        return "default"
    lower = change.metric in BY_NAME and BY_NAME[change.metric].better == "lower"
    return "green" if (change.difference > 0) != lower else "red"


def _plain(text: str) -> str:
    from rich.markup import escape

    return escape(text)

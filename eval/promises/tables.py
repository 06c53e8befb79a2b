"""Promises and their results into a table: for the terminal, and for `eval/PROMISES.md`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from rich.table import Table

from eval.promises.machine import ROOT
from eval.promises.promise import Promise
from eval.promises.results import Result

DOCUMENT = ROOT / "eval" / "PROMISES.md"
_COLOURS = {"kept": "green", "partly": "yellow", "broken": "bold red", "not measured": "dim"}
_NEVER = "not run here"

_HEAD = """# Promises kept under fire

Written by `python -m eval.promises` (`make promises`; `--only R5` runs one). Each row is as it was measured
last, on the day, commit and machine named below; *not run here*: there is no figure of it yet. *Partly*: kept
as far as it is measured, which is less than the target. What each row runs stands in
[promises.toml](promises/promises.toml); the same as JSON in [results.json](promises/results.json).

| | promise | target | figure | verdict | not measured yet |
|---|---|---|---|---|---|
"""


def terminal_table(promises: Sequence[Promise], results: Mapping[str, Result]) -> Table:
    """One row a promise, in colours."""
    table = Table(show_lines=True)
    for name in ("", "promise", "target", "figure", "verdict", "s"):
        table.add_column(name, overflow="fold", justify="right" if name == "s" else "left")
    for promise in promises:
        result = results.get(promise.number)
        verdict = result.verdict if result else _NEVER
        told = "\n".join((*result.figures, *result.faults)) if result else ""
        table.add_row(
            promise.number,
            promise.promised,
            promise.target,
            told or _counted(result),
            f"[{_COLOURS.get(verdict, 'dim')}]{verdict}[/]",
            f"{result.seconds:.0f}" if result else "",
        )
    return table


def write_document(promises: Sequence[Promise], results: Mapping[str, Result], path: Path = DOCUMENT) -> None:
    """Write the table for readers of the repository."""
    rows = [_row(promise, results.get(promise.number)) for promise in promises]
    measured = "\n".join(_measured(results[one.number]) for one in promises if one.number in results)
    path.write_text(
        f"{_HEAD}{''.join(rows)}\n"
        f"{_named(promises, results)}"
        "## On what\n\n"
        "The encoder's time is that of a passage of `seeds/` just before; the load is how many "
        "processes wanted a processor in the minute before, ours not yet among them.\n\n"
        "| | day | commit | took | cores | processor | encoder, ms a passage | load |\n"
        f"|---|---|---|--:|--:|---|--:|--:|\n{measured}\n",
        encoding="utf-8",
    )


def _row(promise: Promise, result: Result | None) -> str:
    told = (*result.figures, *result.faults) if result else ()
    figure = "<br>".join(told) or _counted(result)
    verdict = f"**{result.verdict}**" if result else _NEVER
    cells = (promise.number, promise.promised, promise.target, figure, verdict, promise.lacks)
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |\n"


def _named(promises: Sequence[Promise], results: Mapping[str, Result]) -> str:
    """What targets name one by one, with the tests that stand for each."""
    sections = []
    for promise in (one for one in promises if one.parts):
        result = results.get(promise.number)
        counts = result.parts if result else {}
        rows = (
            f"| {name} | {counts.get(name, 0):,} | {', '.join(f'`{node}`' for node in nodes)} |\n"
            for name, nodes in promise.parts.items()
        )
        head = f"## {promise.number}, one by one\n\n| | tests that pass | which |\n|---|--:|---|\n"
        sections.append(f"{head}{''.join(rows)}\n")
    return "".join(sections)


def _counted(result: Result | None) -> str:
    return f"{result.tests} tests pass" if result else ""


def _measured(one: Result) -> str:
    on = one.machine
    cells = (
        *(one.number, one.at, on.commit, f"{one.seconds:,.0f} s", str(on.cores), on.processor),
        *(f"{on.encoder_ms:g}", f"{on.load:g}"),
    )
    return "| " + " | ".join(cells) + " |"

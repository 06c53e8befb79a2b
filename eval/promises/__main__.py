"""Try to break Dateline, and say what held: `python -m eval.promises [--only R5]… [--json FILE]`."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import click
from rich.console import Console

from eval.promises.machine import this_machine
from eval.promises.measuring import measure
from eval.promises.promise import Promise, load_promises
from eval.promises.results import (
    RESULTS,
    Result,
    exit_code,
    held_to,
    load_results,
    results_json,
    save_results,
)
from eval.promises.tables import DOCUMENT, terminal_table, write_document


@click.command(
    epilog="""\b
Examples
  python -m eval.promises                     all of them: an hour or so
  python -m eval.promises --only R9 --only R10
  python -m eval.promises --only R5 --scale 0.05   a trial: one twentieth, nothing is kept
  python -m eval.promises --show              the table as it was measured last
\b
Exit codes
  0  what was measured is kept
  1  a promise is broken
  2  none is broken, but one could not be measured here"""
)
@click.option("--only", multiple=True, metavar="NUMBER", help="Measure this promise alone, such as R5.")
@click.option(
    "--json", "to", type=click.Path(dir_okay=False, path_type=Path, allow_dash=True), metavar="FILE"
)
@click.option(
    "--show", is_flag=True, help="Measure nothing; print the last results and write the table anew."
)
@click.option(
    "--scale",
    type=click.FloatRange(0, 1, min_open=True),
    default=1.0,
    help="Run only this part of every count and time, as a trial whose results are not kept.",
)
def main(only: tuple[str, ...], to: Path | None, show: bool, scale: float) -> None:
    """Measure what Dateline promises; the results go into a table, eval/PROMISES.md and JSON.

    What is not measured this time stays in the table as it was measured last.
    """
    promises = load_promises()
    known = [one.number for one in promises]
    unknown = [name for name in only if name.upper() not in known]
    if unknown:
        raise click.BadParameter(f"no promise is called {unknown[0]!r}, expected one of {', '.join(known)}")
    chosen = [one for one in promises if not only or one.number in map(str.upper, only)]
    results, console, errors = _held(promises), Console(), Console(stderr=True)
    if not show:
        for place, promise in enumerate(chosen, start=1):
            with errors.status(f"{promise.number} ({place} of {len(chosen)}): {promise.promised}"):
                result = measure(promise, this_machine(), scale=scale)
            errors.print(f"{promise.number} {result.verdict}, {result.seconds:.0f} s", highlight=False)
            results[promise.number] = result
            if scale == 1:  # at once: a kill loses one, not all
                keep(promises, result)
    if scale == 1 and not show:
        keep(promises)
    measured = [results[one.number] for one in chosen if one.number in results]
    if to and str(to) != "-":
        to.write_text(results_json(measured) + "\n", encoding="utf-8")
    click.echo(results_json(measured)) if str(to) == "-" else console.print(terminal_table(chosen, results))
    sys.exit(exit_code(measured))


def keep(
    promises: Sequence[Promise], *measured: Result, results: Path = RESULTS, document: Path = DOCUMENT
) -> None:
    """Put results in the place of those before; what another run has kept meanwhile stays."""
    kept = _held(promises, results) | {one.number: one for one in measured}
    save_results((kept[one.number] for one in promises if one.number in kept), results)
    write_document(promises, kept, document)


def _held(promises: Sequence[Promise], path: Path = RESULTS) -> dict[str, Result]:
    """What was measured last of each promise that is still made, held to what is known by now."""
    before = load_results(path)
    return {one.number: held_to(one.lacks, before[one.number]) for one in promises if one.number in before}


if __name__ == "__main__":
    main()

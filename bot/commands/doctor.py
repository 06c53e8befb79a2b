"""`dateline doctor`: every check that Dateline has of itself, and what to do about what fails."""

from __future__ import annotations

from dataclasses import asdict

import click

from bot.commands.checkup import checks
from bot.commands.options import current_settings, json_option, print_json

_FAILED_EXIT = 4
_MARKS = {"ok": "ok  ", "warning": "note", "failed": "FAIL"}


@click.command(short_help="Check everything, and say what to do.")
@json_option
@click.pass_context
def doctor(context: click.Context, as_json: bool) -> int:
    """Check everything that Dateline can check of itself, and say what to do about what is not well.

    The home folder, free disk, the clock, the encoder and the sum of its weights, every page of the archive,
    its indexes against twenty articles, a proof in each of these, the feeds, and whether the language model
    answers. Exits with 0 where all is well or worth a note, with 4 where a check failed.

    \b
    Examples
      dateline doctor
      dateline doctor --json
    """
    found = []
    for one in checks(current_settings(context)):
        found.append(one)
        if not as_json:
            click.echo(f"{_MARKS[one.state]}  {one.name:16} {one.found}")
            if one.advice:
                click.echo(f"      {'':16} → {one.advice}")
    if as_json:
        print_json([asdict(one) for one in found])
    return _FAILED_EXIT if any(one.state == "failed" for one in found) else 0

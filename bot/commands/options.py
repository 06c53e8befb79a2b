"""Options that several commands share, and how their values become settings and filters."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, ParamSpec, TypeVar

import click

from index.records import Filters

if TYPE_CHECKING:
    from bot.settings import Settings

P = ParamSpec("P")
R = TypeVar("R")

json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON instead of text.")

_FILTERS = (
    click.option("--outlet", multiple=True, metavar="NAME", help="Only this outlet; may be repeated."),
    click.option("--since", metavar="DATE", help="Published on or after DATE, such as 2020-10-19."),
    click.option("--until", metavar="DATE", help="Published on or before DATE."),
    click.option("--as-of", metavar="DATE", help="Only what had certainly been published by DATE."),
)


def filter_options(command: Callable[P, R]) -> Callable[P, R]:
    """`--outlet --since --until --as-of` on a command."""
    for option in reversed(_FILTERS):
        command = option(command)
    return command


def filters_from(
    outlet: Sequence[str], since: str | None, *, until: str | None, as_of: str | None
) -> Filters:
    """The filters that were given.

    Raises:
        BadFilter: a date is not ISO.
    """
    from index.dates import date_span

    for value in (since, until, as_of):
        if value is not None:
            date_span(value)
    return Filters(tuple(outlet), since, until, as_of)


def current_settings(context: click.Context) -> Settings:
    """The settings of this call, its `--home` on top."""
    from bot.settings import load_settings

    given: Mapping[str, str | Path] = context.obj
    return load_settings(given)


def print_json(value: object) -> None:
    """One JSON value on standard output, readable and in its own script."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


def say(note: str) -> None:
    """One line on standard error, for what is not a result."""
    click.echo(f"dateline: {note}", err=True)

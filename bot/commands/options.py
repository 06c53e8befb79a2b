"""Options that several commands share, and how their values become settings and filters."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from operator import methodcaller
from pathlib import Path
from typing import IO, TYPE_CHECKING, TypeVar

import click

from index.records import Filters

if TYPE_CHECKING:
    from bot.settings import Settings

F = TypeVar("F", bound=Callable[..., object])

json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON instead of text.")

# The names of `bot.showing.formats.chosen.FILE_KINDS`, which is too heavy to load for `--help`.
FORMS = ("markdown", "html", "csv", "ris", "bibtex", "csl-json", "newsroom")


def form_option(*more: str) -> Callable[[F], F]:
    """`--format NAME` on a command, as `form`: text, json, a form that is taken along, or one `more`."""
    return click.option(
        "--format",
        "form",
        type=click.Choice(["text", "json", *FORMS, *more]),
        default="text",
        show_default=True,
        help="What to print: for people, programs, a spreadsheet, a reference manager, a newsroom.",
    )


_META = "bot.commands.filters"  # where a call's filters wait in its context


def _remember(context: click.Context, option: click.Parameter, value: str | tuple[str, ...] | None) -> None:
    context.meta.setdefault(_META, {})[option.name] = value


def _filter_option(name: str, *, metavar: str, multiple: bool = False, text: str) -> Callable[[F], F]:
    return click.option(
        name, metavar=metavar, multiple=multiple, help=text, callback=_remember, expose_value=False
    )


_FILTERS = (
    _filter_option("--outlet", metavar="NAME", multiple=True, text="Only this outlet; may be repeated."),
    _filter_option("--since", metavar="DATE", text="Published on or after DATE, such as 2020-10-19."),
    _filter_option("--until", metavar="DATE", text="Published on or before DATE."),
    _filter_option("--as-of", metavar="DATE", text="Only what had certainly been published by DATE."),
)


def filter_options(command: F) -> F:
    """`--outlet --since --until --as-of` on a command, which asks `filters_of` for what was given."""
    for option in reversed(_FILTERS):
        command = option(command)
    return command


def filters_of(context: click.Context) -> Filters:
    """The filters that were given.

    Raises:
        BadFilter: a date is not ISO.
    """
    from index.dates import date_span

    filters = Filters(**context.meta[_META])
    for value in (filters.since, filters.until, filters.as_of):
        if value is not None:
            date_span(value)
    return filters


def current_settings(context: click.Context) -> Settings:
    """The settings of this call, its `--home` on top."""
    from bot.settings import load_settings

    given: Mapping[str, str | Path] = context.obj
    return load_settings(given)


def print_json(value: object) -> None:
    """One JSON value, of which parts may be models, on standard output: readable and in its own script."""
    dumped = methodcaller("model_dump", mode="json", by_alias=True)
    click.echo(json.dumps(value, default=dumped, ensure_ascii=False, indent=2))


def read_text(file: IO[str]) -> str:
    """All of a text file that was given.

    Raises:
        BadInput: it is not UTF-8.
    """
    from index.errors import BadInput

    try:
        return file.read()
    except UnicodeDecodeError as exc:
        raise BadInput(f"{file.name}: byte {exc.start} is not UTF-8, expected a text file in UTF-8") from exc


def say(note: str) -> None:
    """One line on standard error, for what is not a result."""
    click.echo(f"dateline: {note}", err=True)

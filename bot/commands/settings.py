"""`dateline settings`: what is in force, and how to change it."""

from __future__ import annotations

import click

from bot.commands.options import current_settings, json_option, print_json

_WIDEST = 24  # columns of a value; what is longer pushes its sentence on


@click.command(short_help="Show the settings in force.")
@json_option
@click.pass_context
def settings(context: click.Context, as_json: bool) -> None:
    """Show the settings in force, secrets masked, each with what it is; first the file that they may be in.

    \b
    Each can be set, first found wins:
      on the command line     dateline --home DIR …
      in the environment      DATELINE_HITS=20, DATELINE_HTTP__REQUIRE_KEY=true
      in HOME/settings.toml   hits = 20, http.require_key = true
    """
    from bot.settings import FILE_NAME, described, effective

    in_force = current_settings(context)
    values = effective(in_force)
    if as_json:
        print_json(values)
        return
    file = in_force.home / FILE_NAME
    click.echo(f"{file}" + ("" if file.exists() else " is read where it exists; there is none yet"))
    sentences = described()
    name_width = max(map(len, values))
    value_width = min(_WIDEST, max(map(len, values.values())))
    for name, value in values.items():
        click.echo(f"{name:{name_width}}  {value:{value_width}}  {sentences[name]}")

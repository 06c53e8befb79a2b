"""`dateline remove`: articles out of the archive without a trace."""

from __future__ import annotations

import click

from bot.commands.options import current_settings, json_option, print_json


@click.command(short_help="Remove articles without a trace.")
@click.argument("ids", nargs=-1, required=True, metavar="ID…")
@json_option
@click.pass_context
def remove(context: click.Context, ids: tuple[str, ...], as_json: bool) -> None:
    """Remove articles by their ids: text, vectors, full-text index and logs of quotes.

    All of them go, or none when one is not there. `dateline search` and `dateline ask` show the ids.

    \b
    Examples
      dateline remove 36f9cee1731b
      dateline remove moscow-statement truce-18-october
    """
    from bot.assemble import open_archive
    from bot.follows.database import is_there
    from bot.telling import follow_desk

    settings = current_settings(context)
    with open_archive(settings, write="dateline remove") as archive:
        archive.remove_all(ids)
    if is_there(settings.archive_home):
        with follow_desk(settings) as desk:
            desk.book.forget_articles(ids)
    if as_json:
        print_json({"removed": list(ids)})
    else:
        click.echo(f"removed {len(ids)}")

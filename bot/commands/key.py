"""`dateline key`: API keys for `dateline serve`; each is shown once, when it is made."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import click

from bot.commands.options import current_settings, json_option, print_json, say

if TYPE_CHECKING:
    from bot.http.access.keys import KeyRing


@click.group()
def key() -> None:
    """Make, list and remove keys for the HTTP server.

    A running server takes them up, and forgets removed ones, at once.
    """


@key.command(short_help="Make a key and print it: the only time it can be seen.")
@click.argument("name")
@click.option("--write", is_flag=True, help="It may also add and remove articles.")
@click.option(
    "--per-minute", type=click.IntRange(min=0), help="Its own rate, 0 for no limit.  [default: the server's]"
)
@click.pass_context
def add(context: click.Context, name: str, write: bool, per_minute: int | None) -> None:
    """Make a key named NAME and print it: the only time it can be seen. Only its hash is kept.

    \b
    Examples
      dateline key add newsroom
      dateline key add importer --write --per-minute 0
    """
    with closing(_ring(context)) as ring:
        click.echo(ring.add(name, write=write, per_minute=per_minute))


@key.command("list", short_help="List the keys, not their secrets.")
@json_option
@click.pass_context
def list_keys(context: click.Context, as_json: bool) -> None:
    """List the keys: name, what they may, their rate, when they were made."""
    with closing(_ring(context)) as ring:
        keys = ring.all()
    if as_json:
        print_json([one.model_dump(mode="json", exclude={"sha256"}) for one in keys])
        return
    if not keys:
        say("there are no keys; make one with `dateline key add NAME`")
    for one in keys:
        may = "ask, write" if one.write else "ask"
        rate = "the server's rate" if one.per_minute is None else f"{one.per_minute or 'any number'} a minute"
        click.echo(f"{one.name:20} {may:10}  {rate:20}  made {one.made:%Y-%m-%d}")


@key.command(short_help="Remove a key: it is worthless at once.")
@click.argument("name")
@click.pass_context
def remove(context: click.Context, name: str) -> None:
    """Remove the key named NAME; a running server refuses it at once. Its follows end, too.

    \b
    Example
      dateline key remove newsroom
    """
    from bot.follows.database import is_there
    from bot.telling import follow_desk

    settings = current_settings(context)
    with closing(_ring(context)) as ring:
        owners = [f"key {one.id}" for one in ring.all() if one.name == name]
        ring.remove(name)
    if is_there(settings.archive_home):
        with follow_desk(settings) as desk:
            for one in desk.book.of(*owners):
                desk.book.remove(one)
    click.echo(f"removed {name}")


def _ring(context: click.Context) -> KeyRing:
    from bot.http.access.key_table import keys_of

    return keys_of(current_settings(context).archive_home)

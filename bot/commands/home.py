"""`--home` behind every command as well as before it: `dateline ask "Who?" --home ~/elections`."""

from __future__ import annotations

from pathlib import Path

import click


def take_home_everywhere(command: click.Command) -> None:
    """Give a command, and every command of a group, the option `--home`; the last one given counts."""
    if isinstance(command, click.Group):
        for one in command.commands.values():
            take_home_everywhere(one)
        return
    command.params.append(
        click.Option(
            ["--home"],
            type=click.Path(path_type=Path, file_okay=False),
            help="The archive's folder; as before the command.",
            callback=_remember,
            expose_value=False,
        )
    )


def _remember(context: click.Context, _: click.Parameter, home: Path | None) -> None:
    if home is not None:
        context.obj = {**(context.obj or {}), "home": home}

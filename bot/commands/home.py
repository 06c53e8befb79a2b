"""`--home` behind every command as well as before it: `dateline ask "Who?" --home ~/elections`."""

from __future__ import annotations

from pathlib import Path

import click

from index.storage.postgres.address import is_database


class HomeType(click.ParamType[str | Path]):
    """A folder, or the address of a PostgreSQL database."""

    name = "directory"

    def convert(
        self, value: str | Path, param: click.Parameter | None, ctx: click.Context | None
    ) -> str | Path:
        """The folder as a path, an address as it is."""
        if isinstance(value, str) and is_database(value):
            return value
        folder: Path = click.Path(path_type=Path, file_okay=False).convert(value, param, ctx)
        return folder


def take_home_everywhere(command: click.Command) -> None:
    """Give a command, and every command of a group, the option `--home`; the last one given counts."""
    if isinstance(command, click.Group):
        for one in command.commands.values():
            take_home_everywhere(one)
        return
    command.params.append(
        click.Option(
            ["--home"],
            type=HomeType(),
            help="The archive's folder, or its database; as before the command.",
            callback=_remember,
            expose_value=False,
        )
    )


def _remember(context: click.Context, _: click.Parameter, home: str | Path | None) -> None:
    if home is not None:
        context.obj = {**(context.obj or {}), "home": home}

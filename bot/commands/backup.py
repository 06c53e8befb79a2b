"""`dateline backup` and `dateline restore`: a home folder into one file and back."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.commands.options import current_settings, say
from index.errors import ArchiveError

if TYPE_CHECKING:
    from bot.settings import Settings


@click.command(short_help="Write the whole archive into one file, also while it is served.")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE")
@click.pass_context
def backup(context: click.Context, file: Path) -> None:
    """Write the archive, settings, keys and Telegram's memory into FILE (.tar.gz), for its owner alone.

    The copy is one committed state, also while `dateline serve` answers and `dateline add` adds. What can be
    made again (compiled encoders, the vectors' index, eval runs) is left out.

    \b
    Examples
      dateline backup archive-2026-11-28.tar.gz
      dateline restore archive-2026-11-28.tar.gz --home ~/restored
    """
    from index.storage.backup import back_up

    settings = current_settings(context)
    _expect_file(settings)
    with _progress() as progress:
        written = back_up(settings.home, file, progress=progress)
    say(f"{file}: {written:,} bytes, of {settings.home}")


@click.command(short_help="Put a backup into a home folder that has no archive.")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, exists=True), metavar="FILE")
@click.pass_context
def restore(context: click.Context, file: Path) -> None:
    """Put what `dateline backup` wrote into the home folder, which has no archive yet.

    The archive in it is checked first; where it is damaged nothing is put there. Settings and keys are those
    of the backup: restore no file of a stranger's without a look at them.

    \b
    Example
      dateline restore archive-2026-11-28.tar.gz --home ~/restored
    """
    from bot.http.access.key_file import FILE_NAME as KEYS_FILE
    from bot.settings import FILE_NAME as SETTINGS_FILE
    from index.storage.backup import restore as put_back

    settings = current_settings(context)
    _expect_file(settings)
    home = settings.home
    restored = put_back(file, home)
    say(f"{home}: {restored.articles:,} articles, as they were backed up")
    if trusted := [name for name in (SETTINGS_FILE, KEYS_FILE) if name in restored.files]:
        say(
            f"{' and '.join(trusted)}: taken from the backup, too; look at them with `dateline settings` and"
            " `dateline key list`"
        )


def _expect_file(settings: Settings) -> None:
    """Raise `ArchiveError` for an archive in a database, which has its own tools for that."""
    if settings.archive:
        raise ArchiveError(
            f"{settings.archive}: is a PostgreSQL database, expected an archive in a folder; back it up with "
            "pg_dump or your provider's backups, or copy it into a folder with `dateline move`"
        )


@contextmanager
def _progress() -> Iterator[Callable[[float], None] | None]:
    """A bar on standard error, where somebody looks."""
    if not sys.stderr.isatty():
        yield None
        return
    with click.progressbar(length=100, label="copying", file=sys.stderr) as bar:
        yield lambda part: bar.update(int(part * 100) - bar.pos)

"""`dateline move`: an archive out of a folder into a database, or back, with the proof of it."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.commands.home import HomeType
from bot.commands.options import json_option, print_json, say
from bot.commands.progress import progress_bars

if TYPE_CHECKING:
    from index.retrieval.agreement import Agreement
    from index.storage.engine import ArchiveHome
    from index.storage.tables import TableProof

_QUESTIONS = 200
_DIFFERENT_EXIT = 4
_SHOWN = 3  # questions with other hits; --json has them all


@click.command(short_help="Copy an archive into a database, or back into a folder.")
@click.argument("source", type=HomeType(), metavar="FROM")
@click.argument("target", type=HomeType(), metavar="TO")
@click.option(
    "--questions",
    type=click.IntRange(0),
    default=_QUESTIONS,
    show_default=True,
    help="How many sampled questions are asked of both.",
)
@json_option
def move(source: str | Path, target: str | Path, questions: int, as_json: bool) -> int:
    """Copy the archive in FROM to TO, which has none yet; each is a folder, or postgresql://….

    Articles, revisions, vectors, feeds, the log of quotes, followed questions, keys and Telegram's memory are
    copied; settings stay in the home folder. Broken off, the same command goes on where it was. At the end
    every row of both is compared, and sampled sentences are asked of both, which must give the same hits;
    exits with 4 where they do not. FROM stays as it is. End servers first: what they add meanwhile stays
    behind.

    \b
    Examples
      dateline move ~/.dateline postgresql://news@db.example/news
      dateline move postgresql://news@db.example/news ~/copy --json
    """
    from bot.assemble import load_encoder_for
    from bot.settings import load_settings
    from index.retrieval.agreement import agreement, questions_of
    from index.storage.archive import Archive
    from index.storage.moving import both_opened, copy
    from index.storage.tables import prove

    settings = load_settings({"home": source})
    found: Agreement | None = None
    with (
        progress_bars(shown=not as_json and sys.stderr.isatty()) as bars,
        both_opened(settings.archive_home, _home_of(target)) as (old, new),
    ):
        copy(old, new, tell=partial(bars.tell, "copying"))
        tables = prove(old, new, tell=partial(bars.tell, "comparing")) + _copied_beside(
            settings.archive_home, _home_of(target)
        )
        if questions:
            archives = Archive(old), Archive(new)
            encoder = load_encoder_for(settings, note=say)
            sampled = questions_of(archives[0], questions)
            found = agreement(*archives, encoder, sampled, tell=partial(bars.tell, "asking"))
    same = all(one.same for one in tables) and not (found and found.differing)
    if as_json:
        print_json({
            "same": same,
            "tables": [asdict(one) for one in tables],
            "questions": asdict(found) if found else None,
        })  # fmt: skip
    else:
        _print(tables, found)
        if same:
            click.echo(_next(_home_of(target)))
    return 0 if same else _DIFFERENT_EXIT


def _copied_beside(source: ArchiveHome, target: ArchiveHome) -> list[TableProof]:
    """Copy what is kept beside an archive, and compare it."""
    from bot.follows.database import LAYOUT as FOLLOWS
    from bot.http.access.key_table import copy_keys
    from bot.telegram.updates.database import LAYOUT as TELEGRAM
    from index.storage.side_moving import copy_side

    return [
        *copy_side(source, target, FOLLOWS),
        *copy_side(source, target, TELEGRAM),
        copy_keys(source, target),
    ]


def _home_of(given: str | Path) -> ArchiveHome:
    from index.storage.postgres.address import DatabaseAddress

    return DatabaseAddress(given) if isinstance(given, str) else given.expanduser()


def _print(tables: Sequence[TableProof], found: Agreement | None) -> None:
    for one in tables:
        told = "the same" if one.same else "NOT the same"
        click.echo(f"{one.table:20} {one.rows:>10,} rows, {one.copied:,} copied, {told}")
    if found:
        told = f"{found.same} the same hits, {found.same_but_for_ties} but for ties"
        click.echo(f"{'questions':20} {found.asked:>10,} asked, {told}, {len(found.differing)} others")
        for question in found.differing[:_SHOWN]:
            click.echo(f"{'':20} {'':>10} other hits: {question}")


def _next(target: ArchiveHome) -> str:
    """What to do so that it is used from now on."""
    if isinstance(target, Path):
        return f"It is all there; use it with --home {target}"
    return f'It is all there; use it with archive = "{target}" in settings.toml, or --home'

"""`dateline status`: what is in the archive, and how it is."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from bot.commands.options import current_settings, json_option, print_json

if TYPE_CHECKING:
    from collections.abc import Iterator

    from index.storage.stored import ArchiveStatus


@click.command(short_help="Show what is in the archive, and its health.")
@json_option
@click.pass_context
def status(context: click.Context, as_json: bool) -> None:
    """Show what is in the archive: articles, outlets, dates, copies, encoder, health.

    \b
    Examples
      dateline status
      dateline --home ~/elections status --json
    """
    from bot.assemble import open_archive

    with open_archive(current_settings(context)) as archive:
        state = archive.status()
    if as_json:
        print_json(
            asdict(state) | {"outlets": [{"outlet": name, "articles": n} for name, n in state.outlets]}
        )
        return
    for name, value in _lines(state):
        click.echo(f"{name:10} {value}")


def _lines(state: ArchiveStatus) -> Iterator[tuple[str, str]]:
    from bot.wording import plain

    yield "articles", f"{state.articles} of {state.origins} origins ({state.copies} copies)"
    yield "passages", f"{state.passages}"
    if state.earliest and state.latest:
        yield "published", f"{state.earliest[:10]} to {state.latest[:10]}, {state.undated} of unknown date"
    for number, (outlet, count) in enumerate(state.outlets):
        yield "" if number else "outlets", f"{count:6}  {plain(outlet or 'unknown')}"
    yield "questions", f"{state.questions} asked"
    yield "encoder", f"{state.encoder.name} ({state.encoder.dimensions} dimensions)"
    yield "index", _index_line(state)
    yield "size", f"{state.bytes / 1e6:.1f} MB"


def _index_line(state: ArchiveStatus) -> str:
    if state.index.state == "none":
        return "exact search; a nearest-neighbour index is not needed yet"
    told = (
        f"{state.index.state}: {state.index.indexed} indexed, {state.index.tail} newer are searched exactly"
    )
    return f"{told} ({state.index.reason})" if state.index.reason else told

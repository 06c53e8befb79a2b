"""`dateline timeline`: what the archive tells on one subject, day by day."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import click

from bot.commands.options import (
    current_settings,
    filter_options,
    filters_of,
    form_option,
    json_option,
    print_json,
    say,
)

if TYPE_CHECKING:
    from bot.answering.timeline import Timeline

_NOTHING_EXIT = 1


@click.command(short_help="Show a subject day by day, each sentence cited.")
@click.argument("subject", nargs=-1, required=True, metavar="SUBJECT")
@filter_options
@click.option("--limit", type=click.IntRange(1, 200), default=40, show_default=True, help="Steps at most.")
@form_option()
@json_option
@click.pass_context
def timeline(context: click.Context, subject: tuple[str, ...], limit: int, form: str, as_json: bool) -> int:
    """Show what the archive tells on one subject, oldest first: one cited sentence a day and origin.

    Above it stands how many articles each month has. Where articles tell one story on, the steps of that
    story are all there and say so, and which takes back what was said. Exits with 1 where nothing comes near.

    \b
    Examples
      dateline timeline "Kalbajar"
      dateline timeline "the ceasefire" --since 2020-10 --until 2020-11
      dateline timeline "peacekeepers" --format html > peacekeepers.html
    """
    from bot.answering.timeline import HITS, timeline_of
    from bot.answers.asked import Asked
    from bot.assemble import assemble_with_archive
    from bot.language.lexicon import load_lexicon

    asked = Asked(" ".join(subject), filters_of(context)).cleaned()
    with assemble_with_archive(current_settings(context), note=say) as (dateline, archive):
        hits = asyncio.run(dateline.search(asked, limit=HITS))
        found = timeline_of(
            asked.text, hits, archive, lexicon=load_lexicon(), filters=asked.filters, limit=limit
        )
    _print(found, "json" if as_json else form)
    return 0 if found.steps else _NOTHING_EXIT


def _print(found: Timeline, form: str) -> None:
    from bot.showing.formats.chosen import form_named, taken_in
    from bot.showing.timeline import taken_timeline, timeline_text
    from bot.showing.timeline_json import timeline_body

    if form == "json":
        print_json(timeline_body(found))
    elif form == "text":
        click.echo(timeline_text(found))
    else:
        click.echo(taken_in(form_named(form), taken_timeline(found)), nl=False)

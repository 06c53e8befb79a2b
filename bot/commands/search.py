"""`dateline search`: the passages nearest to a question, with why each is there; no answer."""

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
    from index.records import Hit

_NOTHING_EXIT = 1


@click.command(short_help="Show the passages nearest to a question.")
@click.argument("question", nargs=-1, required=True, metavar="QUESTION")
@filter_options
@click.option("--limit", type=click.IntRange(1, 100), default=12, show_default=True, help="Passages at most.")
@form_option()
@json_option
@click.pass_context
def search(
    context: click.Context,
    question: tuple[str, ...],
    limit: int,
    form: str,
    as_json: bool,
) -> int:
    """Show the passages nearest to a question, best first, each with its id and why it is there.

    A passage is near by its words or by its meaning; --json has ranks and scores. Exits with 0 when
    something was found, with 1 when nothing was.

    \b
    Examples
      dateline search "ceasefire monitoring"
      dateline search "peacekeepers" --since 2020-11-01 --limit 3 --json
      dateline search "peacekeepers" --format csv > passages.csv
    """
    from bot.answers.asked import Asked
    from bot.assemble import assemble

    filters = filters_of(context)
    with assemble(current_settings(context), note=say) as dateline:
        hits = asyncio.run(dateline.search(Asked(" ".join(question), filters), limit=limit))
    _print(" ".join(question), hits, "json" if as_json else form)
    return 0 if hits else _NOTHING_EXIT


def _print(question: str, hits: list[Hit], form: str) -> None:
    from bot.showing.articles_json import HitBody
    from bot.showing.formats.chosen import form_named, hits_in
    from bot.showing.hits import print_hits
    from bot.showing.wording import words_of

    if form == "json":
        print_json([HitBody.model_validate(hit) for hit in hits])
    elif not hits:
        say(words_of().say("near.nothing"))
    elif form == "text":
        print_hits(question, hits)
    else:
        click.echo(hits_in(form_named(form), question, hits), nl=False)

"""What follows came to: `dateline follow run` asks them again, `log` and `feed` show what was told."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.commands.options import current_settings, json_option, print_json, say

if TYPE_CHECKING:
    from bot.follows.teller import TellerTurn
    from bot.follows.told import ToldTelling
    from bot.telling import OwnTeller


@click.command(short_help="Ask everything again now, and send what is due.")
@click.option("--again", is_flag=True, help="Also send what was given up.")
@json_option
@click.pass_context
def run(context: click.Context, again: bool, as_json: bool) -> None:
    """Ask again whatever the archive has moved under, tell what is new, and post what is due; then end.

    For cron, where neither `dateline serve` nor `dateline telegram` runs. What a kill leaves undone is done
    by the next. News for Telegram waits for the bot.

    \b
    Examples
      dateline follow run
      dateline follow run --again --json
    """
    from bot.follows.bodies import TellingBody
    from bot.follows.teller import TellerLock
    from bot.telling import own_teller

    settings = current_settings(context)
    with (
        own_teller(settings, note=say) as own,
        TellerLock(settings.archive_home, command="dateline follow run"),
    ):
        taken_up = own.desk.outbox.again(now=datetime.now(UTC)) if again else 0
        turn = asyncio.run(_turns(own))
    if as_json:
        told = [TellingBody.of(one) for one in turn.told]
        print_json({"asked": turn.asked, "failed": turn.failed, "told": told, "posted": turn.posted})
        return
    for one in turn.told:
        print_told(one)
    failed = f", {turn.failed} could not be asked now" if turn.failed else ""
    tried = f", {taken_up} tried again" if taken_up else ""
    say(f"{turn.asked} asked again, {len(turn.told)} with news, {turn.posted} posted{tried}{failed}")


@click.command(short_help="Show what was told, and what became of it.")
@click.argument("id_", required=False, metavar="[ID]")
@click.option("--limit", type=click.IntRange(1, 1000), default=20, show_default=True, help="At most.")
@json_option
@click.pass_context
def log(context: click.Context, id_: str | None, limit: int, as_json: bool) -> None:
    """Show what was told of all that the command line follows, or of the question ID; the last first.

    Behind it stands each message to a webhook or a chat: sent, waiting, tried how often and why, given up.

    \b
    Examples
      dateline follow log
      dateline follow log 1f2e3d4c5b --json
    """
    from bot.assemble import open_archive
    from bot.follows.bodies import TellingBody
    from bot.follows.book import HOME
    from bot.follows.told import told
    from bot.telling import follow_desk

    settings = current_settings(context)
    with open_archive(settings) as archive, follow_desk(settings) as desk:
        chosen = [desk.book.at(id_)] if id_ else desk.book.of(HOME)
        by_number = {one.number: one for one in chosen}
        tellings = desk.book.tellings(chosen[0], limit=limit) if id_ else desk.book.told_to(HOME, limit=limit)
        found = [told(by_number[one.follow], one, archive) for one in tellings]
        ids = {one.id for one in chosen}
        sent = [one for one in desk.outbox.log(limit=-1) if one.follow in ids][:limit]
        desk.book.seen(HOME)
    if as_json:
        print_json(
            {"tellings": [TellingBody.of(one) for one in found], "messages": [vars(one) for one in sent]}
        )
        return
    for one in found:
        print_told(one)
    for given in sent:
        fault = f"; {given.fault}" if given.fault else ""
        click.echo(
            f"{given.at}Z  {given.channel} {given.state}, tried {given.tries} times{fault}  {given.id}"
        )
    if not found:
        click.echo("Nothing was told yet.")


@click.command(short_help="Print what was told as an Atom feed.")
@click.option(
    "--out", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE", help="Write it to FILE."
)
@click.pass_context
def feed(context: click.Context, out: Path | None) -> None:
    """Print what was told of all that the command line follows as an Atom feed, an entry a telling.

    \b
    Examples
      dateline follow feed > news.atom
      dateline follow feed --out /srv/www/news.atom
    """
    from bot.assemble import open_archive
    from bot.follows.book import HOME
    from bot.follows.feed import feed_of
    from bot.telling import follow_desk

    settings = current_settings(context)
    with open_archive(settings) as archive, follow_desk(settings) as desk:
        made = feed_of(desk.book, HOME, archive)
    if out:
        _replace(out, made)
    else:
        click.echo(made, nl=False)


def _replace(path: Path, content: bytes) -> None:
    """Write a file in one step."""
    from index.whole_file import write_whole

    try:
        write_whole(path, content)
    except OSError as exc:
        raise click.ClickException(f"{path}: cannot be written ({exc.strerror})") from exc


async def _turns(own: OwnTeller) -> TellerTurn:
    """TellerTurn after turn until nothing is left to ask."""
    from bot.follows.teller import TellerTurn

    whole = TellerTurn()
    while True:
        turn = await own.teller.turn(patient=False)
        whole = TellerTurn(
            whole.asked + turn.asked,
            whole.failed + turn.failed,
            (*whole.told, *turn.told),
            whole.posted + turn.posted,
        )
        if not turn.asked:
            return whole


def print_told(one: ToldTelling) -> None:
    """What was told at one moment, for people."""
    from bot.follows.lines import told_lines
    from bot.showing.wording import words_of

    first, *rest = told_lines(one, words_of())
    click.echo(f"{one.telling.at[:16].replace('T', ' ')} UTC  {first}")
    for line in rest:
        click.echo(line)

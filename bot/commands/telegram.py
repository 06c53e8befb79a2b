"""`dateline telegram`: the Telegram bot alone, and who may ask it."""

from __future__ import annotations

import asyncio
import logging
import signal
from collections.abc import Iterator, Sequence
from contextlib import AsyncExitStack, closing, contextmanager
from typing import TYPE_CHECKING

import click

from bot.commands.options import current_settings, json_option, print_json, say

if TYPE_CHECKING:
    from bot.answering.ports import Asker, Library
    from bot.settings import Settings
    from bot.telegram.chat.members import Members
    from bot.telegram.run import CompanionBot
    from index.storage.archive import Archive

_NOTHING_EXIT = 1


@click.group(invoke_without_command=True, short_help="Answer questions in Telegram.")
@click.pass_context
def telegram(context: click.Context) -> int | None:
    """Answer questions in Telegram until Ctrl-C or SIGTERM.

    The token comes from @BotFather. With it set, `dateline serve` runs the bot too; do not run both. What has
    come in is stored before Telegram is told so: a kill loses no question.

    \b
    Examples
      DATELINE_TELEGRAM__TOKEN=123:abc dateline telegram
      dateline telegram approve ABCD-EFGH
    """
    if context.invoked_subcommand is not None:
        return None
    from bot.assemble import answering, load_encoder_of_archive, open_archive, reader_for
    from index.errors import BadSetting

    settings = current_settings(context)
    if not settings.telegram.token.get_secret_value():
        raise BadSetting("telegram.token is empty, expected the one that @BotFather gave")
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(name)s %(message)s")
    logging.getLogger("dateline.telegram").setLevel(logging.INFO)
    encoder = load_encoder_of_archive(settings, note=say)
    with open_archive(settings, encoder) as archive:
        archive.warm()
        reader = reader_for(settings)
        dateline = answering(archive, encoder, hits=settings.hits, llm=settings.llm, reader=reader)
        asyncio.run(_until_told(dateline, archive, settings))
    return 0


def beside_server(asker: Asker, library: Library, settings: Settings) -> Sequence[CompanionBot]:
    """The bot that runs beside the server and asks what the server asks; none without a token."""
    if not settings.telegram.token.get_secret_value():
        return ()
    from bot.telegram.run import CompanionBot

    logging.getLogger("dateline.telegram").setLevel(logging.INFO)
    return (
        CompanionBot(
            asker, library, settings.telegram, home=settings.archive_home, note=say, follows=settings.follows
        ),
    )


async def _until_told(asker: Asker, archive: Archive, settings: Settings) -> None:
    """Run the bot until a signal, or until Telegram refuses the token."""
    from bot.telegram.run import running
    from bot.telling import CompanionTeller

    told = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, told.set)
    teller = CompanionTeller(settings, asker, archive, command="dateline telegram", note=say)
    running_bot = running(
        asker, archive, settings.telegram, home=settings.archive_home, note=say, follows=settings.follows
    )
    async with running_bot as bot, AsyncExitStack() as stack:
        await teller.start()
        stack.push_async_callback(teller.close)
        waits = [asyncio.ensure_future(one) for one in (told.wait(), bot.ended())]
        done, pending = await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
        for one in pending:
            one.cancel()
        for one in done:
            one.result()


@telegram.command(short_help="Let in whoever was given a code.")
@click.argument("code")
@click.pass_context
def approve(context: click.Context, code: str) -> int:
    """Let in the user or group that the bot gave CODE to; the setting telegram.access is "pairing"."""
    with _members(context) as members:
        found = members.approve(code)
    if found is None:
        say(f"no such code, or it has run out: {code}")
        return _NOTHING_EXIT
    click.echo(f"{found.id} {found.name} is in")
    return 0


@telegram.command(short_help="List who was let in, and the codes that wait.")
@json_option
@click.pass_context
def members(context: click.Context, as_json: bool) -> None:
    """List who was let in by a code, and the codes that wait for an admin."""
    with _members(context) as kept:
        let_in, codes = kept.all(), kept.codes()
    if as_json:
        print_json({"members": [vars(one) for one in let_in], "codes": [vars(one) for one in codes]})
        return
    for member in let_in:
        click.echo(f"{member.id:15} in since {member.at[:10]}  {member.name}")
    for code in codes:
        click.echo(f"{code.id:15} waits: {code.code}  {code.name}")


@telegram.command(short_help="Put out a user or group that was let in.")
@click.argument("number", type=int)
@click.pass_context
def remove(context: click.Context, number: int) -> int:
    """Put out the user or group of that NUMBER; a running bot heeds it at once."""
    with _members(context) as kept:
        if kept.remove(number):
            click.echo(f"removed {number}")
            return 0
    say(f"{number} was not let in by a code")
    return _NOTHING_EXIT


@contextmanager
def _members(context: click.Context) -> Iterator[Members]:
    from bot.telegram.chat.members import Members
    from bot.telegram.updates.database import open_database

    with closing(open_database(current_settings(context).archive_home)) as database:
        yield Members(database)

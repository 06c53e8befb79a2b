"""`dateline follow`: a question that answers again whenever articles come in, and tells once what is new."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from bot.commands.follow_told import feed, log, print_told, run
from bot.commands.options import (
    current_settings,
    filter_options,
    filters_of,
    json_option,
    print_json,
    say,
)

if TYPE_CHECKING:
    from bot.follows.records import Follow

_QUESTION = "question"  # the command that `dateline follow "Who won?"` is


class _FollowGroup(click.Group):
    """What is none of its commands is a question to follow."""

    def parse_args(self, context: click.Context, args: list[str]) -> list[str]:
        own = (*self.commands, *context.help_option_names)
        return super().parse_args(context, args if not args or args[0] in own else [_QUESTION, *args])

    def format_options(self, context: click.Context, formatter: click.HelpFormatter) -> None:
        command = self.commands[_QUESTION]
        rows = [row for one in command.get_params(context) if (row := one.get_help_record(context))]
        with formatter.section("Options of a question"):
            formatter.write_dl(rows)
        self.format_commands(context, formatter)


@click.group(
    cls=_FollowGroup,
    short_help="Tell once what is new of a question, whenever articles come in.",
    subcommand_metavar="QUESTION | COMMAND",
)
def follow() -> None:
    """Follow a question: it answers again whenever articles come in, and what is new of it is told once.

    New are further independent origins, another answer, a quotation that its article changed, took out or
    corrected, and an answer where there was none. `dateline serve` and `dateline telegram` ask again by
    themselves, `dateline follow run` does it once. What is told is posted to the webhook, if there is one,
    and stands in `dateline follow log` and `dateline follow feed`.

    \b
    Examples
      dateline follow "Who chairs the port authority?"
      dateline follow "When does the bridge open?" --webhook https://desk.example/news --quiet 22-7
      dateline follow "How many were hurt?" --outlet "Harbour Gazette" --digest 08:00 --zone Europe/Berlin
      dateline follow list
      dateline follow run --json
    """


@follow.command(_QUESTION, hidden=True)
@click.argument("question", nargs=-1, required=True, metavar="QUESTION")
@filter_options
@click.option("--webhook", metavar="URL", help="Post what is new to URL, signed (Standard Webhooks).")
@click.option("--quiet", metavar="HOURS", help="Send nothing in these hours, such as 22-7.")
@click.option("--digest", metavar="TIME", help="Send all of a day at once, such as at 08:00.")
@click.option(
    "--zone", metavar="ZONE", help="By whose clock, such as Europe/Berlin.  [default: this machine's]"
)
@json_option
@click.pass_context
def ask(
    context: click.Context,
    question: tuple[str, ...],
    webhook: str | None,
    quiet: str | None,
    digest: str | None,
    zone: str | None,
    as_json: bool,
) -> None:
    """Follow QUESTION, and show what the archive says now.

    \b
    Examples
      dateline follow "Who chairs the port authority?"
      dateline follow "When does the bridge open?" --webhook https://desk.example/news --quiet 22-7
    """
    from bot.follows.bodies import FollowBody, TellingBody
    from bot.follows.book import HOME
    from bot.follows.records import FollowRequest
    from bot.telling import checked_webhook, own_teller, times_for

    settings = current_settings(context)
    request = FollowRequest(
        " ".join(question),
        filters_of(context),
        times_for(settings.follows, zone=zone, quiet=quiet, digest=digest),
        checked_webhook(settings, webhook) if webhook else None,
    )
    with own_teller(settings, note=say) as own:
        added = own.desk.book.add(HOME, request, now=datetime.now(UTC))
        told = asyncio.run(own.teller.first(added.follow)) if added.follow.status == "new" else None
        found = own.desk.book.at(added.follow.id)
        own.desk.book.seen(HOME)
    if as_json:
        telling = TellingBody.of(told) if told else None
        print_json({"follow": FollowBody.of(found), "secret": added.secret, "told": telling})
        return
    if told:
        print_told(told)
    click.echo(f"{'followed' if added.is_new else 'followed already'} as {found.id}")
    if added.secret:
        click.echo(f"secret of the webhook, shown only now: {added.secret}")


@follow.command("list", short_help="List what is followed, and how much is new.")
@click.option(
    "--all", "everybody", is_flag=True, help="Also what keys, chats and readers of the page follow."
)
@json_option
@click.pass_context
def list_follows(context: click.Context, everybody: bool, as_json: bool) -> None:
    """List the questions that are followed, whether they are answered, and how much is new of each.

    \b
    Examples
      dateline follow list
      dateline follow list --all --json
    """
    from bot.follows.bodies import FollowBody
    from bot.follows.book import HOME
    from bot.telling import follow_desk

    with follow_desk(current_settings(context)) as desk:
        found = desk.book.all() if everybody else desk.book.of(HOME)
    if as_json:
        print_json({"follows": [FollowBody.of(one) for one in found]})
        return
    for one in found:
        _print_follow(one, owner=everybody)
    if not found:
        click.echo('Nothing is followed; `dateline follow "QUESTION"` begins it.')


@follow.command(short_help="Follow questions no more.")
@click.argument("ids", nargs=-1, required=True, metavar="ID…")
@json_option
@click.pass_context
def remove(context: click.Context, ids: tuple[str, ...], as_json: bool) -> None:
    """Follow the questions of these ids no more; what was told of them, and what is on its way, goes too.

    \b
    Example
      dateline follow remove 1f2e3d4c5b
    """
    from bot.telling import follow_desk

    with follow_desk(current_settings(context)) as desk:
        found = [desk.book.at(one) for one in ids]  # all or none
        for one in found:
            desk.book.remove(one)
    if as_json:
        print_json({"removed": [one.id for one in found]})
        return
    for one in found:
        click.echo(f"no longer followed: {one.request.question}")


for command in (run, log, feed):
    follow.add_command(command)


def _print_follow(one: Follow, *, owner: bool) -> None:
    from bot.answers.lines import plain
    from bot.showing.wording import words_of

    request, words = one.request, words_of()
    news = f"{one.new} new" if one.new else ""
    quiet = f"quiet {request.times.quiet_text}" if request.times.quiet else ""
    digest = f"digest {request.times.digest_text}" if request.times.digest else ""
    zone = request.times.zone if quiet or digest else ""
    hook = (
        f"webhook {request.webhook}{' (wants no more)' if one.webhook_off else ''}" if request.webhook else ""
    )
    told = (
        words.say(f"follow_statuses.{one.status}"), news, words.filters(request.filters), hook,
        quiet, digest, zone, one.owner if owner else "", one.fault or "",
    )  # fmt: skip
    click.echo(plain(f"{one.id}  {request.question}"))
    click.echo(plain(f"  {' · '.join(filter(None, told))}"))

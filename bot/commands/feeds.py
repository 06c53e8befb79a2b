"""`dateline feeds`: the feeds that were added and what came of them; pause, resume, remove."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from bot.commands.options import current_settings, json_option, print_json
from bot.commands.watch import local_time

if TYPE_CHECKING:
    from index.feeds.records import Feed
    from index.storage.feeds import FeedMemory


@click.group(invoke_without_command=True, short_help="List the feeds that were added; pause, remove.")
@json_option
@click.pass_context
def feeds(context: click.Context, as_json: bool) -> None:
    """List the feeds that were added: last and next reading, new and changed articles, errors by name.

    `dateline add` adds feeds, sitemaps and OPML lists by their address; `dateline watch` reads them. Pages
    that were added by their address are counted behind them: each is looked at again for a month.

    \b
    Examples
      dateline feeds
      dateline feeds --json
      dateline feeds pause https://news.example/rss.xml
    """
    if context.invoked_subcommand is not None:
        return
    from bot.showing.feeds_json import FeedBody

    found = _memory(context).listed()
    if as_json:
        print_json({"feeds": [FeedBody.of(feed) for feed in found]})
        return
    for feed in found:
        _print(feed)
    if not found:
        click.echo("No feed was added; `dateline add https://…` adds a feed, a sitemap or an OPML list.")


@feeds.command(short_help="Read a feed no more, until it is resumed.")
@click.argument("url")
@click.pass_context
def pause(context: click.Context, url: str) -> None:
    """Read the feed at URL no more, until it is resumed. Its articles stay.

    \b
    Example
      dateline feeds pause https://news.example/rss.xml
    """
    memory, address = _named(context, url)
    memory.pause(address, paused=True)
    click.echo(f"paused {url}")


@feeds.command(short_help="Read a paused or ended feed again.")
@click.argument("url")
@click.pass_context
def resume(context: click.Context, url: str) -> None:
    """Read the feed at URL again, from the next look of `dateline watch` on; also one that had ended.

    \b
    Example
      dateline feeds resume https://news.example/rss.xml
    """
    memory, address = _named(context, url)
    memory.pause(address, paused=False)
    click.echo(f"resumed {url}")


@feeds.command(short_help="Forget a feed; its articles stay.")
@click.argument("url")
@click.pass_context
def remove(context: click.Context, url: str) -> None:
    """Forget the feed at URL. Its articles stay; `dateline remove ID…` removes those.

    \b
    Example
      dateline feeds remove https://news.example/rss.xml
    """
    memory, address = _named(context, url)
    memory.remove(address)
    click.echo(f"removed {url}; its articles stay")


def _memory(context: click.Context) -> FeedMemory:
    from bot.feeds import feed_memory

    return feed_memory(current_settings(context))


def _named(context: click.Context, given: str) -> tuple[FeedMemory, str]:
    """The memory, and a feed's address as it was added, for one that differs in "www." or a final slash."""
    from index.articles.identity import normal_url, web_address

    memory = _memory(context)
    if web_address(given) is None:
        return memory, given
    alike = [feed.url for feed in memory.all() if normal_url(feed.url) == normal_url(given)]
    return memory, given if given in alike or len(alike) != 1 else alike[0]


def _print(feed: Feed) -> None:
    from bot.answers.lines import plain

    read = f"read {local_time(feed.read_at)} ({feed.status})" if feed.read_at else "not read yet"
    following = feed.ended or ("paused" if feed.paused else f"next {local_time(feed.next_at)}")
    errors = [f"{name} {times}" for name, times in sorted(feed.errors.items())]
    if feed.kind == "pages":
        click.echo(f"{feed.title}\n  {feed.new} looked at again · {following} · {feed.changed} changed")
        return
    click.echo(plain(f"{feed.title or feed.kind}  {feed.url}"))
    told = (feed.kind, read, following, f"{feed.new} new", f"{feed.changed} changed", *errors)
    click.echo(plain(f"  {' · '.join(told)}"))

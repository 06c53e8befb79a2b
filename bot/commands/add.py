"""`dateline add`: files, folders and web pages into the archive, with a progress bar and a report."""

from __future__ import annotations

import itertools
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.commands.options import current_settings, json_option, print_json, say
from bot.commands.progress import ProgressBars, progress_bars
from bot.commands.watch import line_of, report_json
from index.errors import BadInput

if TYPE_CHECKING:
    from index.articles.web import Source
    from index.storage.archive import Archive
    from index.storage.tally import Progress, Report

_STOPPED_EXIT = 130
_REFUSED_EXIT = 3


@click.command(short_help="Add articles from files, folders and web pages.")
@click.argument("sources", nargs=-1, required=True, metavar="PATH|URL…")
@click.option("--outlet", metavar="NAME", help="The outlet of those articles that do not name theirs.")
@click.option(
    "--published", metavar="DATE", help="When those were published that do not say, such as 2020-10-19."
)
@click.option("--language", metavar="TAG", help="The language of those that do not say theirs, such as en.")
@click.option("--quiet", "-q", is_flag=True, help="No progress bar, and no report when nothing was refused.")
@json_option
@click.pass_context
def add(
    context: click.Context,
    sources: tuple[str, ...],
    outlet: str | None,
    published: str | None,
    language: str | None,
    quiet: bool,
    as_json: bool,
) -> int:
    """Add articles from files, folders and web pages; adding them again changes nothing.

    Reads Markdown with front matter (.md), JSON lines (.jsonl), plain text as copied from a web page (.txt),
    HTML (.html), pages by their address, and exports, known by what they hold: ninjs, NewsML 1 and G2, NITF,
    WordPress (WXR), CSV and TSV, Parquet, WARC and ARC, a channel of Telegram Desktop (result.json); each
    also gzipped. What cannot be read is refused with its reason; the others go in. --outlet, --published and
    --language say what files do not; what a file says of itself always stands. Ctrl-C ends after the batch
    at hand; run the same again to go on.

    In an archive that an earlier Dateline made, what it holds is then compared as it is now: which articles
    are copies, which tell a story later or take it back.

    The address of a feed (RSS, Atom, JSON Feed), a sitemap or an OPML list, or a file of OPML, is read once
    and remembered: `dateline watch` reads it on, `dateline feeds` lists what is remembered. A file of a feed
    is read once. A page that was added by its address is watched for corrections, too.

    A page is fetched as its robots.txt allows, one a host at a time; added again, it is asked whether it has
    changed, and what has is a new revision. Addresses of private networks are refused, but for the hosts in
    the setting web.hosts.

    \b
    Examples
      dateline add articles/
      dateline add 2020/*.md wire.jsonl.gz page.html
      dateline add https://news.example/2024/05/bridge articles/
      dateline add https://news.example/rss.xml subscriptions.opml
      dateline add clippings/ --outlet "Harbour Gazette" --published 1987-05
      dateline add wordpress-export.xml crawl.warc.gz articles.csv
    """
    from bot.assemble import fetcher_for, load_encoder_for, open_archive
    from bot.feeds import feed_tools
    from index.articles.draft import supplied_of
    from index.articles.web import Web, count_sources, read_sources, sources_of
    from index.feeds.alone import page_item
    from index.feeds.outcome import FeedReport
    from index.feeds.subscribing import FeedsGiven, subscribed, with_feeds
    from index.storage.ingest import ingest

    settings = current_settings(context)
    supplied = supplied_of(outlet=outlet, published=published, language=language)
    shown = not quiet and sys.stderr.isatty()
    lists = FeedsGiven()
    given = lists.without_files(_of_which_some_are_there(sources_of(sources)))
    encoder = load_encoder_for(settings, note=_silent if quiet else say)
    with (
        open_archive(settings, encoder, write="dateline add") as archive,
        fetcher_for(settings) as fetcher,
        progress_bars(shown=shown) as bars,
    ):
        earlier = archive.unrelated()
        advance = _advancing(bars, total=count_sources(given) if shown else 0)
        remembered = partial(page_item, now=datetime.now(UTC))
        web = Web(
            fetcher,
            known=archive.known_page,
            tell=_fetching(bars),
            is_feed=lists.is_feed,
            remembered=remembered,
        )
        report = ingest(archive, encoder, read_sources(given, web, supplied=supplied), progress=advance)
        store = partial(ingest, archive, encoder, progress=advance)
        with feed_tools(settings, archive, fetcher, store=store, tell=_fetching(bars)) as tools:
            read = [] if report.stopped else list(subscribed(lists.given, tools))
        left = 0 if report.stopped else _compare_earlier(archive, bars)
    report = with_feeds(report, read)
    feeds = [one for one in read if isinstance(one, FeedReport)]
    if as_json:
        print_json(_as_json(report) | {"feeds": [report_json(one) for one in feeds]})
    elif report.refused or report.stopped or not quiet:
        _print_report(report)
        for one in feeds:
            click.echo(f"feed     {line_of(one)}")
    if left:
        click.echo(
            f"stopped; {left:,} of an earlier Dateline are not compared yet, add anything to go on", err=True
        )
    elif earlier and not (quiet or report.stopped):
        click.echo(f"compared {earlier:,} articles of an earlier Dateline with the others", err=as_json)
    if report.stopped or left:
        return _STOPPED_EXIT
    return _REFUSED_EXIT if report.refused else 0


def _of_which_some_are_there(given: list[Source]) -> list[Source]:
    """What is given, unless all of it is missing: that is told before an archive is made of nothing."""
    missing = [one for one in given if isinstance(one, Path) and not one.exists()]
    if len(missing) == len(given):
        raise BadInput(
            f"{', '.join(map(str, missing))}: does not exist, expected files, folders or addresses"
        )
    return given


def _advancing(bars: ProgressBars, *, total: int) -> Callable[[Progress], None]:
    """What is told of each article that is settled; a feed may bring more than were counted."""
    done = itertools.count(1)
    bars.tell("adding", 0, total)

    def advance(step: Progress) -> None:
        bars.tell("adding", next(done), total)
        bars.at(step.where)

    return advance


def _compare_earlier(archive: Archive, bars: ProgressBars) -> int:
    """Relate all that an earlier Dateline stored, or some until a signal; how many are left."""
    from index.storage.ingest import EARLIER
    from index.storage.signals import until_signalled

    total = left = archive.unrelated()
    with until_signalled() as stopped:
        while left and not stopped():
            bars.tell("comparing", total - left, total)
            left = archive.relate(limit=EARLIER)
    return left


def _fetching(bars: ProgressBars) -> Callable[[str], None]:
    """What is told of each address that is fetched."""
    return lambda address: bars.at(f"fetching {address}")


def _print_report(report: Report) -> None:
    from bot.answers.lines import plain

    counts = ("added", "updated", "unchanged", "copies")
    told = [f"{name} {getattr(report, name)}" for name in counts]
    click.echo(" · ".join([*told, f"refused {len(report.refused)}"]))
    for count, first, what, option in (
        (report.undated, report.undated_first, "date", "--published"),
        (report.unnamed, report.unnamed_first, "outlet", "--outlet"),
    ):
        if count:
            more = f" and {count - len(first):,} more" * (count > len(first))
            click.echo(
                f"without {what} {count}: {plain(', '.join(first))}{more} ({option} says it for files)"
            )
    for refusal in report.refused:
        click.echo(f"refused  {plain(refusal.where)}: {plain(refusal.reason)}", err=True)
    for note in report.notes:
        click.echo(f"note     {plain(note)}", err=True)
    if report.stopped:
        click.echo(
            "stopped before the end; what is reported above is stored, run the same again to go on", err=True
        )


def _as_json(report: Report) -> dict[str, object]:
    return {
        "added": report.added,
        "updated": report.updated,
        "unchanged": report.unchanged,
        "copies": report.copies,
        "without_date": report.undated,
        "without_outlet": report.unnamed,
        "refused": [{"where": refusal.where, "reason": refusal.reason} for refusal in report.refused],
        "notes": list(report.notes),
        "stopped": report.stopped,
    }


def _silent(_: str) -> None:
    """Tell nobody."""

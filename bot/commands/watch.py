"""`dateline watch`: the feeds that were added, read as often as they allow; alone or beside `serve`."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import threading
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

import click

from bot.commands.options import current_settings, json_option, say

if TYPE_CHECKING:
    from bot.settings import Settings
    from index.encoding.encoder import Encoder
    from index.feeds.outcome import FeedReport
    from index.feeds.records import Feed
    from index.storage.archive import Archive

_LOCKED_WAIT = 10.0  # seconds until a server looks again whether another process still watches


@click.command(short_help="Read the feeds that were added, as often as they allow.")
@click.option("--once", is_flag=True, help="Read what is due now and end, as for cron.")
@json_option
@click.pass_context
def watch(context: click.Context, once: bool, as_json: bool) -> None:
    """Read the feeds and sitemaps that were added, as often as they allow, until Ctrl-C or SIGTERM.

    A line is printed for each reading. A feed is asked once an hour where it can say that nothing has
    changed, once a day where it cannot, and less often where it wants that. A changed item is a new revision
    of its article. A page that was added by its address is asked for again after two hours, then each time
    it is twice as old, for a month. One process watches an archive; the setting `watch` does it beside
    `dateline serve`. What a kill leaves undone is done by the next.

    \b
    Examples
      dateline add https://news.example/rss.xml
      dateline watch
      dateline watch --once --json
    """
    from bot.assemble import load_encoder_of_archive, open_archive
    from bot.feeds import watching
    from index.feeds.watch import WatchLock

    settings, stop = current_settings(context), threading.Event()
    encoder = load_encoder_of_archive(settings, note=say)
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # both end it in the same way
    tell = _tell_json if as_json else _tell
    with (
        WatchLock(settings.archive_home, command="dateline watch") as lock,
        open_archive(settings, encoder) as archive,
        watching(settings, archive, encoder, tell=tell, stop=stop, lock=lock) as watcher,
    ):
        _say_what(watcher.feeds(), due=len(watcher.due()))
        work = threading.Thread(target=watcher.once if once else watcher.run, name="watching")
        work.start()
        _wait_for(work, stop)


def beside_server(settings: Settings, archive: Archive, encoder: Encoder) -> Sequence[CompanionWatch]:
    """The watcher that runs beside the server, where the settings want one."""
    return (CompanionWatch(settings, archive, encoder),) if settings.watch else ()


class CompanionWatch:
    """Watches in a thread of the server; waits while another process does."""

    def __init__(self, settings: Settings, archive: Archive, encoder: Encoder) -> None:
        self._settings, self._archive, self._encoder = settings, archive, encoder
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="watching")

    async def start(self) -> None:
        """Begin."""
        self._thread.start()

    async def close(self) -> None:
        """End after the portion at hand."""
        self._stop.set()
        await asyncio.to_thread(self._thread.join)

    def _run(self) -> None:
        from bot.feeds import watching
        from index.errors import ArchiveError
        from index.feeds.watch import WatchLock

        said, settings = "", self._settings
        while not self._stop.is_set():
            try:
                with (
                    WatchLock(settings.archive_home, command="dateline serve") as lock,
                    watching(
                        settings, self._archive, self._encoder, tell=_note, stop=self._stop, lock=lock
                    ) as watcher,
                ):
                    said = ""
                    watcher.run()
            except ArchiveError as exc:
                if str(exc) != said:
                    say(f"feeds are not read here: {exc}")
                said = str(exc)
                self._stop.wait(_LOCKED_WAIT)


def local_time(moment: datetime) -> str:
    """A moment to the minute, by the clock of this machine."""
    return f"{moment.astimezone():%Y-%m-%d %H:%M}"


def line_of(report: FeedReport) -> str:
    """What one reading did, in one line."""
    from bot.answers.lines import plain

    feed = report.feed
    told = [
        plain(feed.title or feed.url),
        *(f"{count} {name}" for count, name in ((report.added, "new"), (report.updated, "changed")) if count),
    ]
    if report.refused:
        names = sorted({refusal.name or "refused" for refusal in report.refused})
        told.append(f"{len(report.refused)} refused ({', '.join(names)})")
    if report.left:
        told.append(f"{report.left} left for the next reading")
    if report.moved_from:
        told.append(f"moved for good to {plain(feed.url)}")
    if report.trouble:
        told.append(f"{feed.status}: {plain(report.trouble)}")
    if len(told) == 1:
        told.append("nothing new")
    told.append(feed.ended or f"next {local_time(feed.next_at)}")
    return " · ".join(told)


def report_json(report: FeedReport) -> dict[str, object]:
    """What one reading did, for programs."""
    from bot.showing.feeds_json import FeedBody

    return {
        "feed": FeedBody.of(report.feed).model_dump(mode="json"),
        "added": report.added,
        "updated": report.updated,
        "unchanged": report.unchanged,
        "copies": report.copies,
        "refused": [vars(refusal) for refusal in report.refused],
        "notes": list(report.notes),
        "left": report.left,
        "trouble": report.trouble,
        "moved_from": report.moved_from,
    }


def _wait_for(work: threading.Thread, stop: threading.Event) -> None:
    """Until the watcher has ended; a first Ctrl-C lets it end well, a second ends the process.

    What a killed watcher had not stored is read again, so a second one loses nothing either.
    """
    try:
        while work.is_alive():
            work.join(1.0)
    except KeyboardInterrupt:
        stop.set()
        say("ending after the requests at hand; Ctrl-C again ends at once")
        try:
            work.join()
        except KeyboardInterrupt:
            os._exit(130)


def _say_what(read: Sequence[Feed], *, due: int) -> None:
    pages = sum(one.new for one in read if one.kind == "pages")
    feeds = sum(one.kind != "pages" for one in read)
    told = [
        f"{count} {name}{'s' * (count != 1)}" for count, name in ((feeds, "feed"), (pages, "page")) if count
    ]
    if told:
        say(f"watching {' and '.join(told)}, {due} due now")
    else:
        say("there is no feed to watch; `dateline add https://…` adds a feed, a sitemap or an OPML list")


def _tell(report: FeedReport) -> None:
    click.echo(f"{datetime.now():%H:%M:%S}  {line_of(report)}")


def _tell_json(report: FeedReport) -> None:
    click.echo(json.dumps(report_json(report), ensure_ascii=False))


def _note(report: FeedReport) -> None:
    say(line_of(report))

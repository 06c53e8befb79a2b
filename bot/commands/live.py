"""`dateline status --watch`: the archive, its feeds and a server looked at again and again, with rates."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import chain, pairwise, repeat
from typing import TYPE_CHECKING

import click

from index.errors import BadInput

if TYPE_CHECKING:
    from rich.table import Table

    from bot.http.figures import ServerFigures
    from index.feeds.records import Feed
    from index.storage.records import ArchiveStatus

_PATIENCE = 5.0  # seconds for the server's numbers


@dataclass(frozen=True)
class Look:
    """What was seen at one moment, in seconds of a clock; `server` is None where none was asked."""

    at: float
    archive: ArchiveStatus
    feeds: Sequence[Feed]
    server: ServerFigures | None = None


Line = tuple[str, str, str]  # what, how many, how that moves


def looks(take: Callable[[], Look], *, every: float, wait: Callable[[float], None]) -> Iterator[Look]:
    """One look after the other, for good, `every` seconds between two."""
    for pause in chain([0.0], repeat(every)):
        wait(pause)
        yield take()


def changes_of(found: Iterator[Look]) -> Iterator[tuple[Look, Look]]:
    """Each look with the one before it; the first with itself."""
    first = next(found)
    yield first, first
    yield from pairwise(chain([first], found))


def lines_of(before: Look, now: Look) -> list[Line]:
    """A look for people, with what moved since the one before it."""
    minutes = (now.at - before.at) / 60
    archive, feeds = now.archive, now.feeds
    read = [one for one in feeds if one.is_read]
    failing = sum(one.failures > 0 for one in read)
    brought = sum(one.new + one.changed for one in feeds), sum(one.new + one.changed for one in before.feeds)
    lines = [
        ("articles", f"{archive.articles:,}", _rate(archive.articles - before.archive.articles, minutes)),
        ("passages", f"{archive.passages:,}", _rate(archive.passages - before.archive.passages, minutes)),
        ("questions", f"{archive.questions:,}", _rate(archive.questions - before.archive.questions, minutes)),
        ("size", f"{archive.bytes / 1e6:,.1f} MB", archive.health if archive.health != "ok" else ""),
    ]
    if feeds:
        state = f"{len(read)} read" + (f", {failing} failing" if failing else "")
        lines.append(("feeds", state, _rate(brought[0] - brought[1], minutes)))
    return lines + (_server_lines(before.server or now.server, now.server, minutes) if now.server else [])


def _server_lines(before: ServerFigures, now: ServerFigures, minutes: float) -> list[Line]:
    moved = now.since(before)
    return [
        ("requests", f"{now.requests:,}", _rate(moved.requests, minutes)),
        ("answered", f"{now.answered:,}", _rate(moved.answered, minutes)),
        ("abstained", f"{now.abstained:,}", _rate(moved.abstained, minutes)),
        ("half within", _seconds(now.within(0.5)), _seconds(moved.within(0.5))),
        ("95 % within", _seconds(now.within(0.95)), _seconds(moved.within(0.95))),
        ("at work", f"{now.inside}, {now.waiting} waiting", f"{now.workers} workers ready"),
        ("turned away", f"{now.turned_away:,}", _rate(moved.turned_away, minutes)),
        ("failed", f"{now.failed:,}", _rate(moved.failed, minutes)),
        ("gone before", f"{now.left:,}", _rate(moved.left, minutes)),
    ]


def _rate(count: int, minutes: float) -> str:
    return f"{count / minutes:+.1f} a minute" if count and minutes > 0 else ""


def _seconds(found: float | None) -> str:
    if found is None:
        return ""
    return "more than 60 s" if found == float("inf") else f"{found:g} s"


def as_json(before: Look, now: Look) -> dict[str, object]:
    """A look for programs, with the seconds since the one before and what was counted in them."""
    seconds = now.at - before.at
    counted: dict[str, int] = {
        name: getattr(now.archive, name) - getattr(before.archive, name)
        for name in ("articles", "passages", "questions")
    }
    told: dict[str, object] = {"seconds": round(seconds, 3), "moved": counted, "archive": asdict(now.archive)}
    if now.server:
        moved = now.server.since(before.server or now.server)
        told["server"], told["server_moved"] = asdict(now.server), asdict(moved)
    return told


def server_figures(address: str) -> ServerFigures:
    """The figures of the server at an address. Raises `BadInput` where they cannot be read."""
    import httpx

    from bot.http.figures import figures_of

    place = f"{address.rstrip('/')}/metrics"
    try:
        answer = httpx.get(place, timeout=_PATIENCE)
        answer.raise_for_status()
        return figures_of(answer.text)
    except (httpx.HTTPError, httpx.InvalidURL, ValueError) as exc:
        raise BadInput(
            f"{place}: {exc or type(exc).__name__}, expected a `dateline serve` with http.metrics on"
        ) from exc


def show(found: Iterator[Look], *, title: str) -> None:
    """Show the looks: in a terminal one in the place of the other, else one below the other."""
    from rich.console import Console
    from rich.live import Live

    console = Console(highlight=False, markup=False)
    if not console.is_terminal:
        for before, now in changes_of(found):
            told = (
                f"{name:12} {value:>16}  {moved}".rstrip() for name, value, moved in lines_of(before, now)
            )
            click.echo("\n".join([time.strftime("%Y-%m-%d %H:%M:%S"), *told, ""]))
        return
    with Live(console=console, screen=True, auto_refresh=False) as screen:
        for before, now in changes_of(found):
            screen.update(_table(title, lines_of(before, now)), refresh=True)


def _table(title: str, lines: Sequence[Line]) -> Table:
    from rich.table import Table

    table = Table.grid(padding=(0, 2))
    table.title = f"{title}  {time.strftime('%H:%M:%S')}  Ctrl-C ends"
    table.title_justify = "left"
    for name, value, moved in lines:
        table.add_row(name, value, moved)
    return table

"""`dateline status`: what is in the archive, and how it is."""

from __future__ import annotations

import json
import time
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from bot.commands.options import current_settings, json_option, print_json

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bot.settings import Settings
    from bot.showing.copies import Copied, Copy, CopyRun
    from index.storage.records import ArchiveStatus, ReplicaLag, StoryArticle

_ENGINES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
_WIDEST = 60  # characters of a difference that is shown
_SHOWN = 3  # differences of one copy; --json has them all


@click.command(short_help="Show what is in the archive, and its health.")
@click.option(
    "--origins", is_flag=True, help="List the articles that are copies of one text, and how they differ."
)
@click.option(
    "--stories", is_flag=True, help="List the articles that tell a story on, in order, or take it back."
)
@click.option("--watch", is_flag=True, help="Look again and again, with rates, until Ctrl-C.")
@click.option(
    "--every", type=click.FloatRange(min=0.1), default=2.0, show_default=True, help="Seconds between looks."
)
@click.option("--server", metavar="URL", help="Watch this server too, such as http://127.0.0.1:8000.")
@json_option
@click.pass_context
def status(
    context: click.Context,
    origins: bool,
    stories: bool,
    watch: bool,
    every: float,
    server: str | None,
    as_json: bool,
) -> None:
    """Show what is in the archive: articles, outlets, dates, copies, encoder, health.

    Articles that are copies of one text (a wire story in five outlets) are one origin. Articles that tell
    the same story later, with other news, are no copies: each is an origin of its own.

    \b
    Examples
      dateline status
      dateline status --origins
      dateline status --stories
      dateline status --watch --server http://127.0.0.1:8000
      dateline --home ~/elections status --json
    """
    if watch or server:
        _watch(current_settings(context), every=every, server=server, as_json=as_json)
        return
    from bot.assemble import open_archive
    from bot.showing.copies import copied
    from bot.showing.copies_json import CopiedBody
    from bot.showing.stories_json import StoryBody

    with open_archive(current_settings(context)) as archive:
        state = archive.status()
        groups, origins_total = archive.copied() if origins else ([], 0)
        told, stories_total = archive.stories() if stories else ([], 0)
    found = [copied(group) for group in groups]
    if as_json:
        shown: dict[str, object] = {"outlets": [{"outlet": name, "articles": n} for name, n in state.outlets]}
        if origins:
            shown["copied"] = [CopiedBody.model_validate(one) for one in found]
        if stories:
            shown["stories"] = [StoryBody.model_validate({"articles": story}) for story in told]
        print_json(asdict(state) | shown)
        return
    lines = [
        *_lines(state),
        *(line for one in found for line in _origin_lines(one)),
        *_left(origins_total - len(found), "origins"),
        *(line for story in told for line in _story_lines(story)),
        *_left(stories_total - len(told), "stories"),
    ]
    for name, value in lines:
        click.echo(f"{name:10} {value}")


def _watch(settings: Settings, *, every: float, server: str | None, as_json: bool) -> None:
    """Show the archive, its feeds and a server until Ctrl-C."""
    from bot.assemble import open_archive
    from bot.commands import live
    from bot.feeds import feed_memory

    feeds = feed_memory(settings)
    with open_archive(settings) as archive:

        def take() -> live.Look:
            figures = live.server_figures(server) if server else None
            return live.Look(time.monotonic(), archive.status(), feeds.all(), figures)

        found = live.looks(take, every=every, wait=time.sleep)
        if not as_json:
            live.show(found, title=str(settings.home))
            return
        for before, now in live.changes_of(found):
            click.echo(json.dumps(live.as_json(before, now), ensure_ascii=False))


def _lines(state: ArchiveStatus) -> Iterator[tuple[str, str]]:
    from bot.answers.lines import plain

    yield "articles", f"{state.articles} of {state.origins} origins ({state.copies} copies)"
    if state.unrelated:
        yield (
            "",
            f"{state.unrelated} of an earlier Dateline are not compared yet; `dateline add` goes on with it",
        )
    yield "passages", f"{state.passages}"
    if state.earliest and state.latest:
        yield "published", f"{state.earliest[:10]} to {state.latest[:10]}, {state.undated} of unknown date"
    for number, (outlet, count) in enumerate(state.outlets):
        yield "" if number else "outlets", f"{count:6}  {plain(outlet or 'unknown')}"
    yield "questions", f"{state.questions} asked"
    precision = f" in {state.encoder.precision}" if state.encoder.precision else ""
    yield "encoder", f"{state.encoder.name}{precision} ({state.encoder.dimensions} dimensions)"
    yield "index", _index_line(state)
    yield "engine", f"{_ENGINES[state.engine.name]} {state.engine.version}"
    for number, replica in enumerate(state.engine.replicas):
        yield "" if number else "replicas", f"{replica.name}: {_behind(replica)}"
    yield "size", f"{state.bytes / 1e6:.1f} MB"


def _behind(replica: ReplicaLag) -> str:
    if replica.bytes is None:
        return f"passed over, {replica.fault}"
    seconds = f", {replica.seconds:.1f} s" if replica.seconds is not None else ""
    return f"{replica.bytes / 1e6:.1f} MB{seconds} behind"


def _origin_lines(origin: Copied) -> Iterator[tuple[str, str]]:
    from bot.answers.lines import plain
    from bot.showing.wording import words_of

    yield "origin", plain(origin.first.title)
    yield "", f"  {words_of().printed_by(origin.first)} · {origin.first.id}"
    for copy in origin.copies:
        yield (
            "",
            f"  {plain(f'{words_of().printed_by(copy.article)} · {copy.article.id} · {_differing(copy)}')}",
        )


def _story_lines(story: Sequence[StoryArticle]) -> Iterator[tuple[str, str]]:
    from bot.answers.lines import plain
    from bot.showing.wording import words_of

    words = words_of()
    for number, told in enumerate(story):
        article = told.article
        outlet = article.outlet or words.say("wording.outlet_unknown")
        parts = [words.day(article.published), outlet, article.title, article.id]
        if told.retracts:
            parts.append(words.say("later.retracts"))
        yield "" if number else "story", plain(" · ".join(parts))


def _left(count: int, what: str) -> Iterator[tuple[str, str]]:
    """What is not listed."""
    if count > 0:
        yield "", f"and {count} {what} more; GET /{what} lists them page by page"


def _differing(copy: Copy) -> str:
    """Where a copy differs: "2 places differ: “729” → “736”; …"."""
    count = len(copy.differences) + copy.more
    if not count:
        return "the same words"
    shown = "; ".join(f"{_cut(one.first)} → {_cut(one.copy)}" for one in copy.differences[:_SHOWN])
    return f"{count} place{'s differ' if count > 1 else ' differs'}: {shown}{'; …' if count > _SHOWN else ''}"


def _cut(run: CopyRun | None) -> str:
    """The words of a difference, long ones by how they begin."""
    if run is None:
        return "nothing"
    text = " ".join(run.citation.quote.split())
    long = len(text) > _WIDEST or run.until > run.citation.end
    return f"“{text[:_WIDEST].rstrip()}…”" if long else f"“{text}”"


def _index_line(state: ArchiveStatus) -> str:
    if state.index.state == "none":
        return "exact search; a nearest-neighbour index is not needed yet"
    told = (
        f"{state.index.state}: {state.index.indexed} indexed, {state.index.tail} newer are searched exactly"
    )
    return f"{told} ({state.index.reason})" if state.index.reason else told

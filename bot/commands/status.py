"""`dateline status`: what is in the archive, and how it is."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from bot.commands.options import current_settings, json_option, print_json

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from index.records import Article, Span
    from index.storage.stored import ArchiveStatus

_WIDEST = 60  # characters of a difference that is shown


@click.command(short_help="Show what is in the archive, and its health.")
@click.option(
    "--origins", is_flag=True, help="List the articles that are copies of one text, and how they differ."
)
@json_option
@click.pass_context
def status(context: click.Context, origins: bool, as_json: bool) -> None:
    """Show what is in the archive: articles, outlets, dates, copies, encoder, health.

    Articles that are copies of one text (a wire story in five outlets) are one origin.

    \b
    Examples
      dateline status
      dateline status --origins
      dateline --home ~/elections status --json
    """
    from bot.assemble import open_archive

    with open_archive(current_settings(context)) as archive:
        state = archive.status()
        groups = archive.copied() if origins else []
    if as_json:
        told: dict[str, object] = {"outlets": [{"outlet": name, "articles": n} for name, n in state.outlets]}
        print_json(asdict(state) | told | ({"copied": [_group(one) for one in groups]} if origins else {}))
        return
    for name, value in [*_lines(state), *(line for group in groups for line in _origin_lines(group))]:
        click.echo(f"{name:10} {value}")


def _lines(state: ArchiveStatus) -> Iterator[tuple[str, str]]:
    from bot.showing.wording import plain

    yield "articles", f"{state.articles} of {state.origins} origins ({state.copies} copies)"
    yield "passages", f"{state.passages}"
    if state.earliest and state.latest:
        yield "published", f"{state.earliest[:10]} to {state.latest[:10]}, {state.undated} of unknown date"
    for number, (outlet, count) in enumerate(state.outlets):
        yield "" if number else "outlets", f"{count:6}  {plain(outlet or 'unknown')}"
    yield "questions", f"{state.questions} asked"
    yield "encoder", f"{state.encoder.name} ({state.encoder.dimensions} dimensions)"
    yield "index", _index_line(state)
    yield "size", f"{state.bytes / 1e6:.1f} MB"


def _origin_lines(group: Sequence[Article]) -> Iterator[tuple[str, str]]:
    from bot.showing.wording import plain, printed_by

    first, *others = group
    yield "origin", plain(first.title)
    yield "", f"  {printed_by(first)} · {first.id}"
    for copy in others:
        changes = _changes(first, copy)
        count = (
            f"{len(changes)} place{'s' if len(changes) > 1 else ''} differ{'' if len(changes) > 1 else 's'}"
        )
        told = f"{count}: {'; '.join(changes[:3])}" if changes else "the same words"
        yield "", plain(f"  {printed_by(copy)} · {copy.id} · {told}")


def _changes(first: Article, copy: Article) -> list[str]:
    """Where a copy differs, as "729 → 736"; what it leaves out or adds by its first and last words."""
    from index.copies.overlap import differences
    from index.copies.words import words_of

    found = differences(words_of(first.body), words_of(copy.body))
    return [f"{_cut(first, one.here)} → {_cut(copy, one.there)}" for one in found]


def _cut(article: Article, span: Span | None) -> str:
    if span is None:
        return "nothing"
    text = " ".join(article.body[span.start : span.end].split())
    return text if len(text) <= _WIDEST else f"{text[: _WIDEST // 2]}…{text[-_WIDEST // 2 :]}"


def _group(group: Sequence[Article]) -> dict[str, object]:
    first, *others = group
    return {
        "title": first.title,
        "articles": [
            {"id": one.id, "outlet": one.outlet, "agency": one.agency, "published": one.published}
            for one in group
        ],
        "differences": {copy.id: _changes(first, copy) for copy in others},
    }


def _index_line(state: ArchiveStatus) -> str:
    if state.index.state == "none":
        return "exact search; a nearest-neighbour index is not needed yet"
    told = (
        f"{state.index.state}: {state.index.indexed} indexed, {state.index.tail} newer are searched exactly"
    )
    return f"{told} ({state.index.reason})" if state.index.reason else told

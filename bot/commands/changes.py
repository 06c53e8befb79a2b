"""`dateline changes`: past answers whose cited words were changed or taken out since."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict

import click

from bot.commands.options import current_settings, json_option, print_json

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import RenderableType

    from index.records import Article, Span
    from index.storage.changes import Changed

_MOST_ASKED = 3  # questions that one citation is shown with; --json has them all


@click.command(short_help="List past answers whose cited words have changed.")
@click.option("--since", metavar="DATE", help="Only questions asked on or after DATE, such as 2020-10-19.")
@json_option
@click.pass_context
def changes(context: click.Context, since: str | None, as_json: bool) -> None:
    """List past answers whose cited words their article no longer has.

    An article that is added again with another body gets a new revision; the words that were quoted from the
    old one stay citable by its hash. This shows both, each citation once with the questions that it
    answered, and the correction that the article carries since. Exits with 0 when something has changed, with
    1 when nothing has, which is no failure.

    \b
    Examples
      dateline changes
      dateline changes --since 2026-11-01 --json
    """
    from bot.assemble import open_archive
    from index.dates import date_span

    start = date_span(since)[0] if since else None
    with open_archive(current_settings(context)) as archive:
        found = archive.changed(since=start)
    if as_json:
        print_json({"changes": [_json(one) for one in found]})
    else:
        _print(found)
    context.exit(0 if found else 1)


def _print(found: Sequence[Changed]) -> None:
    from rich.console import Console

    if not found:
        click.echo("Nothing that was cited has changed.")
        return
    console = Console(highlight=False, markup=False, emoji=False)
    console.width = min(console.width, 100)
    by_citation: dict[tuple[str, str, Span], list[Changed]] = {}
    for one in found:
        by_citation.setdefault((one.article.id, one.revision, one.span), []).append(one)
    for asked in by_citation.values():
        console.print(_block(asked))


def _block(asked: Sequence[Changed]) -> RenderableType:
    """One citation: who asked for what it answered, the last one first, what it was and what it is now."""
    from rich.padding import Padding
    from rich.table import Table
    from rich.text import Text

    from bot.answers.lines import in_marks, plain
    from bot.showing.wording import words_of

    table = Table.grid(padding=(0, 1))
    table.add_column(style="dim", no_wrap=True)
    table.add_column(overflow="fold")
    one = asked[0]
    for number, each in enumerate(asked[:_MOST_ASKED]):
        day = words_of().day(each.at[:10])
        table.add_row("" if number else "asked", Text(f"{day}: {plain(each.question)}", style="bold"))
    if len(asked) > _MOST_ASKED:
        table.add_row("", Text(f"and {len(asked) - _MOST_ASKED} more", style="dim"))
    table.add_row(
        "of", Text(f"{plain(one.article.title)} · {words_of().printed_by(one.article)} · {one.article.id}")
    )
    table.add_row("was", Text(f"{in_marks(one.quote)} (revision {one.revision[:12]})"))
    now = in_marks(_cited(one.article, one.now)["quote"]) if one.now else ""
    table.add_row(
        "now", Text(f"{now} (revision {one.article.revision[:12]})" if one.now else "not in it any more")
    )
    for note in one.notes:
        table.add_row("note", Text(in_marks(_cited(one.article, note)["quote"])))
    return Padding(table, (0, 0, 1, 0))


class _Cited(TypedDict):
    revision: str
    start: int
    end: int
    quote: str


def _cited(article: Article, span: Span) -> _Cited:
    """Words of an article, proved."""
    from bot.answers.citation import cite

    citation = cite(article, span, number=1)
    return {
        "revision": citation.revision,
        "start": citation.start,
        "end": citation.end,
        "quote": citation.quote,
    }


def _json(one: Changed) -> dict[str, object]:
    return {
        "question": one.question,
        "asked_at": one.at,
        "article": {"id": one.article.id, "title": one.article.title, "outlet": one.article.outlet},
        "changed_at": one.changed_at,
        "was": {"revision": one.revision, "start": one.span.start, "end": one.span.end, "quote": one.quote},
        "now": _cited(one.article, one.now) if one.now else None,
        "corrections": [_cited(one.article, note) for note in one.notes],
    }

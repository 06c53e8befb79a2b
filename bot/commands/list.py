"""`dateline list`: the articles of an archive, filtered and in order, page by page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from bot.commands.options import current_settings, filter_options, filters_of, json_option, print_json, say

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from index.records import Article
    from index.storage.listing import ListOrder

_NOTHING_EXIT = 1
_ORDERS = ("newest", "oldest", "added", "title", "outlet")


@click.command("list", short_help="List the articles, filtered and in order.")
@filter_options
@click.option("--language", metavar="TAG", help="Only of this language: en also lists en-GB.")
@click.option("--author", metavar="NAME", help="Only by an author whose name holds NAME.")
@click.option("--agency", metavar="NAME", help="Only from an agency whose name holds NAME.")
@click.option("--undated", is_flag=True, help="Only those whose date of publication is not known.")
@click.option(
    "--sort",
    "order",
    type=click.Choice(_ORDERS),
    default="newest",
    show_default=True,
    help="Which come first.",
)
@click.option("--limit", type=click.IntRange(1, 1000), default=50, show_default=True, help="Articles a page.")
@click.option("--page", type=click.IntRange(1), default=1, show_default=True, help="Which page.")
@json_option
@click.pass_context
def list_command(
    context: click.Context,
    language: str | None,
    author: str | None,
    agency: str | None,
    undated: bool,
    order: ListOrder,
    limit: int,
    page: int,
    as_json: bool,
) -> int:
    """List the articles of the archive: day, outlet, title and id of each.

    Exits with 0 when something was listed, with 1 when nothing was.

    \b
    Examples
      dateline list --outlet "Harbour Gazette" --since 2024-01-01
      dateline list --undated --sort added
      dateline list --author dowell --language en --limit 20 --page 2 --json
    """
    from bot.assemble import open_archive
    from bot.showing.articles_json import ListedArticle
    from index.retrieval.outlet_names import check_outlets
    from index.storage.listing import Selection

    selection = Selection(filters_of(context), language, author, agency, undated)
    offset = (page - 1) * limit
    with open_archive(current_settings(context)) as archive:
        check_outlets(selection.filters, archive.outlets)
        articles, total = archive.listed(selection, order=order, offset=offset, limit=limit)
    if as_json:
        listed = [ListedArticle.model_validate(article) for article in articles]
        print_json({"articles": listed, "total": total, "page": page, "limit": limit})
    else:
        for line in _lines(articles):
            click.echo(line)
        _say_where(len(articles), total, offset=offset, page=page)
    return 0 if articles else _NOTHING_EXIT


def _lines(articles: Sequence[Article]) -> Iterator[str]:
    from bot.answers.lines import plain
    from bot.showing.wording import words_of

    words = words_of()
    for article in articles:
        title = article.title or "(no title)"
        yield plain(f"{words.printed_by(article)} · {title} · {article.id}")


def _say_where(shown: int, total: int, *, offset: int, page: int) -> None:
    """Which part of the list it is, on standard error."""
    if not total:
        say("no article in the archive is so")
    elif not shown:
        say(f"page {page} is behind the last of {total:,} articles")
    elif offset + shown < total or offset:
        more = f"; --page {page + 1} goes on" if offset + shown < total else ""
        say(f"{offset + 1:,} to {offset + shown:,} of {total:,}{more}")

"""`dateline show`: one article whole, its revisions, and what changed between them."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from bot.commands.options import current_settings, json_option, print_json, say

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.text import Text

    from bot.showing.revisions import DiffLine
    from index.records import Article
    from index.storage.records import StoredRevision

_FIELDS = ("id", "outlet", "agency", "author", "published", "updated", "copyright_year", "url", "language")
_STYLES = {"-": "red", "+": "green", " ": "dim"}


@click.command(short_help="Show one article, its revisions, what changed.")
@click.argument("article_id", metavar="ID")
@click.option("--revision", metavar="HASH", help="An earlier version, by the first letters of its name.")
@click.option(
    "--diff", is_flag=True, help="Show what changed, from that version or the one before to the present."
)
@json_option
@click.pass_context
def show(context: click.Context, article_id: str, revision: str | None, diff: bool, as_json: bool) -> None:
    """Show an article with its fields, its text and the revisions that the archive has.

    With --diff it shows what changed instead: lines taken out (-) and put in (+), in colour at a terminal.

    \b
    Examples
      dateline show moscow-statement
      dateline show moscow-statement --revision 9f2c4d
      dateline show moscow-statement --diff
    """
    from bot.assemble import open_archive
    from bot.showing.revisions import compared

    with open_archive(current_settings(context)) as archive:
        history = archive.history(article_id)
        chosen = _chosen(history, revision, article_id, diff=diff)
        article = archive.article(article_id, revision=chosen)
        present = archive.article(article_id)
    changes = compared(article.body, present.body) if diff else []
    if as_json:
        print_json(_as_json(article, history, changes if diff else None))
        return
    for line in _head(article, history):
        click.echo(line)
    click.echo()
    if not diff:
        click.echo(_text(article))
    elif len(history) == 1:
        say("it has one revision; nothing was changed")
    else:
        _print_changes(changes)


def _chosen(history: Sequence[StoredRevision], name: str | None, article_id: str, *, diff: bool) -> str:
    """The revision that is meant: by how its name begins, else the present one, of a diff the one before.

    Raises `NotInArchive` where none or several have that name.
    """
    from index.errors import NotInArchive

    if name is None:
        return history[min(1, len(history) - 1) if diff else 0].revision
    found = [one.revision for one in history if one.revision.startswith(name.lower())]
    if len(found) != 1:
        known = ", ".join(one.revision[:12] for one in history)
        how = "several revisions" if found else "no revision"
        raise NotInArchive(f"{how} of {article_id!r} begin with {name[:64]!r}; it has {known}")
    return found[0]


def _head(article: Article, history: Sequence[StoredRevision]) -> Iterator[str]:
    from bot.answers.lines import plain

    yield plain(article.title or "(no title)")
    for name in _FIELDS:
        if value := getattr(article, name):
            yield f"{name.replace('_', ' '):10} {plain(str(value))}"
    for number, one in enumerate(history):
        shown = " ← shown" if one.revision == article.revision and len(history) > 1 else ""
        until = f" to {one.superseded_at}" if one.superseded_at else ""
        yield f"{'' if number else 'revisions':10} {one.revision[:12]}  {one.added_at}{until}{shown}"


def _text(article: Article) -> str:
    from bot.answers.lines import plain

    return "\n".join(plain(line) for line in article.body.split("\n"))


def _print_changes(changes: Sequence[DiffLine]) -> None:
    from rich.console import Console

    if not changes:
        say("the two have the same lines")
    console = Console(highlight=False, markup=False, emoji=False, soft_wrap=True)
    for line in changes:
        console.print(_styled(line))


def _styled(line: DiffLine) -> Text:
    """A line of the comparison; what differs in it stands out. A body has nothing that a terminal obeys."""
    from rich.text import Text

    text = Text(f"{line.sign} ", style=_STYLES[line.sign])
    at = 0
    for start, end in line.runs:
        text.append(line.text[at:start])
        text.append(line.text[start:end], style="bold reverse")
        at = end
    text.append(line.text[at:])
    return text


def _as_json(
    article: Article, history: Sequence[StoredRevision], changes: Sequence[DiffLine] | None
) -> dict[str, object]:
    value: dict[str, object] = {**asdict(article), "revision": article.revision}
    value["revisions"] = [asdict(one) for one in history]
    if changes is not None:
        value["changes"] = [{"sign": one.sign, "text": one.text, "runs": [*one.runs]} for one in changes]
    return value

"""`dateline verify`: the record of an answer held against the archive as it is today."""

from __future__ import annotations

from typing import IO, TYPE_CHECKING

import click

from bot.commands.options import current_settings, json_option, print_json

if TYPE_CHECKING:
    from bot.proof.rechecking import StandsNow
    from bot.showing.formats.record import FoundRecord

_CHANGED_EXIT = 1


@click.command(short_help="Check the record of an earlier answer again.")
@click.argument("file", type=click.File(encoding="utf-8"))
@json_option
@click.pass_context
def verify(context: click.Context, file: IO[str], as_json: bool) -> int:
    """Check again what `dateline ask --format record` wrote; FILE may be - for standard input.

    Every citation is held against the stored articles, letter by letter: still word for word at its place,
    the article changed since or removed, or words that were never there. Also told is whether the record is
    as it was written. Exits with 0 when everything stands, with 1 when anything does not.

    \b
    Examples
      dateline ask "Who opened the bridge?" --format record > bridge.json
      dateline verify bridge.json
      dateline verify --json bridge.json
    """
    from bot.assemble import open_archive
    from bot.proof.rechecking import CitedOnce, stands_now
    from bot.showing.formats.record import read_record

    found = read_record(file.read(), file.name)
    answer = found.record.answer
    cited = [*answer.citations, *(answer.abstention.nearest if answer.abstention else ())]
    with open_archive(current_settings(context)) as archive:
        standings = [
            stands_now(
                CitedOnce(one.number, one.article.id, one.revision, one.start, one.end, one.quote), archive
            )
            for one in cited
        ]
    misquoted = found.record.misquoted
    if as_json:
        print_json(_json(found, standings, misquoted))
    else:
        _print(found, standings, misquoted)
    kept = found.sealed and not misquoted and all(one.stands for one in standings)
    return 0 if kept else _CHANGED_EXIT


def _print(found: FoundRecord, standings: list[StandsNow], misquoted: list[str]) -> None:
    from bot.answers.lines import in_marks, plain
    from bot.showing.wording import words_of

    words, record = words_of(), found.record
    click.echo(words.say("record.answered", {
        "question": plain(record.answer.question), "date": words.moment(record.made_at.isoformat()),
        "version": plain(record.made_by.dateline),
    }))  # fmt: skip
    for one in standings:
        told = words.say(f"standings.{one.standing}")
        click.echo(f"[{one.cited.number}] {plain(one.cited.article_id)}: {told}")
        click.echo(f"    {in_marks(one.cited.quote)}")
        if one.now:
            click.echo(f"    {words.say('record.now', {'words': in_marks(one.now)})}")
    for text in misquoted:
        click.echo(words.say("record.misquoted", {"words": in_marks(text)}))
    click.echo(words.say("record.sealed" if found.sealed else "record.altered"))


def _json(found: FoundRecord, standings: list[StandsNow], misquoted: list[str]) -> dict[str, object]:
    record = found.record
    return {
        "question": record.answer.question,
        "made_at": record.made_at.isoformat(),
        "made_by": record.made_by,
        "as_written": found.sealed,
        "misquoted": misquoted,
        "citations": [
            {
                "number": one.cited.number,
                "article": one.cited.article_id,
                "revision": one.cited.revision,
                "quote": one.cited.quote,
                "standing": one.standing,
                "now": one.now,
            }
            for one in standings
        ],
    }

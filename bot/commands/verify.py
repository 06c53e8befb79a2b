"""`dateline verify`: the record of an answer held against the archive as it is today."""

from __future__ import annotations

from typing import IO, TYPE_CHECKING

import click

from bot.commands.options import current_settings, json_option, print_json, read_text

if TYPE_CHECKING:
    from bot.showing.formats.verifying import VerifiedRecord

_CHANGED_EXIT = 1


@click.command(short_help="Check the record of an earlier answer again.")
@click.argument("file", type=click.File(encoding="utf-8"))
@json_option
@click.pass_context
def verify(context: click.Context, file: IO[str], as_json: bool) -> int:
    """Check again what `dateline ask --format record` wrote; FILE may be - for standard input.

    Nothing is believed of the record. Its citations are held against the stored articles, letter by letter:
    still word for word at their place, the article changed since or removed, or never there. So is all that
    is said out of them: a sentence is its citation, or a shortening by the proof's rule; speakers, outlets,
    days and origins are the archive's; the text is what the parts say. The question, notes, and the reason
    for no answer are not in the archive. The checksum shows damage, not who wrote it: anybody can make one.
    Exits with 0 when everything stands, with 1 when anything does not.

    \b
    Examples
      dateline ask "Who opened the bridge?" --format record > bridge.json
      dateline verify bridge.json
      dateline verify --json bridge.json
    """
    from bot.assemble import open_archive
    from bot.showing.formats.record import read_record
    from bot.showing.formats.verifying import verified

    found = read_record(read_text(file), file.name)
    with open_archive(current_settings(context)) as archive:
        record = verified(found, archive)
    if as_json:
        print_json(record)
    else:
        _print(record)
    return 0 if record.stands else _CHANGED_EXIT


def _print(record: VerifiedRecord) -> None:
    from bot.answers.lines import in_marks, plain
    from bot.showing.wording import words_of

    words = words_of()
    click.echo(words.say("record.answered", {
        "question": plain(record.question), "date": words.moment(record.made_at.isoformat()),
        "version": plain(record.made_by.dateline),
    }))  # fmt: skip
    for one in record.citations:
        click.echo(f"[{one.number}] {plain(one.article)}: {words.say(f'standings.{one.standing}')}")
        click.echo(f"    {in_marks(one.quote)}")
        if one.now:
            click.echo(f"    {words.say('record.now', {'words': in_marks(one.now)})}")
    for claim in record.unfounded:
        click.echo(words.say(f"claims.{claim.claim}", {"says": plain(claim.says)}))
    click.echo(words.say("record.sealed" if record.as_written else "record.altered"))

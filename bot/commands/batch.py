"""`dateline batch`: a file of questions into a table of answers; a run that was killed goes on."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable
from contextlib import aclosing
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.commands.options import current_settings, json_option, print_json, say
from bot.commands.progress import progress_bars

if TYPE_CHECKING:
    from bot.answering.ports import Asker
    from bot.batch.journal import Journal
    from bot.batch.questions import BatchQuestion
    from bot.batch.rows import AnswerRow

_STOPPED_EXIT = 130
_FAULTS_EXIT = 3


@click.command(short_help="Answer a file of questions, a row each.")
@click.argument("questions", type=click.Path(path_type=Path, dir_okay=False), metavar="QUESTIONS")
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    required=True,
    metavar="FILE",
    help="The table: .csv, .xlsx, .md, .html or .jsonl.",
)
@click.option("--llm/--no-llm", default=None, help="Let a language model write the answers, or quote.")
@click.option("--overwrite", is_flag=True, help="Write over a table that is there.")
@json_option
@click.pass_context
def batch(
    context: click.Context, questions: Path, out: Path, llm: bool | None, overwrite: bool, as_json: bool
) -> int:
    """Answer every question of a file and write a table: status, answer, quotations, outlets, dates, links.

    QUESTIONS is CSV (the column called question, or the first; outlet, since, until and as_of filter a row),
    JSON lines, or a text with a question a line. What is answered is kept in FILE.part at once: after Ctrl-C
    or a kill run the same again, and it goes on. Exits with 3 where a question could not be asked; its row
    says why.

    \b
    Examples
      dateline batch questions.csv --out answers.xlsx
      dateline batch questions.txt --out answers.csv --no-llm
      dateline batch questions.jsonl --out answers.html --overwrite
    """
    from bot.assemble import assemble
    from bot.batch.journal import journal
    from bot.batch.questions import fingerprint, read_questions
    from bot.batch.tables import BadTable, check_table, write_table

    check_table(out)
    if out.exists() and not overwrite:
        raise BadTable(f"{out}: is there already, expected another name or --overwrite")
    asked = read_questions(questions)
    part = out.with_name(f"{out.name}.part")
    settings = current_settings(context)
    with journal(part, of=fingerprint(asked, llm=llm)) as kept:
        if kept.rows:
            say(f"{part} has {len(kept.rows):,} of {len(asked):,} answers, going on")
        left = [one for one in asked if one.number not in kept.rows]
        try:
            if left:
                with (
                    assemble(settings, note=say) as dateline,
                    progress_bars(shown=sys.stderr.isatty()) as bars,
                ):

                    def tell(done: int) -> None:
                        bars.tell("asking", done, len(asked))

                    asyncio.run(_ask(dateline, left, kept, llm=llm, tell=tell))
        except KeyboardInterrupt:
            say(f"stopped; {len(kept.rows):,} answers are kept in {part}, run the same again to go on")
            return _STOPPED_EXIT
        rows = list(kept.rows.values())
        write_table(out, rows)
        part.unlink()
    _tell(rows, out, as_json=as_json)
    return _FAULTS_EXIT if any(row.status == "error" for row in rows) else 0


async def _ask(
    asker: Asker,
    questions: list[BatchQuestion],
    kept: Journal,
    *,
    llm: bool | None,
    tell: Callable[[int], None],
) -> None:
    from bot.batch.asking import answer_rows

    tell(len(kept.rows))
    async with aclosing(answer_rows(asker, questions, llm=llm)) as rows:
        async for row in rows:
            kept.add(row)
            tell(len(kept.rows))


def _tell(rows: list[AnswerRow], out: Path, *, as_json: bool) -> None:
    from collections import Counter

    counts = Counter(row.status for row in rows)
    if as_json:
        print_json({"out": str(out), "questions": len(rows), "status": dict(counts.most_common())})
        return
    told = [f"{name} {count}" for name, count in counts.most_common()]
    click.echo(" · ".join([f"questions {len(rows)}", *told, f"written to {out}"]))
    for row in rows:
        if row.error:
            click.echo(f"question {row.number}: {row.error}", err=True)

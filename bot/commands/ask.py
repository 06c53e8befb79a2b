"""`dateline ask`: a question answered in the terminal, in the articles' own words."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from bot.answers.answer import Answer
    from bot.answers.asked import Wording
    from bot.settings import Settings
    from bot.showing.formats.record import AnswerRecord

from bot.commands.options import (
    current_settings,
    filter_options,
    filters_of,
    form_option,
    json_option,
    print_json,
    say,
)

_ABSTAINED_EXIT = 1


@click.command(short_help="Answer a question, every sentence cited.")
@click.argument("question", nargs=-1, required=True, metavar="QUESTION")
@filter_options
@click.option(
    "--llm/--no-llm",
    default=None,
    help="Let a language model write the answer, or quote. Default: write where one is set up.",
)
@click.option(
    "--wording",
    type=click.Choice(["proved", "marked"]),
    help="Where a model's words are not proved show the quotation (proved), or both (marked).",
)
@click.option(
    "--reader/--no-reader",
    default=None,
    help="Let the trained reader weigh sentences and mark the words that answer, or weigh by overlap alone.",
)
@click.option(
    "--after",
    multiple=True,
    metavar="QUESTION",
    help='An earlier question that this one follows: "And for Armenia?". Repeat it, oldest first.',
)
@click.option("--timings", is_flag=True, help="Show where the time went.")
@form_option("record")
@json_option
@click.pass_context
def ask(
    context: click.Context,
    question: tuple[str, ...],
    llm: bool | None,
    wording: Wording | None,
    reader: bool | None,
    after: tuple[str, ...],
    timings: bool,
    form: str,
    as_json: bool,
) -> int:
    """Answer a question from the archive, or say why the archive does not.

    Every sentence is cited; each citation was proved to be the exact words of its article. Without a
    language model the sentences are quoted whole. With one it chooses them, and its own words are shown only
    where they are the cited sentence's, in their order, with nothing left out that carries the claim. Exits
    with 0 when answered, with 1 when the archive does not say.

    \b
    Examples
      dateline ask "What did Lavrov say about monitoring the ceasefire?"
      dateline ask "How many were killed?" --outlet "Northern Desk" --until 2020-10-20
      dateline ask "What was known about Shusha?" --as-of 2020-11-08 --json
      dateline ask "And where?" --after "When did the foreign ministers meet?"
      dateline ask "Who opened the bridge?" --format bibtex >> sources.bib
      dateline ask "Who opened the bridge?" --format record > bridge.json    (dateline verify bridge.json)
    """
    from bot.answers.asked import Asked
    from bot.assemble import assemble

    filters = filters_of(context)
    settings = current_settings(context)
    if reader is not None:
        settings = settings.model_copy(update={"reader": reader})
    with assemble(settings, note=say) as dateline:
        asked = Asked(" ".join(question), filters, history=after, llm=llm, wording=wording)
        answer = asyncio.run(dateline.ask(asked))
    _print(answer, "json" if as_json else form, settings)
    if timings:
        steps = {**answer.timings_ms, "together": sum(answer.timings_ms.values())}
        click.echo(" · ".join(f"{step} {taken:.1f} ms" for step, taken in steps.items()), err=True)
    return _ABSTAINED_EXIT if answer.abstention else 0


def _print(answer: Answer, form: str, settings: Settings) -> None:
    from bot.showing.formats.chosen import answer_in, form_named
    from bot.showing.json import answer_body
    from bot.showing.terminal import print_answer

    if form == "text":
        print_answer(answer)
    elif form == "json":
        print_json(answer_body(answer))
    elif form == "record":
        print_json(_record(answer, settings))
    else:
        click.echo(answer_in(form_named(form), answer), nl=False)


def _record(answer: Answer, settings: Settings) -> AnswerRecord:
    from bot.showing.formats.record import MadeBy, record_of
    from index.storage.archive import encoder_of

    return record_of(answer, made_by=MadeBy.of(encoder_of(settings.archive_home)))

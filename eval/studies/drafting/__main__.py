"""A language model's drafts beside what is shown of them: is a right answer lost, a refusal overruled?

    python -m eval.studies.drafting                      replies written over seeds/, as by a model
    python -m eval.studies.drafting SET --places FILE    replies kept as places in SET's articles
    python -m eval.studies.drafting SET [--home DIR]     the model of the settings (DATELINE_LLM__MODEL, …)

Every case is asked as `dateline ask` asks it. *Right in the draft*: the expected words stand in what the
model wrote; *right after the proof*: they stand in the answer. A line is shown *in its own words* where these
are the cited sentence's, shortened or whole; else as its quotation. Exits with 1 where a right answer or a
line is lost or a refusal overruled.
"""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Sequence
from pathlib import Path

import click

from bot.answering.asking import Dateline
from bot.assemble import answering, language_model, load_encoder_for, open_archive, reader_for
from bot.settings import Settings, load_settings
from bot.writing.settings import LlmSettings
from eval.cases import BUILT_IN, Case, load_set
from eval.kept_archive import kept_archive
from eval.run import seeds_folder
from eval.runs import archives_folder
from eval.studies.drafting.figures import Figures, Shown
from eval.studies.drafting.places import read_drafts
from eval.studies.drafting.replies import Recording, Remembering, Written
from index.articles.draft import Found
from index.articles.read import read_paths
from index.encoding.encoder import Encoder
from index.errors import BadInput, BadSetting

WRITTEN = Path(__file__).parent / "seeds.jsonl"


def written_cases() -> tuple[list[Case], Written]:
    """The built-in cases that replies were written for, and a model that gives them."""
    replies = {row["case"]: row["reply"] for row in map(json.loads, WRITTEN.read_text("utf-8").splitlines())}
    cases = [case for case in load_set(BUILT_IN).cases if case.id in replies]
    return cases, Written({case.question: replies[case.id] for case in cases})


async def ask_all(line: Dateline, model: Remembering, cases: Sequence[Case]) -> Figures:
    """What came of each case."""
    figures = Figures()
    with click.progressbar(length=len(cases), label="questions", file=sys.stderr) as bar:
        for case in cases:
            model.reply = ""
            answer = await line.ask(case.to_ask)
            figures.shown.append(Shown(case, model.reply, answer))
            bar.update(1)
    return figures


def measure(
    settings: Settings, home: Path, encoder: Encoder, *, model: Remembering, cases: Sequence[Case]
) -> Figures:
    """What the archive at `home` answers with the model."""
    llm = settings.llm if settings.llm.model else LlmSettings(model=model.name)
    reader = reader_for(settings)
    with open_archive(settings.model_copy(update={"home": home}), encoder) as archive:
        line = answering(archive, encoder, hits=settings.hits, llm=llm, reader=reader, model=model)
        return asyncio.run(ask_all(line, model, cases))


def _of_places(settings: Settings, encoder: Encoder, *, folder: Path, places: Path) -> Figures:
    """The figures of replies that are kept as places in the articles of a set."""
    eval_set = load_set(folder)
    if eval_set.articles is None:
        raise BadInput(
            f"{folder}: no articles, expected articles.jsonl or articles.jsonl.gz beside the cases"
        )
    articles = {
        one.article.id: one.article for one in read_paths([eval_set.articles]) if isinstance(one, Found)
    }
    drafts = read_drafts(places, articles=articles, cases=eval_set.cases)
    model = Written({case.question: reply for case, reply in drafts})
    home = _kept(settings, eval_set.articles, encoder)
    return measure(settings, home, encoder, model=model, cases=[case for case, _ in drafts])


def _kept(settings: Settings, articles: Path, encoder: Encoder) -> Path:
    """An archive of these articles, made once."""
    with click.progressbar(length=1, label="indexing", file=sys.stderr) as bar:

        def tell(done: int, total: int) -> None:
            bar.length = total
            bar.update(done - bar.pos)

        return kept_archive(archives_folder(settings.home), [articles], encoder=encoder, tell=tell)


@click.command()
@click.argument("folder", required=False, type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--home", type=click.Path(path_type=Path), help="The archive; default: the settings' home.")
@click.option(
    "--places", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="Written replies."
)
@click.option("--show", is_flag=True, help="Print the lines that are shown as quotations.")
def main(folder: Path | None, home: Path | None, places: Path | None, show: bool) -> None:
    """Count what the proof keeps of the drafts for the cases in FOLDER, or of those written over seeds/."""
    settings = load_settings({"home": home} if home else {})
    encoder = load_encoder_for(settings)
    if folder is None:
        cases, written = written_cases()
        figures = measure(
            settings, _kept(settings, seeds_folder(), encoder), encoder, model=written, cases=cases
        )
    elif places:
        figures = _of_places(settings, encoder, folder=folder, places=places)
    else:
        if not settings.llm.model:
            raise BadSetting("no language model is set up, expected 'llm.model', see `dateline settings`")
        model = Recording(language_model(settings.llm)[0])
        figures = measure(settings, settings.home, encoder, model=model, cases=load_set(folder).cases)
    for text in figures.lines():
        click.echo(text)
    for one in figures.shown if show else ():
        for drafted in one.lines:
            if one.answer.llm and not one.in_own_words(drafted):
                click.echo(f"\n{one.case.id}: {drafted.text}\n  «{drafted.relies_on}»")
    if not figures.kept_whole:
        sys.exit(1)


if __name__ == "__main__":
    main()

"""Rendered answers into the claims that nobody owns: `python -m eval.studies.news.owners`.

A claim is owned where the line that shows it names, before the quoted words, the outlet that printed
them and, where the article has somebody else say them, that speaker (or that it is not clear who speaks).
A sentence that a language model wrote must itself say who says it or which outlet writes it. The cells of
a difference name their outlet each. Nothing else may stand in an answer's text but notes in brackets.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator, Sequence

import click

from bot.answering.asking import Dateline
from bot.answers.answer import Answer, Sentence
from bot.answers.lines import names
from bot.assemble import answering, reader_for
from bot.language.tokens import sentences_of, tokens
from bot.settings import load_settings
from bot.showing.text import answer_text
from bot.showing.wording import words_of
from bot.speaking.attribution import attributions
from bot.speaking.speaker import Speakers
from eval.cases import BUILT_IN, Case, load_set
from eval.kept_archive import kept_archive
from eval.run import seeds_folder
from eval.studies.retrieval import CACHE
from index.encoding.encoders import load_encoder
from index.records import Span
from index.storage.archive import Archive

_WRITES = re.compile(r"\b(?:writes?|wrote|reports?|reported|according to|prints?|quotes?)\b")


def unowned(answer: Answer) -> list[str]:
    """The claims of an answer, as shown, that nobody owns."""
    lines = [
        line for line in answer_text(answer, words_of()).splitlines() if not re.fullmatch(r"\(.*\)", line)
    ]
    known = {words_of().sentence(one, answer.citations, answer.dates) for one in answer.sentences}
    known |= {words_of().difference(one, answer.citations) for one in answer.differences}
    known |= {words_of().correction(one, answer.citations) for one in answer.corrections}
    known |= {words_of().origins(answer.origins)}
    stray = [line for line in lines if line not in known] if answer.sentences else []
    return [*stray, *_sentences(answer), *_cells(answer)]


def _sentences(answer: Answer) -> Iterator[str]:
    for one in answer.sentences:
        line = words_of().sentence(one, answer.citations, answer.dates)
        owned = _is_led(one, answer, line) if one.verdict == "quoted" else _says_itself(one)
        if not owned:
            yield line


def _is_led(sentence: Sentence, answer: Answer, line: str) -> bool:
    """Whether the words before a quotation name its outlet, and its speaker where somebody else speaks."""
    citation = next(one for one in answer.citations if one.number == sentence.citations[0])
    before = line[: line.find(sentence.text.strip(' “”«»"')[:20])]
    if (citation.article.outlet or "outlet unknown") not in before:
        return False
    speaker = Speakers(citation.article).of(Span(citation.start, citation.end))
    if speaker is None:
        return True
    if speaker.kind == "unclear":
        return sentence.speaker is not None
    return names(line, speaker.name) or (sentence.speaker is not None and names(line, sentence.speaker))


def _says_itself(sentence: Sentence) -> bool:
    text = sentence.text
    told = any(attributions(one) for one in sentences_of(tokens(text, Span(0, len(text)))))
    return told or bool(_WRITES.search(text))


def _cells(answer: Answer) -> Iterator[str]:
    for cell in (cell for one in answer.differences for cell in one.cells):
        line = words_of().cell(cell, answer.citations)
        outlet = next(one for one in answer.citations if one.number == cell.citation).article.outlet
        if (outlet or "outlet unknown") not in line:
            yield line


async def ask_all(dateline: Dateline, cases: Sequence[Case]) -> list[Answer]:
    """The answer to each case."""
    return [await dateline.ask(case.to_ask) for case in cases]


@click.command()
def main() -> None:
    """Print how many claims of the built-in cases' answers are shown as plain fact, and which."""
    encoder = load_encoder(cache=CACHE)
    home = kept_archive(CACHE, [seeds_folder()], encoder=encoder, tell=lambda done, total: None)
    with Archive.open(home, encoder) as archive:
        settings = load_settings({})
        dateline = answering(archive, encoder, hits=settings.hits, reader=reader_for(settings))
        answers = asyncio.run(ask_all(dateline, load_set(BUILT_IN).cases))
    claims = sum(len(one.sentences) + sum(len(d.cells) for d in one.differences) for one in answers)
    found = [line for one in answers for line in unowned(one)]
    click.echo(f"{len(answers)} answers, {claims} claims: {len(found)} shown as plain fact without an owner")
    for line in found:
        click.echo(f"  {line}")


if __name__ == "__main__":
    main()

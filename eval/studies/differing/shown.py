"""An eval set's articles into the differences found between them, to be read and judged by a person.

    python -m eval.studies.differing.shown FOLDER [--titles N] [--seed N] [--quiet] [--answered]

Each question of the set, and as many titles of its articles, is searched for; every sentence of the hits is
compared with those of other outlets, as an answer compares what it quotes. Where two give the same figure,
one is then changed to another ("planted"): how many of these are found tells what real sentences would give.
With `--answered` each question is answered, a second each, and what its answer shows is printed instead.
"""

from __future__ import annotations

import asyncio
import random
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.answers.asked import LONGEST, Asked
from bot.differing.comparing import DAYS, compare
from bot.differing.pairs import Pair
from bot.differing.reports import near_in_time, read_report
from bot.language.lexicon import load_lexicon
from bot.language.sentence import NewsSentence
from bot.language.vocabulary import Vocabulary, load_vocabulary
from bot.showing.wording import words_of
from eval.cases import load_set
from eval.studies.retrieval import CACHE, HITS, open_archive
from index.articles.draft import Found
from index.articles.read import read_paths
from index.errors import DatelineError
from index.records import Article, Filters, Hit, Span
from index.retrieval.retrieve import Retriever
from index.storage.archive import Archive

if TYPE_CHECKING:
    from index.encoding.encoder import Encoder

SHARED = 4  # words that two sentences must share to be compared
TIMES = 1.7  # what a planted figure is of the one it replaces
_FIGURE = re.compile(r"\$?(\d[\d,]*(?:\.\d+)?)(?: million| billion)?")


@dataclass(frozen=True)
class Compared:
    """Two sentences of two outlets, and how they stand to one another; None: in no way that is shown."""

    one: NewsSentence
    other: NewsSentence
    pair: Pair | None


def compared(hits: Sequence[Hit], vocabulary: Vocabulary) -> Iterator[Compared]:
    """The sentences of hits that two outlets wrote of what may be one event, each with each."""
    found = dict.fromkeys((hit.article, span) for hit in hits for span in hit.passage.sentences)
    keys = {one: _keys(*one, vocabulary) for one in found}
    reports = {one: read_report(*one, vocabulary) for one in found}
    for first, second in combinations(found, 2):
        apart = first[0].outlet != second[0].outlet and near_in_time(first[0], second[0], days=DAYS)
        if apart and len(keys[first] & keys[second]) >= SHARED:
            one, other = reports[first], reports[second]
            yield Compared(one, other, compare(one, other))


def _keys(article: Article, span: Span, vocabulary: Vocabulary) -> set[str]:
    words = vocabulary.lexicon.read(article.body[span.start : span.end])
    return {word.key for word in words if not word.plain}


def planted(found: Compared, vocabulary: Vocabulary) -> bool | None:
    """Whether a figure that both give is found to differ once it is changed in one; None without one."""
    if found.pair is None or found.pair.kind != "agreed":
        return None
    body, place = found.other.article.body, found.pair.other
    figure = _FIGURE.fullmatch(body[place.start : place.end])
    if figure is None:
        return None
    value = float(figure[1].replace(",", "")) * TIMES
    other = f"{value:,.0f}" if value >= 10 else f"{value:.2f}"
    start, end = place.start + figure.start(1), place.start + figure.end(1)
    span, longer = found.other.span, len(other) - (end - start)
    article = replace(found.other.article, body=body[:start] + other + body[end:])
    changed = read_report(article, Span(span.start, span.end + longer), vocabulary)
    pair = compare(found.one, changed)
    return pair is not None and pair.kind in ("figure", "update")


def once(found: Iterable[Compared]) -> Iterator[Compared]:
    """Each two sentences once, whichever question brought them."""
    seen = set()
    for one in found:
        sides = sorted((side.article.id, side.span) for side in (one.one, one.other))
        if tuple(sides) not in seen:
            seen.add(tuple(sides))
            yield one


def shown(found: Compared) -> str:
    """A difference for reading: its kind, then each sentence with the words that differ marked."""
    assert found.pair is not None
    lines = [f"{found.pair.kind}"]
    for report, words in ((found.one, found.pair.one), (found.other, found.pair.other)):
        body, span = report.article.body, report.span
        text = (
            f"{body[span.start : words.start]}<<{body[words.start : words.end]}>>{body[words.end : span.end]}"
        )
        lines.append(f"  {report.article.outlet}, {report.article.published}: {' '.join(text.split())}")
    return "\n".join(lines)


def of_answers(questions: Sequence[str], archive: Archive, encoder: Encoder) -> Iterator[tuple[str, str]]:
    """What the answers to questions show of where outlets or copies differ: each its kind and its lines."""
    from bot.assemble import answering, reader_for
    from bot.settings import load_settings

    settings = load_settings({})
    dateline = answering(archive, encoder, hits=settings.hits, reader=reader_for(settings))
    for question in questions:
        answer = asyncio.run(dateline.ask(Asked(question[:LONGEST])))
        quotes = {one.number: one.quote for one in answer.citations}
        for one in answer.differences:
            lines = [words_of().difference(one, answer.citations)]
            lines += [f"  {' '.join(quotes[cell.citation].split())}" for cell in one.cells]
            yield one.kind, "\n".join(lines)


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option("--titles", default=0, show_default=True, help="How many titles are asked as well.")
@click.option("--seed", default=0, show_default=True, help="Which titles.")
@click.option("--quiet", is_flag=True, help="Print the counts alone.")
@click.option("--answered", is_flag=True, help="Answer each question, and print what its answer shows.")
@click.option("--cache", type=click.Path(path_type=Path), default=CACHE, show_default=True)
def main(folder: Path, titles: int, seed: int, quiet: bool, answered: bool, cache: Path) -> None:
    """Print the differences between the articles of an eval set, and how many planted ones are found."""
    try:
        with open_archive(folder, cache) as (archive, encoder, cases):
            questions = [case.question for case in cases] + _titles(folder, titles, seed)
            if answered:
                _print_answers(of_answers(questions, archive, encoder), len(questions))
            else:
                _print_pairs(questions, Retriever(archive, encoder), quiet=quiet)
    except DatelineError as exc:
        raise click.ClickException(str(exc)) from exc


def _print_answers(found: Iterable[tuple[str, str]], questions: int) -> None:
    kinds = Counter[str]()
    for kind, lines in found:
        kinds[kind] += 1
        if kind != "agreed":
            click.echo(lines)
    click.echo(f"{questions} questions: {_counted(kinds)}")


def _counted(kinds: Counter[str]) -> str:
    return ", ".join(f"{kind} {n}" for kind, n in kinds.most_common()) or "none"


def _print_pairs(questions: Sequence[str], retriever: Retriever, *, quiet: bool) -> None:
    vocabulary = load_vocabulary(load_lexicon())
    hits = (retriever.retrieve(one, filters=Filters(), limit=HITS) for one in questions)
    results = list(once(two for some in hits for two in compared(some, vocabulary)))
    for one in results if not quiet else ():
        if one.pair:
            click.echo(shown(one))
    kinds = Counter[str](one.pair.kind for one in results if one.pair)
    tried = [found for one in results if (found := planted(one, vocabulary)) is not None]
    click.echo(f"{len(questions)} questions, {len(results)} pairs of sentences: {_counted(kinds)}")
    click.echo(f"planted in those that agree: {sum(tried)} of {len(tried)} found")


def _titles(folder: Path, count: int, seed: int) -> list[str]:
    path = load_set(folder).articles
    if path is None or not count:
        return []
    found = (one.article.title for one in read_paths([path]) if isinstance(one, Found))
    titles = sorted({title for title in found if len(title) > 20})
    return random.Random(seed).sample(titles, min(count, len(titles)))


if __name__ == "__main__":
    main()

"""Random questions as of random days into how much evidence was published later.

`python -m eval.studies.news.asof`. Questions are made of the titles and names of the built-in articles, days
drawn between the first and the last publication; whatever is shown (quotations, nearest passages, cells of
differences, hits) must have been published by that day, for certain: an article of unknown date counts as
later.
"""

from __future__ import annotations

import asyncio
import random
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import click

from bot.answering.asking import Dateline
from bot.answers.asked import Asked
from bot.assemble import answering, reader_for
from bot.settings import load_settings
from eval.cases import BUILT_IN, load_set
from eval.kept_archive import kept_archive
from eval.run import seeds_folder
from eval.studies.retrieval import CACHE
from index.dates import date_span
from index.encoding.encoders import load_encoder
from index.records import Article, Filters
from index.storage.archive import Archive

_FORMS = (
    "What happened in {}?", "What is known about {}?", "What did {} say?", "When was {} mentioned?",
    "What is the latest on {}?", "How many people died in {}?", "{}",
)  # fmt: skip
_NAME = re.compile(r"(?<!\. )(?<!^)\b[A-Z][a-z]{3,}(?: [A-Z][a-z]{3,})?")


@dataclass(frozen=True)
class Seen:
    """What one question as of a day showed: how many articles, and how many of them were later."""

    shown: int
    later: int


def drawn(articles: Sequence[Article], *, count: int, seed: int) -> list[tuple[str, str]]:
    """(question, day) pairs, the same for the same seed."""
    chance = random.Random(seed)
    told = [one.published or "" for one in articles]
    days = [date.fromisoformat(iso[:10]) for iso in told if len(iso) >= 10]
    first, last = min(days) - timedelta(2), max(days) + timedelta(2)
    names = sorted({name for one in articles for name in _NAME.findall(one.body)})
    asked = [case.question for case in load_set(BUILT_IN).cases] + [one.title for one in articles]
    found = []
    for _ in range(count):
        question = (
            chance.choice(asked)
            if chance.random() < 0.5
            else chance.choice(_FORMS).format(chance.choice(names))
        )
        day = first + timedelta(chance.randrange((last - first).days + 1))
        found.append((question[:1000], (day if chance.random() < 0.7 else chance.choice(days)).isoformat()))
    return found


def later_than(articles: Iterable[Article], day: str) -> Seen:
    """How many of the articles were not certainly published by the end of a day."""
    end, shown = date_span(day)[1], list(articles)
    late = [one for one in shown if not one.published or date_span(one.published)[1] > end]
    return Seen(len(shown), len(late))


async def ask_all(dateline: Dateline, pairs: Sequence[tuple[str, str]]) -> list[Seen]:
    """Each question asked and searched as of its day."""
    results = []
    for question, day in pairs:
        asked = Asked(question, Filters(as_of=day))
        answer = await dateline.ask(asked)
        hits = await dateline.search(asked)
        cited = [*answer.citations, *(answer.abstention.nearest if answer.abstention else ())]
        seen = (
            [one.article for one in cited]
            + [hit.article for hit in hits]
            + [c for hit in hits for c in hit.copies]
        )
        results.append(later_than(seen, day))
    return results


@click.command()
@click.option("--count", default=300, show_default=True)
@click.option("--seed", default=0, show_default=True)
def main(count: int, seed: int) -> None:
    """Print how much of what was shown had been published after the day that was asked for."""
    encoder = load_encoder(cache=CACHE)
    home = kept_archive(CACHE, [seeds_folder()], encoder=encoder, tell=lambda done, total: None)
    with Archive.open(home, encoder) as archive:
        listed = list(archive.articles())
        pairs = drawn(listed, count=count, seed=seed)
        settings = load_settings({})
        dateline = answering(archive, encoder, hits=settings.hits, reader=reader_for(settings))
        results = asyncio.run(ask_all(dateline, pairs))
    shown, later = sum(one.shown for one in results), sum(one.later for one in results)
    with_any = sum(one.shown > 0 for one in results)
    click.echo(
        f"{count} questions, {with_any} with evidence, {shown} articles shown: {later} published later"
    )


if __name__ == "__main__":
    main()

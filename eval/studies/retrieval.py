"""An eval set into the figures of retrieval: a right article and the answer's words, first and among five.

    python -m eval.studies.retrieval FOLDER [--json] [--asked] [--as-of-asked] [--cache FOLDER]

An article's place is where it first appears among the hits. A passage has the answer's words when each group
of answers has an alternative in it, as whole words. The date of asking is used with `--asked`, for what is
recent, and with `--as-of-asked`, for what was there at all.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

import click

from eval.cases import BadCase, Case, load_set
from eval.kept_archive import Tell, kept_archive
from eval.metrics.answer_match import answer_match
from eval.metrics.hit_rate import hit_rate
from eval.metrics.percentile import percentile
from eval.metrics.reciprocal_rank import reciprocal_rank
from index.dates import known_day
from index.errors import DatelineError
from index.records import Filters, Hit
from index.storage.archive import Archive

if TYPE_CHECKING:
    from index.encoding.encoder import Encoder
    from index.retrieval.retrieve import Retriever

HITS = 12
CACHE = Path(".dateline") / "eval"

_POSSESSIVE = re.compile(r"['’]s\b")

Retrieve = Callable[[Case], Sequence[Hit]]


@dataclass(frozen=True)
class Found:
    """What retrieval found for one case, each from 0 to 1, and how long it took."""

    article_first: float
    article_in_five: float
    article_rank: float
    words_first: float
    words_in_five: float
    milliseconds: float


@dataclass(frozen=True)
class Figures:
    """Means over the cases; `article_mrr` is the mean of 1 / rank of the first right article."""

    cases: int
    article_first: float
    article_in_five: float
    article_mrr: float
    words_first: float
    words_in_five: float
    p50_ms: float
    p95_ms: float


def judge(case: Case, hits: Sequence[Hit], *, milliseconds: float) -> Found:
    """How good the hits are for one case that names its articles and answer."""
    right = set(case.articles)
    ranked = list(dict.fromkeys(name for hit in hits for name in _named(hit, right)))
    words = [float(has_words(hit.passage.text, case)) for hit in hits]
    return Found(
        article_first=hit_rate(ranked, right, k=1) or 0.0,
        article_in_five=hit_rate(ranked, right, k=5) or 0.0,
        article_rank=reciprocal_rank(ranked, right) or 0.0,
        words_first=max(words[:1], default=0.0),
        words_in_five=max(words[:5], default=0.0),
        milliseconds=milliseconds,
    )


def has_words(text: str, case: Case) -> bool:
    """Whether the answer's words are in a text; "Biden's" has the word "Biden"."""
    groups = [[_bare(alternative) for alternative in group] for group in case.answer or ()]
    return bool(answer_match(_bare(text), groups))


def _bare(text: str) -> str:
    """Without a possessive "'s", which the measure would take for a part of the word."""
    return _POSSESSIVE.sub(" ", text)


def figures(found: Sequence[Found]) -> Figures:
    """The means of what was found for each case, at least one."""
    times = [one.milliseconds for one in found]
    return Figures(
        cases=len(found),
        article_first=_mean([one.article_first for one in found]),
        article_in_five=_mean([one.article_in_five for one in found]),
        article_mrr=_mean([one.article_rank for one in found]),
        words_first=_mean([one.words_first for one in found]),
        words_in_five=_mean([one.words_in_five for one in found]),
        p50_ms=percentile(times, 50) or 0.0,
        p95_ms=percentile(times, 95) or 0.0,
    )


def measure(cases: Sequence[Case], retrieve: Retrieve) -> list[Found]:
    """Each case retrieved and judged, in order; the first is retrieved once more before, to warm up."""
    found = []
    for case in (*cases[:1], *cases):
        begun = perf_counter()
        hits = retrieve(case)
        found.append(judge(case, hits, milliseconds=1000 * (perf_counter() - begun)))
    return found[1:]


def _named(hit: Hit, right: set[str]) -> list[str]:
    """The hit's article, or the right one among its copies: who finds one has found the text of the other."""
    return [copy.id for copy in hit.copies if copy.id in right and hit.article.id not in right] or [
        hit.article.id
    ]


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)


@contextmanager
def open_set(folder: Path, cache: Path) -> Iterator[tuple[Retriever, list[Case]]]:
    """A retriever over the articles of an eval set, and its cases; see `open_archive`."""
    from index.retrieval.retrieve import Retriever

    with open_archive(folder, cache) as (archive, encoder, cases):
        yield Retriever(archive, encoder), cases


@contextmanager
def open_archive(folder: Path, cache: Path) -> Iterator[tuple[Archive, Encoder, list[Case]]]:
    """The articles of an eval set, indexed now if they are not yet, their encoder, and its cases.

    Only cases that name their articles and an answer. Raises `BadCase` when there are none, or no articles.
    """
    from index.encoding.encoders import load_encoder

    questions = load_set(folder)
    cases = [case for case in questions.cases if case.articles]
    if questions.articles is None or not cases:
        raise BadCase(f"{folder}: no articles, or no case that names its articles; expected both")
    encoder = load_encoder(cache=cache / "encoders")
    with _progress() as tell:
        home = kept_archive(cache, [questions.articles], encoder=encoder, tell=tell)
    with Archive.open(home, encoder) as archive:
        yield archive, encoder, cases


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.option("--asked", is_flag=True, help="Tell retrieval the day on which each case was asked.")
@click.option("--as-of-asked", is_flag=True, help="Search only what was published when each case was asked.")
@click.option("--cache", type=click.Path(path_type=Path), default=CACHE, show_default=True)
def main(folder: Path, as_json: bool, asked: bool, as_of_asked: bool, cache: Path) -> None:
    """Print how well the articles and answers of an eval set are found."""
    try:
        with open_set(folder, cache) as (retriever, cases):

            def retrieve(case: Case) -> Sequence[Hit]:
                filters = Filters(as_of=case.asked) if as_of_asked else Filters()
                day = known_day(case.asked) if asked else None
                return retriever.retrieve(case.question, filters=filters, limit=HITS, asked_on=day)

            result = figures(measure(cases, retrieve))
    except DatelineError as exc:
        raise click.ClickException(str(exc)) from exc
    click.echo(json.dumps(asdict(result)) if as_json else table(result))


@contextmanager
def _progress() -> Iterator[Tell]:
    """A bar on stderr, only once there is something to index."""
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bars:
        bar = bars.add_task("indexing", visible=False)
        yield lambda done, total: bars.update(bar, completed=done, total=total, visible=True)


def table(result: Figures) -> str:
    """The figures for a terminal."""
    rows = (
        ("a right article", result.article_first, result.article_in_five),
        ("the answer's words in a passage", result.words_first, result.words_in_five),
    )
    return "\n".join(
        [
            f"{result.cases} cases" + " " * 29 + "first  among five",
            *(f"{name:<35}{first:10.3f}{five:12.3f}" for name, first, five in rows),
            f"mean reciprocal rank {result.article_mrr:.3f}; "
            f"{result.p50_ms:.0f} ms a question (p50), {result.p95_ms:.0f} ms (p95)",
        ]
    )


if __name__ == "__main__":
    main()

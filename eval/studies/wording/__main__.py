"""The rule for a model's wording against sentences written apart from it: false ones shown, true ones kept.

    python -m eval.studies.wording [PAIRS.jsonl]… [--articles ARTICLES]… [--show LABEL]

A row is `{"id", "article", "kind", "label", "quote", "sentence"}`: a sentence as a model would write it and
the words of the article that it cites, letter by letter. `label` is "false" (it says what the words do not
say), "true" (freely worded) or "shortening" (the words in their order, some left out). Counted is what is
shown in the sentence's own wording; everything else is shown as the quotation, and nothing is lost.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

import click
from pydantic import BaseModel, ConfigDict

from bot.proof.lines import Lines, Lost
from bot.proof.records import DraftLine, SentPassage
from eval.metrics.percentile import percentile
from eval.run import seeds_folder
from eval.studies.drafting.places import Said, put_together
from index.articles.draft import Found
from index.articles.read import read_paths
from index.errors import BadInput
from index.records import Article, Hit, Passage, Span

# Written over seeds/ by people who had not seen the rule: `dev` and `earlier` were looked at, `heldout` not.
BUILT_IN = [Path(__file__).parent / f"{name}.jsonl" for name in ("dev", "earlier", "heldout")]


@dataclass(frozen=True)
class Row:
    """One written sentence and what it cites."""

    id: str
    article: str
    kind: str
    label: str
    quote: str
    sentence: str


class KeptRow(BaseModel):
    """A row as it is kept: in words, or as places where the article may not be kept here."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    id: str
    article: str
    kind: str
    label: str
    quote: str | tuple[int, int]
    sentence: str | Said

    def over(self, article: Article) -> Row:
        """The row in words."""
        quote = self.quote if isinstance(self.quote, str) else put_together((self.quote,), article.body)
        kept = self.sentence
        sentence = kept if isinstance(kept, str) else put_together(kept, article.body)
        return Row(self.id, self.article, self.kind, self.label, quote, sentence)


@dataclass(frozen=True)
class Judged:
    """A row with what is shown of it: in the `own` wording, as a quotation, or nothing."""

    row: Row
    own: bool
    lost: bool
    ms: float


def read_rows(paths: Sequence[Path], *, articles: Mapping[str, Article]) -> list[Row]:
    """The rows of files, in order. Raises `BadInput` for one that is none, or whose article is not there."""
    lines = ((path, path.read_text(encoding="utf-8").splitlines()) for path in paths)
    return [
        _row(path, n, line, articles=articles) for path, rows in lines for n, line in enumerate(rows, start=1)
    ]


def _row(path: Path, number: int, line: str, *, articles: Mapping[str, Article]) -> Row:
    try:
        kept = KeptRow.model_validate_json(line)
        return kept.over(articles[kept.article])
    except (ValueError, KeyError) as exc:
        raise BadInput(
            f"{path} line {number}: {exc}, expected a written sentence over an article that is given"
        ) from exc


def read_articles(paths: Sequence[Path]) -> dict[str, Article]:
    """The articles of files by id."""
    return {found.article.id: found.article for found in read_paths([*paths]) if isinstance(found, Found)}


def judge(row: Row, article: Article) -> Judged:
    """What is shown of a row where its whole article was sent."""
    whole = Span(0, len(article.body))
    passage = Passage(article.id, article.revision, 0, 0, len(article.body), article.body, (whole,))
    shown = SentPassage(1, Hit(passage, article, 1.0, origin=article.id), whole)
    started = perf_counter()
    outcome = Lines().prove(DraftLine(row.sentence, (1,), ((1, row.quote),)), [shown], shorts={})
    spent = 1000 * (perf_counter() - started)
    if isinstance(outcome, Lost):
        return Judged(row, own=False, lost=True, ms=spent)
    own = any(_bare(one.text) == _bare(row.sentence) for one in outcome)
    return Judged(row, own=own, lost=False, ms=spent)


def _bare(text: str) -> str:
    return " ".join(text.split()).strip(" .“”\"'").casefold()


def table(judged: Sequence[Judged]) -> Iterator[str]:
    """A line a label, then one a kind of the false ones."""
    for label in ("false", "true", "shortening"):
        yield _line(label, [one for one in judged if one.row.label == label])
    for kind in sorted({one.row.kind for one in judged if one.row.label == "false"}):
        yield _line(f"  {kind}", [one for one in judged if (one.row.kind, one.row.label) == (kind, "false")])
    times = [one.ms for one in judged]
    yield f"{'proof of a line, ms':24} p50 {percentile(times, 50):.1f}  p95 {percentile(times, 95):.1f}"
    yield f"{'lines lost':24} {sum(one.lost for one in judged)}"


def _line(name: str, judged: Sequence[Judged]) -> str:
    own = sum(one.own for one in judged)
    return f"{name:24} {len(judged):4}  in its own wording {own:4} ({own / max(1, len(judged)):.3f})"


@click.command()
@click.argument("pairs", nargs=-1, type=click.Path(exists=True, path_type=Path))
@click.option(
    "--articles", multiple=True, type=click.Path(exists=True, path_type=Path), help="Beside seeds/."
)
@click.option("--show", help="Print the rows of this label that came out wrong.")
def main(pairs: tuple[Path, ...], articles: tuple[Path, ...], show: str | None) -> None:
    """Count which sentences of PAIRS, or of those over seeds/, are shown in their own wording."""
    known = read_articles([seeds_folder(), *articles])
    judged = [judge(row, known[row.article]) for row in read_rows(pairs or BUILT_IN, articles=known)]
    for line in table(judged):
        click.echo(line)
    for one in judged:
        if one.row.label == show and one.own == (show == "false"):
            click.echo(f"\n{one.row.id} {one.row.kind}\n  said: {one.row.sentence}\n  from: {one.row.quote}")


if __name__ == "__main__":
    main()

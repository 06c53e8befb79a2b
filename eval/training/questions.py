"""Questions that people ask of news, kept as places in articles: back into rows for the reader's training.

    python -m eval.training.questions ../shared/benchmarks/realtimeqa/articles.jsonl.gz > written.jsonl

4,318 rows over 432 pages of RealTimeQA, ten a page: six that it answers and four near misses; and 1,250 over
125 pages, yes-or-no questions, questions for reasons and words, and their near misses. Written for this by
readers of the pages who had not seen Dateline. None of the pages of `../shared/benchmarks/news` is among
them. A row that comes out has `article`, `question`, `answer`, `sentence`, `near` and `kind`, as
`../shared/tools/news_written.py` takes it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import click
from pydantic import BaseModel, ConfigDict

from index.articles.draft import Found
from index.articles.read import read_paths
from index.errors import BadInput
from index.records import Article

WRITTEN = Path(__file__).parent / "questions.jsonl"
Place = tuple[int, int]


class PlacedQuestion(BaseModel):
    """One question; `sentence` and `answer`, or for a near miss `near`, are spans of the article's body."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    article: str
    question: str
    kind: str
    sentence: Place | None = None
    answer: Place | None = None
    near: Place | None = None

    def row(self, article: Article) -> dict[str, str | None]:
        """The question with its words."""

        def words(place: Place | None) -> str | None:
            return article.body[place[0] : place[1]] if place else None

        return {
            "article": self.article,
            "question": self.question,
            "answer": words(self.answer),
            "sentence": words(self.sentence),
            "near": words(self.near),
            "kind": self.kind,
        }


def read_questions(articles: dict[str, Article], *, path: Path = WRITTEN) -> Iterator[dict[str, str | None]]:
    """The rows of a file, in order. Raises `BadInput` where an article is missing."""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        placed = PlacedQuestion.model_validate_json(line)
        if placed.article not in articles:
            raise BadInput(
                f"{path} line {number}: no article {placed.article!r}, expected it among those given"
            )
        yield placed.row(articles[placed.article])


@click.command()
@click.argument("articles", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
def main(articles: tuple[Path, ...]) -> None:
    """Print the questions over ARTICLES as rows."""
    known = {one.article.id: one.article for one in read_paths([*articles]) if isinstance(one, Found)}
    for row in read_questions(known):
        click.echo(json.dumps(row, ensure_ascii=False))


if __name__ == "__main__":
    main()

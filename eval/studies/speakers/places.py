"""Labelled sentences of pages that may not be kept here, as places in them; and rows with words into such.

    python -m eval.studies.speakers.places WRITTEN.jsonl ARTICLES > eval/studies/speakers/real_NAME.jsonl

A written row is `{"article", "sentence", "labels", "partly"}`, the labels as in `articles.txt`. `partly` says
that only a clause of the sentence is the speaker's, and the rest the outlet's.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import click
from pydantic import BaseModel, ConfigDict

from eval.cases import BadCase
from eval.studies.speakers.labels import Labelled, label_of
from index.articles.draft import Found
from index.articles.read import read_paths
from index.records import Article, Span


class PlacedSentence(BaseModel):
    """A sentence, `body[start:end]` of an article, the sha256 of its words, and the labels that are right."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    article: str
    start: int
    end: int
    sha256: str
    labels: tuple[str, ...]
    partly: bool


class WrittenSentence(BaseModel):
    """A sentence with its words, as it is labelled."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    article: str
    sentence: str
    labels: tuple[str, ...]
    partly: bool = False


def read_articles(path: Path) -> dict[str, Article]:
    """The articles of a file or of a set's folder, by id."""
    paths = [path / "articles.jsonl.gz" if path.is_dir() else path]
    return {one.article.id: one.article for one in read_paths(paths) if isinstance(one, Found)}


def read_places(path: Path, articles: Mapping[str, Article]) -> list[Labelled]:
    """The sentences of a file, in order; raises `BadCase` where an article is missing or has other words."""
    held_out = "held" in path.stem
    lines = path.read_text(encoding="utf-8").splitlines()
    return [_labelled(PlacedSentence.model_validate_json(one), articles, held_out=held_out) for one in lines]


def _labelled(place: PlacedSentence, articles: Mapping[str, Article], *, held_out: bool) -> Labelled:
    article = articles.get(place.article)
    if article is None or _sha256(article.body[place.start : place.end]) != place.sha256:
        raise BadCase(
            f"{place.article}: characters {place.start}–{place.end} are not the words that were labelled,"
            " expected the articles that they were labelled in"
        )
    labels = tuple(label_of(one, place.article) for one in place.labels)
    return Labelled(article, Span(place.start, place.end), labels, held_out, place.partly)


def placed(row: WrittenSentence, article: Article) -> PlacedSentence | None:
    """Where a sentence stands in its article, first of all, whatever its white space; None if it does not."""
    found = re.search(r"\s+".join(map(re.escape, row.sentence.split())), article.body)
    if found is None:
        return None
    for one in row.labels:
        label_of(one, row.article)
    start, end = found.span()
    return PlacedSentence(
        article=row.article,
        start=start,
        end=end,
        sha256=_sha256(found[0]),
        labels=row.labels,
        partly=row.partly,
    )


def _sha256(words: str) -> str:
    return hashlib.sha256(words.encode()).hexdigest()


def _placed(path: Path, articles: Mapping[str, Article]) -> Iterator[PlacedSentence | WrittenSentence]:
    for line in path.read_text(encoding="utf-8").splitlines():
        row = WrittenSentence.model_validate_json(line)
        article = articles.get(row.article)
        yield (placed(row, article) if article else None) or row


@click.command()
@click.argument("written", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.argument("articles", type=click.Path(exists=True, path_type=Path))
def main(written: Path, articles: Path) -> None:
    """Print the places of WRITTEN sentences in ARTICLES, one a line; say which are not found."""
    for one in _placed(written, read_articles(articles)):
        if isinstance(one, PlacedSentence):
            click.echo(one.model_dump_json())
        else:
            click.echo(f"{one.article} does not have: {one.sentence!r}", err=True)


if __name__ == "__main__":
    main()

"""Hits for a terminal: each with its article, its id, in words why it is there, and its text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, TextIO

from bot.answers.lines import plain
from bot.showing.terminal import console_of, line_of, source_of
from bot.showing.wording import Words, words_of
from index.records import Article, Hit
from index.retrieval.nearness import Nearness, nearness
from index.retrieval.query import read_query

if TYPE_CHECKING:
    from rich.console import RenderableType

_CLOSE = 0.55  # a cosine; half of RealTimeQA's right articles have more
_MOST_WORDS = 6


def print_hits(question: str, hits: Sequence[Hit], file: TextIO | None = None) -> None:
    """Print the hits of a question, best first: why each is there, and its text."""
    console, query = console_of(file), read_query(question)
    for number, hit in enumerate(hits, start=1):
        console.print(_hit(number, hit, nearness(query, hit)))


def why_near(found: Nearness, words: Words) -> str:
    """Why a hit is there: "has “ceasefire” and “Lavrov”; close in meaning"."""
    shown = [words.say("near.word", {"word": one}) for one in found.words[:_MOST_WORDS]]
    has = [words.say("near.words", {"words": words.listed(shown, "and")})] if shown else []
    if found.cosine is None:
        return "; ".join(has)
    return "; ".join([*has, words.say("near.close" if found.cosine >= _CLOSE else "near.less_close")])


def _hit(number: int, hit: Hit, found: Nearness) -> RenderableType:
    from rich.padding import Padding
    from rich.table import Table

    words = words_of()
    why = [hit.article.id, why_near(found, words)]
    if hit.copies:
        why.append(words.say("near.copies", {"outlets": "; ".join(map(_printed, hit.copies))}))
    table = Table.grid(padding=(0, 1))
    table.add_column(style="cyan", no_wrap=True)
    table.add_column(overflow="fold")
    table.add_row(f"{number}.", source_of(hit.article))
    table.add_row("", line_of(" · ".join(filter(None, why)), "dim"))
    table.add_row("", line_of(hit.passage.text))
    return Padding(table, (0, 0, 1, 0))


def _printed(copy: Article) -> str:
    day = words_of().day(copy.published) if copy.published else None
    return plain(", ".join(filter(None, (copy.outlet or copy.id, day))))

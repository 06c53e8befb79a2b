"""Drafts over articles that may not be kept here, as places in them: back into replies, with the articles.

A row is a case, by its id in the set or with its question, and what the model wrote: that it refuses, or
lines. Of a line the words it relies on are `body[start:end]` of an article, and its sentence is made of such
spans and of the few words in between that are the model's own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from bot.writing.drafts import REFUSAL
from eval.cases import Case
from index.records import Article

# What a model said of an article: spans of its body, and the words in between that are the model's own.
Said = tuple[tuple[int, int] | str, ...]


def put_together(said: Said, body: str) -> str:
    """What was said, in one line."""
    parts = (piece if isinstance(piece, str) else body[piece[0] : piece[1]] for piece in said)
    return " ".join(" ".join(parts).split())


class PlacedLine(BaseModel):
    """One line of a draft."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    article: str
    words: tuple[int, int]
    said: Said

    def text(self, body: str) -> str:
        """The line as it was written, with the number of some passage: where the words stand is looked up."""
        return f"{put_together(self.said, body)} [1] «{put_together((self.words,), body)}»"


class PlacedDraft(BaseModel):
    """What a model wrote of one case: a refusal where there are no lines."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    case: str
    question: str | None = None
    answer: tuple[tuple[str, ...], ...] | None = None
    lines: tuple[PlacedLine, ...] = ()

    @property
    def own_case(self) -> Case:
        """The case of a question that is not one of the set's."""
        return Case(id=self.case, kind="own", question=self.question or "", answer=self.answer)

    def reply(self, bodies: Mapping[str, Article]) -> str:
        """The model's reply."""
        return "\n".join(line.text(bodies[line.article].body) for line in self.lines) or REFUSAL


def read_drafts(
    path: Path, *, articles: Mapping[str, Article], cases: Sequence[Case]
) -> list[tuple[Case, str]]:
    """The cases of a file with their replies, in order; a case of the set is named by its id."""
    known = {case.id: case for case in cases}
    rows = path.read_text(encoding="utf-8").splitlines()
    drafts = [PlacedDraft.model_validate_json(row) for row in rows]
    return [(known.get(one.case) or one.own_case, one.reply(articles)) for one in drafts]

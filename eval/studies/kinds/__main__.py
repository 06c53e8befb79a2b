"""Which of ten kinds of questions are answered rightly: `python -m eval.studies.kinds [--show] [--json]`.

*Right*: of a case that has an answer, it was answered and its words are in the first quotation, of a list or
of steps all of them in what is quoted, the steps in their order; of one that has none, it was not answered.
*Closest*: the words are in the first quotation that is shown, be it given as the answer or as what is
closest. *Bold wrong*: words that are no answer are marked as one.
"""

from __future__ import annotations

import asyncio
import json
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

import click
from pydantic import BaseModel, ConfigDict, Field

from bot.answers.answer import Answer
from bot.answers.asked import Asked
from bot.assemble import answering, load_encoder_for, open_archive, reader_for
from bot.settings import load_settings
from index.articles.read import read_paths
from index.storage.ingest import ingest

HERE = Path(__file__).parent


class KindCase(BaseModel):
    """A question of one kind; `sentence` is the one that should be quoted first, `wrong` must not be bold."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    kind: str
    question: str
    asked: date | None
    answer: tuple[str, ...]
    article: str | tuple[str, ...] | None
    sentence: str | None
    wrong: tuple[str, ...] = Field(alias="not")
    outcome: Literal["answered", "unsure", "absent"]
    note: str = ""
    all: bool = False
    yesno: Literal["yes", "no"] | None = None

    @property
    def held(self) -> bool:
        """Whether it is held out."""
        return int(self.id.rpartition("-")[2]) % 2 == 0


@dataclass(frozen=True)
class Outcome:
    """A case with what came of it."""

    case: KindCase
    answer: Answer

    @property
    def quotes(self) -> list[str]:
        """What is shown, as an answer or as what comes nearest, best first."""
        why = self.answer.abstention
        return [one.quote for one in (why.nearest if why else self.answer.citations)]

    @property
    def answered(self) -> bool:
        """Whether it was."""
        return self.answer.abstention is None

    @property
    def closest(self) -> bool:
        """Whether the words that answer are in the first quotation, of a list or of steps in all of them."""
        if self.case.all:
            return _in_order(self.case.answer, " ".join(self.quotes), ordered=self.case.kind == "timeline")
        return any(_holds(words, self.quotes[0]) for words in self.case.answer) if self.quotes else False

    @property
    def right(self) -> bool:
        """Whether it was answered as it should be."""
        return self.answered and self.closest if self.case.answer else not self.answered

    @property
    def bold(self) -> str | None:
        """The words that are marked in the first quotation."""
        why = self.answer.abstention
        if why:
            near = why.nearest[0] if why.nearest else None
            return near.quote[slice(*near.short)] if near and near.short else None
        one = self.answer.sentences[0]
        return one.text[slice(*one.short)] if one.short else None

    @property
    def bold_wrong(self) -> bool:
        """Whether words are marked that are no answer."""
        return self.bold is not None and any(_holds(words, self.bold) for words in self.case.wrong)


def load_cases() -> list[KindCase]:
    """The cases, in order."""
    lines = (HERE / "cases.jsonl").read_text(encoding="utf-8").splitlines()
    return [KindCase.model_validate_json(line) for line in lines]


def _holds(words: str, text: str) -> bool:
    return " ".join(words.lower().split()) in " ".join(text.lower().split())


def _in_order(answers: Sequence[str], text: str, *, ordered: bool) -> bool:
    """Whether a text has all of some words; those of steps each after the one before."""
    at = [text.lower().find(words.lower()) for words in answers]
    return min(at) >= 0 and (not ordered or at == sorted(at))


async def _ask(line: object, cases: Sequence[KindCase]) -> list[Outcome]:
    with click.progressbar(cases, label="questions", file=sys.stderr) as bar:
        return [Outcome(one, await line.ask(Asked(one.question, asked_on=one.asked))) for one in bar]  # type: ignore[attr-defined]


def figures(told: Sequence[Outcome]) -> dict[str, float]:
    """Of some outcomes, parts of 1: right, answered, the words closest (where there are any), bold wrong."""
    can = [one for one in told if one.case.answer]
    return {
        "right": sum(one.right for one in told) / len(told),
        "answered": sum(one.answered for one in told) / len(told),
        "closest": sum(one.closest for one in can) / len(can) if can else 0.0,
        "bold wrong": sum(one.bold_wrong for one in told) / len(told),
    }


@click.command()
@click.option("--show", is_flag=True, help="Print what is wrong of those that may be looked at.")
@click.option("--kind", help="This kind only.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def main(show: bool, kind: str | None, as_json: bool) -> None:
    """Ask the cases of an archive of their articles and print how many are right."""
    settings = load_settings({"home": Path(tempfile.mkdtemp())})
    encoder = load_encoder_for(settings)
    cases = [one for one in load_cases() if kind in (None, one.kind)]
    with open_archive(settings, encoder, write="eval") as archive:
        ingest(archive, encoder, read_paths([HERE / "articles.jsonl"]))
        line = answering(archive, encoder, hits=settings.hits, reader=reader_for(settings))
        told = asyncio.run(_ask(line, cases))
    kinds = list(dict.fromkeys(one.case.kind for one in told))
    rows = {
        (name, half): figures(some)
        for name in (*kinds, "all")
        for half in ("mended", "held")
        if (some := [t for t in told if name in (t.case.kind, "all") and t.case.held == (half == "held")])
    }
    if as_json:
        click.echo(json.dumps({f"{name} {half}": values for (name, half), values in rows.items()}))
        return
    for (name, half), values in rows.items():
        click.echo(f"{name:<11}{half:<8}" + "   ".join(f"{key} {value:.2f}" for key, value in values.items()))
    for one in told if show else ():
        if not one.case.held and (not one.right or one.bold_wrong):
            click.echo(f"\n{one.case.id} {one.case.question}  [{one.case.outcome}] {one.case.answer}")
            why = one.answer.abstention
            reason = why.reason if why else "answered"
            click.echo(f"  {reason} {one.answer.confidence or 0:.2f} **{one.bold}**")
            for quote in one.quotes[:4]:
                click.echo(f"    {quote[:300]}")


if __name__ == "__main__":
    main()

"""A set's questions into how sure Dateline was, and whether it was right to be, without a language model.

    python -m eval.studies.certainty ../shared/benchmarks/news --home HOME [--show]

HOME is an archive with the set's articles. *Right*: answered, and the answer's words are in what is quoted.
*First*: the words are in the first quotation, be it given as the answer or as what is closest. *Denied*: it
is said that the archive does not say, though the first quotation shown has the words. *Bold*: of the short
answers that are shown, those that hold a group of the answer's words. AUC: the probability that a question
that can be answered is given a higher confidence than one that cannot.
"""

from __future__ import annotations

import asyncio
import json
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from bot.answering.asking import Dateline
from bot.answers.answer import Answer
from bot.assemble import answering, load_encoder_for, open_archive, reader_for
from bot.settings import load_settings
from eval.cases import Case, load_set
from eval.metrics.answer_match import answer_match
from eval.studies.reading import area_under_curve
from eval.studies.retrieval import has_words


@dataclass(frozen=True)
class Told:
    """One question with what came of it; `first` is the first quotation that was shown."""

    case: Case
    answer: Answer

    @property
    def quotes(self) -> list[str]:
        """What is quoted as the answer."""
        return [one.quote for one in self.answer.citations]

    @property
    def first(self) -> str:
        """The first quotation, of an answer or of what comes nearest."""
        why = self.answer.abstention
        shown = [one.quote for one in why.nearest] if why else self.quotes
        return shown[0] if shown else ""

    @property
    def right(self) -> bool:
        """Whether it was answered, and with the answer's words."""
        return self.answer.abstention is None and has_words(" ".join(self.quotes), self.case)

    @property
    def bold(self) -> str | None:
        """The words that are marked in the first quotation, of an answer or of what is closest."""
        why = self.answer.abstention
        if why:
            near = why.nearest[0] if why.nearest else None
            return near.quote[slice(*near.short)] if near and near.short else None
        one = self.answer.sentences[0]
        return one.text[slice(*one.short)] if one.short else None


async def ask_all(line: Dateline, cases: Sequence[Case]) -> list[Told]:
    """Every case asked, in order."""
    with click.progressbar(cases, label="questions", file=sys.stderr) as bar:
        return [Told(case, await line.ask(case.to_ask)) for case in bar]


def figures(told: Sequence[Told]) -> dict[str, float]:
    """The figures, parts of 1, by name; of answerable questions but where they say otherwise."""
    can = [one for one in told if one.case.answer]
    cannot = [one for one in told if not one.case.answer]
    withheld = [one for one in can if one.answer.abstention and one.answer.abstention.reason != "unsure"]
    bold = [one for one in can if one.bold]
    return {
        "questions": len(told),
        "right": _part(can, [one.right for one in can]),
        "rightly not answered": _part(cannot, [one.answer.abstention is not None for one in cannot]),
        "AUC": area_under_curve(
            [one.answer.confidence or 0.0 for one in can], [one.answer.confidence or 0.0 for one in cannot]
        ),
        "answer in the first quotation": _part(can, [has_words(one.first, one.case) for one in can]),
        "not sure": _part(can, [_reason(one) == "unsure" for one in can]),
        "said not to be there": _part(can, [_reason(one) not in (None, "unsure") for one in can]),
        "denied though shown": _part(withheld, [has_words(one.first, one.case) for one in withheld]),
        "bold shown": _part(can, [one.bold is not None for one in can]),
        "bold right": _part(bold, [_holds(one.bold or "", one.case) for one in bold]),
    }


def _reason(one: Told) -> str | None:
    return one.answer.abstention.reason if one.answer.abstention else None


def _holds(words: str, case: Case) -> bool:
    """Whether words hold one of the answer's groups, or are held by one of its alternatives."""
    groups = list(case.answer or ())
    return any(answer_match(words, [group]) for group in groups) or any(
        words.lower() in alternative.lower() for group in groups for alternative in group
    )


def _part(of: Sequence[Told], true: Sequence[bool]) -> float:
    return sum(true) / len(of) if of else 0.0


def by_kind(told: Sequence[Told]) -> Iterator[str]:
    """A line a kind: how many, right or rightly not answered, answer in the first quotation."""
    kinds: dict[str, list[Told]] = defaultdict(list)
    for one in told:
        kinds[one.case.kind].append(one)
    for kind, some in kinds.items():
        can = [one for one in some if one.case.answer]
        if can:
            right = _part(can, [one.right for one in can])
            first = _part(can, [has_words(one.first, one.case) for one in can])
            yield f"{kind:<12}{len(can):5}   right {right:.3f}   first {first:.3f}"
        else:
            withheld = _part(some, [one.answer.abstention is not None for one in some])
            yield f"{kind:<12}{len(some):5}   rightly not answered {withheld:.3f}"


@click.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--home", type=click.Path(path_type=Path), help="The archive; default: the settings' home.")
@click.option("--limit", type=int, default=None, help="Ask the first N only.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def main(folder: Path, home: Path | None, limit: int | None, as_json: bool) -> None:
    """Ask the cases of FOLDER and print how sure Dateline was, and how right."""
    settings = load_settings({"home": home} if home else {})
    encoder = load_encoder_for(settings)
    with open_archive(settings, encoder) as archive:
        line = answering(archive, encoder, hits=settings.hits, reader=reader_for(settings))
        told = asyncio.run(ask_all(line, load_set(folder).cases[:limit]))
    found = figures(told)
    if as_json:
        click.echo(json.dumps({name: round(value, 4) for name, value in found.items()}))
        return
    for name, value in found.items():
        click.echo(f"{name:<32}{value:8.3f}" if name != "questions" else f"{value:,} questions")
    for one in by_kind(told):
        click.echo(one)


if __name__ == "__main__":
    main()

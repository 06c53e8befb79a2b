"""How often the speaker of a sentence is right, unclear or wrong.

    python -m eval.studies.speakers [--real ../shared/benchmarks/realtimeqa] [--faults | --fit]

Without `--real` of the sentences of our own articles, with it of those of real pages. `--fit` first fits the
weights by which `bot.speaking` tells how sure it is, on all that are not held out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from bot.speaking.speaker import Speaker, Speakers
from eval.studies.speakers.fitting import fit, write_weights
from eval.studies.speakers.judging import Outcome, outcome
from eval.studies.speakers.labels import KINDS, Labelled, load_labelled
from eval.studies.speakers.places import read_articles, read_places


@dataclass(frozen=True)
class Told:
    """A labelled sentence, who was found to say it, and whether that is right."""

    one: Labelled
    found: Speaker | None
    outcome: Outcome

    @property
    def partly(self) -> bool:
        """Whether it was told that only a part of the sentence is theirs."""
        return self.found is not None and self.found.partly


def measure(labelled: Sequence[Labelled]) -> list[Told]:
    """Each labelled sentence with who was found to say it."""
    read: dict[str, Speakers] = {}
    results = []
    for one in labelled:
        speakers = read.setdefault(one.article.id, Speakers(one.article))
        found = speakers.of(one.span)
        results.append(Told(one, found, outcome(found, one.labels)))
    return results


@click.command()
@click.option(
    "--real",
    type=click.Path(exists=True, path_type=Path),
    help="The articles of real pages whose sentences are labelled as places (`real_*.jsonl`), instead.",
)
@click.option("--faults", is_flag=True, help="Print also the sentences that fail.")
@click.option("--fit", "fits", is_flag=True, help="First fit the weights of certainty; needs --real.")
def main(real: Path | None, faults: bool, fits: bool) -> None:
    """Print a table for each half: kinds down, right, unclear and wrong across."""
    if fits and real is None:
        raise click.UsageError("--fit needs --real: it fits on sentences of real pages, too")
    labelled = _of_real_pages(real) if real else load_labelled()
    if fits:
        write_weights(fit(labelled, own=load_labelled()))
    for held_out, title in ((False, "mended on"), (True, "held out")):
        half = measure([one for one in labelled if one.held_out == held_out])
        if half:
            _print_table(title, half)
        for told in half if faults else ():
            if told.outcome != "right" or told.partly != told.one.partly:
                click.echo(_fault(told))


def _of_real_pages(path: Path) -> list[Labelled]:
    articles = read_articles(path)
    files = sorted(Path(__file__).parent.glob("real_*.jsonl"))
    return [one for file in files for one in read_places(file, articles)]


def _fault(told: Told) -> str:
    one, found = told.one, told.found
    partly = "partly " if one.partly else ""
    named = (found.kind, found.name, "partly" if found.partly else "") if found else None
    return f"  {told.outcome:8} {partly}{one.article.id}: {one.text[:150]!r} → {named}"


def _print_table(title: str, results: Sequence[Told]) -> None:
    articles = len({told.one.article.id for told in results})
    click.echo(f"{title}: {len(results)} sentences of {articles} articles")
    counts = Counter((told.one.labels[0].kind, told.outcome) for told in results)
    for kind in (*KINDS, "all"):
        row = [
            sum(n for (of, came), n in counts.items() if kind in (of, "all") and came == wanted)
            for wanted in ("right", "unclear", "wrong")
        ]
        if total := sum(row):
            shares = "  ".join(f"{name} {n:3} ({n / total:.2f})" for name, n in
                               zip(("right", "unclear", "wrong"), row, strict=True))  # fmt: skip
            click.echo(f"  {kind:8} {total:4}  {shares}")
    of_partly = [told.partly for told in results if told.one.partly]
    of_whole = [told.partly for told in results if not told.one.partly]
    click.echo(f"  told as partly: {sum(of_partly)} of {len(of_partly)}, and {sum(of_whole)} of the others")


if __name__ == "__main__":
    main()

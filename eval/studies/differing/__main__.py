"""How many differences are found, and how many where there are none: `python -m eval.studies.differing`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import click

from bot.differing.comparing import compare
from bot.differing.reports import read_report
from bot.language.lexicon import load_lexicon
from bot.language.vocabulary import Vocabulary, load_vocabulary
from eval.studies.differing.pairs import DIFFERING, FILES, GROUPS, KINDS, LabelledPair, load_pairs
from index.sentences import sentence_spans


def found_kind(pair: LabelledPair, vocabulary: Vocabulary) -> str:
    """What is found to differ between two reports: one of the kinds, "update", "agreed" or "nothing".

    Each sentence is compared with each of the other; of several kinds the weightiest counts.
    """
    one, other = (
        [read_report(article, span, vocabulary) for span in sentence_spans(article.body)]
        for article in pair.reports
    )
    found = {way.kind for first in one for second in other if (way := compare(first, second))}
    return next((kind for kind in (*DIFFERING, "update", "agreed") if kind in found), "nothing")


@click.command()
@click.option("--faults", is_flag=True, help="Print also what fails.")
def main(faults: bool) -> None:
    """Print for each file and group: differences found, of the right kind, and false alarms."""
    vocabulary = load_vocabulary(load_lexicon())
    for path in FILES:
        results = [(pair, found_kind(pair, vocabulary)) for pair in load_pairs(path)]
        for group in GROUPS:
            some = [(pair, kind) for pair, kind in results if pair.group == group]
            if some:
                _print_group(f"{path.stem}, {group}", some)
            for pair, kind in some if faults else ():
                if (pair.kind in DIFFERING) != (kind in DIFFERING):
                    one, other = (report.body for report in pair.reports)
                    click.echo(f"  {pair.id}, {pair.kind} → {kind}: {one} // {other}")
        _print_group(f"{path.stem}, all", results)


def _print_group(title: str, results: Sequence[tuple[LabelledPair, str]]) -> None:
    real = [(pair, kind) for pair, kind in results if pair.kind in DIFFERING]
    none = [kind for pair, kind in results if pair.kind not in DIFFERING]
    found = sum(kind in DIFFERING for _, kind in real)
    right = sum(kind == pair.kind for pair, kind in real)
    alarms = sum(kind in DIFFERING for kind in none)
    click.echo(
        f"{title}: found {found} of {len(real)} ({found / len(real):.2f}), of the right kind {right};"
        f" false alarms {alarms} of {len(none)} ({alarms / len(none):.2f})"
    )
    for kind in KINDS:
        came = Counter(came for pair, came in results if pair.kind == kind)
        told = ", ".join(f"{name} {n}" for name, n in came.most_common())
        if came:
            click.echo(f"  {kind:8} {came.total():3}  {told}")


if __name__ == "__main__":
    main()

"""How many differences are found, and how many where there are none: `python -m eval.studies.differing`."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from bot.differing.comparing import compare
from bot.differing.reports import read_report
from bot.language.lexicon import load_lexicon
from bot.language.vocabulary import Vocabulary, load_vocabulary
from eval.cases import BadCase
from index.canonical import canonical
from index.records import Article, Span

PAIRS = Path(__file__).with_name("pairs.txt")
KINDS = ("figure", "date", "place", "actor", "wording", "same", "update", "events")
DIFFERING = KINDS[:5]

GROUPS = ("mended", "held", "real")  # of "real" all are written against what failed on real questions

_HEAD = re.compile(r"== (\w+) \| (\w+)(?: \| (held|real))?")


@dataclass(frozen=True)
class LabelledPair:
    """Two reports and what differs in them, if anything does."""

    id: str
    kind: str
    reports: tuple[Article, Article]
    group: str


def load_pairs(path: Path = PAIRS) -> list[LabelledPair]:
    """The pairs, in order."""
    found: list[LabelledPair] = []
    lines = [line for line in canonical(path.read_text(encoding="utf-8")).splitlines() if line.strip()]
    for at, line in enumerate(lines):
        head = _HEAD.fullmatch(line.strip())
        if line.startswith("#") or head is None:
            continue
        if head[2] not in KINDS:
            raise BadCase(
                f"{path} pair {head[1]}: the kind is {head[2]!r}, expected one of {', '.join(KINDS)}"
            )
        one, other = (_article(f"{head[1]}-{n}", lines[at + n]) for n in (1, 2))
        found.append(LabelledPair(head[1], head[2], (one, other), head[3] or GROUPS[0]))
    return found


def _article(name: str, line: str) -> Article:
    outlet, published, body = (part.strip() for part in line.split(" | ", 2))
    return Article(name, name, body, outlet=outlet, published=None if published == "-" else published)


def found_kind(pair: LabelledPair, vocabulary: Vocabulary) -> str:
    """What is found to differ between two reports: one of the kinds, "update", "agreed" or "nothing"."""
    one, other = (read_report(article, Span(0, len(article.body)), vocabulary) for article in pair.reports)
    found = compare(one, other)
    return found.kind if found else "nothing"


@click.command()
@click.option("--faults", is_flag=True, help="Print also what fails.")
def main(faults: bool) -> None:
    """Print for each group of pairs: differences found, of the right kind, and false alarms."""
    vocabulary = load_vocabulary(load_lexicon())
    results = [(pair, found_kind(pair, vocabulary)) for pair in load_pairs()]
    for group in GROUPS:
        some = [(pair, kind) for pair, kind in results if pair.group == group]
        if some:
            _print_group(group, some)
        for pair, kind in some if faults else ():
            if (pair.kind in DIFFERING) != (kind in DIFFERING):
                click.echo(f"  {pair.kind} → {kind}: {pair.reports[0].body} // {pair.reports[1].body}")
    _print_group("all", results)


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
        click.echo(
            f"  {kind:8} {sum(came.values()):3}  "
            + ", ".join(f"{name} {n}" for name, n in came.most_common())
        )


if __name__ == "__main__":
    main()

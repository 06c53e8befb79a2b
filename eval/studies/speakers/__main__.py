"""How often the speaker of a sentence is right, unclear or wrong: `python -m eval.studies.speakers`."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Literal

import click

from bot.speaking.speaker import Speaker, Speakers
from eval.studies.speakers.labels import KINDS, Label, Labelled, load_labelled

Outcome = Literal["right", "unclear", "wrong"]
_KINDS = {"named": "person", "unnamed": "unnamed", "body": "body", "outlet": "outlet", "unclear": "unclear"}
_SMALL = frozenset(
    ("the", "a", "an", "its", "his", "her", "their", "dr", "mr", "mrs", "ms", "prof", "professor")
)


def outcome(found: Speaker | None, labels: Sequence[Label]) -> Outcome:
    """Whether what was found is one of the labels; saying "unclear" where the article tells is not wrong."""
    if any(_is(found, label) for label in labels):
        return "right"
    return "unclear" if found and found.kind == "unclear" else "wrong"


def _is(found: Speaker | None, label: Label) -> bool:
    if found is None or label.kind == "own":
        return found is None and label.kind == "own"
    kind = _KINDS[found.kind]
    officials = {"unnamed", "body"}  # one label of the four: "an unnamed official or body"
    if kind != label.kind and not {kind, label.kind} <= officials:
        return False
    return label.kind == "unclear" or _same_name(found.name, label.name, person=kind == "person")


def _same_name(found: str, name: str, *, person: bool) -> bool:
    """Whether two wordings are of one speaker: "Lund", "Anna Lund"; "a firm", "a firm that paid"."""
    mine, theirs = _words(found), _words(name)
    if ";" in name or ";" in found:
        return set(mine) == set(theirs)
    if person:
        return mine[-1:] == theirs[-1:]
    short, long = sorted((mine, theirs), key=len)
    return any(long[at : at + len(short)] == short for at in range(len(long) - len(short) + 1))


def _words(text: str) -> list[str]:
    return [word for word in re.findall(r"[\w’'-]+", text.casefold()) if word not in _SMALL]


def measure(labelled: Sequence[Labelled]) -> list[tuple[Labelled, Speaker | None, Outcome]]:
    """Each labelled sentence with who was found to say it."""
    read: dict[str, Speakers] = {}
    results = []
    for one in labelled:
        speakers = read.setdefault(one.article.id, Speakers(one.article))
        found = speakers.of(one.span)
        results.append((one, found, outcome(found, one.labels)))
    return results


@click.command()
@click.option("--faults", is_flag=True, help="Print also the sentences that fail.")
def main(faults: bool) -> None:
    """Print a table for each half: kinds down, right, unclear and wrong across."""
    labelled = load_labelled()
    for held_out, title in ((False, "mended on"), (True, "held out")):
        results = measure([one for one in labelled if one.held_out == held_out])
        _print_table(title, results)
        for one, found, came in results if faults else ():
            if came != "right":
                click.echo(
                    f"  {came:8} {one.article.id}: {one.text[:90]!r} → {found and (found.kind, found.name)}"
                )


def _print_table(title: str, results: Sequence[tuple[Labelled, Speaker | None, Outcome]]) -> None:
    articles = len({one.article.id for one, _, _ in results})
    click.echo(f"{title}: {len(results)} sentences of {articles} articles")
    counts = Counter((one.labels[0].kind, came) for one, _, came in results)
    for kind in (*KINDS, "all"):
        row = [
            sum(n for (of, came), n in counts.items() if kind in (of, "all") and came == wanted)
            for wanted in ("right", "unclear", "wrong")
        ]
        if total := sum(row):
            shares = "  ".join(f"{name} {n:3} ({n / total:.2f})" for name, n in
                               zip(("right", "unclear", "wrong"), row, strict=True))  # fmt: skip
            click.echo(f"  {kind:8} {total:4}  {shares}")


if __name__ == "__main__":
    main()

"""Claims and judges into balanced accuracy on two halves: one that the judge was made on, one held out.

    python -m eval.claim_halves ../shared/benchmarks/claims

Halved by the sha256 of the text that a claim is made of, so that no text is in both.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

import click

from eval.cases import Claim, load_set
from eval.claim_judge import LookUp, Proof
from eval.claims import EVERY_SET, ClaimJudge, ClaimRow, count_claims


def is_developed_on(claim: Claim) -> bool:
    """Whether a claim is of the half that may be looked at."""
    return int(hashlib.sha256(claim.source.encode()).hexdigest(), 16) % 2 == 0


@click.command()
@click.argument("folder", type=click.Path(exists=True, path_type=Path))
def main(folder: Path) -> None:
    """Print the balanced accuracy of each judge on each half and on all, by set."""
    claims = load_set(folder).claims
    halves = {
        "made on": [one for one in claims if is_developed_on(one)],
        "held out": [one for one in claims if not is_developed_on(one)],
        "all": claims,
    }
    for judge in (LookUp(), Proof()):
        click.echo(f"\n{judge.name}")
        rows = {name: _by_set(half, judge) for name, half in halves.items()}
        for name in [*dict.fromkeys(one.set for one in claims), EVERY_SET]:
            figures = "  ".join(f"{half} {_shown(rows[half].get(name))}" for half in halves)
            click.echo(f"  {name:22} {figures}")


def _by_set(claims: Sequence[Claim], judge: ClaimJudge) -> dict[str, ClaimRow]:
    return {row.set: row for row in count_claims(claims, judge)}


def _shown(row: ClaimRow | None) -> str:
    return "–    " if row is None or row.accuracy is None else f"{row.accuracy:.3f}"


if __name__ == "__main__":
    main()

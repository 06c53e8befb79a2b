"""What the peers did into one table: quality, speed, set-up."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from eval.peers.peer import Measured

if TYPE_CHECKING:
    from rich.console import Console

QUALITY = ("hit@1", "hit@5", "mrr", "recall@10", "match", "right", "abstained", "exactness")


def print_table(
    console: Console, rows: Sequence[Measured], *, cases: int, articles: int, set_name: str
) -> None:
    """One row a peer; a Markdown table, so that it can stand in a README as it is."""
    told = (
        f"{set_name}: {articles:,} articles, {cases:,} questions; times of one run.",
        "ms are those that half of the questions took at most; shares are means over the cases.\n",
    )
    for line in told:
        console.print(line, markup=False, highlight=False, soft_wrap=True)
    heads = ["", *QUALITY, "articles/s", "CPU s/1,000 articles", "ms a search", "ms an answer", "set-up"]
    lines = [heads, ["---", *["---:"] * (len(heads) - 2), "---"]]
    lines += [row_cells(row) for row in rows if row.summary]
    for cells in lines:
        console.print(f"| {' | '.join(cells)} |", markup=False, highlight=False, soft_wrap=True)
    for row in rows:
        if row.failure:
            console.print(f"\n{row.name}: {row.failure}", markup=False, highlight=False, soft_wrap=True)


def row_cells(row: Measured) -> list[str]:
    """The cells of a peer that was measured; a dash where something does not apply to it."""
    assert row.summary is not None
    overall, totals = row.summary.overall, row.summary.totals
    quality = [f"{overall[name].value:.2f}" if name in overall else "–" for name in QUALITY]
    times = [_shown(totals.get(name)) for name in ("search_ms_p50", "answer_ms_p50")]
    speed = [_shown(row.articles_per_second), _shown(row.cpu_per_thousand)]
    return [row.name, *quality, *speed, *times, row.set_up]


def _shown(value: float | None) -> str:
    return "–" if value is None else f"{value:,.1f}" if value < 100 else f"{value:,.0f}"

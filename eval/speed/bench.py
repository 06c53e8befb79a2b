"""Dateline beside LlamaIndex's default pipeline and sentence-transformers' default encode, in one run.

    python -m eval.speed.bench [FOLDER] [--articles 60] [--repeats 3] [--json]        (make bench)

Each is measured in a process of its own, in turns, so that what else the machine does falls on all of them;
what is compared are ratios of medians. LlamaIndex: `VectorStoreIndex.from_documents` as it comes, its
sentence splitter (pieces of 1,024 tokens, of which MiniLM sees the first 256), its store in memory, vectors
by sentence-transformers in its batches of ten; and once more with pieces that MiniLM sees whole. Dateline:
split, encode every sentence, store on the disk.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median

import click

from eval.speed.bench_child import KINDS, Kind, Measured


@dataclass(frozen=True)
class Ratio:
    """One line of the table: what two of them took, the ratio, and what is wanted of it."""

    name: str
    ours: float
    theirs: float
    ratio: float
    reach: str
    aim: str


@click.command()
@click.argument("folder", required=False, type=click.Path(path_type=Path, exists=True))
@click.option("--articles", default=60, show_default=True, help="Articles to index.")
@click.option("--repeats", type=click.IntRange(1), default=3, show_default=True)
@click.option(
    "--quality", default=150, show_default=True, help="Articles for what quantisation costs; 0: leave it out."
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def main(folder: Path | None, articles: int, repeats: int, quality: int, as_json: bool) -> None:
    """Print the ratios over the articles and questions of FOLDER; those of seeds/, repeated, without one."""
    runs: dict[Kind, list[Measured]] = {kind: [] for kind in KINDS}
    for repeat in range(1, repeats + 1):
        for kind in KINDS:
            click.echo(f"{repeat} of {repeats}: {kind} …", err=True)
            runs[kind].append(_run(kind, folder, articles))
    if quality:
        click.echo("what quantisation costs …", err=True)
    lost = _quality(folder, quality) if quality else {}
    found = ratios(runs)
    if as_json:
        click.echo(
            json.dumps(
                {
                    "ratios": [asdict(one) for one in found],
                    "runs": {kind: [asdict(one) for one in measured] for kind, measured in runs.items()},
                    "lost_by_quantisation": lost,
                    "share_of_peak": _share(runs),
                },
                indent=1,
            )
        )
        return
    click.echo(table(runs, found, lost, articles=articles, repeats=repeats))


def ratios(runs: Mapping[Kind, Sequence[Measured]]) -> list[Ratio]:
    """The ratios of medians."""
    dateline, llama, whole, plain = (runs[kind] for kind in KINDS)
    return [
        _ratio("articles indexed a second", dateline, llama, "articles_per_second", ("≥ 3", "6")),
        _ratio("the same, a CPU second", dateline, llama, "articles_per_cpu_second", ("", "")),
        _ratio("the same, both encoding everything", dateline, whole, "articles_per_second", ("", "")),
        _ratio("passages encoded a second", dateline, plain, "passages_per_second", ("≥ 3.5", "5")),
        _ratio("the same, a CPU second", dateline, plain, "passages_per_cpu_second", ("", "")),
        _ratio("one question's retrieval, ms", dateline, llama, "retrieval_ms", ("≤ 0.5", "0.2")),
        _ratio("the same, CPU ms", dateline, llama, "retrieval_cpu_ms", ("", "")),
        _ratio("one question's vector, ms", dateline, plain, "question_ms", ("", "")),
    ]


def _ratio(
    name: str, ours: Sequence[Measured], theirs: Sequence[Measured], figure: str, wanted: tuple[str, str]
) -> Ratio:
    mine = median(float(getattr(one, figure)) for one in ours)
    other = median(float(getattr(one, figure)) for one in theirs)
    return Ratio(name, mine, other, mine / other if other else 0.0, *wanted)


def _share(runs: Mapping[Kind, Sequence[Measured]]) -> dict[str, float]:
    """The encoder's operations a second as a part of what large products reach in the same processes."""
    ours = runs["dateline"]
    done = median(one.encoder_ops for one in ours)
    return {
        "int8": done / median(one.peak_int8_ops for one in ours),
        "float32": done / median(one.peak_float_ops for one in ours),
    }


def table(
    runs: Mapping[Kind, Sequence[Measured]],
    found: Sequence[Ratio],
    lost: Mapping[str, float],
    *,
    articles: int,
    repeats: int,
) -> str:
    """The figures as lines of text."""
    lines = [f"{articles} articles, medians of {repeats}; ratios are Dateline's to the other's", ""]
    lines.append(f"{'':36}{'Dateline':>10}{'the other':>11}{'ratio':>8}   reach, aim")
    lines += [
        f"{one.name:36}{one.ours:10.1f}{one.theirs:11.1f}{one.ratio:8.2f}   {one.reach}, {one.aim}".rstrip(
            ", "
        )
        for one in found
    ]
    peaks = "  ".join(f"{kind} {median(one.peak_mb for one in got):.0f}" for kind, got in runs.items())
    share = _share(runs)
    lines += ["", f"peak memory, MB: {peaks}"]
    lines.append(
        f"the encoder's operations a second: {100 * share['int8']:.0f} % of a large int8 product's,"
        f" {100 * share['float32']:.0f} % of a float32 one's"
    )
    if lost:
        points = ", ".join(f"{name} {100 * value:+.1f} points" for name, value in lost.items())
        lines.append(f"int8 against float32, {points} (reach ≥ -0.5, aim 0)")
    return "\n".join(lines)


def _run(kind: Kind, folder: Path | None, articles: int) -> Measured:
    return Measured(**_child(["measure", kind, str(articles)], folder))


def _quality(folder: Path | None, articles: int) -> dict[str, float]:
    """How much hit@5 and MRR of int8 are above those of float32, as parts of 1."""
    int8, exact = (_child(["quality", kind, str(articles)], folder) for kind in ("int8", "float32"))
    return {name: int8[name] - exact[name] for name in int8}


def _child(arguments: Sequence[str], folder: Path | None) -> dict[str, float]:
    """What a process of its own measures."""
    source = [str(folder)] if folder else []
    done = subprocess.run(
        [sys.executable, "-m", "eval.speed.bench_child", *arguments, *source],
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    figures: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return figures


if __name__ == "__main__":
    main()

"""An eval set's questions asked of one archive in two engines: how often the hits are the same, how quickly.

    python -m eval.studies.engines FOLDER HOME OTHER [--json]

HOME and OTHER are folders or postgresql://… addresses that hold the articles of the set; `dateline move`
copies one into the other. Hits that share a score may stand in another order. `recall` is the part of the
first archive's 30 best passages by words, and by vectors, that the other names among its own 30.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from pathlib import Path
from time import perf_counter

import click

from eval.cases import load_set
from eval.metrics.percentile import percentile
from index.encoding.encoder import Encoder
from index.errors import DatelineError
from index.retrieval.agreement import likeness
from index.retrieval.query import read_query
from index.retrieval.retrieve import Retriever
from index.storage.archive import Archive
from index.storage.engine import ArchiveHome
from index.storage.postgres.address import DatabaseAddress, is_database

CACHE = Path(".dateline") / "eval"
_HITS, _DEPTH = 12, 30


@dataclass(frozen=True)
class EngineFigures:
    """Questions by how alike their hits are, the recall of either search, and a question's milliseconds.

    Times are those of retrieval in the first and in the other archive, with the encoder's.
    """

    questions: int
    same: int
    same_but_for_ties: int
    others: int
    recall_words: float
    recall_vectors: float
    p50: tuple[float, float]
    p95: tuple[float, float]


def compare(archives: tuple[Archive, Archive], encoder: Encoder, questions: Sequence[str]) -> EngineFigures:
    """Ask both every question."""
    kinds: list[str] = []
    words: list[float] = []
    vectors: list[float] = []
    times: tuple[list[float], list[float]] = ([], [])
    retrievers = [Retriever(archive, encoder) for archive in archives]
    for question in questions:
        hits = []
        for retriever, taken in zip(retrievers, times, strict=True):
            begun = perf_counter()
            hits.append(retriever.retrieve(question, limit=_HITS))
            taken.append(1000 * (perf_counter() - begun))
        kinds.append(likeness(*hits))
        asked = read_query(question).words
        words.append(_recall([_seqs(one.search_words(asked, limit=_DEPTH)) for one in archives]))
        vector = encoder.encode([question])[0]
        vectors.append(_recall([_seqs(one.search_vectors(vector, limit=_DEPTH)) for one in archives]))
    return EngineFigures(
        len(questions),
        kinds.count("same"),
        kinds.count("ties"),
        kinds.count("others"),
        sum(words) / len(words),
        sum(vectors) / len(vectors),
        (percentile(times[0], 50) or 0.0, percentile(times[1], 50) or 0.0),
        (percentile(times[0], 95) or 0.0, percentile(times[1], 95) or 0.0),
    )


def _seqs(matches: Sequence[tuple[int, float]]) -> set[int]:
    return {seq for seq, _ in matches}


def _recall(found: Sequence[set[int]]) -> float:
    first, other = found
    return len(first & other) / len(first) if first else 1.0


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.argument("home")
@click.argument("other")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.option("--cache", type=click.Path(path_type=Path), default=CACHE, show_default=True)
def main(folder: Path, home: str, other: str, as_json: bool, cache: Path) -> None:
    """Print how alike two engines answer the questions of an eval set."""
    from index.encoding.encoders import load_encoder

    try:
        questions = [case.question for case in load_set(folder).cases]
        encoder = load_encoder(cache=cache / "encoders")
        with ExitStack() as opened:
            first, second = (opened.enter_context(Archive.open(_home(one), encoder)) for one in (home, other))
            found = compare((first, second), encoder, questions)
    except DatelineError as exc:
        raise click.ClickException(str(exc)) from exc
    click.echo(json.dumps(asdict(found)) if as_json else table(found))


def table(found: EngineFigures) -> str:
    """The figures for a terminal."""
    return "\n".join((
        f"{found.questions} questions: {found.same} the same hits, {found.same_but_for_ties} but for ties,"
        f" {found.others} others",
        f"recall at {_DEPTH}: words {found.recall_words:.4f}, vectors {found.recall_vectors:.4f}",
        f"milliseconds a question, p50: {found.p50[0]:.0f} and {found.p50[1]:.0f};"
        f" p95: {found.p95[0]:.0f} and {found.p95[1]:.0f}",
    ))  # fmt: skip


def _home(named: str) -> ArchiveHome:
    return DatabaseAddress(named) if is_database(named) else Path(named)


if __name__ == "__main__":
    main()

"""A set of articles into as many as are wanted, indexed and asked: does Dateline stay as fast and as small?

    python -m eval.scale ../shared/benchmarks/realtimeqa --articles 20000

Without a folder the articles and questions are those of `seeds/`. Beyond the first round an article is
repeated with every fourth longer word replaced by one of another article, so that it is neither a copy nor
has a passage that was encoded before. Indexing is timed in processor seconds, too, which depend little on
what else the machine does. Last, an indexing process is killed and run again, and what it encoded twice is
counted.
"""

from __future__ import annotations

import asyncio
import json
import random
import re
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from statistics import median

import click
import numpy as np

from bot.assemble import answering, load_encoder_for
from bot.settings import load_settings
from eval.cases import BUILT_IN, load_set
from eval.run import seeds_folder
from index.articles.read import Found, read_paths
from index.encoding.encoder import Encoder, Vectors
from index.records import Article
from index.storage.archive import Archive
from index.storage.ingest import Progress, ingest

HOME = Path(".dateline/scale")
_FIRST = 2_000  # articles after which questions are asked for the first time
_TENTH = 0.1
_QUESTIONS = 100
_KILLED = 300  # articles of the run that is killed
_WORD = re.compile(r"\b[a-z]{4,}\b")
_REPLACED = 4


class Counting:
    """An encoder that counts the texts it encodes, and can say the count aloud.

    `made_up`: its vectors are drawn at random, in no time, for those who only want to know how long questions
    take over an archive of that size.
    """

    def __init__(self, encoder: Encoder, *, aloud: bool = False, made_up: bool = False) -> None:
        self._encoder = encoder
        self._aloud = aloud
        self._chance = np.random.default_rng(0) if made_up else None
        self.encoded = 0
        self.name, self.fingerprint = encoder.name, encoder.fingerprint
        self.dimensions, self.max_tokens = encoder.dimensions, encoder.max_tokens

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """The encoder's."""
        return self._encoder.count_tokens(texts)

    def encode(self, texts: Sequence[str]) -> Vectors:
        """The encoder's, or made up."""
        if self._chance:
            vectors = self._chance.standard_normal((len(texts), self.dimensions)).astype(np.float32)
            vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
        else:
            vectors = self._encoder.encode(texts)
        self.encoded += len(texts)
        if self._aloud:
            click.echo(str(self.encoded))
            sys.stdout.flush()
        return vectors


@dataclass(frozen=True)
class Moment:
    """How far indexing had come: passages encoded, seconds passed, processor seconds used, bytes at most."""

    passages: int
    seconds: float
    cpu: float
    peak: int


@dataclass(frozen=True)
class Asked:
    """Questions asked of an archive of `articles`: milliseconds at the median, and of the processor."""

    articles: int
    passages: int
    p50_ms: float
    cpu_p50_ms: float


@dataclass(frozen=True)
class Scale:
    """What came of it. Rates are passages a second and a processor second, over a tenth of all passages."""

    articles: int
    passages: int
    rate_start: float
    rate_end: float
    cpu_rate_start: float
    cpu_rate_end: float
    peak_mb_start: float
    peak_mb_end: float
    bytes_per_passage: float
    asked: list[Asked] = field(default_factory=list)
    encoded_twice: int | None = None


@click.command()
@click.argument("folder", required=False, type=click.Path(path_type=Path, exists=True))
@click.option("--articles", "most", default=20_000, show_default=True)
@click.option("--home", type=click.Path(path_type=Path), default=HOME, show_default=True)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.option(
    "--only-index", is_flag=True, help="Index, say after each batch how many were encoded, and end."
)
@click.option("--made-up", is_flag=True, help="Make vectors up: only questions and sizes are measured.")
def main(folder: Path | None, most: int, home: Path, as_json: bool, only_index: bool, made_up: bool) -> None:
    """Index articles of FOLDER, repeated with edited texts, and ask its questions."""
    eval_set = load_set(folder or BUILT_IN)
    encoder = load_encoder_for(load_settings({}))
    articles = editions(_read(eval_set.articles or seeds_folder()), most)
    if only_index:
        _index(home, Counting(encoder, aloud=True), articles, [])
        return
    shutil.rmtree(home, ignore_errors=True)
    known = [case.question for case in eval_set.cases]
    questions = random.Random(0).sample(known, k=min(_QUESTIONS, len(known)))
    counting = Counting(encoder, made_up=made_up)
    scale = _measured(home, encoder, counting, articles, most=most, questions=questions)
    if not made_up:
        scale = replace(scale, encoded_twice=killed(folder))
    click.echo(json.dumps(asdict(scale), indent=1) if as_json else shown(scale))


def editions(articles: Sequence[Article], most: int) -> Iterator[Article]:
    """`most` articles: those given, then the same again and again, edited anew each time."""
    words = _WORD.findall(" ".join(article.body for article in articles[:200]))
    for number in range(most):
        edition, article = divmod(number, len(articles))
        yield articles[article] if not edition else edited(articles[article], edition, words)


def edited(article: Article, edition: int, words: Sequence[str]) -> Article:
    """The article with about every fourth longer word replaced; the same each time it is made."""
    chance = random.Random(f"{article.id} {edition}")

    def other(match: re.Match[str]) -> str:
        return match[0] if chance.randrange(_REPLACED) else words[chance.randrange(len(words))]

    return replace(
        article,
        id=f"{article.id}-edition-{edition}",
        title=_WORD.sub(other, article.title),
        body=_WORD.sub(other, article.body),
    )


def _measured(
    home: Path,
    encoder: Encoder,
    counting: Counting,
    articles: Iterator[Article],
    *,
    most: int,
    questions: Sequence[str],
) -> Scale:
    moments: list[Moment] = []
    asked = []
    for upto in sorted({min(_FIRST, most), most}):
        _index(home, counting, _some(articles, upto - len(moments)), moments)
        asked.append(_ask(home, encoder, questions, articles=upto))
    first, last = moments[0], moments[-1]
    tenth = _TENTH * (last.passages - first.passages)  # a batch is noted at once: at least one more than that
    early = next(one for one in moments if one.passages > first.passages + tenth)
    late = next(one for one in reversed(moments) if one.passages < last.passages - tenth)
    start, end = _rates(first, early), _rates(late, last)
    return Scale(
        articles=most,
        passages=asked[-1].passages,
        rate_start=start[0],
        rate_end=end[0],
        cpu_rate_start=start[1],
        cpu_rate_end=end[1],
        peak_mb_start=early.peak / 1e6,
        peak_mb_end=last.peak / 1e6,
        bytes_per_passage=_size(home) / asked[-1].passages,
        asked=asked,
    )


def _rates(one: Moment, other: Moment) -> tuple[float, float]:
    """Passages a second and a processor second between two moments."""
    passages = other.passages - one.passages
    return passages / max(1e-3, other.seconds - one.seconds), passages / max(1e-3, other.cpu - one.cpu)


def _some(articles: Iterator[Article], count: int) -> Iterator[Article]:
    for _ in range(count):
        yield next(articles)


def _index(home: Path, encoder: Counting, articles: Iterator[Article], moments: list[Moment]) -> None:
    """Add the articles; a moment is noted for each."""

    def note(_: Progress) -> None:
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
        moments.append(Moment(encoder.encoded, time.perf_counter(), time.process_time(), peak))

    with Archive.open(home, encoder, write=True) as archive:
        ingest(archive, encoder, (Found(one, one.id, ()) for one in articles), progress=note)


def _ask(home: Path, encoder: Encoder, questions: Sequence[str], *, articles: int) -> Asked:
    """Each question asked once; a few are asked before, which load and warm."""
    wall, cpu = [], []
    with Archive.open(home, encoder) as archive, asyncio.Runner() as runner:
        dateline = answering(archive, encoder, hits=12)
        for question in questions[-5:]:
            runner.run(dateline.ask(question))
        for question in questions:
            began, cpu_began = time.perf_counter(), time.process_time()
            runner.run(dateline.ask(question))
            wall.append(time.perf_counter() - began)
            cpu.append(time.process_time() - cpu_began)
        return Asked(articles, archive.passage_total(), 1000 * median(wall), 1000 * median(cpu))


def killed(folder: Path | None) -> int:
    """How many passages are encoded twice when indexing is killed halfway and run again."""
    with tempfile.TemporaryDirectory(prefix="dateline-scale-") as home:
        whole = _run(folder, Path(home) / "whole", upto=None)
        first = _run(folder, Path(home) / "killed", upto=whole // 2)
        return first + _run(folder, Path(home) / "killed", upto=None) - whole


def _run(folder: Path | None, home: Path, *, upto: int | None) -> int:
    """Index in a process of its own, which is killed when `upto` passages are encoded; how many were."""
    source = [str(folder)] if folder else []
    options = ["--articles", str(_KILLED), "--home", str(home), "--only-index"]
    with subprocess.Popen(
        [sys.executable, "-m", "eval.scale", *source, *options], stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        encoded = 0
        for line in process.stdout:
            encoded = int(line)
            if upto is not None and encoded >= upto:
                process.send_signal(signal.SIGKILL)
        return encoded


def shown(scale: Scale) -> str:
    """The figures as lines of text."""
    first, last = scale.asked[0], scale.asked[-1]
    lines = [
        f"{scale.articles:,} articles, {scale.passages:,} passages of {scale.bytes_per_passage:,.0f} bytes",
        f"passages/s, first and last tenth        {scale.rate_start:.0f}, {scale.rate_end:.0f}",
        f"passages a CPU second, the same         {scale.cpu_rate_start:.0f}, {scale.cpu_rate_end:.0f}"
        f" ({100 * scale.cpu_rate_end / max(1e-3, scale.cpu_rate_start):.0f} %)",
        f"peak memory, MB, the same               {scale.peak_mb_start:.0f}, {scale.peak_mb_end:.0f}",
        *(
            f"a question, {one.articles:>6,} articles     p50 {one.p50_ms:.0f} ms, CPU {one.cpu_p50_ms:.0f}"
            for one in scale.asked
        ),
        f"growth                                  ×{last.p50_ms / first.p50_ms:.2f},"
        f" CPU ×{last.cpu_p50_ms / first.cpu_p50_ms:.2f}",
        f"killed halfway: passages encoded twice  {scale.encoded_twice}",
    ]
    return "\n".join(lines)


def _read(path: Path) -> list[Article]:
    return [one.article for one in read_paths([path]) if isinstance(one, Found)]


def _size(home: Path) -> int:
    return sum(path.stat().st_size for path in home.rglob("*") if path.is_file())


if __name__ == "__main__":
    main()

"""A set of articles into as many as are wanted, indexed and asked: does Dateline stay as fast and as small?

    python -m eval.speed.scale ../shared/benchmarks/realtimeqa --articles 20000

Without a folder the articles and questions are those of `seeds/`. Beyond the first round an article is
repeated with every third longer word replaced by one of another article, and with other figures, so that it
is hardly ever a copy and has no passage that was encoded before. The machine's own speed changes within the
hour; so the first articles are kept as an archive of their own, each question is asked of both, one after the
other, and in the end the same further articles go into the whole archive and into an empty one, in turns.
Last, an indexing process is killed and run again, and what it encoded twice is counted. 20,000 articles of
RealTimeQA's are 180,000 passages: 50 minutes of processor, half of that on two. `--kept` measures again what
a run has left.
"""

from __future__ import annotations

import asyncio
import gc
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
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass, field, replace
from itertools import islice
from pathlib import Path
from statistics import median

import click
import numpy as np

from bot.answering.asking import Dateline
from bot.answers.asked import Asked
from bot.assemble import answering, load_encoder_for
from bot.settings import load_settings
from bot.weighing.reader.memory import Remembering
from bot.weighing.reader.reader import Reader
from eval.cases import BUILT_IN, load_set
from eval.run import seeds_folder
from eval.speed.scale_figures import AskingTimes, Beside, Indexed, Moment, Scale, table, tenths, times
from index.articles.draft import Found
from index.articles.read import read_paths
from index.encoding.encoder import Encoder, Vectors
from index.records import Article
from index.storage.archive import Archive
from index.storage.ingest import ingest
from index.storage.tally import Progress

HOME = Path(".dateline/scale")
WHOLE, FIRST = "whole", "first"
_FIRST = 2_000  # articles after which questions are asked for the first time
_QUESTIONS = 200  # half of them with the reader
_KILLED = 300  # articles of the run that is killed
_ROUNDS, _ADDED = 6, 40  # articles that are added to the whole archive and to an empty one, in turns
_WORD = re.compile(r"\b[a-z]{4,}\b")
_EDITED = re.compile(rf"{_WORD.pattern}|[0-9]+")
_REPLACED = 3
_WARM = ("What happened?", "Who said that talks would go on?", "When did the storm reach the coast?")

Tell = Callable[[int], None]  # how many articles are indexed


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


@dataclass
class _Log:
    """How indexing went so far; the clocks stand still while questions are asked."""

    tell: Tell
    moments: list[Moment] = field(default_factory=list)
    seconds: float = 0.0
    cpu: float = 0.0
    peak_early: float = 0.0

    def note(self, passages: int, *, since: tuple[float, float]) -> None:
        """One more article is stored; `since` are the clocks when this round began."""
        seconds, cpu = time.perf_counter() - since[0], time.process_time() - since[1]
        self.moments.append(Moment(passages, self.seconds + seconds, self.cpu + cpu))
        self.tell(len(self.moments))


@click.command()
@click.argument("folder", required=False, type=click.Path(path_type=Path, exists=True))
@click.option("--articles", "most", default=20_000, show_default=True)
@click.option("--home", type=click.Path(path_type=Path), default=HOME, show_default=True)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.option(
    "--only-index", is_flag=True, help="Index, say after each batch how many were encoded, and end."
)
@click.option("--made-up", is_flag=True, help="Make vectors up: only questions and sizes are measured.")
@click.option("--kept", is_flag=True, help="Measure the archives that a run before has left in --home.")
@click.option("--kill/--no-kill", default=True, help="Kill a run halfway and count what is encoded twice.")
def main(
    folder: Path | None,
    most: int,
    home: Path,
    as_json: bool,
    only_index: bool,
    made_up: bool,
    kept: bool,
    kill: bool,
) -> None:
    """Index articles of FOLDER, repeated with edited texts, and ask its questions."""
    eval_set = load_set(folder or BUILT_IN)
    encoder = load_encoder_for(load_settings({}))
    most = _held(home / WHOLE) if kept else most
    articles = editions(_read(eval_set.articles or seeds_folder()), most + _ROUNDS * _ADDED)
    if only_index:
        _index(home, Counting(encoder, aloud=True), islice(articles, most), _Log(lambda _: None))
        return
    counting = Counting(encoder, made_up=made_up)
    if kept:
        indexed = None
        articles = islice(articles, most, None)
    else:
        with _progress(most) as tell:
            indexed = _indexed(home, counting, articles, most=most, tell=tell)
    known = [case.question for case in eval_set.cases if not case.own_texts]
    questions = random.Random(0).sample(known, k=min(_QUESTIONS, len(known)))
    # Where nothing is encoded, all that an archive's size costs would seem large beside it.
    more = [] if made_up else list(articles)
    scale = _measured(home, counting, more, questions, indexed=indexed)
    if kill and not made_up:
        click.echo("killing a run halfway and going on …", err=True)
        scale = replace(scale, encoded_twice=killed(folder))
    click.echo(json.dumps(asdict(scale), indent=1) if as_json else table(scale))


@contextmanager
def _progress(most: int) -> Iterator[Tell]:
    """A bar in a terminal, elsewhere a line a tenth."""
    if not sys.stderr.isatty():
        began, step = time.perf_counter(), max(1, most // 10)

        def tell(done: int) -> None:
            if done % step == 0:
                click.echo(f"{done:,} of {most:,} articles, {time.perf_counter() - began:,.0f} s", err=True)

        yield tell
        return
    with click.progressbar(length=most, label="indexing", file=sys.stderr, show_pos=True) as bar:
        yield lambda done: bar.update(done - bar.pos)


def editions(articles: Sequence[Article], most: int) -> Iterator[Article]:
    """`most` articles: those given, then the same again and again, edited anew each time."""
    words = _WORD.findall(" ".join(article.body for article in articles[:200]))
    for number in range(most):
        edition, article = divmod(number, len(articles))
        yield articles[article] if not edition else edited(articles[article], edition, words)


def edited(article: Article, edition: int, words: Sequence[str]) -> Article:
    """The article with about every third longer word replaced, and all figures; the same each time."""
    chance = random.Random(f"{article.id} {edition}")

    def other(match: re.Match[str]) -> str:
        if match[0].isdigit():
            return str(chance.randrange(10 ** len(match[0])))
        return match[0] if chance.randrange(_REPLACED) else words[chance.randrange(len(words))]

    return replace(
        article,
        id=f"{article.id}-edition-{edition}",
        title=_EDITED.sub(other, article.title),
        body=_EDITED.sub(other, article.body),
    )


def _indexed(
    home: Path, counting: Counting, articles: Iterator[Article], *, most: int, tell: Tell
) -> Indexed:
    """`most` articles into the archive WHOLE of `home`; the first of them are kept as FIRST, too."""
    shutil.rmtree(home, ignore_errors=True)
    log = _Log(tell)
    for upto in sorted({min(_FIRST, most), most}):
        _index(home / WHOLE, counting, islice(articles, upto - len(log.moments)), log)
        if upto < most:
            shutil.copytree(home / WHOLE, home / FIRST)
    return Indexed(
        wall_seconds=log.seconds,
        cpu_seconds=log.cpu,
        tenths=tenths(log.moments),
        peak_mb_early=log.peak_early,
        peak_mb=_peak_mb(),
    )


def _measured(
    home: Path,
    counting: Counting,
    more: Sequence[Article],
    questions: Sequence[str],
    *,
    indexed: Indexed | None,
) -> Scale:
    """The figures of the archives in `home`; `more` articles are added to the whole one."""
    homes = [one for one in (home / FIRST, home / WHOLE) if one.exists()]
    asked = [
        figures
        for number, reader in enumerate((False, True))
        for figures in _ask(homes, questions[number::2], reader=reader)
    ]
    whole = asked[-1]
    per_passage = _size(home / WHOLE) / whole.passages
    beside = _beside(home / WHOLE, counting, more) if more else None
    return Scale(whole.articles, whole.passages, per_passage, indexed, beside, asked)


def _beside(home: Path, counting: Counting, articles: Sequence[Article]) -> Beside:
    """A few articles at a time into the archive of `home` and into one that was empty, in turns."""
    taken: dict[Path, list[tuple[float, float]]] = {}
    with tempfile.TemporaryDirectory(prefix="dateline-scale-") as folder:
        homes = [Path(folder), home]
        for start in range(0, len(articles), _ADDED):
            for one in homes:
                log = _Log(lambda _: None)
                _index(one, counting, iter(articles[start : start + _ADDED]), log)
                taken.setdefault(one, []).append((log.seconds, log.cpu))
            homes.reverse()  # what the first has looked up is known to the second
        empty, whole = (
            (median(wall for wall, _ in taken[one]), median(cpu for _, cpu in taken[one]))
            for one in (Path(folder), home)
        )
        return Beside(empty, whole)


def _held(home: Path) -> int:
    """How many articles an archive has."""
    with Archive.open(home) as archive:
        return archive.status().articles


def _index(home: Path, encoder: Counting, articles: Iterator[Article], log: _Log) -> None:
    """Add the articles; a moment is noted for each."""
    began = time.perf_counter(), time.process_time()
    with Archive.open(home, encoder, write=True) as archive:

        def note(_: Progress) -> None:
            log.note(encoder.encoded, since=began)

        ingest(archive, encoder, (Found(one, one.id, ()) for one in articles), progress=note)
    log.seconds += time.perf_counter() - began[0]
    log.cpu += time.process_time() - began[1]
    log.peak_early = log.peak_early or _peak_mb()


def _ask(homes: Sequence[Path], questions: Sequence[str], *, reader: bool) -> list[AskingTimes]:
    """Each question asked once of each archive, as by a worker of the server; a few are asked before.

    Each archive has an encoder and a reader of its own: they remember what they have read.
    """
    with ExitStack() as stack:
        runner = stack.enter_context(asyncio.Runner())
        archives, clocks = [], []
        for home in homes:
            encoder = load_encoder_for(load_settings({}))
            archive = stack.enter_context(Archive.open(home, encoder))
            asking = answering(archive, encoder, hits=12, reader=Remembering(Reader()) if reader else None)
            for question in _WARM:
                runner.run(asking.ask(Asked(question)))
            archives.append(archive)
            clocks.append(_Clock(asking))
        gc.collect()
        gc.freeze()
        for question in questions:
            for clock in clocks:
                clock.ask(runner, question)
        gc.unfreeze()
        return [
            AskingTimes(
                archive.status().articles,
                archive.passage_total(),
                reader,
                times(clock.wall),
                times(clock.cpu),
            )
            for archive, clock in zip(archives, clocks, strict=True)
        ]


@dataclass
class _Clock:
    """Asks one archive, and keeps the seconds that each question took."""

    asking: Dateline
    wall: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)

    def ask(self, runner: asyncio.Runner, question: str) -> None:
        began, cpu_began = time.perf_counter(), time.process_time()
        runner.run(self.asking.ask(Asked(question)))
        self.wall.append(time.perf_counter() - began)
        self.cpu.append(time.process_time() - cpu_began)


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
        [sys.executable, "-m", "eval.speed.scale", *source, *options], stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        encoded = 0
        for line in process.stdout:
            encoded = int(line)
            if upto is not None and encoded >= upto:
                process.send_signal(signal.SIGKILL)
        return encoded


def _read(path: Path) -> list[Article]:
    return [one.article for one in read_paths([path]) if isinstance(one, Found)]


def _size(home: Path) -> int:
    return sum(path.stat().st_size for path in home.rglob("*") if path.is_file())


def _peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()

"""`python -m eval.training.train ../shared/qa_train --out DIR`: reading questions into a reader's weights.

Ends with `DIR/reader.pt`. Killed, it goes on from `DIR/checkpoint.pt` when it is started again with the
same arguments. `DIR/log.jsonl` has the loss and the figures on what is kept apart. The same data, seed,
number of threads and `--steps` give the same weights; with `--minutes` the plan follows the clock.
"""

from __future__ import annotations

import itertools
import json
import os
import random
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.weighing.reader.tokens import load_tokenizer
from eval.training.encoded import Rows, batches, encode_groups, encode_rows, heads_of
from eval.training.examples import Example
from eval.training.learner import Learner, make_batch, scores
from eval.training.mix import Group, Mix, read_mix
from eval.training.restore import restored
from eval.training.watching import figures_of, words_of
from index.encoding.weights import DEFAULT_MODEL, find_model

if TYPE_CHECKING:
    from rich.progress import ProgressColumn
    from tokenizers import Tokenizer
    from torch import Tensor
    from transformers import BertForQuestionAnswering

# Tokens of a batch with padding: about 24 paragraphs, or 70 single sentences.
_TOKENS = 4096
_POOL = 1024

# The part of batches that are news, people's near misses and questions written of news, at the beginning and
# at the end of the plan: what is scarce comes late and several times, on top of reading.
_NEWS = (0.03, 0.12)
_NEAR = (0.04, 0.20)
_WRITTEN = (0.30, 0.60)

_SAVE_EVERY_S = 180
_WATCH_EVERY_S = 600
_WATCHED = 600


@dataclass(frozen=True)
class Plan:
    """When training ends: after `minutes` by the clock if given, else after `steps` batches."""

    steps: int
    minutes: float | None

    def progress(self, steps: int, seconds: float) -> float:
        """The part of the plan that is done, 0 to 1."""
        done = steps / self.steps if self.minutes is None else seconds / (60 * self.minutes)
        return min(1.0, done)


class Supply:
    """Batches in a fixed order, general ones mostly at first, fewer later; each queue starts again."""

    def __init__(
        self,
        general: Sequence[list[Rows]],
        news: Sequence[list[Rows]],
        near: Sequence[list[Rows]],
        written: Sequence[list[Rows]] = (),
        *,
        seed: int,
    ) -> None:
        self._queues = (general, news, near, written)
        self._seed = seed
        self.used = [0, 0, 0, 0]

    def next(self, progress: float) -> list[Rows]:
        """The batch to learn from at `progress`."""
        draw = random.Random(self._seed * 1_000_003 + sum(self.used)).random()
        shares = [first + (last - first) * progress for first, last in (_NEWS, _NEAR, _WRITTEN)]
        bounds = itertools.accumulate(
            share if queue else 0.0 for share, queue in zip(shares, self._queues[1:], strict=True)
        )
        which = next((n for n, bound in enumerate(bounds, 1) if draw < bound), 0)
        queue = self._queues[which]
        batch = queue[self.used[which] % len(queue)]
        self.used[which] += 1
        return batch


@click.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--out", type=click.Path(path_type=Path), required=True, help="Where everything goes.")
@click.option("--minutes", type=float, default=None, help="End after so long by the clock.")
@click.option("--steps", type=int, default=5000, show_default=True, help="End after so many batches.")
@click.option("--seed", type=int, default=1, show_default=True)
@click.option(
    "--written",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    multiple=True,
    help="More rows of shared/tools/news_written.py, beside FOLDER/news_written.jsonl.gz.",
)
@click.option(
    "--start",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    default=None,
    help="A reader.pt or reader.onnx to go on from, in place of the encoder.",
)
@click.option("--rate", type=float, default=1.0, show_default=True, help="Scales the learning rate.")
@click.option("--threads", type=int, default=len(os.sched_getaffinity(0)), show_default=True)
def main(
    folder: Path,
    out: Path,
    minutes: float | None,
    steps: int,
    seed: int,
    written: tuple[Path, ...],
    start: Path | None,
    rate: float,
    threads: int,
) -> None:
    """Train a reader on FOLDER, a copy of shared/qa_train."""
    import torch

    torch.set_num_threads(threads)
    out.mkdir(parents=True, exist_ok=True)
    (out / "pid").write_text(str(os.getpid()))
    mix = read_mix(folder, written=written, seed=seed)
    click.echo(
        f"{len(mix.general):,} general groups, {len(mix.news):,} of news, {len(mix.near):,} near misses, "
        f"{len(mix.written):,} written; {len(mix.kept):,} and {len(mix.kept_written):,} kept apart"
    )
    run = Run(out, mix, plan=Plan(steps, minutes), seed=seed, start=start, rate=rate)
    run.go_on()
    run.to_end()


class Run:
    """One training run in its folder."""

    def __init__(
        self, out: Path, mix: Mix, *, plan: Plan, seed: int, start: Path | None = None, rate: float = 1.0
    ) -> None:
        self._out = out
        self._plan = plan
        self._seed = seed
        files = find_model(DEFAULT_MODEL)
        self._tokenizer = load_tokenizer()
        self._learner = Learner(files.folder, seed=seed, weights=_weights(start), rate=rate)
        queues = (self._batches(groups) for groups in (mix.general, mix.news, mix.near, mix.written))
        self._supply = Supply(*queues, seed=seed)
        self._watched = random.Random(seed).sample(mix.kept, min(_WATCHED, len(mix.kept)))
        self._kept = mix.kept
        self._written = mix.kept_written
        self._seconds = 0.0

    def _batches(self, groups: Sequence[Group]) -> list[list[Rows]]:
        rows = encode_groups(groups, self._tokenizer, seed=self._seed)
        return batches(rows, tokens=_TOKENS, pool=_POOL, seed=self._seed)

    def go_on(self) -> None:
        """Take up a checkpoint, if there is one."""
        import torch

        path = self._out / "checkpoint.pt"
        if path.exists():
            state = torch.load(path, weights_only=True)
            self._learner.resume(state["learner"])
            self._supply.used = state["used"]
            self._seconds = state["seconds"]

    def to_end(self) -> None:
        """Train until the plan is done, saving and watching at times."""
        import rich.progress

        begun = time.monotonic() - self._seconds
        saved = watched = self._seconds
        losses: list[float] = []
        with rich.progress.Progress(*_columns()) as bar:
            task = bar.add_task("training", total=1.0, loss="")
            while (done := self._plan.progress(self._learner.steps, self._seconds)) < 1:
                losses.append(self._learner.step(make_batch(self._supply.next(done)), progress=done))
                self._seconds = time.monotonic() - begun
                bar.update(task, completed=done, loss=f"{sum(losses[-50:]) / len(losses[-50:]):.3f}")
                if self._seconds - saved > _SAVE_EVERY_S:
                    self._save(sum(losses) / len(losses))
                    saved, losses = self._seconds, []
                if self._seconds - watched > _WATCH_EVERY_S:
                    self._watch(self._watched, "watched")
                    self._watch(self._written, "written")
                    watched = self._seconds
        self._finish()

    def _save(self, loss: float) -> None:
        import torch

        state = {"learner": self._learner.state(), "used": self._supply.used, "seconds": self._seconds}
        torch.save(state, self._out / "checkpoint.new")
        (self._out / "checkpoint.new").replace(self._out / "checkpoint.pt")
        self._log({"loss": round(loss, 4)})

    def _watch(self, examples: Sequence[Example], name: str) -> None:
        if not examples:
            return
        with self._learner.averaged() as network:
            found = figures_of(examples, lambda some: read_with(network, some, self._tokenizer))
        self._log({name: {key: round(value, 4) for key, value in asdict(found).items()}})

    def _finish(self) -> None:
        import torch

        self._watch(self._kept, "kept apart")
        self._watch(self._written, "written")
        with self._learner.averaged() as network:
            torch.save(network.state_dict(), self._out / "reader.pt")
        click.echo(f"{self._out / 'reader.pt'} after {self._learner.steps:,} steps")

    def _log(self, what: dict[str, object]) -> None:
        _, news, near, written = self._supply.used
        line = {
            "minutes": round(self._seconds / 60, 1),
            "steps": self._learner.steps,
            "news": news,
            "near": near,
            "written": written,
        }
        with (self._out / "log.jsonl").open("a", encoding="utf-8") as file:
            file.write(json.dumps(line | what) + "\n")


def read_with(
    network: BertForQuestionAnswering, examples: Sequence[Example], tokenizer: Tokenizer
) -> list[tuple[str, float]]:
    """The best words of each passage and their margin over "not here"; heads only where a day is known."""
    import torch

    rows = encode_rows(examples, heads_of(examples), tokenizer, rng=random.Random(0))
    order = sorted(range(len(rows)), key=lambda i: len(rows[i].ids))
    found: dict[int, tuple[str, float]] = {}
    network.train(False)
    for start in range(0, len(order), 32):
        some = order[start : start + 32]
        with torch.no_grad():
            starts, ends = scores(network, make_batch([(rows[i],) for i in some]))
        for i, s, e in zip(some, starts.numpy(), ends.numpy(), strict=True):
            found[i] = words_of(rows[i], s, e, tokenizer)
    return [found[i] for i in range(len(rows))]


def _weights(start: Path | None) -> Mapping[str, Tensor] | None:
    """The weights that a run goes on from; None is the encoder's."""
    import torch

    if start is None or start.suffix == ".onnx":
        return restored(start) if start else None
    found: Mapping[str, Tensor] = torch.load(start, weights_only=True)
    return found


def _columns() -> tuple[ProgressColumn, ...]:
    from rich.progress import (
        BarColumn,
        TaskProgressColumn,
        TextColumn,
        TimeElapsedColumn,
        TimeRemainingColumn,
    )

    loss = TextColumn("loss {task.fields[loss]}")
    return (BarColumn(), TaskProgressColumn(), loss, TimeElapsedColumn(), TimeRemainingColumn())


if __name__ == "__main__":
    main()

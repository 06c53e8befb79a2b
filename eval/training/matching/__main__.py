"""`python -m eval.training.matching --out DIR`: pairs of values into the matcher's weights. Imports torch.

Starts from the reader that ships, whose encoder knows news and questions. Ends with `DIR/matcher.pt` and,
with `--ship`, the file that ships. A tenth of the sentences written for it is kept apart; after each pass it
is printed how many of what is of one thing are found where one in 50, 20 and 10 of the others is too.
"""

from __future__ import annotations

import math
import random
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import click
import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from bot.differing.matching.matcher import RELATIONS
from bot.differing.matching.rows import MarkedSide, PairRow, RowMaker
from bot.language.lexicon import load_lexicon
from bot.language.vocabulary import Vocabulary, load_vocabulary
from bot.weighing.reader.tokens import load_tokenizer
from eval.studies.differing.pairs import FILES
from eval.training.export import export_matcher
from eval.training.learner import load_network
from eval.training.matching.value_pairs import MarkedPair, cloze_pairs, made_of, studied_pairs, written_pairs
from eval.training.restore import restored
from index.encoding.weights import DEFAULT_MODEL, find_model

READER = Path("bot/weighing/reader/reader.onnx")
SHIPS = Path("bot/differing/matching")
_WIDTH, _HIDDEN = 384, 128
_ROWS = 32
_DECAY, _HEAD, _WARM_UP = 0.9, 10.0, 0.06  # of the rate: a layer below, the new layers; as in `learner`
_ONE_THING = 2  # relations, the first ones
_STUDIED_TWICE = 2
_TITLED = 0.8
_MEAN = 0.98  # of the running mean of the weights


class MatcherNetwork(torch.nn.Module):
    """The encoder, and a layer over the first token and the tokens that open the two values."""

    def __init__(self) -> None:
        super().__init__()
        self.encoder = load_network(find_model(DEFAULT_MODEL).folder)
        self.encoder.load_state_dict(restored(READER), strict=False)
        self.head = torch.nn.Sequential(
            torch.nn.Linear(5 * _WIDTH, _HIDDEN), torch.nn.GELU(), torch.nn.Linear(_HIDDEN, len(RELATIONS))
        )

    def forward(self, ids: Tensor, mask: Tensor, segments: Tensor, first: Tensor, second: Tensor) -> Tensor:
        """Scores (rows, relations) of rows padded to one length."""
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=self.training):
            found = self.encoder.bert(input_ids=ids, attention_mask=mask, token_type_ids=segments)
        hidden = found.last_hidden_state.float()
        rows = torch.arange(hidden.shape[0])
        one, other = hidden[rows, first], hidden[rows, second]
        scores: Tensor = self.head(torch.cat([hidden[:, 0], one, other, one * other, (one - other).abs()], 1))
        return scores


def make_rows(rows: Sequence[PairRow]) -> tuple[Tensor, ...]:
    """Rows as tensors, padded to the longest."""
    shape = (len(rows), max(len(row.ids) for row in rows))
    ids, mask, segments = np.zeros(shape, np.int64), np.zeros(shape, bool), np.zeros(shape, np.int64)
    for n, row in enumerate(rows):
        ids[n, : len(row.ids)] = row.ids
        mask[n, : len(row.ids)] = True
        segments[n, row.second : len(row.ids)] = 1
    marks = np.array([row.marks for row in rows])
    return tuple(map(torch.from_numpy, (ids, mask, segments, marks[:, 0], marks[:, 1])))


def loss_of(scores: Tensor, gold: Tensor) -> Tensor:
    """Half of how they stand, half of whether they are of one thing."""
    logs = torch.log_softmax(scores, 1)
    one, two = logs[:, :_ONE_THING].logsumexp(1), logs[:, _ONE_THING:].logsumexp(1)
    of_one = -torch.where(gold < _ONE_THING, one, two).mean()
    return 0.5 * torch.nn.functional.cross_entropy(scores, gold, label_smoothing=0.05) + 0.5 * of_one


def likelihoods(network: MatcherNetwork, pairs: Sequence[MarkedPair], rows: RowMaker) -> NDArray[np.float64]:
    """How likely each pair is of one thing, read both ways."""
    network.train(False)
    found = []
    with torch.no_grad():
        for at in range(0, len(pairs), _ROWS):
            part = pairs[at : at + _ROWS]
            ways = ([rows.row(p.one, p.other) for p in part], [rows.row(p.other, p.one) for p in part])
            odds = [torch.softmax(network(*make_rows(way)), 1)[:, :_ONE_THING].sum(1) for way in ways]
            found.append((odds[0] + odds[1]).numpy() / 2)
    return np.concatenate(found).astype(np.float64)


def found_beside(likely: NDArray[np.float64], gold: NDArray[np.bool_]) -> str:
    """What part of those of one thing is found where 2, 5 and 10 in a hundred others are taken for such."""
    others = np.sort(likely[~gold])[::-1]
    parts = ((part, others[int(part * len(others))]) for part in (0.02, 0.05, 0.1))
    return "   ".join(f"{(likely[gold] > least).mean():.2f} beside {part:.2f}" for part, least in parts)


class Teacher:
    """A network in training, its running mean, and the optimiser."""

    def __init__(self, network: MatcherNetwork, *, rate: float, steps: int) -> None:
        self.network, self._steps, self._done = network, steps, 0
        self._named = {name: one for name, one in network.named_parameters() if one.requires_grad}
        self._base = [rate * _factor(name) for name in self._named]
        groups = [
            {"params": [one], "lr": base} for one, base in zip(self._named.values(), self._base, strict=True)
        ]
        self._optimiser = torch.optim.AdamW(groups, betas=(0.9, 0.98), weight_decay=0.01)
        self._mean = {name: one.detach().clone() for name, one in self._named.items()}

    def step(self, rows: Sequence[PairRow], gold: Tensor) -> float:
        """Learn from a batch; the loss before it."""
        self.network.train()
        progress = self._done / self._steps
        factor = min((progress + 1e-3) / _WARM_UP, (1 - progress) / (1 - _WARM_UP))
        for group, base in zip(self._optimiser.param_groups, self._base, strict=True):
            group["lr"] = base * max(factor, 0.0)
        loss = loss_of(self.network(*make_rows(rows)), gold)
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(list(self._named.values()), 1.0)
        self._optimiser.step()
        self._optimiser.zero_grad()
        self._done += 1
        keep = min(_MEAN, self._done / (self._done + 10))
        with torch.no_grad():
            for name, one in self._named.items():
                self._mean[name].lerp_(one, 1 - keep)
        return float(loss.detach())

    def take_mean(self) -> None:
        """Put the running mean in place of the weights."""
        with torch.no_grad():
            for name, one in self._named.items():
                one.copy_(self._mean[name])


def _factor(name: str) -> float:
    if name.startswith("head"):
        return _HEAD
    if ".layer." not in name:
        return float(_DECAY**6)
    return float(_DECAY ** (5 - int(name.split(".layer.")[1].split(".", maxsplit=1)[0])))


def parted(vocabulary: Vocabulary, *, seed: int) -> tuple[list[MarkedPair], list[MarkedPair]]:
    """What is learned from, and a tenth of the written sentences that is kept apart."""
    written = written_pairs()
    random.Random(seed).shuffle(written)
    tenth = len(written) // 10
    learned = [pair for group in written[tenth:] for pair in group]
    learned += cloze_pairs()
    learned += [pair for file in FILES for pair in studied_pairs(file, vocabulary)] * _STUDIED_TWICE
    return learned, [pair for group in written[:tenth] for pair in group]


def batches(
    pairs: Sequence[MarkedPair], rows: RowMaker, *, rng: random.Random
) -> Iterator[tuple[list[PairRow], Tensor]]:
    """The pairs in an order and direction of chance, some without titles."""
    order = rng.sample(pairs, len(pairs))
    for at in range(0, len(order), _ROWS):
        made, gold = [], []
        for pair in order[at : at + _ROWS]:
            one, other = (pair.one, pair.other) if rng.random() < 0.5 else (pair.other, pair.one)
            if rng.random() >= _TITLED:
                one, other = _untitled(one), _untitled(other)
            made.append(rows.row(one, other))
            gold.append(RELATIONS.index(pair.relation))
        yield made, torch.tensor(gold)


def _untitled(side: MarkedSide) -> MarkedSide:
    return replace(side, title="")


@click.command()
@click.option("--out", required=True, type=click.Path(path_type=Path), help="Where matcher.pt goes.")
@click.option("--passes", default=6, show_default=True, help="Over all pairs and what is made of them.")
@click.option("--rate", default=1e-4, show_default=True)
@click.option("--seed", default=1, show_default=True)
@click.option("--ship", is_flag=True, help=f"Write the file that ships, in {SHIPS}.")
def main(out: Path, passes: int, rate: float, seed: int, *, ship: bool) -> None:
    """Train the matcher; about six minutes a pass on one core."""
    torch.manual_seed(seed)
    rng, rows, vocabulary = random.Random(seed), RowMaker(load_tokenizer()), load_vocabulary(load_lexicon())
    learned, apart = parted(vocabulary, seed=7)
    size = len(made_of(learned, vocabulary, rng=random.Random(0)))
    teacher = Teacher(MatcherNetwork(), rate=rate, steps=passes * math.ceil(1.02 * size / _ROWS))
    gold = np.array([RELATIONS.index(pair.relation) < _ONE_THING for pair in apart])
    for number in range(passes):
        made = made_of(learned, vocabulary, rng=rng)
        with click.progressbar(batches(made, rows, rng=rng), length=math.ceil(len(made) / _ROWS)) as bar:
            mean = sum(teacher.step(*batch) for batch in bar) / math.ceil(len(made) / _ROWS)
        click.echo(f"pass {number + 1}: loss {mean:.3f}   "
                   + found_beside(likelihoods(teacher.network, apart, rows), gold))  # fmt: skip
    teacher.take_mean()
    click.echo("mean: " + found_beside(likelihoods(teacher.network, apart, rows), gold))
    out.mkdir(parents=True, exist_ok=True)
    torch.save(teacher.network.state_dict(), out / "matcher.pt")
    if ship:
        click.echo(export_matcher(teacher.network, SHIPS))

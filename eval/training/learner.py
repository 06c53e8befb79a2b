"""Batches of rows into a reader's weights: the network, its loss and its optimiser. Imports torch.

The network is MiniLM with one linear layer that gives each token two scores, that an answer starts and
that it ends there. The first token stands for "no answer here" (Devlin et al., "BERT", 2019).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import torch
from torch import Tensor

from eval.training.encoded import Row, Rows

if TYPE_CHECKING:
    from transformers import BertForQuestionAnswering

# Learning rate of the topmost layer; each layer below learns at 0.9 of the one above, the new scores at five
# times. The table of words is left as it is: what it learns from rare words of 80,000 questions is noise.
_RATE = 1.2e-4
_LAYER_DECAY = 0.9
_HEAD = 5.0
_WARM_UP = 0.06
_WEIGHT_DECAY = 0.01
_CLIP = 1.0

# How much the comparison of a question's two passages counts beside each passage's own loss.
_SHARED = 0.5

_EMA = 0.99  # the mean of about 100 steps; at 0.998 it lagged behind in a run of 1,400
_OUT = -1e4
_ATTENTION = "dateline_plain"


@dataclass(frozen=True)
class Batch:
    """Rows padded to one length. `mate` is the place of the same question's other passage, -1 without."""

    ids: Tensor
    mask: Tensor
    segments: Tensor
    passage: Tensor
    starts: Tensor
    ends: Tensor
    answerable: Tensor
    mate: Tensor


def make_batch(groups: Sequence[Rows]) -> Batch:
    """Groups of one or two rows as tensors (rows, longest); in a group the answering passage is first."""
    rows = [row for group in groups for row in group]
    mates: list[int] = []
    for group in groups:
        mates += [len(mates) + 1, -1] if len(group) == 2 else [-1]
    return _as_tensors(rows, mates)


def _as_tensors(rows: Sequence[Row], mates: Sequence[int]) -> Batch:
    shape = (len(rows), max(len(row.ids) for row in rows))
    ids = np.zeros(shape, dtype=np.int64)
    mask, segments, passage = np.zeros(shape, bool), np.zeros(shape, dtype=np.int64), np.zeros(shape, bool)
    starts, ends = np.zeros(shape, bool), np.zeros(shape, bool)
    for i, row in enumerate(rows):
        ids[i, : len(row.ids)] = row.ids
        mask[i, : len(row.ids)] = True
        segments[i, row.second : len(row.ids)] = 1
        passage[i, row.first : row.last] = True
        starts[i, list(row.starts)] = True
        ends[i, list(row.ends)] = True
    answerable = np.array([bool(row.starts) for row in rows])
    arrays = (ids, mask, segments, passage, starts, ends, answerable, np.array(mates))
    return Batch(*map(torch.from_numpy, arrays))


class Learner:
    """A reader in training: the network, a running mean of its weights, and the optimiser."""

    def __init__(
        self, start: Path, *, seed: int, weights: Mapping[str, Tensor] | None = None, rate: float = 1.0
    ) -> None:
        """Begin from the encoder in the folder `start`, or from a reader's `weights`.

        `rate` scales the learning rate.
        """
        torch.manual_seed(seed)
        self.network = load_network(start)
        if weights is not None:
            self.network.load_state_dict(weights)
        self.mean = {name: p.detach().clone() for name, p in self._trained()}
        self._optimiser = torch.optim.AdamW(self._rates(), betas=(0.9, 0.98), fused=True)
        self._base = [group["lr"] * rate for group in self._optimiser.param_groups]
        self.steps = 0

    def step(self, batch: Batch, *, progress: float) -> float:
        """Learn from one batch at `progress` (0 to 1) of the plan; the loss before it."""
        self.network.train()
        factor = min(progress / _WARM_UP, (1 - progress) / (1 - _WARM_UP))
        for group, base in zip(self._optimiser.param_groups, self._base, strict=True):
            group["lr"] = base * max(factor, 0.0)
        loss = _loss(batch, *scores(self.network, batch))
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_([p for _, p in self._trained()], _CLIP)
        self._optimiser.step()
        self._optimiser.zero_grad()
        self.steps += 1
        decay = min(_EMA, self.steps / (self.steps + 10))
        with torch.no_grad():
            for name, p in self._trained():
                self.mean[name].lerp_(p, 1 - decay)
        return float(loss.detach())

    @contextmanager
    def averaged(self) -> Iterator[BertForQuestionAnswering]:
        """The network with the running mean as its weights."""
        own = {name: p.detach().clone() for name, p in self._trained()}
        self._put(self.mean)
        try:
            yield self.network
        finally:
            self._put(own)

    def state(self) -> dict[str, object]:
        """All that `resume` needs."""
        return {
            "network": self.network.state_dict(),
            "mean": self.mean,
            "optimiser": self._optimiser.state_dict(),
            "steps": self.steps,
        }

    def resume(self, state: dict[str, object]) -> None:
        """Go on from what `state` gave."""
        self.network.load_state_dict(state["network"])  # type: ignore[arg-type]
        self._optimiser.load_state_dict(state["optimiser"])  # type: ignore[arg-type]
        self.mean = state["mean"]  # type: ignore[assignment]
        self.steps = int(state["steps"])  # type: ignore[call-overload]

    def _put(self, weights: dict[str, Tensor]) -> None:
        with torch.no_grad():
            for name, p in self._trained():
                p.copy_(weights[name])

    def _trained(self) -> list[tuple[str, torch.nn.Parameter]]:
        return [(name, p) for name, p in self.network.named_parameters() if p.requires_grad]

    def _rates(self) -> list[dict[str, object]]:
        layers = self.network.config.num_hidden_layers
        groups: dict[tuple[float, float], list[torch.nn.Parameter]] = {}
        for name, p in self._trained():
            key = (_RATE * _depth_factor(name, layers), _WEIGHT_DECAY if p.ndim > 1 else 0.0)
            groups.setdefault(key, []).append(p)
        return [{"params": ps, "lr": lr, "weight_decay": decay} for (lr, decay), ps in groups.items()]


def _depth_factor(name: str, layers: int) -> float:
    """How fast a parameter learns compared with the topmost layer."""
    if name.startswith("qa_outputs"):
        return _HEAD
    if ".layer." in name:
        return float(_LAYER_DECAY ** (layers - 1 - int(name.split(".layer.")[1].split(".", maxsplit=1)[0])))
    return float(_LAYER_DECAY**layers)


def load_network(folder: Path) -> BertForQuestionAnswering:
    """The encoder in `folder` as a reader, without dropout: one pass over the data does not overfit."""
    from transformers import BertForQuestionAnswering

    network = BertForQuestionAnswering.from_pretrained(
        str(folder),
        attn_implementation=_registered(),
        hidden_dropout_prob=0.0,
        attention_probs_dropout_prob=0.0,
    )
    network.bert.embeddings.word_embeddings.weight.requires_grad_(False)
    return network


def _registered() -> str:
    """The name under which transformers knows `_attention`."""
    from transformers import AttentionInterface, AttentionMaskInterface
    from transformers.masking_utils import eager_mask

    AttentionInterface.register(_ATTENTION, _attention)
    AttentionMaskInterface.register(_ATTENTION, eager_mask)
    return _ATTENTION


def _attention(
    module: torch.nn.Module,
    query: Tensor,
    key: Tensor,
    value: Tensor,
    attention_mask: Tensor | None,
    *,
    scaling: float,
    **_: object,
) -> tuple[Tensor, None]:
    """Attention as plain products in the type of its inputs (rows, heads, tokens, width).

    Of one training step on two cores, torch's fused kernel takes nearly half for heads of 32 numbers in
    bfloat16, and transformers' own products more than these, in float32: 84, 99 and 117 steps a minute.
    """
    with torch.autocast("cpu", enabled=False):
        found = torch.matmul(query, key.transpose(-1, -2) * scaling)
        if attention_mask is not None:
            found = found + attention_mask.to(found.dtype)
        return torch.matmul(torch.softmax(found, -1), value).transpose(1, 2).contiguous(), None


def scores(network: BertForQuestionAnswering, batch: Batch) -> tuple[Tensor, Tensor]:
    """Start and end scores (rows, longest) in float32; what is neither passage nor first token is out."""
    with torch.autocast("cpu", dtype=torch.bfloat16):
        found = network(input_ids=batch.ids, attention_mask=batch.mask, token_type_ids=batch.segments)
    allowed = batch.passage.clone()
    allowed[:, 0] = True
    return (
        found.start_logits.float().masked_fill(~allowed, _OUT),
        found.end_logits.float().masked_fill(~allowed, _OUT),
    )


def _loss(batch: Batch, starts: Tensor, ends: Tensor) -> Tensor:
    """Minus the log likelihood of the answers, or of the first token where there is none."""
    own = _own_loss(starts, batch.starts, batch) + _own_loss(ends, batch.ends, batch)
    shared = _shared_loss(starts, batch.starts, batch) + _shared_loss(ends, batch.ends, batch)
    return (own + _SHARED * shared) / 2


def _own_loss(logits: Tensor, gold: Tensor, batch: Batch) -> Tensor:
    """Each passage by itself; where people marked several answers, their likelihoods add."""
    target = gold.clone()
    target[:, 0] = ~batch.answerable
    good = logits.masked_fill(~target, _OUT).logsumexp(1)
    return (logits.logsumexp(1) - good).mean()


def _shared_loss(logits: Tensor, gold: Tensor, batch: Batch) -> Tensor:
    """The answers among all words of both passages, "no answer" not being among them."""
    first = torch.nonzero((batch.mate >= 0) & batch.answerable).flatten()
    if len(first) == 0:
        return logits.new_zeros(())
    inside = logits.masked_fill(~batch.passage, _OUT).logsumexp(1)
    every = torch.logaddexp(inside[first], inside[batch.mate[first]])
    good = logits.masked_fill(~gold, _OUT).logsumexp(1)[first]
    return (every - good).mean() * (len(first) / len(logits))

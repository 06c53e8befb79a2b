"""Texts into vectors by ONNX Runtime, from a model that `compiling` made for this processor.

The only file that imports onnxruntime and tokenizers when a question is asked: together 0.05 s
to import, where torch and sentence-transformers take 5 s.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from index.encoding.encoder import Vectors
from index.errors import EncoderError

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from tokenizers import Encoding, Tokenizer

MODEL = "model.onnx"
TOKENIZER = "tokenizer.json"

# Padded tokens a batch. Small batches stay in the processor's cache and pad little: of texts of 110 tokens
# one core encoded 118 a second at 256, 116 at 512, 105 at 1,024 and 77 at 4,096; of sentences 689, 604,
# 457 and 217.
_BATCH_TOKENS = 256


@dataclass(frozen=True)
class Shape:
    """The length of a compiled model's vectors, the tokens that it sees, and the token it pads with."""

    dimensions: int
    max_tokens: int
    pad_id: int


class CompiledEncoder:
    """An encoder that needs neither torch nor sentence-transformers; safe to use from several threads."""

    def __init__(
        self, name: str, folder: Path, *, fingerprint: str, shape: Shape, threads: int | None = None
    ) -> None:
        """Load the model of `folder`. `threads`: None is one a processor that this process may use."""
        self._name = name
        self._fingerprint = fingerprint
        self._shape = shape
        self._tokenizer = _load_tokenizer(folder / TOKENIZER)
        self._session = _load_session(folder / MODEL, threads or _processors())

    @property
    def name(self) -> str:
        """What a person would call it."""
        return self._name

    @property
    def fingerprint(self) -> str:
        """The sha256 of its weights and its precision."""
        return self._fingerprint

    @property
    def dimensions(self) -> int:
        """The length of a vector."""
        return self._shape.dimensions

    @property
    def max_tokens(self) -> int:
        """How many tokens it sees, two special tokens included."""
        return self._shape.max_tokens

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """How many tokens each text has, special tokens not included and nothing cut."""
        return [len(one) for one in self._tokenizer.encode_batch_fast(list(texts), add_special_tokens=False)]

    def encode(self, texts: Sequence[str]) -> Vectors:
        """One unit vector a text, shape (len(texts), dimensions), in the order of `texts`."""
        vectors = np.empty((len(texts), self._shape.dimensions), dtype=np.float32)
        encodings = self._tokenize(texts)
        for batch in _batches([len(one) for one in encodings]):
            ids, mask = _padded([encodings[i].ids for i in batch], self._shape.pad_id)
            vectors[batch] = self._run(ids, mask)
        return vectors

    def _tokenize(self, texts: Sequence[str]) -> list[Encoding]:
        """The tokens of each text with the special ones, cut to what the model sees."""
        encodings = self._tokenizer.encode_batch_fast(list(texts), add_special_tokens=False)
        room = self._shape.max_tokens - self._tokenizer.num_special_tokens_to_add(False)
        for one in encodings:
            if len(one) > room:
                one.truncate(room)
        return [self._tokenizer.post_process(one) for one in encodings]

    def _run(self, ids: NDArray[np.int64], mask: NDArray[np.int64]) -> Vectors:
        try:
            (vectors,) = self._session.run(None, {"input_ids": ids, "attention_mask": mask})
        except Exception as exc:  # onnxruntime raises its own classes, which share no base but Exception
            raise EncoderError(f"{self._name} could not encode {ids.shape[0]} texts: {exc}") from exc
        return np.asarray(vectors, dtype=np.float32)


def runtime_version() -> str:
    """The version of onnxruntime, by which a compiled model is made and for which it is kept."""
    import onnxruntime

    return str(onnxruntime.__version__)


def _batches(lengths: Sequence[int]) -> list[list[int]]:
    """Texts grouped by length, longest first, so that little is padded; each group within the budget."""
    batches: list[list[int]] = []
    longest = 0
    for i in sorted(range(len(lengths)), key=lambda i: -lengths[i]):
        if batches and (len(batches[-1]) + 1) * longest <= _BATCH_TOKENS:
            batches[-1].append(i)
        else:
            batches.append([i])
            longest = lengths[i]
    return batches


def _padded(rows: Sequence[Sequence[int]], pad_id: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Token ids and attention mask, both (texts, longest)."""
    ids = np.full((len(rows), max(1, *map(len, rows))), pad_id, dtype=np.int64)
    mask = np.zeros_like(ids)
    for i, row in enumerate(rows):
        ids[i, : len(row)] = row
        mask[i, : len(row)] = 1
    return ids, mask


def _load_tokenizer(path: Path) -> Tokenizer:
    from tokenizers import Tokenizer

    try:
        tokenizer = Tokenizer.from_file(str(path))
    except Exception as exc:  # tokenizers raises bare Exception
        raise EncoderError(
            f"{path}: not a tokenizer ({exc}); remove its folder to have it made again"
        ) from exc
    tokenizer.no_truncation()  # official MiniLM's own file cuts at 128 tokens and pads to 128
    tokenizer.no_padding()
    return tokenizer


def _load_session(path: Path, threads: int) -> InferenceSession:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    # Threads that wait by spinning took 33 ms of processor for a batch that takes 21 without, and on a
    # busy machine they were slower, too.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    try:
        return onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])
    except Exception as exc:  # as in `_run`
        raise EncoderError(
            f"{path}: onnxruntime cannot load it ({exc}); remove its folder to have it made again"
        ) from exc


def _processors() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1

"""Texts into vectors by ONNX Runtime, from a model that `compiling` made for this processor.

The only file that imports onnxruntime and tokenizers when a question is asked: together 0.05 s
to import, where torch and sentence-transformers take 5 s.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from index.encoding.encoder import Vectors
from index.encoding.session import SideBySide, load_session
from index.errors import EncoderError

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from tokenizers import Encoding, Tokenizer

# Questions and sentences are remembered: a question is encoded by each step that needs it, the sentences of
# what is in the news for one question after the other. 15 MB.
_REMEMBERED, _SHORT = 8_000, 500

MODEL = "model.onnx"
TOKENIZER = "tokenizer.json"


@dataclass(frozen=True)
class Shape:
    """The length of a compiled model's vectors, the tokens that it sees, and the token it pads with."""

    dimensions: int
    max_tokens: int
    pad_id: int


class CompiledEncoder:
    """An encoder that needs neither torch nor sentence-transformers; safe to use from several threads.

    Each text is run by itself. Activations are quantised with one scale a run, so that in a batch a text's
    vector would depend on its neighbours (mean cosine 0.993 with itself alone); by itself it is always the
    same, nothing is padded, and a passage is as quick (of sentences, bulk is a tenth slower). Several texts
    are run side by side.
    """

    def __init__(
        self, name: str, folder: Path, *, fingerprint: str, shape: Shape, threads: int | None = None
    ) -> None:
        """Load the model of `folder`. `threads`: None is one a processor that this process may use."""
        self._name = name
        self._fingerprint = fingerprint
        self._shape = shape
        self._tokenizer = _load_tokenizer(folder / TOKENIZER)
        self._session = _load_session(folder / MODEL)
        self._known: dict[str, Vectors] = {}
        self._side_by_side = SideBySide(threads, name="encoding")

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
        known = self._known
        vectors: list[Vectors | None] = [known.get(text) for text in texts]
        new = [n for n, vector in enumerate(vectors) if vector is None]
        if len(known) + len(new) > _REMEMBERED:
            known = self._known = {}
        for n, vector in zip(new, self._encoded([texts[n] for n in new]), strict=True):
            vectors[n] = vector
            if len(texts[n]) <= _SHORT:
                known[texts[n]] = vector
        return np.array(vectors, dtype=np.float32).reshape(len(texts), self._shape.dimensions)

    def _encoded(self, texts: Sequence[str]) -> list[Vectors]:
        """The vectors, each of shape (dimensions,), of texts that are not remembered."""
        rows = [one.ids for one in self._tokenize(texts)]
        longest_first = sorted(range(len(rows)), key=lambda i: -len(rows[i]))  # so that all end together
        vectors = self._side_by_side.map(self._run, [rows[i] for i in longest_first])
        found = zip(longest_first, vectors, strict=True)
        return [vector for _, vector in sorted(found, key=lambda one: one[0])]

    def _tokenize(self, texts: Sequence[str]) -> list[Encoding]:
        """The tokens of each text with the special ones, cut to what the model sees."""
        encodings = self._tokenizer.encode_batch_fast(list(texts), add_special_tokens=False)
        room = self._shape.max_tokens - self._tokenizer.num_special_tokens_to_add(False)
        for one in encodings:
            if len(one) > room:
                one.truncate(room)
        return [self._tokenizer.post_process(one) for one in encodings]

    def _run(self, tokens: Sequence[int]) -> Vectors:
        """The vector, shape (dimensions,), of one text's tokens."""
        ids = np.array([tokens or [self._shape.pad_id]], dtype=np.int64)
        try:
            (vectors,) = self._session.run(None, {"input_ids": ids})
        except Exception as exc:  # onnxruntime raises its own classes, which share no base but Exception
            raise EncoderError(f"{self._name} could not encode a text of {ids.size} tokens: {exc}") from exc
        return np.asarray(vectors[0], dtype=np.float32)


def runtime_version() -> str:
    """The version of onnxruntime, by which a compiled model is made and for which it is kept."""
    import onnxruntime

    return str(onnxruntime.__version__)


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


def _load_session(path: Path) -> InferenceSession:
    try:
        return load_session(path, fused=True)
    except Exception as exc:  # as in `_run`
        raise EncoderError(
            f"{path}: onnxruntime cannot load it ({exc}); remove its folder to have it made again"
        ) from exc

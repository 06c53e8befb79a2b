"""Texts into vectors by sentence-transformers itself, what a compiled encoder is made from and checked by.

The only file that imports sentence_transformers and torch.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from index.encoding.bert import OPSET
from index.encoding.encoder import Vectors
from index.encoding.quiet import quiet
from index.encoding.weights import DEFAULT_MODEL, ModelFiles
from index.errors import EncoderError
from index.extras import installing

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer
    from tokenizers import Tokenizer


class ReferenceEncoder:
    """A sentence-transformers model as it is, float32, on the processor."""

    def __init__(self, files: ModelFiles, *, fingerprint: str) -> None:
        """Load the model; raises EncoderError when sentence-transformers cannot."""
        self._files = files
        self._fingerprint = fingerprint
        self._model = _load(files)
        self._tokenizer = _fast_tokenizer(files, self._model)
        self._dimensions = int(self._model.encode(["one"], show_progress_bar=False).shape[1])

    @property
    def name(self) -> str:
        """What a person would call it."""
        return self._files.name

    @property
    def fingerprint(self) -> str:
        """The sha256 of its weights and its precision."""
        return self._fingerprint

    @property
    def dimensions(self) -> int:
        """The length of a vector."""
        return self._dimensions

    @property
    def max_tokens(self) -> int:
        """How many tokens it sees, two special tokens included, however many it adds."""
        specials = self._tokenizer.num_special_tokens_to_add(False)
        return int(self._model.max_seq_length or 512) - max(0, specials - 2)

    @property
    def pad_id(self) -> int:
        """The token that fills the shorter texts of a batch."""
        return int(self._model.tokenizer.pad_token_id or 0)

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """How many tokens each text has, special tokens not included and nothing cut."""
        return [len(one) for one in self._tokenizer.encode_batch_fast(list(texts), add_special_tokens=False)]

    def encode(self, texts: Sequence[str]) -> Vectors:
        """One unit vector a text, shape (len(texts), dimensions), in the order of `texts`, none prompted."""
        if not texts:
            return np.empty((0, self.dimensions), dtype=np.float32)
        try:
            vectors = self._model.encode(
                list(texts), prompt="", normalize_embeddings=True, show_progress_bar=False
            )
        except (RuntimeError, ValueError, IndexError) as exc:
            raise EncoderError(f"{self.name} could not encode {len(texts)} texts: {exc}") from exc
        return np.asarray(vectors, dtype=np.float32)

    def export(self, model: Path, tokenizer: Path) -> None:
        """Write the whole model, pooling included, as ONNX, and its tokenizer beside it.

        Raises EncoderError for a model that cannot be exported.
        """
        self._tokenizer.save(str(tokenizer))
        try:
            with _quiet():
                _spell_out_attention(self._model)
                _export(self._model, model)
        except Exception as exc:  # torch's exporter raises whatever the model's own code raises
            raise EncoderError(f"{self.name} cannot be exported to ONNX: {exc}") from exc


def _load(files: ModelFiles) -> SentenceTransformer:
    try:
        from sentence_transformers import SentenceTransformer
    except ImportError as exc:
        raise EncoderError(
            f"sentence-transformers, which would run or compile {files.name}, is not installed here ({exc}): "
            f"`{installing('sentence-transformers')}` brings it and PyTorch; "
            f"{DEFAULT_MODEL} needs neither where it runs compiled"
        ) from exc
    try:
        with _quiet():
            model = SentenceTransformer(str(files.folder), device="cpu", local_files_only=True)
    except Exception as exc:  # it raises what transformers, safetensors, json or torch raise
        raise EncoderError(
            f"{files.folder}: sentence-transformers cannot load {files.name} ({exc}); expected a folder as "
            "`SentenceTransformer.save` writes it"
        ) from exc
    model.eval()
    return model


def _fast_tokenizer(files: ModelFiles, model: SentenceTransformer) -> Tokenizer:
    """A copy of the tokenizer under the model's Python one, neither cutting nor padding."""
    from tokenizers import Tokenizer

    backend = getattr(model.tokenizer, "backend_tokenizer", None)
    if not isinstance(backend, Tokenizer):
        raise EncoderError(f"{files.name} has no fast tokenizer; expected one that `tokenizers` can run")
    tokenizer = Tokenizer.from_str(backend.to_str())
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


def _spell_out_attention(model: SentenceTransformer) -> None:
    """Have attention computed by plain products, where the model can.

    The fused kernel is traced into checks for rows without any token: onnxruntime spent an eighth of its time
    on them.
    """
    for module in model.modules():
        switch = getattr(module, "set_attn_implementation", None)
        if callable(switch):
            switch("eager")


def _export(model: SentenceTransformer, path: Path) -> None:
    """Trace the model over two texts of one length, which no mask is needed for; both axes are free."""
    import torch

    class WholeModel(torch.nn.Module):
        """Token ids in, unit vectors out: every module of the model, then the norm."""

        def __init__(self) -> None:
            super().__init__()
            self.model = model

        def forward(self, input_ids: torch.Tensor) -> torch.Tensor:
            features = self.model({"input_ids": input_ids, "attention_mask": torch.ones_like(input_ids)})
            return torch.nn.functional.normalize(features["sentence_embedding"], p=2.0, dim=1)

    ids = torch.full((2, 9), int(model.tokenizer.pad_token_id or 0) + 1)
    with torch.no_grad():
        torch.onnx.export(
            WholeModel().eval(),
            (ids,),
            str(path),
            input_names=["input_ids"],
            output_names=["vectors"],
            dynamic_axes={"input_ids": {0: "texts", 1: "tokens"}, "vectors": {0: "texts"}},
            opset_version=OPSET,
            dynamo=False,  # the other exporter needs onnxscript, one more dependency
        )


@contextmanager
def _quiet() -> Iterator[None]:
    """`quiet`, without transformers' progress bars."""
    from transformers.utils import logging as transformers_logging

    bars = transformers_logging.is_progress_bar_enabled()
    transformers_logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    try:
        with quiet():
            yield
    finally:
        if bars:
            transformers_logging.enable_progress_bar()  # type: ignore[no-untyped-call]

"""Rows of tokens into start and end scores, by ONNX Runtime, from the weights that ship with Dateline."""

from __future__ import annotations

import hashlib
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from bot.weighing.reader.spans import Scores
from index.encoding.session import load_session
from index.errors import EncoderError, WrongWeights

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

MODEL, SUM = "reader.onnx", "reader.onnx.sha256"
INPUTS = ("input_ids", "attention_mask", "token_type_ids")
OUTPUTS = ("starts", "ends")


class Network:
    """The reader's network, loaded once; safe to use from several threads."""

    def __init__(self, folder: Path | None = None) -> None:
        """Load MODEL from `folder`, None being the one that ships.

        Raises WrongWeights when the file is not the one that SUM names, EncoderError when it cannot be run.
        """
        folder = folder or Path(str(files("bot.weighing.reader")))
        self._session = _load_session(_checked(folder))

    def scores(self, ids: NDArray[np.int64], segments: NDArray[np.int64]) -> tuple[Scores, Scores]:
        """Start and end scores of the tokens of one row, each (tokens,)."""
        row = {
            "input_ids": ids[None],
            "attention_mask": np.ones_like(ids)[None],
            "token_type_ids": segments[None],
        }
        try:
            starts, ends = self._session.run(list(OUTPUTS), row)
        except Exception as exc:  # onnxruntime raises its own classes, which share no base but Exception
            raise EncoderError(f"the reader could not read {len(ids)} tokens: {exc}") from exc
        return np.asarray(starts[0], dtype=np.float32), np.asarray(ends[0], dtype=np.float32)


def _checked(folder: Path) -> bytes:
    """The weights, once their sha256 is the one that is written beside them."""
    try:
        model = (folder / MODEL).read_bytes()
        expected = (folder / SUM).read_text(encoding="ascii").strip()
    except OSError as exc:
        raise EncoderError(f"{folder}: no reader ({exc}); reinstall it, or use --no-reader") from exc
    found = hashlib.sha256(model).hexdigest()
    if found != expected:
        raise WrongWeights(
            f"{folder / MODEL} has sha256 {found}, expected {expected}; reinstall it, or use --no-reader"
        )
    return model


def _load_session(model: bytes) -> InferenceSession:
    try:
        return load_session(model, fused=False)
    except Exception as exc:  # as in `scores`
        raise EncoderError(f"{MODEL}: onnxruntime cannot load it ({exc})") from exc

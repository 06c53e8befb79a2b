"""Texts into vectors: the protocol that every encoder keeps."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]


class EncoderIdentity(Protocol):
    """The part of an encoder that an archive remembers."""

    @property
    def name(self) -> str:
        """What a person would call it, such as "all-MiniLM-L6-v2"."""

    @property
    def fingerprint(self) -> str:
        """The sha256 of its weights and how it runs them; an archive keeps to one fingerprint."""

    @property
    def dimensions(self) -> int:
        """The length of a vector."""


class Encoder(EncoderIdentity, Protocol):
    """Turns texts into unit vectors whose dot product is their likeness."""

    @property
    def max_tokens(self) -> int:
        """How many tokens it sees, its own special tokens included; what is longer would be cut."""

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """How many tokens each text has, special tokens not included and nothing cut."""

    def encode(self, texts: Sequence[str]) -> Vectors:
        """One row a text, shape (len(texts), dimensions), L2-normalised, in the order of `texts`."""

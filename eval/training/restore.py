"""The reader that ships back into weights that training can go on from; what 8 bits lost stays lost."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from torch import Tensor

_WIDTH = 384
_Array = NDArray[np.float32]


def restored(model: Path) -> dict[str, Tensor]:
    """The named weights of a `reader.onnx` that `eval.training.export` wrote, without those it leaves out."""
    import onnx
    import torch
    from onnx import numpy_helper

    arrays = {one.name: numpy_helper.to_array(one) for one in onnx.load(str(model)).graph.initializer}
    weights: dict[str, _Array] = {
        name.removeprefix("network."): value
        for name, value in arrays.items()
        if name.startswith("network.") and not name.endswith((".small", ".scale"))
    }
    weights |= {
        name.removeprefix("network.").removesuffix(".small"): value * arrays[name[:-5] + "scale"]
        for name, value in arrays.items()
        if name.endswith(".small")
    }
    products = sorted(
        (int(found[1]), name)
        for name in arrays
        if (found := re.fullmatch(r"onnx::MatMul_(\d+)_quantized", name))
    )
    wide = [_widened(arrays, name.removesuffix("_quantized")) for _, name in products]
    layers = (len(wide) - 1) // 3
    for layer in range(layers):
        weights |= _layer(layer, arrays, wide[3 * layer : 3 * layer + 3])
    weights["qa_outputs.weight"] = wide[-1].T
    return {name: torch.from_numpy(np.array(value, dtype=np.float32)) for name, value in weights.items()}


def _layer(layer: int, arrays: dict[str, NDArray[np.generic]], wide: list[_Array]) -> dict[str, _Array]:
    """One layer's products, which stand turned, and its attention, which stands fused."""
    name = f"bert.encoder.layer.{layer}"
    three = _widened(arrays, f"Attention_{layer}_qkv_weight")
    biases = arrays[f"Attention_{layer}_qkv_bias"]
    found = {
        f"{name}.{place}.dense.weight": value.T
        for place, value in zip(("attention.output", "intermediate", "output"), wide, strict=True)
    }
    for n, part in enumerate(("query", "key", "value")):
        at = slice(n * _WIDTH, (n + 1) * _WIDTH)
        found[f"{name}.attention.self.{part}.weight"] = three[:, at].T
        found[f"{name}.attention.self.{part}.bias"] = biases[at].astype(np.float32)
    return found


def _widened(arrays: dict[str, NDArray[np.generic]], name: str) -> _Array:
    small, zero, scale = (arrays[f"{name}_{part}"] for part in ("quantized", "zero_point", "scale"))
    return (small.astype(np.float32) - zero.astype(np.float32)) * scale.astype(np.float32)

"""An exported ONNX model into one that is small and quick to load and run on this processor."""

from __future__ import annotations

import platform
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from index.encoding.quiet import quiet
from index.encoding.session import SLOWER
from index.errors import EncoderError

if TYPE_CHECKING:
    from onnx import ModelProto

Precision = Literal["int8", "float32"]
PrecisionChoice = Literal["auto", "int8", "float32"]  # "auto": what runs quickest on this processor

# Numbers in a table from which it is worth halving: MiniLM's table of words has 11.7 million, its layers
# 0.6 at most.
_LARGE_TABLE = 1_000_000


def write_for_here(exported: Path, target: Path, precision: Precision) -> None:
    """Write the exported model to `target`, its graph simplified, in `precision`.

    In "int8" the weights of its matrix products have 8 bits with one scale a column, activations are
    quantised as they come, and tables of words have 16 bits. MiniLM shrinks from 90 to 35 MB, and loads in
    0.1 s, half the time.

    Raises EncoderError when onnxruntime cannot.
    """
    simplified = target
    try:
        with quiet():
            if precision == "int8":
                simplified = exported.with_suffix(".small.onnx")
                _quantise(exported, simplified)
                _halve_tables(simplified)
            _simplify(simplified if precision == "int8" else exported, target)
    except Exception as exc:  # onnx and onnxruntime raise classes that share no base but Exception
        raise EncoderError(f"{exported}: cannot be made {precision} ({exc})") from exc
    finally:
        if simplified != target:
            simplified.unlink(missing_ok=True)


def would_saturate() -> bool:
    """Whether products of 8-bit numbers overflow here: x86 without VNNI adds pairs of them in 16 bits.

    There the weights are kept within 7 bits (`reduce_range`), which costs a little likeness.
    """
    if platform.machine().lower() not in ("x86_64", "amd64"):
        return False
    try:
        return "vnni" not in Path("/proc/cpuinfo").read_text(encoding="utf-8")
    except OSError:
        return True


def _quantise(exported: Path, target: Path) -> None:
    from onnxruntime.quantization import QuantType, quantize_dynamic

    quantize_dynamic(
        exported,
        target,
        op_types_to_quantize=["MatMul", "Gemm"],
        per_channel=True,
        reduce_range=would_saturate(),
        weight_type=QuantType.QInt8,
    )


def _halve_tables(path: Path) -> None:
    """Keep large tables that rows are looked up in as float16, and widen the rows as they are read."""
    import onnx

    model = onnx.load(path)
    tables = _large_tables(model)
    nodes = []
    for node in model.graph.node:
        nodes.append(node)
        if node.op_type == "Gather" and node.input[0] in tables:
            wide = node.output[0]
            node.output[0] = f"{wide}.half"
            nodes.append(onnx.helper.make_node("Cast", [f"{wide}.half"], [wide], to=onnx.TensorProto.FLOAT))
    for table in model.graph.initializer:
        if table.name in tables:
            half = onnx.numpy_helper.to_array(table).astype("float16")
            table.CopyFrom(onnx.numpy_helper.from_array(half, table.name))
    del model.graph.node[:]
    model.graph.node.extend(nodes)
    onnx.save(model, path)


def _large_tables(model: ModelProto) -> set[str]:
    """Names of the float32 tables that are large and only looked up in."""
    import onnx

    large = {
        table.name
        for table in model.graph.initializer
        if table.data_type == onnx.TensorProto.FLOAT
        and len(table.dims) == 2
        and table.dims[0] * table.dims[1] >= _LARGE_TABLE
    }
    other = {
        name
        for node in model.graph.node
        for i, name in enumerate(node.input)
        if not (node.op_type == "Gather" and i == 0)
    }
    return large - other


def _simplify(source: Path, target: Path) -> None:
    """Fuse what onnxruntime fuses at every load, once: 40 ms of each start."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_EXTENDED
    options.optimized_model_filepath = str(target)
    onnxruntime.InferenceSession(
        source, options, providers=["CPUExecutionProvider"], disabled_optimizers=list(SLOWER)
    )

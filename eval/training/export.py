"""`python -m eval.training.export DIR/reader.pt`: trained weights into the file that ships. Imports torch.

Products of matrices are kept in 8 bits with one scale a column, tables in 8 bits with one scale a row. The
file runs on any processor that onnxruntime knows: nothing in it is made for this one.
"""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import click
import numpy as np

from bot.weighing.reader.network import INPUTS, MODEL, OUTPUTS, SUM
from eval.training.learner import load_network
from index.encoding.quiet import quiet
from index.encoding.weights import DEFAULT_MODEL, find_model

if TYPE_CHECKING:
    from onnx import ModelProto, NodeProto, TensorProto
    from transformers import BertForQuestionAnswering

_OPSET = 17  # as index.encoding.reference
_TABLE = 100_000  # numbers in a table from which it is worth keeping in 8 bits


def export(weights: Path, folder: Path, *, small: bool = True) -> Path:
    """Write MODEL and SUM into `folder` from trained weights; the path of the model.

    `small`: in 8 bits, as it ships; else in float32, to see what 8 bits lose.
    """
    with tempfile.TemporaryDirectory() as scratch, quiet():
        exported, fused, quantised = (
            Path(scratch) / f"{name}.onnx" for name in ("exported", "fused", "quantised")
        )
        _export(load_trained(weights), exported)
        _fuse(exported, fused)
        if small:
            _quantise(fused, quantised)
            _shrink_tables(quantised, folder / MODEL)
        else:
            shutil.copyfile(fused, folder / MODEL)
    digest = hashlib.sha256((folder / MODEL).read_bytes()).hexdigest()
    (folder / SUM).write_text(digest + "\n", encoding="ascii")
    return folder / MODEL


def load_trained(weights: Path) -> BertForQuestionAnswering:
    """The reader of trained weights, in float32."""
    import torch

    network = load_network(find_model(DEFAULT_MODEL).folder)
    network.load_state_dict(torch.load(weights, weights_only=True))
    network.train(False)
    return network


def _export(network: BertForQuestionAnswering, target: Path) -> None:
    import torch

    network.set_attn_implementation("eager")
    ids = torch.randint(1000, 2000, (2, 16))
    ones = torch.ones_like(ids)

    class Plain(torch.nn.Module):
        """The network with its inputs by place, and two outputs."""

        def __init__(self) -> None:
            super().__init__()
            self.network = network

        def forward(
            self, ids: torch.Tensor, mask: torch.Tensor, segments: torch.Tensor
        ) -> tuple[torch.Tensor, torch.Tensor]:
            found = self.network(input_ids=ids, attention_mask=mask, token_type_ids=segments)
            return found.start_logits, found.end_logits

    axes = {name: {0: "rows", 1: "tokens"} for name in (*INPUTS, *OUTPUTS)}
    torch.onnx.export(
        Plain(),
        (ids, ones, ones),
        str(target),
        input_names=list(INPUTS),
        output_names=list(OUTPUTS),
        dynamic_axes=axes,
        opset_version=_OPSET,
        dynamo=False,
    )


def _fuse(source: Path, target: Path) -> None:
    """Fuse attention, norms and activations, so that fewer steps run; not the tables, which shrink later."""
    from onnxruntime.transformers.fusion_options import FusionOptions
    from onnxruntime.transformers.optimizer import optimize_model

    options = FusionOptions("bert")
    options.enable_embed_layer_norm = False
    options.enable_skip_layer_norm = False  # these three are slower fused, as `index.encoding.session` says
    options.enable_bias_skip_layer_norm = False
    options.enable_bias_gelu = False
    fused = optimize_model(
        str(source),
        model_type="bert",
        num_heads=12,
        hidden_size=384,
        opt_level=0,
        optimization_options=options,
    )
    fused.save_model_to_file(str(target))


def _quantise(source: Path, target: Path) -> None:
    from onnx import TensorProto
    from onnxruntime.quantization import QuantType, quantize_dynamic

    quantize_dynamic(
        source,
        target,
        op_types_to_quantize=["MatMul", "Attention"],
        per_channel=True,
        reduce_range=True,  # 7 bits: without VNNI, sums of products of 8 bits overflow
        weight_type=QuantType.QInt8,
        extra_options={"DefaultTensorType": TensorProto.FLOAT},  # it cannot tell what fused steps give
    )


def _shrink_tables(source: Path, target: Path) -> None:
    """Keep tables of words and places as 8 bits with a scale a row, and widen the rows as they are read."""
    import onnx

    model = onnx.load(str(source))
    tables = {one.name: one for one in model.graph.initializer if _is_table(one, model)}
    nodes: list[NodeProto] = []
    for node in model.graph.node:
        wide = node.op_type == "Gather" and node.input[0] in tables
        nodes += _widened(node) if wide else [node]
    kept = [one for one in model.graph.initializer if one.name not in tables]
    small = [part for table in tables.values() for part in _small(table)]
    for repeated, values in ((model.graph.node, nodes), (model.graph.initializer, [*kept, *small])):
        del repeated[:]
        repeated.extend(values)
    onnx.checker.check_model(model)
    onnx.save(model, str(target))


def _is_table(tensor: TensorProto, model: ModelProto) -> bool:
    """Whether a tensor is large, of float32, and only looked up in."""
    uses = [
        (node, n) for node in model.graph.node for n, name in enumerate(node.input) if name == tensor.name
    ]
    large = len(tensor.dims) == 2 and tensor.dims[0] * tensor.dims[1] >= _TABLE
    return large and tensor.data_type == 1 and all(node.op_type == "Gather" and n == 0 for node, n in uses)


def _widened(gather: NodeProto) -> list[NodeProto]:
    """A look-up in 8 bits, and what makes float32 of what it gives."""
    from onnx import TensorProto, helper

    table, places = gather.input
    found = gather.output[0]
    return [
        helper.make_node("Gather", [f"{table}.small", places], [f"{found}.small"]),
        helper.make_node("Cast", [f"{found}.small"], [f"{found}.cast"], to=TensorProto.FLOAT),
        helper.make_node("Gather", [f"{table}.scale", places], [f"{found}.scale"]),
        helper.make_node("Mul", [f"{found}.cast", f"{found}.scale"], [found]),
    ]


def _small(table: TensorProto) -> list[TensorProto]:
    from onnx import numpy_helper

    values = numpy_helper.to_array(table)
    scale = np.maximum(np.abs(values).max(axis=1, keepdims=True) / 127, 1e-12).astype(np.float32)
    small = np.round(values / scale).astype(np.int8)
    return [
        numpy_helper.from_array(small, f"{table.name}.small"),
        numpy_helper.from_array(scale, f"{table.name}.scale"),
    ]


@click.command()
@click.argument("weights", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--into", type=click.Path(path_type=Path), default=Path("bot/weighing/reader"), show_default=True
)
def main(weights: Path, into: Path) -> None:
    """Write the file that ships from WEIGHTS, which `eval.training.train` left."""
    into.mkdir(parents=True, exist_ok=True)
    model = export(weights, into)
    click.echo(f"{model}: {model.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()

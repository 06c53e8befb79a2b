"""The weights of a BERT of sentence-transformers' into ONNX: token ids in, one unit vector a text out.

Written straight from `model.safetensors`, so that the encoder that ships is compiled without torch. It gives
what sentence-transformers gives for a text by itself, without padding and so without a mask; of the models
that there are it reads the packaged one's kind alone: absolute positions, GELU, the mean over tokens.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from index.encoding.compiled import Shape
from index.encoding.weights import ModelFiles
from index.errors import EncoderError

if TYPE_CHECKING:
    from onnx import NodeProto

Tensors = Mapping[str, NDArray[np.float32]]

OPSET = 17  # LayerNormalization is a node of its own from here; onnxruntime >= 1.15 reads it
_IR = 8  # the format of that opset's time
_EXPECTED = {"model_type": "bert", "hidden_act": "gelu", "position_embedding_type": "absolute"}


def write_bert(files: ModelFiles, target: Path) -> Shape:
    """Write the whole model, pooling and norm included, to `target`; its shape.

    The graph is plain float32: nothing is fused, nothing smaller than it was trained.

    Raises:
        EncoderError: the files are not those of such a BERT.
    """
    try:
        config = json.loads((files.folder / "config.json").read_text(encoding="utf-8"))
        window = json.loads((files.folder / "sentence_bert_config.json").read_text(encoding="utf-8"))
        if found := {key: config.get(key) for key in _EXPECTED if config.get(key) != _EXPECTED[key]}:
            raise EncoderError(f"{files.folder / 'config.json'} says {found}, expected {_EXPECTED}")
        graph = _Graph(_read(files), heads=config["num_attention_heads"], epsilon=config["layer_norm_eps"])
        vectors = graph.pooled(graph.layers(graph.embedded(), count=config["num_hidden_layers"]))
        graph.save(target, vectors)
        return Shape(config["hidden_size"], window["max_seq_length"], config["pad_token_id"])
    except (OSError, ValueError, KeyError) as exc:
        raise EncoderError(f"{files.folder}: not the files of {files.name} ({exc!r})") from exc


def _read(files: ModelFiles) -> Tensors:
    from safetensors.numpy import load_file

    (weights,) = files.weights
    return load_file(weights)


class _Graph:
    """Nodes in the order in which they run, and the tensors that they take; a value is named by its node."""

    def __init__(self, weights: Tensors, *, heads: int, epsilon: float) -> None:
        self._weights, self._heads, self._epsilon = weights, heads, epsilon
        self._nodes: list[NodeProto] = []
        self._tensors: dict[str, NDArray[np.generic]] = {}

    def embedded(self) -> str:
        """What each token is, and where it stands."""
        of = "embeddings"
        words = self._tensor(f"{of}.words", self._weights[f"{of}.word_embeddings.weight"])
        position = self._weights[f"{of}.position_embeddings.weight"]
        segment = self._weights[f"{of}.token_type_embeddings.weight"][0]  # a text alone is the first
        places = self._tensor(f"{of}.places", position + segment)
        length = self._node("Slice", self._node("Shape", "input_ids"), *self._numbers([1], [2]))
        here = self._node("Slice", places, self._numbers([0])[0], length)
        return self._norm(
            f"{of}.LayerNorm", self._node("Add", self._node("Gather", words, "input_ids"), here)
        )

    def layers(self, tokens: str, *, count: int) -> str:
        """Each token among the others, `count` times over."""
        for number in range(count):
            of = f"encoder.layer.{number}"
            seen = self._product(f"{of}.attention.output.dense", self._attention(of, tokens))
            tokens = self._norm(f"{of}.attention.output.LayerNorm", self._node("Add", seen, tokens))
            wide = self._gelu(self._product(f"{of}.intermediate.dense", tokens))
            narrow = self._product(f"{of}.output.dense", wide)
            tokens = self._norm(f"{of}.output.LayerNorm", self._node("Add", narrow, tokens))
        return tokens

    def pooled(self, tokens: str) -> str:
        """The mean over the tokens, of length 1."""
        mean = self._node("ReduceMean", tokens, axes=[1], keepdims=0)
        return self._node("Div", mean, self._node("ReduceL2", mean, axes=[1], keepdims=1))

    def save(self, target: Path, vectors: str) -> None:
        """Write it as a model of one input, token ids, and one output, the value called `vectors`."""
        from onnx import TensorProto, checker, helper, numpy_helper, save

        self._nodes[-1].output[0] = "vectors"
        width = self._weights["embeddings.LayerNorm.weight"].size
        graph = helper.make_graph(
            self._nodes,
            "bert",
            [helper.make_tensor_value_info("input_ids", TensorProto.INT64, ["texts", "tokens"])],
            [helper.make_tensor_value_info("vectors", TensorProto.FLOAT, ["texts", width])],
            [numpy_helper.from_array(values, name) for name, values in self._tensors.items()],
        )
        model = helper.make_model(graph, ir_version=_IR, opset_imports=[helper.make_opsetid("", OPSET)])
        checker.check_model(model)
        save(model, target)

    def _attention(self, of: str, tokens: str) -> str:
        """Of each token and head, the values of all tokens by how well their keys fit its query."""
        by_heads = self._numbers([0, 0, self._heads, -1])[0]
        query, key, value = (
            self._node("Reshape", self._product(f"{of}.attention.self.{name}", tokens), by_heads)
            for name in ("query", "key", "value")
        )
        fits = self._node(
            "MatMul",
            self._node("Transpose", query, perm=[0, 2, 1, 3]),
            self._node("Transpose", key, perm=[0, 2, 3, 1]),
        )
        width = self._weights[f"{of}.attention.self.query.bias"].size // self._heads
        scale = self._tensor("attention.scale", np.float32(1 / math.sqrt(width)))
        weighed = self._node("Softmax", self._node("Mul", fits, scale), axis=-1)
        seen = self._node("MatMul", weighed, self._node("Transpose", value, perm=[0, 2, 1, 3]))
        together = self._node("Transpose", seen, perm=[0, 2, 1, 3])
        return self._node("Reshape", together, self._numbers([0, 0, -1])[0])

    def _product(self, of: str, tokens: str) -> str:
        weight = self._tensor(f"{of}.weight", np.ascontiguousarray(self._weights[f"{of}.weight"].T))
        bias = self._tensor(f"{of}.bias", self._weights[f"{of}.bias"])
        return self._node("Add", self._node("MatMul", tokens, weight), bias)

    def _gelu(self, values: str) -> str:
        """The GELU x · (1 + erf(x/√2)) / 2, in the form that onnxruntime fuses."""
        root, one, half = (
            self._tensor(f"gelu.{name}", np.float32(number))
            for name, number in (("root", math.sqrt(2)), ("one", 1), ("half", 0.5))
        )
        error = self._node("Erf", self._node("Div", values, root))
        return self._node("Mul", self._node("Mul", values, self._node("Add", error, one)), half)

    def _norm(self, of: str, values: str) -> str:
        scale, bias = (
            self._tensor(f"{of}.{part}", self._weights[f"{of}.{part}"]) for part in ("weight", "bias")
        )
        return self._node("LayerNormalization", values, scale, bias, axis=-1, epsilon=self._epsilon)

    def _node(self, operator: str, *inputs: str, **attributes: float | list[int]) -> str:
        from onnx import helper

        name = f"{operator}.{len(self._nodes)}"
        node = helper.make_node(operator, inputs, [name], name)
        node.attribute.extend(helper.make_attribute(key, value) for key, value in attributes.items())
        self._nodes.append(node)
        return name

    def _numbers(self, *rows: list[int]) -> list[str]:
        return [self._tensor(f"numbers.{row}", np.array(row, dtype=np.int64)) for row in rows]

    def _tensor(self, name: str, values: NDArray[np.float32] | NDArray[np.int64] | np.float32) -> str:
        self._tensors[name] = np.asarray(values)
        return name

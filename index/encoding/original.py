"""A model's files into plain ONNX in a folder, with what the model makes of the check texts beside it."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

from index.encoding.bert import write_bert
from index.encoding.check_texts import CHECK_TEXTS
from index.encoding.compiled import MODEL, TOKENIZER, CompiledEncoder, Shape
from index.encoding.encoder import Vectors
from index.encoding.reference import ReferenceEncoder
from index.encoding.weights import ModelFiles


@dataclass(frozen=True)
class Original:
    """MODEL, in float32, and TOKENIZER in `folder`; the model's own vectors of CHECK_TEXTS, one a row."""

    name: str
    folder: Path
    shape: Shape
    vectors: Vectors


def written(files: ModelFiles, folder: Path) -> Original:
    """The encoder that ships, into a new folder, without torch.

    Its vectors are those of the plain graph, run step by step; the tests hold them against those of
    sentence-transformers. Raises EncoderError when the files are not those of such a model.
    """
    folder.mkdir()
    shape = write_bert(files, folder / MODEL)
    shutil.copyfile(files.folder / TOKENIZER, folder / TOKENIZER)
    encoder = CompiledEncoder(files.name, folder, fingerprint="", shape=shape, threads=1)
    return Original(files.name, folder, shape, encoder.encode(CHECK_TEXTS))


def traced(reference: ReferenceEncoder, folder: Path) -> Original:
    """Any other model, into a new folder, by torch. Raises EncoderError when it cannot be exported."""
    folder.mkdir()
    reference.export(folder / MODEL, folder / TOKENIZER)
    shape = Shape(reference.dimensions, reference.max_tokens, reference.pad_id)
    return Original(reference.name, folder, shape, reference.encode(CHECK_TEXTS))

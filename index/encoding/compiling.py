"""A sentence-transformers model into a folder that `compiled` runs without torch; made once, then kept.

A folder `<sha256 of the weights>-<precision>-v2` holds model.onnx, tokenizer.json and manifest.json. It is
made under another name and renamed when it is whole, so that two processes may make it at once and a kill
leaves nothing half there; the manifest has the sha256 of both files, so that damage is noticed and the
folder made again.
"""

from __future__ import annotations

import json
import shutil
import tempfile
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import numpy as np

from index.encoding.check_texts import CHECK_TEXTS
from index.encoding.compiled import MODEL, TOKENIZER, CompiledEncoder, Shape, runtime_version
from index.encoding.encoder import Vectors
from index.encoding.quantise import Precision, would_saturate, write_for_here
from index.encoding.reference import ReferenceEncoder
from index.encoding.weights import ModelFiles, file_sha256
from index.errors import EncoderError

MANIFEST = "manifest.json"
_FORMAT = "v2"
_MAKING = ".making-"
_ASIDE = ".aside-"

# The mean cosine with the original over CHECK_TEXTS below which a precision is not used. MiniLM reaches
# 0.992 in int8, 1.000 in float32.
_LIKENESS: Mapping[Precision, float] = {"int8": 0.98, "float32": 0.9999}


@dataclass(frozen=True)
class Compiled:
    """What a manifest says of a compiled model. `precision` is what was reached, or finer than asked.

    `refusal` is why the model cannot be compiled at all; then there are no files, and the reference is
    used. `likeness` is the mean cosine with the original; `settings` and `stamp` are the model's files as
    they were (see `ModelFiles`); `runtime` is onnxruntime's version, `saturates` whether it may only run
    where products of 8-bit numbers do not overflow.
    """

    weights: str
    precision: Precision
    settings: str
    folder: str
    stamp: Mapping[str, tuple[int, int]]
    shape: Shape | None = None
    likeness: float | None = None
    runtime: str = ""
    saturates: bool = False
    files: Mapping[str, str] | None = None
    refusal: str | None = None


def compiled_folder(cache: Path, weights: str, precision: Precision) -> Path:
    """Where the compiled form of these weights is kept."""
    return cache / f"{weights}-{precision}-{_FORMAT}"


def stamped_manifest(files: ModelFiles, cache: Path, precision: Precision) -> Compiled | None:
    """What was compiled from these very files, known by sizes and times of change; None if nothing was."""
    stamp = files.stamp()
    for folder in sorted(cache.glob(f"*-{precision}-{_FORMAT}")):
        manifest = _parse(folder)
        if manifest is not None and (manifest.folder, manifest.stamp) == (str(files.folder), stamp):
            return read_manifest(folder)
    return None


def read_manifest(folder: Path) -> Compiled | None:
    """What is compiled in `folder`; None when that is nothing, damaged, or for another processor."""
    manifest = _parse(folder)
    if manifest is None or manifest.runtime != runtime_version() or (manifest.saturates and would_saturate()):
        return None
    sums = manifest.files or {}
    try:
        whole = all(file_sha256(folder / name) == digest for name, digest in sums.items())
    except OSError:
        return None
    return manifest if whole else None


def _parse(folder: Path) -> Compiled | None:
    """The manifest of a folder, its files not looked at; None when it cannot be read."""
    try:
        raw = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        shape = Shape(**raw["shape"]) if raw["shape"] else None
        stamp = {name: (size, changed) for name, (size, changed) in raw["stamp"].items()}
        return Compiled(**{**raw, "shape": shape, "stamp": stamp})
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return None


def write_manifest(folder: Path, manifest: Compiled) -> None:
    """Put the manifest in its folder, whole or not at all."""
    text = json.dumps(asdict(manifest), indent=1)
    with tempfile.NamedTemporaryFile("w", dir=folder, delete=False, encoding="utf-8") as file:
        file.write(text)
    Path(file.name).replace(folder / MANIFEST)


def compile_model(files: ModelFiles, cache: Path, *, weights: str, precision: Precision) -> Compiled:
    """Make the compiled folder of a model, or find that another process just has.

    Takes about 15 s for MiniLM on two cores, most of it the import of torch. Raises EncoderError when the
    cache cannot be written or the model cannot be loaded.
    """
    final = compiled_folder(cache, weights, precision)
    try:
        cache.mkdir(parents=True, exist_ok=True)
        making = Path(tempfile.mkdtemp(prefix=_MAKING, dir=cache))
        try:
            manifest = _make(files, making, weights=weights, precision=precision)
            write_manifest(making, manifest)
            return _settled(making, final, manifest)
        finally:
            shutil.rmtree(making, ignore_errors=True)
            _sweep(cache)
    except OSError as exc:
        raise EncoderError(
            f"{cache}: cannot keep the compiled encoder there ({exc}); expected a folder to write to"
        ) from exc


def _make(files: ModelFiles, making: Path, *, weights: str, precision: Precision) -> Compiled:
    """Export, quantise where that keeps the likeness, and describe the outcome."""
    about = Compiled(
        weights, precision, files.settings(), str(files.folder), files.stamp(), runtime=runtime_version()
    )
    reference = ReferenceEncoder(files, fingerprint=weights)
    try:
        reached, likeness = _reach(reference, making, precision)
    except EncoderError as exc:
        return replace(about, precision="float32", refusal=str(exc))
    return replace(
        about,
        precision=reached,
        shape=_shape(reference),
        likeness=likeness,
        saturates=reached == "int8" and not would_saturate(),
        files={name: file_sha256(making / name) for name in (MODEL, TOKENIZER)},
    )


def _reach(reference: ReferenceEncoder, making: Path, precision: Precision) -> tuple[Precision, float]:
    """Write the model into `making` in `precision`, or else in float32; which it is, and its likeness.

    Raises EncoderError when it cannot be exported, or neither is like the original.
    """
    exported = making / "exported.onnx"
    reference.export(exported, making / TOKENIZER)
    original = reference.encode(CHECK_TEXTS)
    finer: tuple[Precision, ...] = (precision, "float32") if precision == "int8" else ("float32",)
    likeness = 0.0
    for reached in finer:
        write_for_here(exported, making / MODEL, reached)
        likeness = _likeness(original, making, _shape(reference))
        if likeness >= _LIKENESS[reached]:
            exported.unlink()
            return reached, likeness
    raise EncoderError(f"the ONNX form of {reference.name} differs from it (mean cosine {likeness:.4f})")


def _shape(reference: ReferenceEncoder) -> Shape:
    return Shape(reference.dimensions, reference.max_tokens, reference.pad_id)


def _likeness(original: Vectors, folder: Path, shape: Shape) -> float:
    """The mean cosine of the model in `folder` with the original's vectors of CHECK_TEXTS."""
    vectors = CompiledEncoder("check", folder, fingerprint="", shape=shape).encode(CHECK_TEXTS)
    return float(np.mean(np.sum(vectors * original, axis=1)))


def _settled(making: Path, final: Path, manifest: Compiled) -> Compiled:
    """Give the finished folder its name, unless another process has just made the same.

    What stands there damaged or out of date is moved aside first; a folder cannot be replaced in one step.
    """
    for _ in range(3):
        there = read_manifest(final)
        if there is not None and there.settings == manifest.settings:
            return there
        if final.exists():
            with suppress(OSError):  # another process was quicker
                final.rename(tempfile.mkdtemp(prefix=_ASIDE, dir=final.parent))
        with suppress(OSError):
            making.rename(final)
            return manifest
    raise OSError(f"{final} cannot be replaced")


def _sweep(cache: Path) -> None:
    """Remove what was moved aside, and what a kill left unfinished a day ago or more."""
    for path in cache.glob(f"{_ASIDE}*"):
        shutil.rmtree(path, ignore_errors=True)
    for path in cache.glob(f"{_MAKING}*"):
        with suppress(OSError):
            if path.stat().st_mtime < time.time() - 86_400:
                shutil.rmtree(path, ignore_errors=True)

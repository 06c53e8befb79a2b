"""A sentence-transformers model into a folder that `compiled` runs without torch; made once, then kept.

The encoder that ships is written as ONNX from its weights (`bert`); any other model is traced by torch
(`reference`). It is made by a child process (this module, run) unless torch is here already: it takes half a
gigabyte, which a process that has imported torch never gives back.

The folder (see `manifest`) is made under another name and renamed when it is whole, so that two processes may
make it at once and a kill leaves nothing half there.
"""

from __future__ import annotations

import errno
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import median
from typing import cast

import numpy as np

from index.encoding.check_texts import CHECK_TEXTS
from index.encoding.compiled import MODEL, TOKENIZER, CompiledEncoder
from index.encoding.manifest import Compiled, compiled_folder, read_manifest, weighed_manifest, write_manifest
from index.encoding.original import Original, traced, written
from index.encoding.quantise import Precision, PrecisionChoice, write_for_here
from index.encoding.reference import ReferenceEncoder
from index.encoding.weights import ModelFiles, file_sha256, find_model
from index.errors import EncoderError
from index.guard import enter_guard, run_guarded

_LONGEST = 1_800  # seconds
_ROOM = 1 << 20  # bytes; less is left where a file could not be written
_SPARE = 1 << 30  # bytes that any file may have beyond four times the weights
_MAKING = ".making-"
_ASIDE = ".aside-"

# The mean cosine with the original over CHECK_TEXTS below which a precision is not used. MiniLM reaches
# 0.992 in int8, 1.000 in float32.
_LIKENESS: Mapping[Precision, float] = {"int8": 0.98, "float32": 0.9999}

_TRIED: Mapping[PrecisionChoice, tuple[Precision, ...]] = {
    "auto": ("int8", "float32"),
    "int8": ("int8", "float32"),
    "float32": ("float32",),
}
# By how much float32 must be quicker to be chosen: int8 also takes a third of the memory, and what is chosen
# should not depend on what else the machine does.
_CLEARLY = 1.25
_RUNS = 7
_PASSAGE = " ".join(CHECK_TEXTS[:30])  # as long as what is encoded when articles are added


def compile_model(files: ModelFiles, cache: Path, *, weights: str, choice: PrecisionChoice) -> Compiled:
    """Make the compiled folder of a model, or find that another process just has.

    Takes about 5 s for MiniLM on two cores; where torch has to be loaded first, 15. Raises EncoderError
    when the cache cannot be written or the model cannot be loaded.
    """
    if "torch" in sys.modules:
        return _compile(files, cache, weights=weights, choice=choice)
    with _written_to(cache):
        failure = run_guarded(
            "index.encoding.compiling",
            [files.name if files.expected else str(files.folder), str(cache.absolute()), weights, choice],
            folder=cache,
            file_limit=_SPARE + 4 * sum(path.stat().st_size for path in files.weights),
            timeout=_LONGEST,
            stop=lambda: False,
        )
    made = weighed_manifest(cache, weights, files.settings(), choice)
    if made is None:
        raise EncoderError(f"{files.name} cannot be compiled: {failure or 'what was made is gone again'}")
    return made


def main(arguments: list[str]) -> None:
    """What the child does."""
    name, cache, weights, choice = enter_guard(arguments)
    try:
        _compile(find_model(name), Path(cache), weights=weights, choice=cast("PrecisionChoice", choice))
    except EncoderError as exc:
        sys.exit(" ".join(str(exc).split()))


def _compile(files: ModelFiles, cache: Path, *, weights: str, choice: PrecisionChoice) -> Compiled:
    with _written_to(cache):
        making = Path(tempfile.mkdtemp(prefix=_MAKING, dir=cache))
        try:
            manifest = _make(files, making, weights=weights, choice=choice)
            write_manifest(making, manifest)
            return _settled(making, compiled_folder(cache, manifest, choice), manifest)
        finally:
            shutil.rmtree(making, ignore_errors=True)
            _sweep(cache)


@contextmanager
def _written_to(cache: Path) -> Iterator[None]:
    """The cache's folder, made where there is none. Raises EncoderError where it cannot be written."""
    try:
        cache.mkdir(parents=True, exist_ok=True)
        yield
    except OSError as exc:
        raise EncoderError(
            f"{cache}: cannot keep the compiled encoder there ({exc}); expected a folder to write to, "
            "DATELINE_CACHE names another"
        ) from exc


def _make(files: ModelFiles, making: Path, *, weights: str, choice: PrecisionChoice) -> Compiled:
    """Export, quantise where that keeps the likeness, choose the quickest, and describe the outcome."""
    about = Compiled(weights, "float32", files.settings(), str(files.folder), files.stamp())
    reference = None if files.expected else ReferenceEncoder(files, fingerprint=weights)
    try:
        original = (
            traced(reference, making / "exported") if reference else written(files, making / "exported")
        )
        forms = _forms(original, making, choice)
    except EncoderError as exc:
        if shutil.disk_usage(making).free < _ROOM:  # no fault of the model, and not to be remembered as one
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)) from exc
        return replace(about, refusal=str(exc))
    milliseconds = _milliseconds(forms) if choice == "auto" else None
    chosen = quickest(milliseconds) if milliseconds else next(iter(forms))
    (making / chosen / MODEL).replace(making / MODEL)
    for precision in forms:
        shutil.rmtree(making / precision)
    return replace(
        about,
        precision=chosen,
        shape=original.shape,
        likeness=forms[chosen].likeness,
        files={name: file_sha256(making / name) for name in (MODEL, TOKENIZER)},
        milliseconds=milliseconds,
    )


@dataclass(frozen=True)
class _Form:
    """The model in one precision, and its mean cosine with the original over CHECK_TEXTS."""

    encoder: CompiledEncoder
    likeness: float


def _forms(original: Original, making: Path, choice: PrecisionChoice) -> dict[Precision, _Form]:
    """The model in the precisions that are like the original, each written into a folder of that name.

    All for "auto", else the first of those to try. Raises EncoderError when none
    is like the original.
    """
    shutil.copyfile(original.folder / TOKENIZER, making / TOKENIZER)
    forms: dict[Precision, _Form] = {}
    likeness = 0.0
    for precision in _TRIED[choice]:
        folder = making / precision
        folder.mkdir()
        shutil.copyfile(making / TOKENIZER, folder / TOKENIZER)
        write_for_here(original.folder / MODEL, folder / MODEL, precision)
        encoder = CompiledEncoder("check", folder, fingerprint="", shape=original.shape, threads=1)
        likeness = float(np.mean(np.sum(encoder.encode(CHECK_TEXTS) * original.vectors, axis=1)))
        if likeness >= _LIKENESS[precision]:
            forms[precision] = _Form(encoder, likeness)
            if choice != "auto":
                break
        else:
            shutil.rmtree(folder)
    shutil.rmtree(original.folder)
    if not forms:
        raise EncoderError(f"the ONNX form of {original.name} differs from it (mean cosine {likeness:.4f})")
    return forms


def _milliseconds(forms: Mapping[Precision, _Form]) -> dict[Precision, float]:
    """What a passage takes on one thread in each precision, in turns, the median of a few runs."""
    taken: dict[Precision, list[float]] = {precision: [] for precision in forms}
    for run in range(_RUNS):
        for precision, form in forms.items():
            began = time.perf_counter()
            form.encoder.encode([f"{run} {_PASSAGE}"])
            taken[precision].append(1000 * (time.perf_counter() - began))
    return {precision: median(times) for precision, times in taken.items()}


def quickest(milliseconds: Mapping[Precision, float]) -> Precision:
    """The precision to run in, by what a passage takes in each: int8 unless float32 is clearly quicker."""
    weighed = {
        precision: taken * (_CLEARLY if precision == "float32" else 1.0)
        for precision, taken in milliseconds.items()
    }
    return min(weighed, key=lambda precision: weighed[precision])


def _settled(making: Path, final: Path, manifest: Compiled) -> Compiled:
    """Give the finished folder its name, unless another process has just made the same.

    What stands there is used by others and stays, now with what was measured, if it was not before. What is
    damaged is moved aside first; a folder cannot be replaced in one step.
    """
    for _ in range(3):
        there = read_manifest(final)
        if there is not None and (manifest.refusal or not there.refusal):
            if manifest.milliseconds and not there.milliseconds:
                there = replace(there, milliseconds=manifest.milliseconds)
                write_manifest(final, there)
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


if __name__ == "__main__":
    main(sys.argv[1:])

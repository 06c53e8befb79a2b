"""A model's name into an encoder: the compiled one, made on first use, or sentence-transformers itself."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from index.encoding.compiled import CompiledEncoder
from index.encoding.compiling import compile_model
from index.encoding.encoder import Encoder
from index.encoding.manifest import (
    Compiled,
    compiled_folder,
    stamped_manifest,
    weighed_manifest,
    write_manifest,
)
from index.encoding.prompts import prompted
from index.encoding.quantise import Precision, PrecisionChoice
from index.encoding.reference import ReferenceEncoder
from index.encoding.weights import DEFAULT_MODEL, ModelFiles, find_model, weights_sha256

__all__ = ["DEFAULT_MODEL", "Precision", "PrecisionChoice", "load_encoder"]

Say = Callable[[str], None]


def load_encoder(
    name: str = DEFAULT_MODEL,
    *,
    cache: Path,
    reference: bool = False,
    precision: PrecisionChoice = "auto",
    threads: int | None = None,
    note: Say | None = None,
) -> Encoder:
    """The encoder called `name`: "all-MiniLM-L6-v2", a model's folder, or a hub id in the local hub cache.

    On first use it is compiled for this processor into `cache`, which takes about 5 s, or 15 where torch has
    to read another model than the one that ships; after that it loads in 0.3 s and imports neither torch nor
    sentence-transformers. `precision` "auto" is the one that is measured to run quickest then, of those that
    give vectors like the original's. What the model wants before its texts is put there (see `prompts`).
    `reference` uses sentence-transformers instead; so does a model that cannot be compiled. `note` is told,
    in a sentence, what takes long or is not as asked.

    Raises EncoderError when there is no such model, WrongWeights when its weights are not the known ones.
    """
    files = find_model(name)
    tell = note or _silence
    if reference:
        return prompted(_reference(files, weights_sha256(files)), files)
    # The weights' own sha256 is left for when their size or time has changed: 90 MB take 60–180 ms, up to
    # half of a start, while the compiled file, which is what runs, is summed at every load (35 MB, 25 ms).
    compiled = stamped_manifest(files, cache, precision) or _identified(files, cache, precision, tell)
    if compiled.shape is None:
        tell(f"{name} runs by sentence-transformers, several times slower: {compiled.refusal}")
        return prompted(_reference(files, compiled.weights), files)
    if precision not in ("auto", compiled.precision):
        tell(f"{name} runs in {compiled.precision}: in {precision} its vectors would differ too much")
    folder = compiled_folder(cache, compiled, precision)
    fingerprint = f"{compiled.weights}-{compiled.precision}"
    made = CompiledEncoder(name, folder, fingerprint=fingerprint, shape=compiled.shape, threads=threads)
    return prompted(made, files)


def _identified(files: ModelFiles, cache: Path, choice: PrecisionChoice, tell: Say) -> Compiled:
    """The compiled form of these weights, known by their sha256; made when there is none."""
    weights = weights_sha256(files)
    found = weighed_manifest(cache, weights, files.settings(), choice)
    if found is not None:
        moved = replace(found, folder=str(files.folder), stamp=files.stamp())
        with suppress(OSError):  # a cache that cannot be written only costs the sum again next time
            write_manifest(compiled_folder(cache, moved, choice), moved)
        return moved
    takes = 5 if files.expected else 15
    tell(f"compiling {files.name} for this processor, once; this takes about {takes} s")
    made = compile_model(files, cache, weights=weights, choice=choice)
    if made.milliseconds:
        taken = ", ".join(f"{value:.0f} ms in {name}" for name, value in made.milliseconds.items())
        tell(f"{files.name} runs in {made.precision}: a passage takes {taken}")
    return made


def _reference(files: ModelFiles, weights: str) -> Encoder:
    return ReferenceEncoder(files, fingerprint=f"{weights}-float32")


def _silence(_: str) -> None:
    """Tell nobody."""

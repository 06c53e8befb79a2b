"""A disk of a few megabytes that can be filled to the last byte, and made read-only."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest


@dataclass(frozen=True)
class SmallDisk:
    """A folder with a file system of its own."""

    folder: Path

    @property
    def ballast(self) -> Path:
        return self.folder / "ballast"

    def fill(self, *, leave: int = 0) -> None:
        """Leave so many bytes free."""
        self.free()
        found = os.statvfs(self.folder)
        with self.ballast.open("wb") as file:
            os.posix_fallocate(file.fileno(), 0, max(1, found.f_bavail * found.f_frsize - leave))

    def free(self) -> None:
        self.ballast.unlink(missing_ok=True)

    def may_be_written(self, may: bool) -> None:
        ran("mount", "-o", f"remount,{'rw' if may else 'ro'}", str(self.folder))


def ran(*command: str) -> None:
    subprocess.run(command, check=True, capture_output=True, text=True)


@contextmanager
def small_disk(folder: Path, *, megabytes: int) -> Iterator[SmallDisk]:
    """A disk at `folder`; the test is skipped where none can be mounted."""
    folder.mkdir()
    try:
        ran("mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", str(folder))
    except subprocess.CalledProcessError as exc:
        pytest.skip(f"cannot mount a small disk: {exc.stderr.strip()}")
    try:
        yield SmallDisk(folder)
    finally:
        ran("umount", "-l", str(folder))

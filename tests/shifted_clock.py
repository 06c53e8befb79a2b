"""A clock that can be set while a process runs; the machine's own is left alone."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

DAY = 86_400
YEAR = 365 * DAY
SOURCE = Path(__file__).with_name("shifted_clock.c")


@dataclass(frozen=True)
class ShiftedClock:
    """The clock of the processes that are started with its `environment`."""

    library: Path
    file: Path

    @property
    def environment(self) -> dict[str, str]:
        return {"LD_PRELOAD": str(self.library), "CLOCK_FILE": str(self.file)}

    def set(self, seconds: int) -> None:
        """So many seconds off the machine's."""
        with self.file.open("r+") as file:
            file.write(f"{seconds:<20}")


def shifted_clock(folder: Path) -> ShiftedClock:
    """A clock that is right at first; the test is skipped where it cannot be made."""
    if shutil.which("cc") is None:
        pytest.skip("no C compiler here to make a clock that can be set")
    library, file = folder / "clock.so", folder / "clock"
    subprocess.run(["cc", "-shared", "-fPIC", "-O1", "-o", str(library), str(SOURCE), "-ldl"], check=True)
    file.write_text(f"{0:<20}")
    return ShiftedClock(library, file)

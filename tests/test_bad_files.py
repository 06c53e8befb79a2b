"""Bad files of every kind, each between two good ones: see `bad_files.py`."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

TESTS = Path(__file__).parent
SHARED = TESTS.parents[1] / "shared"  # beside a checkout, where there is any
LONGEST, LARGEST = 10.0, 512.0  # seconds of processor time, MiB


@pytest.mark.soak
def test_no_bad_file_ends_the_reader_holds_it_up_or_keeps_its_neighbours_out(
    tmp_path: Path, figure: Callable[[str], None]
) -> None:
    foreign = [*sorted(SHARED.glob("web/*.tar.gz")), *SHARED.glob("cases")]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join((str(TESTS.parent), str(TESTS)))}
    command = [sys.executable, "-W", "ignore", str(TESTS / "bad_files.py"), str(tmp_path), *map(str, foreign)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    told = [json.loads(line) for line in done.stdout.splitlines()]
    assert [one for one in told if one["raised"]] == []
    assert [one for one in told if one["seconds"] > LONGEST or one["mib"] > LARGEST] == []
    assert [one["name"] for one in told if not one["in"]] == []
    own = sum(not one["name"].startswith("foreign") for one in told)
    slowest, largest = max(one["seconds"] for one in told), max(one["mib"] for one in told)
    figure(
        f"{len(told)} bad files ({own} of our own): 0 crashes, every neighbour in; the slowest {slowest} s of"
        f" processor time, the largest {largest} MiB"
    )
    assert own >= 400

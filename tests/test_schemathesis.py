"""Every route of a real server asked in every form by schemathesis: well, badly, and one after another."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from http_fakes import wait_until

ROOT = Path(__file__).parents[1]
SEEDS, EXAMPLES = (1, 2, 3), 10
EXPECTED = Path(__file__).with_name("schemathesis.toml")


@pytest.fixture
def served(seeds_home: Path, tmp_path: Path) -> Iterator[tuple[str, str]]:
    """The address of a server, and a key that may do everything."""
    home, log = tmp_path / "home", tmp_path / "log"
    shutil.copytree(seeds_home, home)
    dateline = [sys.executable, "-m", "bot", "--home", str(home)]
    added = [*dateline, "key", "add", "fuzzer", "--write", "--per-minute", "0"]
    key = subprocess.run(added, cwd=ROOT, capture_output=True, text=True, check=True).stdout.strip()
    with log.open("w") as out:
        server = subprocess.Popen([*dateline, "serve", "--port", "0"], cwd=ROOT, stderr=out)
    try:
        assert wait_until(lambda: "serving at" in log.read_text(), seconds=120), log.read_text()
        address = re.search(r"http://[\d.:]+", log.read_text())
        assert address
        yield address[0], key
        server.terminate()
        assert server.wait(120) == 0
        assert "Traceback" not in log.read_text()
    finally:
        server.kill()
        server.wait()


@pytest.mark.soak
def test_no_request_is_a_fault_of_the_server(
    served: tuple[str, str], tmp_path: Path, figure: Callable[[str], None], many: Callable[[int], int]
) -> None:
    pytest.importorskip("schemathesis")
    address, key = served
    asked, routes, seeds = 0, "", SEEDS[: many(len(SEEDS))]
    for seed in seeds:
        done = subprocess.run(
            [
                *(sys.executable, "-m", "schemathesis.cli", "--config-file", str(EXPECTED)),
                *("run", f"{address}/openapi.json", "-H", f"Authorization: Bearer {key}"),
                *("--seed", str(seed), "-n", str(EXAMPLES), "--continue-on-failure", "--no-color"),
                *("--phases", "examples,coverage,fuzzing,stateful", "--request-timeout", "120"),
            ],
            cwd=tmp_path, env=os.environ, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stdout[-20_000:] + done.stderr[-2000:]
        generated = re.search(r"([\d,]+) generated", done.stdout)
        tested = re.search(r"Tested: +(\d+)", done.stdout)
        assert generated and tested, done.stdout[-2000:]
        asked, routes = asked + int(generated[1].replace(",", "")), tested[1]
    figure(
        f"schemathesis, {len(seeds)} seeds, stateful: {asked:,} requests to {routes} operations, 0 findings"
    )

"""`dateline serve` and `dateline telegram` as processes, over the real archive of the seeds."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
from fake_telegram import TOKEN, FakeTelegram, serving
from http_fakes import wait_until

ROOT = Path(__file__).parents[1]
LAVROV = "What did Lavrov say about monitoring the ceasefire?"


@contextmanager
def dateline(home: Path, log: Path, *arguments: str, **variables: str) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-m", "bot", "--home", str(home), *arguments]
    with log.open("w") as told:
        process = subprocess.Popen(command, cwd=ROOT, stderr=told, text=True, env={**os.environ, **variables})
    try:
        yield process
    finally:
        process.kill()
        process.wait()


@pytest.mark.parametrize(
    "command", [["telegram"], ["serve", "--port", "0"]], ids=["alone", "beside the server"]
)
def test_the_bot_answers_from_the_archive_and_ends_well(
    seeds_home: Path, tmp_path: Path, command: list[str]
) -> None:
    telegram, log = FakeTelegram(_next=1000 * len(command)), tmp_path / "log"  # one archive, twice
    with serving(telegram) as address:
        variables = {
            "DATELINE_TELEGRAM__TOKEN": TOKEN,
            "DATELINE_TELEGRAM__API": address,
        }
        with dateline(seeds_home, log, *command, **variables) as process:
            assert wait_until(lambda: "as @dateline_bot" in log.read_text(), seconds=60), log.read_text()
            telegram.says(LAVROV)
            said = telegram.wait_for(1, seconds=30)[0]
            assert "Lavrov" in said.text
            telegram.presses(said, "[1]")
            assert "Proved: these words" in telegram.wait_for(2)[-1].text
            telegram.says("And Aliyev?")
            assert (
                "read as “What did Aliyev say about monitoring the ceasefire?”"
                in telegram.wait_for(3)[-1].text
            )
            if "serve" in command:
                found = re.search(r"http://[\d.:]+", log.read_text())
                assert found, log.read_text()
                assert httpx.get(f"{found[0]}/readyz").status_code == 200
            process.send_signal(signal.SIGTERM)
            assert process.wait(20) == 0
    assert telegram.violations == []
    assert TOKEN not in log.read_text()
    assert LAVROV not in log.read_text()


def test_a_refused_token_ends_the_command_but_not_the_server(seeds_home: Path, tmp_path: Path) -> None:
    with serving(FakeTelegram()) as address:
        variables = {"DATELINE_TELEGRAM__TOKEN": "1:wrong", "DATELINE_TELEGRAM__API": address}
        log = tmp_path / "telegram"
        with dateline(seeds_home, log, "telegram", **variables) as process:
            assert process.wait(60) == 3
        assert "telegram.token: Telegram refuses it" in log.read_text()
        log = tmp_path / "serve"
        with dateline(seeds_home, log, "serve", "--port", "0", **variables) as process:
            assert wait_until(lambda: "refuses it" in log.read_text(), seconds=60), log.read_text()
            assert wait_until(lambda: "serving at" in log.read_text(), seconds=20), log.read_text()
            assert process.poll() is None

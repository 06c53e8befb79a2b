"""Every command that answers: add, ask, ask by a language model, serve; eval and telegram in a long day.

    python tests/day_of_work.py FOLDER [SECONDS TO GO ON SERVING]

The Telegram bot, whose server is on this machine, too, is left out where nothing is to go on.

Run by test_silence where there is nothing but loopback; fails where a command does not do its work.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time
from pathlib import Path
from urllib.request import Request, urlopen

from fake_telegram import TOKEN, FakeTelegram
from fake_telegram import serving as telegram_serving
from http_fakes import wait_until
from misbehaving_llm import misbehaving

ROOT = Path(__file__).parents[1]
QUESTION = "What did Lavrov say about monitoring the ceasefire?"


def main(folder: Path, *, seconds: float) -> None:
    """Do the work in `folder`, and go on serving for so many seconds."""
    home = str(folder / "home")
    dateline = [sys.executable, "-m", "bot", "--home", home]
    _run([*dateline, "add", str(ROOT / "seeds")])
    _run([*dateline, "ask", QUESTION])
    with misbehaving() as llm:
        variables = {"DATELINE_LLM__MODEL": "good", "DATELINE_LLM__BASE_URL": llm.url}
        _run([*dateline, "ask", "--llm", QUESTION], **variables)
        assert llm.requests, "the language model was not asked"
    _serve([*dateline, "serve", "--port", "0"], folder / "log", seconds=seconds)
    if seconds:  # `eval` makes an archive of its own, which takes as long as all the rest
        _run([*dateline, "eval", "--limit", "3"])
        _telegram([*dateline, "telegram"], folder / "telegram.log", seconds=seconds)


def _run(command: list[str], **variables: str) -> None:
    done = subprocess.run(command, env=os.environ | variables, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{command}: {done.stdout}{done.stderr}"


def _serve(command: list[str], log: Path, *, seconds: float) -> None:
    with log.open("w") as told:
        server = subprocess.Popen(command, stderr=told)
    try:
        assert wait_until(lambda: "serving at" in log.read_text(), seconds=60), log.read_text()
        address = re.search(r"http://[\d.:]+", log.read_text())
        assert address
        body = json.dumps({"question": QUESTION}).encode()
        asked = Request(f"{address[0]}/ask", data=body, headers={"Content-Type": "application/json"})
        with urlopen(asked, timeout=60) as answer:
            assert json.load(answer)["status"] == "answered"
        time.sleep(seconds)
        server.terminate()
        assert server.wait(30) == 0
    finally:
        server.kill()
        server.wait()


def _telegram(command: list[str], log: Path, *, seconds: float) -> None:
    telegram = FakeTelegram()
    with telegram_serving(telegram) as address, log.open("w") as told:
        variables = {"DATELINE_TELEGRAM__TOKEN": TOKEN, "DATELINE_TELEGRAM__API": address}
        bot = subprocess.Popen(command, stderr=told, env=os.environ | variables)
        try:
            assert wait_until(lambda: "as @dateline_bot" in log.read_text(), seconds=120), log.read_text()
            telegram.says(QUESTION)
            assert "Lavrov" in telegram.wait_for(1, seconds=60)[0].text
            time.sleep(seconds)
            bot.terminate()
            assert bot.wait(30) == 0
        finally:
            bot.kill()
            bot.wait()


if __name__ == "__main__":
    main(Path(sys.argv[1]), seconds=float(sys.argv[2]) if len(sys.argv) > 2 else 0)

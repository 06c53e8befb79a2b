"""The soak: a server whose home is moved away, or whose clock is set, and which recovers by itself."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
from conftest import CACHE
from http_fakes import wait_until
from shifted_clock import DAY, YEAR, shifted_clock

from bot.http.access.key_file import FILE_NAME
from bot.http.access.keys import KeyRing
from index.storage.archive import Archive

pytestmark = pytest.mark.soak
ROOT = Path(__file__).parents[1]
QUESTION = {"question": "How many peacekeepers is Russia sending?"}
SLOW = httpx.Timeout(120)  # on a busy machine
FERRY = {
    "id": "ferry",
    "title": "Ferry of Tull",
    "text": "The ferry of Tull was sold on Monday.",
    "outlet": "A",
}


@pytest.fixture
def home(seeds_home: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(seeds_home, tmp_path / "home"))


@contextmanager
def serving(home: Path, **environment: str) -> Iterator[tuple[httpx.Client, httpx.Client]]:
    """Two clients of `dateline serve` over a home: one without a key, one with a key that may write."""
    token = KeyRing(home / FILE_NAME).add("writer", write=True, per_minute=0)
    log = home.parent / "serve.log"
    own = {**os.environ, "DATELINE_CACHE": str(CACHE), **environment}
    with log.open("w") as told:
        command = [sys.executable, "-m", "bot", "--home", str(home), "serve", "--port", "0"]
        process = subprocess.Popen(command, cwd=ROOT, env=own, stderr=told)
    try:
        assert wait_until(lambda: "serving at" in log.read_text() or process.poll() is not None, seconds=120)
        found = re.search(r"http://[\d.:]+", log.read_text())
        assert found, log.read_text()
        with (
            httpx.Client(base_url=found[0], timeout=SLOW) as reader,
            httpx.Client(base_url=found[0], headers={"X-API-Key": token}, timeout=SLOW) as writer,
        ):
            yield reader, writer
        process.send_signal(signal.SIGTERM)
        assert process.wait(120) == 0
        assert "Traceback" not in log.read_text(), log.read_text()
    finally:
        process.kill()
        process.wait()


def asked(client: httpx.Client, home: Path, outcomes: Counter[str]) -> None:
    """Ask, and hold what is quoted against the archive in `home`."""
    answer = client.post("/ask", json=QUESTION)
    assert answer.status_code in {200, 503}, answer.text
    outcomes[f"ask {answer.status_code}"] += 1
    if answer.status_code == 503:
        assert answer.json()["detail"]
        return
    with Archive.open(home) as archive:
        for one in answer.json()["citations"]:
            assert one["quote"] in archive.article(one["article"]["id"]).body


def test_a_server_that_starts_while_another_command_writes_serves(home: Path) -> None:
    with Archive.open(home, write=True, command="dateline add"), serving(home) as (client, writer):
        assert client.post("/ask", json=QUESTION).status_code == 200
        refused = writer.post("/articles", json={"articles": [FERRY]})
        assert refused.status_code == 409, refused.text
        assert "another process is writing" in refused.text


def test_a_home_that_is_moved_away_and_back_is_served_again(
    home: Path, figure: Callable[[str], None]
) -> None:
    away, outcomes = home.with_name("away"), Counter[str]()
    with serving(home) as (client, writer):
        asked(client, home, outcomes)
        for _ in range(3):
            home.rename(away)
            asked(client, away, outcomes)
            refused = writer.post("/articles", json={"articles": [FERRY]})
            assert refused.status_code in {401, 409, 503, 507}, refused.text
            assert not (home / "archive.sqlite").exists(), "no other archive is made in its place"
            outcomes[f"ready {client.get('/readyz').status_code}"] += 1
            shutil.rmtree(home, ignore_errors=True)
            away.rename(home)
            asked(client, home, outcomes)
            assert client.get("/readyz").status_code == 200
            assert writer.post("/articles", json={"articles": [FERRY]}).json()["refused"] == []
            found = client.get("/search", params={"q": "ferry of Tull"}).json()["hits"]
            assert found[0]["article"]["id"] == "ferry"
            assert writer.delete("/articles/ferry").status_code in {200, 204}
    figure(f"a home moved away while serving, three times: {dict(outcomes)}, and back, all as before")


@pytest.mark.parametrize("jumps", [(-YEAR, 0), (YEAR, 0), (-DAY, YEAR, -YEAR, 3600, -3600, 0)], ids=str)
def test_a_clock_that_is_set_while_it_serves_loses_nothing(
    home: Path, tmp_path: Path, jumps: tuple[int, ...], figure: Callable[[str], None]
) -> None:
    clock, outcomes = shifted_clock(tmp_path), Counter[str]()
    with serving(home, **clock.environment) as (client, writer):
        for number, jump in enumerate((0, *jumps)):
            clock.set(jump)
            asked(client, home, outcomes)
            words = f"The ferry number {number} of Tull was sold for {number + 7} crowns."
            taken = writer.post("/articles", json={"articles": [FERRY | {"text": words}]}).json()
            assert taken["added"] + taken["updated"] == 1, taken
            hits = client.get("/search", params={"q": "ferry of Tull sold for crowns"}).json()["hits"]
            assert words in json.dumps(hits[0], ensure_ascii=False)
            assert client.get("/readyz").status_code == 200
            assert client.get("/status").status_code == 200
    with Archive.open(home) as archive:
        history = archive.history("ferry")
        assert len(history) == 1 + len(jumps), "every edition is there, the present one first"
        assert archive.article("ferry").body == words
    figure(f"the clock set by {', '.join(f'{jump / DAY:+g}' for jump in jumps)} days: {dict(outcomes)}")
    assert outcomes["ask 503"] == 0

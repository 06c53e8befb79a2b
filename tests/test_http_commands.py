from __future__ import annotations

import json
import re
import signal
import subprocess
import sys
from pathlib import Path

import httpx
import pytest
from click.testing import CliRunner
from http_fakes import wait_until

from bot.commands.key import key
from bot.commands.serve import as_reached
from bot.http.access.key_file import FILE_NAME
from bot.http.access.keys import KeyRing
from bot.http.settings import HttpSettings
from index.encoding.encoder import Encoder
from index.errors import BadInput


def run(home: Path, *arguments: str) -> str:
    result = CliRunner().invoke(key, list(arguments), obj={"home": home}, catch_exceptions=False)
    assert result.exit_code == 0
    return result.output


def test_a_key_is_shown_once_listed_without_its_secret_and_removed(tmp_path: Path) -> None:
    token = run(tmp_path, "add", "importer", "--write", "--per-minute", "0").strip()
    ring = KeyRing(tmp_path / FILE_NAME)
    assert ring.match(token)
    listed = run(tmp_path, "list")
    assert "importer" in listed
    assert "ask, write" in listed
    as_json = run(tmp_path, "list", "--json")
    assert json.loads(as_json)[0]["per_minute"] == 0
    for shown in (listed, as_json):
        assert token not in shown
        assert ring.all()[0].sha256 not in shown
    run(tmp_path, "remove", "importer")
    assert ring.match(token) is None


def test_a_name_that_is_taken_is_refused(tmp_path: Path) -> None:
    run(tmp_path, "add", "newsroom")
    with pytest.raises(BadInput, match="already a key named 'newsroom'"):
        run(tmp_path, "add", "newsroom")


@pytest.mark.parametrize(
    ("host", "settings", "feedback", "warned"),
    [
        ("127.0.0.1", HttpSettings(), True, False),
        ("localhost", HttpSettings(feedback=False), False, False),
        ("::1", HttpSettings(), True, False),
        ("127.0.0.1", HttpSettings(trusted_proxies=("127.0.0.1",)), False, False),
        ("0.0.0.0", HttpSettings(), False, True),
        ("::", HttpSettings(feedback=True), True, True),
        ("192.0.2.7", HttpSettings(require_key=True), False, False),
    ],
)
def test_a_server_that_strangers_reach_says_so_and_keeps_no_feedback_of_theirs(
    host: str, settings: HttpSettings, feedback: bool, warned: bool
) -> None:
    notes: list[str] = []
    assert as_reached(settings, host, note=notes.append).feedback is feedback
    assert [f"whoever reaches {host} may ask without a key" in note for note in notes] == [True] * warned


START = (
    "import sys; from pathlib import Path; from bot.commands.serve import serve; "
    "serve.main(sys.argv[2:], obj={'home': Path(sys.argv[1])})"
)


def test_serve_begins_with_nothing_takes_articles_answers_and_ends(tmp_path: Path, encoder: Encoder) -> None:
    token = KeyRing(tmp_path / FILE_NAME).add("importer", write=True)
    log = tmp_path / "log"
    with log.open("w") as told:
        command = [sys.executable, "-c", START, str(tmp_path), "--port", "0"]
        process = subprocess.Popen(command, cwd=Path(__file__).parents[1], stderr=told)
    try:
        assert wait_until(lambda: "serving at" in log.read_text() or process.poll() is not None, seconds=40)
        found = re.search(r"http://[\d.:]+", log.read_text())
        assert found, log.read_text()
        article = {"title": "Tides", "text": "The tide rose by nine metres at Westport.", "outlet": "Gazette"}
        with httpx.Client(base_url=found[0], headers={"X-API-Key": token}, timeout=30) as client:
            assert client.get("/readyz").status_code == 200
            before = client.post("/ask", json={"question": "How far did the tide rise at Westport?"}).json()
            assert before["status"] == "abstained"
            assert client.post("/articles", json={"articles": [article]}).json()["added"] == 1
            assert client.get("/search", params={"q": "tide at Westport"}).json()["hits"]
            after = client.post("/ask", json={"question": "How far did the tide rise at Westport?"}).json()
            shown = [*after["citations"], *(after["abstention"] or {"nearest": []})["nearest"]]
            assert shown[0]["quote"] == article["text"]
        process.send_signal(signal.SIGTERM)
        assert process.wait(20) == 0
    finally:
        process.kill()
        process.wait()
    assert "tide rise" not in log.read_text()
    assert token not in log.read_text()
    assert "POST /ask 200" in log.read_text()

"""`dateline follow` from the command line, over a real archive and a real webhook."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Callable
from pathlib import Path

import feedparser
import pytest
from hook_server import HookMessage, HookServer, serving_hook

from bot.cli import run
from bot.follows.database import LAYOUT
from bot.follows.teller import TellerLock

FIRST = "The harbour of Orun reopened at noon on Monday, the port authority said. Ferries run again."
SECOND = (
    "Skippers told us on the quay that the harbour of Orun had reopened on Monday at noon. Nobody was hurt."
)
QUESTION = "When did the harbour of Orun reopen?"

Call = Callable[..., tuple[int, str, str]]


@pytest.fixture
def dateline(empty_home: Path, capsys: pytest.CaptureFixture[str]) -> Call:
    def call(*arguments: str) -> tuple[int, str, str]:
        capsys.readouterr()
        code = run(["--home", str(empty_home), *arguments])
        return code, *capsys.readouterr()

    return call


def article(folder: Path, name: str, outlet: str, body: str) -> str:
    path = folder / f"{name}.md"
    front = f"id: {name}\ntitle: Harbour of Orun\noutlet: {outlet}\npublished: 2024-05-0{len(name) % 8 + 1}"
    path.write_text(f"---\n{front}\n---\n\n{body}\n")
    return str(path)


def is_signed(message: HookMessage, secret: str) -> bool:
    key = base64.b64decode(secret.removeprefix("whsec_"))
    headers = message.headers
    content = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + message.body
    mac = base64.b64encode(hmac.new(key, content, hashlib.sha256).digest()).decode()
    return headers["webhook-signature"] == f"v1,{mac}"


def test_a_question_is_followed_told_posted_shown_and_let_go(
    dateline: Call, empty_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dateline("add", article(tmp_path, "gazette", "Harbour Gazette", FIRST))
    with serving_hook(HookServer()) as server:
        monkeypatch.setenv("DATELINE_WEB__HOSTS", server.address.removeprefix("http://"))
        code, out, _ = dateline("follow", QUESTION, "--webhook", f"{server.address}/news", "--json")
        begun = json.loads(out)
        assert (code, begun["told"]["kind"], begun["follow"]["status"]) == (0, "begun", "answered")
        assert dateline("follow", "run")[0] == 0
        dateline("add", article(tmp_path, "courier", "The Courier", SECOND))
        ran = json.loads(dateline("follow", "run", "--json")[1])
        assert (ran["asked"], ran["posted"]) == (1, 1), dateline("follow", "log")
        assert [[one["kind"] for one in told["news"]] for told in ran["told"]] == [["origin"]]
        assert json.loads(dateline("follow", "run", "--json")[1])["asked"] == 0
        assert len(server.got) == 2 and all(is_signed(one, begun["secret"]) for one in server.got)
    listed = dateline("follow", "list", "--json")[1]
    assert json.loads(listed)["follows"][0]["new"] == 1 and begun["secret"] not in listed
    code, out, _ = dateline("follow", "log")
    assert "Another origin" in out and "The Courier" in out and "webhook sent, tried 1 times" in out
    feed = feedparser.parse(dateline("follow", "feed")[1])
    assert (feed.bozo, feed.entries[0].title) == (False, f"News: {QUESTION}")
    dateline("remove", "courier", "gazette")
    assert b"courier" not in (empty_home / LAYOUT.file_name).read_bytes()
    assert json.loads(dateline("follow", "run", "--json")[1])["told"][0]["kind"] == "lost"
    with TellerLock(empty_home, command="dateline serve"):
        code, _, err = dateline("follow", "run")
    assert (code, "is being told of by process" in err) == (4, True)
    code, out, _ = dateline("follow", "remove", begun["follow"]["id"])
    assert (code, out) == (0, f"no longer followed: {QUESTION}\n")


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (("follow", "Who?", "--quiet", "22"), 3, "quiet is '22', expected hours such as 22-7"),
        (("follow", "Who?", "--zone", "Mars/Olympus"), 3, "zone is 'Mars/Olympus', expected a time zone"),
        (("follow", "Who?", "--webhook", "http://a.example"), 3, "is not encrypted, expected https"),
        (("follow", "Who?", "--webhook", "https://10.0.0.7:22"), 3, "has the port 22"),
        (("follow", "Who?", "--since", "soon"), 3, "expected"),
        (("follow", "remove", "nothing"), 4, "no question is followed as 'nothing'"),
        (("follow", "log", "nothing"), 4, "no "),
        (("follow", "run"), 4, "no archive"),
        (("follow", "Who?"), 4, "no archive"),
    ],
)
def test_what_cannot_be_followed_is_said_in_one_line(
    dateline: Call, arguments: tuple[str, ...], code: int, told: str
) -> None:
    found, _, err = dateline(*arguments)
    assert (found, err.count("\n"), told in err) == (code, 1, True), err


def test_the_help_of_a_question_is_that_of_the_command(dateline: Call) -> None:
    out = dateline("follow", "--help")[1]
    assert all(word in out for word in ("--webhook URL", "--quiet HOURS", "--digest TIME", "list", "run"))
    assert "followed; `dateline follow" in dateline("follow", "list")[1]

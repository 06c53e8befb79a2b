"""The bot against `telegram-test-api`, an imitation of the Bot API that somebody else wrote (npm)."""

from __future__ import annotations

import json
import shutil
import subprocess
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from fake_telegram import BOT, TOKEN, FakeTelegram
from http_fakes import FakeLibrary
from pydantic import SecretStr
from settings_fakes import fixed
from telegram_parts import QUESTION, Asking, Chat, in_thread

from bot.telegram.settings import TelegramSettings

PACKAGE = "telegram-test-api@4.2.1"
INSTALLED = Path(__file__).parents[1] / ".dateline" / "telegram-test-api"  # beside what else git ignores
START = "const T = require('telegram-test-api'); new T({port: +process.argv[1]}).start()"
SEVEN = {"id": 7, "first_name": "Seven", "is_bot": False, "language_code": "en"}
ROOM = {"id": 7, "type": "private", "first_name": "Seven"}
WRITTEN = {"botToken": TOKEN, "from": SEVEN, "chat": ROOM, "date": 1}


@pytest.mark.soak
def test_a_question_a_button_and_a_vote_against_somebody_elses_telegram(tmp_path: Path) -> None:
    with imitation(free_port()) as theirs, shimmed(theirs) as address:
        settings = fixed(TelegramSettings, poll=1.0)(
            token=SecretStr(TOKEN), api=f"{address}/bot", examples=("Who?",)
        )
        library = FakeLibrary()
        with in_thread(Chat(FakeTelegram(), library, Asking(library), tmp_path, settings)):
            post(theirs, "/sendMessage", WRITTEN | {"text": QUESTION})
            answer = message_with(theirs, "The harbour reopened at noon on Monday.")
            buttons = [button for row in answer["reply_markup"]["inline_keyboard"] for button in row]
            assert [one["text"] for one in buttons][-2:] == ["👍", "👎"]
            press(theirs, buttons[2]["callback_data"])
            message_with(theirs, "Ferries run again from Tuesday.")
            press(theirs, buttons[-1]["callback_data"])
            command = {"type": "bot_command", "offset": 0, "length": 3}
            post(theirs, "/sendMessage", WRITTEN | {"text": "/id", "entities": [command]})
            message_with(theirs, "You: 7. This chat: 7.")


def press(theirs: str, data: str) -> None:
    message = {"message_id": 1, "date": 1, "chat": ROOM, "from": BOT}
    post(theirs, "/sendCallback", {"botToken": TOKEN, "from": SEVEN, "message": message, "data": data})


def message_with(theirs: str, words: str) -> dict[str, dict[str, list[list[dict[str, str]]]]]:
    """The bot's message that has these words, when it comes."""
    end = time.monotonic() + 10
    while True:
        found = post(theirs, "/getUpdatesHistory", {"token": TOKEN})["result"]
        for one in found:
            message = one.get("message", {})
            if words in str(message.get("text")) and "chat_id" in message:
                return message
        assert time.monotonic() < end, found
        time.sleep(0.1)


@contextmanager
def imitation(port: int) -> Iterator[str]:
    """The address of a running telegram-test-api; skips where npm cannot be had."""
    if not (shutil.which("npm") and shutil.which("node")):
        pytest.skip("npm and node are not installed")
    if not (INSTALLED / "node_modules").exists():
        command = [
            "npm",
            "install",
            "--prefix",
            str(INSTALLED),
            "--no-audit",
            "--no-fund",
            "--ignore-scripts",
            PACKAGE,
        ]
        if subprocess.run(command, capture_output=True, check=False).returncode:
            pytest.skip(f"npm could not fetch {PACKAGE}")
    process = subprocess.Popen(["node", "-e", START, str(port)], cwd=INSTALLED)
    theirs = f"http://localhost:{port}"
    try:
        end = time.monotonic() + 15
        while not answers(theirs):
            assert process.poll() is None
            assert time.monotonic() < end
            time.sleep(0.1)
        yield theirs
    finally:
        process.kill()
        process.wait()


@contextmanager
def shimmed(theirs: str) -> Iterator[str]:
    """What their imitation leaves out: see `mend`."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
            headers = {"Content-Type": self.headers.get("Content-Type", "application/json")}
            request = urllib.request.Request(theirs + self.path, body, headers)
            try:
                with urllib.request.urlopen(request, timeout=10) as answer:
                    told = mend(self.path.rpartition("/")[2], json.loads(answer.read()))
            except urllib.error.HTTPError as exc:
                told = {"ok": False, "error_code": exc.code, "description": exc.read().decode()}
            sent = json.dumps(told).encode()
            self.send_response(200 if told["ok"] else 404)
            self.send_header("Content-Length", str(len(sent)))
            self.end_headers()
            self.wfile.write(sent)

        def log_message(self, *args: object) -> None:
            pass

    class Server(ThreadingHTTPServer):
        daemon_threads = True
        block_on_close = False

        def handle_error(self, request: object, client_address: object) -> None:
            """The bot ends while a request is open."""

    server = Server(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)


def mend(method: str, told: dict[str, object]) -> dict[str, object]:
    """`is_bot` in getMe, `chat_instance` in presses, results where there are none.

    A sent message comes back with its date in seconds, without the parameters that were sent along.
    """
    result = told.get("result")
    if method == "getMe" and isinstance(result, dict):
        result["is_bot"] = True
    if method == "getUpdates" and isinstance(result, list):
        for update in result:
            if "callback_query" in update:
                update["callback_query"]["chat_instance"] = "1"
    if method == "sendMessage" and isinstance(result, dict):
        date = int(str(result["date"])) // 1000
        told["result"] = {name: result[name] for name in ("message_id", "chat", "text")} | {"date": date}
    if told.get("ok") and result is None:
        told["result"] = True
    return told


def post(theirs: str, path: str, value: object) -> dict[str, list[dict[str, dict[str, object]]]]:
    request = urllib.request.Request(
        theirs + path, json.dumps(value).encode(), {"Content-Type": "application/json"}
    )
    with urllib.request.urlopen(request, timeout=10) as answer:
        return json.loads(answer.read())


def answers(theirs: str) -> bool:
    try:
        post(theirs, "/getUpdatesHistory", {"token": TOKEN})
    except OSError:
        return False
    return True


def free_port() -> int:
    import socket

    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])

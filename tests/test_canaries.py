"""Words that nobody else has, put where secrets and questions go: where they come out again."""

from __future__ import annotations

import ast
import json
import os
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import httpx
import pytest
from http_fakes import wait_until
from misbehaving_llm import misbehaving

from index.children import begin, end

ROOT = Path(__file__).parents[1]
SECRETS = {
    "DATELINE_TELEGRAM__TOKEN": "1234567:CANARYtelegramCANARYtelegramCANARYx",
    "DATELINE_LLM__API_KEY": "sk-CANARY-of-the-language-model",
    "OPENAI_API_KEY": "sk-CANARY-of-another-program",
    "DATABASE_URL": "postgresql://desk:CANARYpassword@127.0.0.1/news",
    "PGPASSWORD": "CANARYpgpassword",
    "https_proxy": "http://desk:CANARYproxy@127.0.0.1:9",
    "ANYTHING": "CANARYanything",
}
ASKED = "What did Zzcanaryquestion say about monitoring the ceasefire?"


def test_a_child_is_given_no_secret_of_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in SECRETS.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("OMP_NUM_THREADS", "1")
    child = begin("http.server", ["--bind", "127.0.0.1", "0"])
    try:
        environ = Path(f"/proc/{child.pid}/environ")
        assert wait_until(lambda: bool(environ.read_text()), seconds=10), "empty until the new program stands"
        given = environ.read_text()
    finally:
        child.kill()
        end(child, patience=0)
    assert "CANARY" not in given
    assert {"PATH", "PYTHONPATH", "OMP_NUM_THREADS"} <= {one.partition("=")[0] for one in given.split("\0")}


def test_no_other_code_starts_a_process() -> None:
    starts = {"Popen", "system", "popen", "fork", "execv", "execvp", "spawnv", "posix_spawn", "check_output"}
    starts |= {"create_subprocess_exec", "create_subprocess_shell", "check_call"}
    found = set()
    for path in sorted(file for room in ("bot", "index") for file in (ROOT / room).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                called = ast.unparse(node.func)
                if called.rpartition(".")[2] in starts or called == "subprocess.run":
                    found.add(str(path.relative_to(ROOT)))
    assert found == {"index/children.py"}


@pytest.mark.soak
def test_a_day_of_errors_tells_no_secret_and_no_question(
    seeds_home: Path, tmp_path: Path, figure: Callable[[str], None]
) -> None:
    home = tmp_path / "home"
    shutil.copytree(seeds_home, home)
    with misbehaving() as llm, collector() as (collecting, traces):
        secrets = {name: value for name, value in SECRETS.items() if "TELEGRAM" not in name}
        environment = os.environ | secrets | tracing(collecting) | {"DATELINE_LLM__BASE_URL": llm.url}
        key = _dateline(home, environment, "key", "add", "reader").stdout.strip()
        told = [
            _dateline(home, environment | {"DATELINE_LLM__MODEL": fault}, "ask", "--llm", ASKED)
            for fault in ("401", "500", "not-json", "closes", "429-long")
        ]
        told.append(_dateline(home, environment | {"DATELINE_HITS": "many"}, "ask", ASKED))
        told.append(_dateline(home, environment | SECRETS, "settings"))
        served, environ = _served(home, environment | {"DATELINE_LLM__MODEL": "401"}, tmp_path / "log", key)
    ours = [*SECRETS.values(), key]
    texts = [one.stdout + one.stderr for one in told] + served
    texts += [path.read_text(errors="replace") for path in home.rglob("*") if path.is_file()]
    assert [word for word in ours for text in (*texts, environ) if word in text] == []
    assert [text for text in (*served, *(one.stderr for one in told)) if "Zzcanaryquestion" in text] == []
    assert not [path for path in tmp_path.rglob("core*") if path.is_file()]
    assert traces == [], "nobody asked for traces but the environment"
    figure(
        f"{len(ours)} secrets and a question looked for in {len(texts) + 1} texts: 0 found;"
        " no trace sent to a collector that the environment names, no crash file"
    )


@contextmanager
def collector() -> Iterator[tuple[str, list[bytes]]]:
    """A collector of OpenTelemetry's traces, and what it was sent."""
    sent: list[bytes] = []

    class Collector(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            sent.append(self.rfile.read(int(self.headers.get("Content-Length", "0"))))
            self.send_response(200)
            self.end_headers()

    with ThreadingHTTPServer(("127.0.0.1", 0), Collector) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}", sent
        server.shutdown()


def tracing(address: str) -> dict[str, str]:
    """What tells a library to send its traces there."""
    return {
        "OTEL_EXPORTER_OTLP_ENDPOINT": address, "OTEL_EXPORTER_OTLP_PROTOCOL": "http/protobuf",
        "OTEL_TRACES_EXPORTER": "otlp", "OTEL_METRICS_EXPORTER": "otlp", "OTEL_LOGS_EXPORTER": "otlp",
        "CHROMA_OTEL_COLLECTION_ENDPOINT": address, "CHROMA_OTEL_GRANULARITY": "all",
        "LANGCHAIN_TRACING_V2": "true", "LANGSMITH_ENDPOINT": address,
    }  # fmt: skip


def test_a_crash_leaves_no_file_with_keys_in_it() -> None:
    told = "import resource; print(*resource.getrlimit(resource.RLIMIT_CORE))"
    code = (
        f"import sys; from bot.cli import main; sys.argv = ['x', '--version']\ntry: main()\nfinally: {told}"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "0 0"


def _dateline(home: Path, environment: dict[str, str], *words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "bot", "--home", str(home), *words]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)


def _served(home: Path, environment: dict[str, str], log: Path, key: str) -> tuple[list[str], str]:
    """What a server logs and counts, asked well and badly; and the environments of its children."""
    command = [sys.executable, "-m", "bot", "--home", str(home), "serve", "--port", "0"]
    with log.open("w") as out:
        server = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=out, stderr=out)
    try:
        assert wait_until(lambda: "serving at" in log.read_text(), seconds=60), log.read_text()
        address = re.search(r"http://[\d.:]+", log.read_text())
        assert address
        with httpx.Client(base_url=address[0], timeout=60, trust_env=False) as client:
            bad = [{"X-API-Key": f"{key[:-1]}x"}, {"X-API-Key": key}, {}]
            said = [client.post("/ask", json={"question": ASKED}, headers=one).text for one in bad[:2]]
            client.post("/ask", json={"question": ASKED, "llm": True})
            client.get("/ask", params={"q": ASKED, "until": "never"})
            client.get(f"/articles/{ASKED}")
            client.get(f"/{ASKED}?token={key}")
            client.post("/ask", content=json.dumps({"question": ASKED})[:-1])
            said += [client.get("/metrics").text, client.get("/status").text]
        children = Path(f"/proc/{server.pid}/task/{server.pid}/children").read_text().split()
        for process in (str(server.pid), *children):
            limits = Path(f"/proc/{process}/limits").read_text()
            assert re.search(r"Max core file size +0 +0 ", limits), limits
        environ = "".join(Path(f"/proc/{child}/environ").read_text() for child in children)
        assert children
        server.terminate()
        assert server.wait(60) == 0
    finally:
        server.kill()
        server.wait()
    return [log.read_text(), *said[2:]], environ

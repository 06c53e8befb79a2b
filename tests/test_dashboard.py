"""The dashboard that comes along asks for nothing that a server does not tell."""

import json
import re
from pathlib import Path

from http_fakes import FakeAsker, FakeLibrary
from starlette.testclient import TestClient

from bot.http.access.keys import KeyRing
from bot.http.app import create_app

HTTP = Path(__file__).parents[1] / "bot" / "http"
BOARD = json.loads((HTTP / "grafana.json").read_text(encoding="utf-8"))
ASKED = [target["expr"] for panel in BOARD["panels"] for target in panel["targets"]]
TEMPLATES = [str(one["query"]) for one in BOARD["templating"]["list"]]
NAME = re.compile(r"\b(?:dateline|process)_\w+")
LABEL = re.compile(r'(\w+)=~?"')


def told(tmp_path: Path) -> str:
    library = FakeLibrary()
    app = create_app(FakeAsker(library), library, keys=KeyRing(tmp_path / "keys.json"))
    with TestClient(app) as client:
        client.post("/ask", json={"question": "Which cranes were lost?"})
        return client.get("/metrics").text


def test_every_metric_and_label_that_it_asks_for_is_told(tmp_path: Path) -> None:
    text = told(tmp_path)
    there = set(re.findall(r"^# TYPE (\w+)", text, re.M)) | set(re.findall(r"^(\w+)[{ ]", text, re.M))
    wanted = {name for query in (*ASKED, *TEMPLATES) for name in NAME.findall(query)}
    assert wanted - there == set()
    assert len(wanted) > 10
    labels = {label for query in ASKED for label in LABEL.findall(query)} - {"instance"}  # Prometheus' own
    assert labels <= set(re.findall(r'[{,](\w+)="', text))


def test_every_metric_of_a_server_is_explained(tmp_path: Path) -> None:
    told_of = (HTTP / "README.md").read_text(encoding="utf-8")
    names = set(re.findall(r"^# TYPE (dateline_\w+) (?:counter|gauge|histogram)", told(tmp_path), re.M))
    assert {name for name in names if not name.endswith("_created") and name not in told_of} == set()


def test_it_can_be_imported_as_it_is() -> None:
    assert {"title", "uid", "panels", "templating", "schemaVersion"} <= set(BOARD)
    assert [one["id"] for one in BOARD["panels"]] == list(range(1, len(BOARD["panels"]) + 1))
    assert {one["datasource"]["uid"] for one in BOARD["panels"]} == {"${datasource}"}
    assert all(one["gridPos"]["x"] + one["gridPos"]["w"] <= 24 for one in BOARD["panels"])

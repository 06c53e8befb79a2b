"""What is removed is gone from every file of a home, whatever was done with it before."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import httpx
import numpy as np
import pytest
from archive_fakes import HashedWords, invented, put
from fake_telegram import TOKEN, FakeTelegram, serving
from http_fakes import wait_until

from index.encoding.encoder import Encoder
from index.split import passage_input, split
from index.storage.archive import Archive

ROOT = Path(__file__).parents[1]
SECRET = "qwxbridge"
TITLE, AUTHOR = "Qwxtitle opens its bridge", "Qwxauthor Dowell"
BODY = f"The mayor of Velmora opened the {SECRET} at noon on Monday. It cost 41 million crowns."
QUESTION = f"When did the mayor of Velmora open the {SECRET}?"


def test_runs_and_feedback_that_name_a_removed_article_go_with_it(tmp_path: Path) -> None:
    home = tmp_path / "home"
    runs, feedback = home / "eval" / "runs", home / "eval" / "feedback"
    named, other = {"article": "ä-1", "quote": SECRET}, {"article": "ä-12", "quote": "kept"}
    with Archive.open(home, HashedWords(), write=True) as archive:
        put(archive, replace(invented(1), id="ä-1"))
        put(archive, replace(invented(2), id="ä-12"))
        for folder in (runs, feedback):
            folder.mkdir(parents=True)
        (runs / "first.json").write_text(json.dumps(named))
        (runs / "second.json").write_text(json.dumps(other))
        lines = [json.dumps(named), json.dumps(other), json.dumps(named, ensure_ascii=False)]
        (feedback / "cases.jsonl").write_text("\n".join(lines) + "\n")
        archive.remove("ä-1")
    assert [path.name for path in runs.iterdir()] == ["second.json"]
    assert (feedback / "cases.jsonl").read_text() == json.dumps(other) + "\n"
    assert not [path for path in home.rglob("*") if path.is_file() and SECRET.encode() in path.read_bytes()]


def files_with(needles: dict[str, bytes], *folders: Path) -> Iterator[tuple[str, str]]:
    """Which needle, by its name, is in which file, whatever the letters' case."""
    for path in (file for folder in folders for file in folder.rglob("*")):
        if path.is_file():
            held = path.read_bytes()
            small = held.lower()
            for name, needle in needles.items():
                if needle in (held if name.startswith("vector") else small):
                    yield name, str(path)


@pytest.mark.soak
def test_an_article_that_was_asked_quoted_marked_and_told_leaves_no_byte(
    tmp_path: Path, encoder: Encoder, figure: Callable[[str], None]
) -> None:
    home, temporary, log = tmp_path / "home", tmp_path / "temporary", tmp_path / "log"
    temporary.mkdir()
    telegram = FakeTelegram()
    with serving(telegram) as address:
        variables = os.environ | {
            "TMPDIR": str(temporary), "DATELINE_INDEX_FROM": "1",
            "DATELINE_TELEGRAM__TOKEN": TOKEN, "DATELINE_TELEGRAM__API": address,
        }  # fmt: skip
        dateline = [sys.executable, "-m", "bot", "--home", str(home)]

        def did(*words: str) -> str:
            done = subprocess.run(
                [*dateline, *words], cwd=ROOT, env=variables, capture_output=True, text=True, check=False
            )
            assert done.returncode == 0, done.stdout + done.stderr
            return done.stdout

        articles = tmp_path / "articles"
        articles.mkdir()
        row = {"id": "gone", "title": TITLE, "author": AUTHOR, "outlet": "Quay Post", "text": BODY}
        (articles / "rows.jsonl").write_text(json.dumps(row) + "\n")
        did("add", str(ROOT / "seeds"))
        did("add", str(articles))
        (articles / "rows.jsonl").write_text(json.dumps({**row, "text": f"{BODY} Qwxrevised it is."}) + "\n")
        did("add", str(articles))
        assert SECRET in did("ask", QUESTION)
        did("eval", "--limit", "2")
        with log.open("w") as out:
            server = subprocess.Popen(
                [*dateline, "serve", "--port", "0"], cwd=ROOT, env=variables, stderr=out
            )
        try:
            assert wait_until(lambda: "serving at" in log.read_text(), seconds=120), log.read_text()
            base = re.search(r"http://[\d.:]+", log.read_text())
            assert base
            with httpx.Client(base_url=base[0], timeout=120, trust_env=False) as client:
                shown = client.post("/ask", json={"question": QUESTION}).json()
                assert SECRET in shown["text"]
                said = [one["text"] for one in shown["sentences"]] or [BODY]
                marked = {"question": QUESTION, "judgement": "good", "said": said, "articles": ["gone"]}
                assert client.post("/feedback", json=marked).status_code == 201
                telegram.says(QUESTION)
                telegram.wait_for(1, seconds=120)
                needles = {name: name.encode() for name in (SECRET, "qwxtitl", "qwxauthor", "qwxrevis")}
                with Archive.open(home, encoder) as archive:
                    article = archive.article("gone")
                    texts = [passage_input(article, one.text) for one in split(article, encoder)]
                    vectors = encoder.encode(texts).astype(np.float32)
                needles |= {f"vector {n}": one.tobytes()[:64] for n, one in enumerate(vectors)}
                before = {name for name, _ in files_with(needles, home, temporary)}
                assert before == set(needles), "the scan must be able to find them"
                did("remove", "gone")
                again = client.post("/ask", json={"question": QUESTION}).json()
                assert not again["citations"] and "at noon" not in again["text"]
                left = [one for one in files_with(needles, home, temporary) if not asked_only(*one)]
                assert "\n".join(map(" ".join, left)) == ""
            server.terminate()
            assert server.wait(120) == 0
        finally:
            server.kill()
            server.wait()
    left = [one for one in files_with(needles, home, temporary) if not asked_only(*one)]
    files = sum(path.is_file() for path in (*home.rglob("*"), *temporary.rglob("*")))
    figure(
        f"{len(needles)} words and vectors of a removed article looked for in {files} files: {len(left)} left"
    )
    assert left == []


def asked_only(needle: str, path: str) -> bool:
    """Whether it is what a person asked, word for word, which is theirs: the words of the question."""
    if needle != SECRET or not path.endswith(
        ("telegram.sqlite", "telegram.sqlite-wal", "archive.sqlite", "archive.sqlite-wal")
    ):
        return False
    held = Path(path).read_bytes()
    return held.count(SECRET.encode()) <= held.count(QUESTION.encode())

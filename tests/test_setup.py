"""`make ask` installs what asking needs: everything that Dateline does by itself does without the rest."""

from __future__ import annotations

import os
import runpy
import subprocess
import sys
import tomllib
from importlib.metadata import PackageNotFoundError
from pathlib import Path

import pytest

from index.storage.vector_index import IndexBroken, build_index

ROOT = Path(__file__).parents[1]
INSTALL = runpy.run_path(str(ROOT / ".ci" / "install.py"))
# What the packages that are left out are imported as, with what comes by them alone.
LEFT_OUT = ("torch", "sentence_transformers", "transformers", "chromadb", "llama_index", "scipy", "sklearn")

WITHOUT = f"""if True:
    import importlib, sys
    for name in {LEFT_OUT}:
        sys.modules[name] = None  # an import of it fails
    for name in ("bot.http.app", "bot.telegram.run", "bot.mcp.server", "bot.writing.adapters", "eval.run"):
        importlib.import_module(name)
    from bot.cli import run
    from eval.compare import bootstrap_interval
    bootstrap_interval([0.0, 1.0])
    for command in (["ask", "How many peacekeepers is Russia sending?"], ["status"]):
        assert run(["--home", sys.argv[1], *command]) == 0
"""


def named() -> set[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return {INSTALL["name_of"](one) for one in project["dependencies"]}


def test_what_is_left_out_is_a_dependency() -> None:
    assert {*INSTALL["LATER"], *INSTALL["ALONE"]} <= named()


def test_a_name_is_what_a_requirement_begins_with() -> None:
    names = [
        INSTALL["name_of"](one) for one in ("torch==2.13.*", "Python-Telegram-Bot[webhooks]>=22,<23", "mcp")
    ]
    assert names == ["torch", "python-telegram-bot", "mcp"]


def test_asking_serving_chatting_and_measuring_do_without_what_is_left_out(seeds_home: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", WITHOUT, str(seeds_home)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_where_chroma_is_not_installed_search_stays_exact_and_says_what_brings_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def nothing(_: str) -> str:
        raise PackageNotFoundError

    monkeypatch.setattr("index.storage.vector_index.version", nothing)
    with pytest.raises(IndexBroken, match="pip install llama-index-vector-stores-chroma"):
        build_index(tmp_path, [], count=0)

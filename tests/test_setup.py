"""`make ask` installs what asking needs: everything that Dateline does by itself does without the rest."""

from __future__ import annotations

import os
import runpy
import shlex
import subprocess
import sys
import tomllib
from importlib.metadata import PackageNotFoundError
from pathlib import Path

import pytest

from index.extras import bringing
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
    with pytest.raises(IndexBroken, match="-m pip install llama-index-vector-stores-chroma"):
        build_index(tmp_path, [], count=0)


def test_what_an_extra_needs_is_installed_by_name_for_this_python() -> None:
    brought = shlex.split(bringing("postgres"))
    assert brought[:4] == [sys.executable, "-m", "pip", "install"]
    assert [INSTALL["name_of"](one) for one in brought[4:]] == ["psycopg"]
    assert "[binary,pool]" in brought[4]


def test_the_extras_that_are_asked_for_are_known_or_named() -> None:
    assert [INSTALL["name_of"](one) for one in INSTALL["extras_of"]("parquet, postgres")] == [
        "pyarrow",
        "psycopg",
    ]
    assert INSTALL["extras_of"]("") == []
    with pytest.raises(SystemExit, match="there is no extra xslx, expected some of openai, "):
        INSTALL["extras_of"]("xslx")


@pytest.mark.parametrize("folder", ["bin", "a bin"])
def test_the_line_that_is_told_makes_a_shell_find_the_program(folder: str, tmp_path: Path) -> None:
    program = tmp_path / "venv" / "bin" / "dateline"
    program.parent.mkdir(parents=True)
    program.write_text("#!/bin/sh\necho found\n")
    program.chmod(0o755)
    INSTALL["link"](tmp_path / "venv", tmp_path / folder)
    told = INSTALL["called"](tmp_path / folder, {"SHELL": "/bin/bash", "PATH": "/usr/bin:/bin"})
    line = told.split("\n\n")[1].strip()
    asked = subprocess.run(["bash", "-c", f"{line}; dateline"], capture_output=True, text=True, check=True)
    assert asked.stdout == "found\n"


@pytest.mark.parametrize(
    ("shell", "told"),
    [
        ("/bin/bash", "put it into ~/.bashrc"),
        ("/usr/bin/zsh", "put it into ~/.zshrc"),
        ("/bin/dash", "put it into ~/.profile"),
        ("/usr/bin/fish", "fish_add_path /b"),
    ],
)
def test_the_line_is_of_the_shell_that_is_used(shell: str, told: str) -> None:
    assert told in INSTALL["called"](Path("/b"), {"SHELL": shell, "PATH": "/bin"})
    assert INSTALL["called"](Path("/b"), {"SHELL": shell, "PATH": "/bin:/b"}).endswith("dateline --help")


def test_the_lock_is_of_what_the_tests_need_and_of_nothing_less() -> None:
    refused = subprocess.run(
        [sys.executable, str(ROOT / ".ci" / "install.py"), "nowhere", "ask", "--locked"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (refused.returncode, "expected" in refused.stderr) == (1, True)
    assert INSTALL["LOCK"].is_file()

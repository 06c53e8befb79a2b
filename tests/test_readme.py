"""The README is short, and its examples are what the program does."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from bot.cli import run

README = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")
MOST_WORDS = 1200
WIDTH = "100"  # columns, as wide as the terminal's answers get
BLOCKS = re.findall(r"^```(\w*)\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)
EXAMPLES = [
    (question, shown.rstrip())
    for _, block in BLOCKS
    for question, shown in re.findall(r'^\$ dateline ask "(.+?)"\n(.*?)(?=^\$ |\Z)', block, re.M | re.S)
]


def without_trailing_space(text: str) -> str:
    return "\n".join(line.rstrip() for line in text.splitlines()).rstrip()


def test_the_readme_is_read_to_its_end() -> None:
    assert len(README.split()) <= MOST_WORDS


def test_it_shows_the_page_and_a_chat_in_small_pictures() -> None:
    pictures = re.findall(r"!\[[^\]]+\]\(([^)]+)\)", README)
    assert pictures == ["bot/http/page.png", "bot/telegram/chat.png"]
    assert all((Path(__file__).parents[1] / one).stat().st_size < 200_000 for one in pictures)


@pytest.mark.parametrize(("question", "shown"), EXAMPLES)
def test_an_example_is_what_the_program_prints(
    question: str,
    shown: str,
    seeds_home: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("COLUMNS", WIDTH)
    capsys.readouterr()
    run(["--home", str(seeds_home), "ask", question])
    assert without_trailing_space(capsys.readouterr().out) == shown


def test_there_is_an_example() -> None:
    assert EXAMPLES


def test_the_lines_of_python_run(seeds_home: Path) -> None:
    (program,) = (block for language, block in BLOCKS if language == "python")
    asked = program.replace("Who opened the bridge?", EXAMPLES[0][0])
    done = subprocess.run(
        [sys.executable, "-c", asked],
        env=os.environ | {"DATELINE_HOME": str(seeds_home)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.startswith("Russia is working with Azerbaijan and Armenia")
    assert done.stdout.rstrip().endswith("(1,)")

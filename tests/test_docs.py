"""The README says what there is, or the build fails."""

import re
from pathlib import Path

import pytest

from bot.cli import EPILOG, dateline

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("command", sorted(dateline.commands))
def test_every_command_stands_in_the_readme(command: str) -> None:
    assert f"dateline {command}" in README


def test_the_readme_and_the_help_name_the_same_exit_codes() -> None:
    told = set(re.findall(r"^\| (\d+) \|", README, re.MULTILINE))
    assert told == set(re.findall(r"^  (\d+)  ", EPILOG, re.MULTILINE)) != set()


def test_every_file_that_the_documents_name_is_there() -> None:
    for document in ("README.md", "CONTRIBUTING.md", "eval/README.md"):
        text = (ROOT / document).read_text(encoding="utf-8")
        for name in re.findall(r"`((?:bot|index|eval|prompts|tests)/[\w/.]+\.\w+)`", text):
            assert (ROOT / name).exists(), f"{document} names {name}"

"""The documents say what there is, or the build fails."""

import ast
import re
from importlib.util import find_spec
from itertools import chain
from pathlib import Path
from typing import get_args

import pytest

from bot.answers.answer import Reason
from bot.cli import EPILOG, dateline
from bot.settings import effective, load_settings

ROOT = Path(__file__).parents[1]
OURS = ("bot", "index", "eval", "prompts", "tests")
DOCUMENTS = sorted(chain(ROOT.glob("*.md"), *((ROOT / folder).rglob("*.md") for folder in OURS)))
PACKAGES = sorted(chain(*((ROOT / folder).rglob("__init__.py") for folder in OURS)))
COMMANDS = (ROOT / "bot" / "commands" / "README.md").read_text(encoding="utf-8")

_NAMED = re.compile(r"`((?:bot|index|eval|prompts|seeds|tests)/[\w/.-]*)`")
_LINKED = re.compile(r"\]\((?!https?://|#)([^)#]+)(?:#([^)]+))?\)")
_SETTING = re.compile(r"`((?:http|telegram|llm)\.(?!sqlite)[a-z_]+)`")
_VARIABLE = re.compile(r"DATELINE_([A-Z_]+[A-Z])=")
_MODULE = re.compile(r"python -m ((?:bot|index|eval)[\w.]*)")


def named(document: Path) -> str:
    return str(document.relative_to(ROOT))


def anchors(document: Path) -> set[str]:
    """The headings of a document as GitHub links to them."""
    headings = re.findall(r"^#+ (.+)$", document.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading).strip().lower().replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("command", sorted(dateline.commands))
def test_every_command_is_described(command: str) -> None:
    assert f"dateline {command}" in COMMANDS


def test_the_documents_and_the_help_name_the_same_exit_codes() -> None:
    told = set(re.findall(r"^\| (\d+) \|", COMMANDS, re.MULTILINE))
    assert told == set(re.findall(r"^  (\d+)  ", EPILOG, re.MULTILINE)) != set()


def test_both_name_the_same_commands_that_say_no_with_an_exit_code() -> None:
    (documented,) = re.findall(r"^\| 1 \| (.+) \|$", COMMANDS, re.MULTILINE)
    (helped,) = re.findall(r"^  1  (.+?)^  2  ", EPILOG, re.MULTILINE | re.DOTALL)
    assert " ".join(helped.split()) == documented.replace("`", "")


def test_every_reason_to_abstain_is_explained() -> None:
    text = (ROOT / "bot" / "answering" / "README.md").read_text(encoding="utf-8")
    assert set(re.findall(r"^\| `(\w+)` \|", text, re.MULTILINE)) == set(get_args(Reason))


@pytest.mark.parametrize("document", DOCUMENTS, ids=named)
def test_every_file_and_folder_that_a_document_names_is_there(document: Path) -> None:
    text = document.read_text(encoding="utf-8")
    assert [name for name in _NAMED.findall(text) if not (ROOT / name).exists()] == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=named)
def test_every_link_of_a_document_leads_somewhere(document: Path) -> None:
    for path, heading in _LINKED.findall(document.read_text(encoding="utf-8")):
        target = document.parent / path
        assert target.exists(), f"{named(document)} links to {path}"
        assert not heading or heading in anchors(target), f"{named(document)} links to {path}#{heading}"


@pytest.mark.parametrize("document", [one for one in DOCUMENTS if one.name != "CHANGELOG.md"], ids=named)
def test_every_setting_that_a_document_names_can_be_set(document: Path) -> None:
    text = document.read_text(encoding="utf-8")
    variables = {name.lower().replace("__", ".") for name in _VARIABLE.findall(text)}
    assert variables | set(_SETTING.findall(text)) <= set(effective(load_settings({})))


def test_every_module_that_a_document_or_a_docstring_runs_is_there() -> None:
    files = [*DOCUMENTS, ROOT / "Makefile", *chain(*((ROOT / folder).rglob("*.py") for folder in OURS))]
    run = {name: file for file in files for name in _MODULE.findall(file.read_text(encoding="utf-8"))}
    assert {name: named(file) for name, file in run.items() if find_spec(name) is None} == {}


@pytest.mark.parametrize("package", PACKAGES, ids=named)
def test_every_file_that_a_package_says_it_holds_is_in_it(package: Path) -> None:
    documentation = ast.get_docstring(ast.parse(package.read_text(encoding="utf-8"))) or ""
    held = {file.name.removesuffix(".py") for file in package.parent.iterdir()}
    assert set(re.findall(r"`([a-z_0-9]+)`", documentation)) <= held


@pytest.mark.parametrize(
    "package",
    [one for one in PACKAGES if one.is_relative_to(ROOT / "bot") or one.is_relative_to(ROOT / "index")],
    ids=named,
)
def test_every_module_of_a_package_is_named_in_what_it_says_of_itself(package: Path) -> None:
    documentation = ast.get_docstring(ast.parse(package.read_text(encoding="utf-8"))) or ""
    modules = {file.stem for file in package.parent.glob("*.py") if not file.stem.startswith("__")}
    packages = {file.parent.name for file in package.parent.glob("*/__init__.py")}
    assert modules | packages <= set(re.findall(r"`([a-z_0-9]+)`", documentation))


def test_no_advice_installs_a_package_by_a_name_that_no_registry_has() -> None:
    """This program is installed from a checkout: by its own name pip would find nothing, or a stranger's."""
    told = [*DOCUMENTS, *chain(*((ROOT / folder).rglob("*.py") for folder in OURS))]
    wrong = re.compile(r"pip install (?:-\S+ )*['\"]?dateline")
    assert [named(one) for one in told if wrong.search(one.read_text(encoding="utf-8"))] == []

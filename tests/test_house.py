"""The house as it is built: one name for one thing, files and folders that are read at a glance."""

from __future__ import annotations

import ast
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

HOUSE = Path(__file__).parents[1]
ROOMS = ("bot", "index")
BESIDE = "eval"  # held to the same sizes; its records may be called what those of the rooms are called
LINES, MODULES = 250, 20

# What may be longer, and why; a file that leaves this list does not come back.
LONG = {
    "bot/answering/asking.py": "the steps of an answer, in the order in which they are taken",
    "bot/http/processes/pool.py": "one child process's whole life: begun, asked, replaced, ended",
    "bot/telegram/chat/commands.py": "every command of a chat, a few lines each",
    "bot/weighing/features.py": "a feature a function; one list reads better than two",
    "bot/weighing/terms.py": "a question's terms, one rule after another",
    "eval/measures.py": "every metric as it is applied, in one list",
    "eval/speed/bench_child.py": "every bench, each measured in a process of its own",
    "eval/speed/scale.py": "one command from making articles to its table",
    "eval/studies/forging/forge.py": "a way to forge a quotation a function",
    "eval/training/learner.py": "the network that is trained, its loss and its optimiser",
    "eval/training/train.py": "one training run, from its rows to its figures",
    "index/storage/archive.py": "every question that an archive is asked, two lines each, in one place",
    "index/storage/writing.py": "one transaction: every row that an article has",
}
# Folders with more modules, and why.
WIDE = {
    "bot/commands": "one command a file",
    "bot/http/routes": "one address, or the bodies of one, a file",
    "bot/showing": "one face or one kind of record a file",
    "index/storage": "one table or one index a file",
}


def modules(*rooms: str) -> list[Path]:
    return sorted(path for room in rooms or ROOMS for path in (HOUSE / room).rglob("*.py"))


def named(tree: ast.Module) -> Iterator[str]:
    """The classes of a module, and what it gives a name to as a type (`Day = Literal[…]`, `A | B`)."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef):
            yield node.name
    for node in tree.body:
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Subscript | ast.BinOp):
            yield from (one.id for one in node.targets if isinstance(one, ast.Name) and is_of_a_type(one.id))


def is_of_a_type(name: str) -> bool:
    return name[:1].isupper() and not name.isupper() and "_" not in name


def test_no_name_of_a_type_stands_twice() -> None:
    where = defaultdict(list)
    for path in modules():
        for name in named(ast.parse(path.read_text(encoding="utf-8"))):
            where[name].append(str(path.relative_to(HOUSE)))
    assert {name: files for name, files in where.items() if len(files) > 1} == {}


def test_no_file_is_long_without_a_reason_and_no_reason_outlives_its_file() -> None:
    paths = modules(*ROOMS, BESIDE)
    sizes = {str(path.relative_to(HOUSE)): path.read_text(encoding="utf-8").count("\n") for path in paths}
    assert {name for name, size in sizes.items() if size > LINES} == set(LONG)


def test_no_folder_is_wide_without_a_reason_and_no_reason_outlives_its_folder() -> None:
    paths = [path for path in modules(*ROOMS, BESIDE) if path.name != "__init__.py"]
    sizes = Counter(str(path.parent.relative_to(HOUSE)) for path in paths)
    assert {name for name, size in sizes.items() if size > MODULES} == set(WIDE)

"""`promises.toml` into promises."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import TypeAdapter

TABLE = Path(__file__).with_name("promises.toml")


@dataclass(frozen=True)
class Promise:
    """One promise and what measures it."""

    number: str
    """R1, R2, …"""
    promised: str
    """What a person may rely on."""
    target: str
    """The figure that keeps it."""
    tests: tuple[str, ...] = ()
    """Nodes of pytest (`tests/test_kills.py::test_…`, or a whole file); all pass, or it is broken."""
    workers: int = 0
    """Processes that share its tests, where none of them measures time; 0: one after the other, in ours."""
    commands: tuple[str, ...] = ()
    """Arguments of `python`: each ends with 0, or it is broken; the last line printed is the figure.

    A number in braces, {600}, is less in a trial (`--scale`).
    """
    parts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """What the target names one by one, each with the nodes that stand for it; each has one that passes."""
    lacks: str = ""
    """What the target asks for and nothing here measures yet; empty where all of it is measured."""

    @property
    def nodes(self) -> tuple[str, ...]:
        """All nodes of pytest, each once."""
        return tuple(dict.fromkeys([*self.tests, *(one for part in self.parts.values() for one in part)]))


def load_promises(table: Path = TABLE) -> tuple[Promise, ...]:
    """Every promise, in the order of the table."""
    rows = tomllib.loads(table.read_text(encoding="utf-8"))["promise"]
    return tuple(TypeAdapter(Promise).validate_python(row) for row in rows)

"""The figures of `eval.speed.growth`: what an archive of one size takes and how quick it is, as a table."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from index.whole_file import write_whole


@dataclass(frozen=True)
class Asking:
    """Milliseconds of retrieval as a whole, and of a search by a vector alone.

    Medians of what passed; means of what processors worked, the server's too where it is on this machine.
    """

    retrieval: float
    vectors: float
    retrieval_cpu: float
    vectors_cpu: float


@dataclass(frozen=True)
class Size:
    """Bytes a passage: of articles and passages, of vectors, of their index, of words."""

    rows: float
    vectors: float
    index: float
    words: float


@dataclass(frozen=True)
class Adding:
    """Articles a second, added in turns to an SQLite archive that was empty, and to this one: medians.

    And milliseconds that processors worked for one, the server's too where it is on this machine.
    """

    sqlite: float
    here: float
    sqlite_cpu: float
    here_cpu: float


class Kept:
    """The steps in a JSON file, by their names; what stands there is not measured again."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.steps: dict[str, dict[str, object]] = json.loads(path.read_text()) if path.exists() else {}

    def has(self, name: str, field: str) -> bool:
        """Whether a figure of a step stands there."""
        return self.steps.get(name, {}).get(field) is not None

    def keep(self, name: str, values: Mapping[str, object]) -> None:
        """Add figures to a step."""
        self.steps.setdefault(name, {}).update(
            {
                key: asdict(one) if isinstance(one, Asking | Size | Adding) else one
                for key, one in values.items()
            }
        )
        self._path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(self._path, json.dumps(self.steps, indent=1).encode())


def table(steps: Mapping[str, Mapping[str, object]]) -> str:
    """All of them as lines of text."""
    return "\n".join(line for name, step in steps.items() for line in _told(name, step))


def _told(name: str, step: Mapping[str, object]) -> Iterator[str]:
    yield name
    for field, value in step.items():
        parts = value.items() if isinstance(value, dict) else [("", value)]
        yield f"    {field:16}{', '.join(f'{key} {_number(one)}'.strip() for key, one in parts)}"


def _number(value: object) -> str:
    return f"{value:,.4g}" if isinstance(value, float) else str(value)

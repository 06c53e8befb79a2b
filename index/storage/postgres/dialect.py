"""The archive's SQL into PostgreSQL's: sqlite3's placeholders, and functions of another name."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from index.storage.sql import Parameters, SqlValue

# "?", "?2" or ":name", but not the second colon of a cast.
_PLACEHOLDER = re.compile(r"\?(\d*)|(?<![:\w]):([a-z_]+)")
_FUNCTIONS = (
    (re.compile(r"\binstr\("), "strpos("),
    (re.compile(r"\bjson_each\(([?:]\w*)\)"), r"json_array_elements_text(CAST(\1 AS json)) AS given(value)"),
)


@lru_cache(maxsize=1_000)
def translated(sql: str) -> tuple[bytes, tuple[str, ...]]:
    """The statement with `$1`, `$2`, …, and the names in their order where its parameters have names."""
    names: list[str] = []
    count = 0

    def numbered(found: re.Match[str]) -> str:
        nonlocal count
        number, name = found.groups()
        if name:
            if name not in names:
                names.append(name)
            return f"${names.index(name) + 1}"
        count += 1
        return f"${number or count}"

    for ours, theirs in _FUNCTIONS:
        sql = ours.sub(theirs, sql)
    return _PLACEHOLDER.sub(numbered, sql).encode(), tuple(names)


def ordered(parameters: Parameters, names: tuple[str, ...]) -> Sequence[SqlValue]:
    """The parameters in the order of their numbers."""
    return [parameters[name] for name in names] if isinstance(parameters, Mapping) else parameters

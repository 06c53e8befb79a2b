"""What stands beside an archive in its home and repeats its articles: eval runs, what readers marked, logs.

An article that is removed goes from there, too. It is looked for by its id, as a text of JSON: a run that
names it is deleted, since it can be made again, and so is each line of feedback that does. SQLite files
of others keep no words once they are delivered; their write-ahead logs do, until they are emptied. One that
holds words on their way has a view `removed`, and a trigger on it: it is told each id by an INSERT.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from index.storage.connections import FILE_NAME, empty_log, open_writer, transaction
from index.storage.sqlite.residue import overwrite
from index.whole_file import write_whole

_RUNS, _FEEDBACK = "eval/runs/*.json", "eval/feedback/*.jsonl"  # below the home folder


def forget_beside(home: Path, article_ids: Sequence[str]) -> tuple[Path, ...]:
    """Take all that names these articles out of a home; returns the files that were changed or deleted.

    Raises `OSError` where one cannot be written to.
    """
    names = [name.encode() for one in article_ids for name in _spellings(one)]
    changed = []
    for path in sorted(home.glob(_RUNS)):
        if any(name in path.read_bytes() for name in names):
            path.unlink()
            changed.append(path)
    for path in sorted(home.glob(_FEEDBACK)):
        lines = path.read_bytes().splitlines(keepends=True)
        kept = [line for line in lines if not any(name in line for name in names)]
        if len(kept) < len(lines):
            write_whole(path, b"".join(kept))
            changed.append(path)
    for path in sorted(home.glob("*.sqlite")):
        if path.name != FILE_NAME:
            _forget_in(path, article_ids)
    return tuple(changed)


def _forget_in(path: Path, article_ids: Sequence[str]) -> None:
    """Tell a file of what is removed, and leave nothing deleted in its log and in unused parts of it.

    Who reads it just then empties that later, as its owner does.
    """
    connection = open_writer(path)
    try:
        views = connection.execute("SELECT name FROM sqlite_schema WHERE type = 'view'").fetchall()
        if ("removed",) in views:
            with transaction(connection):
                connection.executemany("INSERT INTO removed VALUES (?)", [(one,) for one in article_ids])
        emptied = empty_log(connection, patience=1.0)
    finally:
        connection.close()
    if emptied:
        overwrite(path, patience=1.0)


def _spellings(article_id: str) -> set[str]:
    """An id as JSON writes it, with and without escapes."""
    return {json.dumps(article_id), json.dumps(article_id, ensure_ascii=False)}

"""Batches as files of a folder: what was asked, so that a server that restarts asks it again.

No answers are kept: an article that is removed meanwhile leaves no words behind.
"""

from __future__ import annotations

import logging
import os
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from bot.batch.questions import BatchQuestion
from index.errors import ArchiveFull

_LOG = logging.getLogger("dateline.http")
_LONGEST = 86_400.0  # seconds after which nobody looks for a batch any more


@dataclass(frozen=True)
class AskedBatch:
    """What was asked together, and by whom."""

    id: str
    owner: str
    questions: Sequence[BatchQuestion]
    llm: bool | None


_ASKED = TypeAdapter(AskedBatch)


class BatchFolder:
    """The folder; None keeps nothing."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder

    def keep(self, batch: AskedBatch) -> None:
        """Write a batch; it is on the disk when this returns.

        Raises:
            ArchiveFull: it cannot be written.
        """
        if self._folder is None:
            return
        unfinished = self._folder / f"{batch.id}.new"
        try:
            self._folder.mkdir(mode=0o700, exist_ok=True)
            with unfinished.open("wb") as file:
                file.write(_ASKED.dump_json(batch))
                file.flush()
                os.fsync(file.fileno())
            unfinished.rename(self._folder / f"{batch.id}.json")
        except OSError as exc:
            raise ArchiveFull(f"{self._folder}: {exc.strerror}, expected room for a batch") from exc

    def forget(self, batch_id: str) -> None:
        """Remove a batch, if it is there."""
        if self._folder:
            _remove(self._folder / f"{batch_id}.json")

    def all(self) -> list[AskedBatch]:
        """The batches of the last day; what is older or cannot be read is removed."""
        found = []
        for path in sorted(self._folder.glob("*.*")) if self._folder else ():
            try:
                if path.suffix == ".json" and time.time() - path.stat().st_mtime < _LONGEST:
                    found.append(_ASKED.validate_json(path.read_bytes()))
                    continue
            except (OSError, ValidationError) as exc:
                _LOG.warning("%s: no batch: %s", path, type(exc).__name__)
            _remove(path)
        return found


def _remove(path: Path) -> None:
    """Delete a file, or say in the log why it stays: in a day nobody looks for it any more."""
    try:
        path.unlink(missing_ok=True)
    except OSError as exc:
        _LOG.warning("%s: cannot be removed (%s)", path, exc.strerror)

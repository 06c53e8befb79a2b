"""A process to kill: ingests invented articles and says of each that it is stored, once it is.

python ingest_child.py HOME COUNT EDITION INDEX_FROM SECONDS_A_BATCH
"""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from pathlib import Path

from archive_fakes import HashedWords, invented

from index.articles.draft import Found
from index.encoding.encoder import Vectors
from index.storage.archive import Archive
from index.storage.ingest import ingest
from index.storage.tally import Progress


class Slow(HashedWords):
    """Takes its time, so that kills fall everywhere."""

    def __init__(self, seconds: float) -> None:
        super().__init__()
        self.seconds = seconds

    def encode(self, texts: Sequence[str]) -> Vectors:
        time.sleep(self.seconds)
        return super().encode(texts)


def tell(*words: str) -> None:
    """One line, which reaches the parent before the next kill."""
    sys.stdout.write(" ".join(words) + "\n")
    sys.stdout.flush()


def say(progress: Progress) -> None:
    """One line an article."""
    tell(progress.outcome, str(progress.article))


if __name__ == "__main__":
    home, count, edition, index_from, seconds = sys.argv[1:]
    found = (
        Found(invented(number, edition=int(edition)), f"line {number}", ()) for number in range(int(count))
    )
    encoder = Slow(float(seconds))
    with Archive.open(Path(home), encoder, write=True, index_from=int(index_from)) as archive:
        tell("open")
        report = ingest(archive, encoder, found, progress=say)
    tell("stopped" if report.stopped else "finished", *report.notes)

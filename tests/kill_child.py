"""A process to kill: removes some articles, ingests the others, copies among them, and says what it has done.

python kill_child.py HOME COUNT EDITION INDEX_FROM SECONDS_A_BATCH TURN

What it says of an article is true once it is said: "removing a7" may be done or not, "removed a7" is.
"""

from __future__ import annotations

import random
import sys

from archive_fakes import home_named
from ingest_child import Slow, say, tell
from kill_parts import articles_of

from index.articles.draft import Found
from index.storage.archive import Archive
from index.storage.ingest import ingest

AT_ONCE = 6  # removed before and again after the others are ingested

if __name__ == "__main__":
    home, count, edition, index_from, seconds, turn = sys.argv[1:]
    encoder, chance = Slow(float(seconds)), random.Random(int(turn))
    with Archive.open(home_named(home), encoder, write=True, index_from=int(index_from)) as archive:
        tell("open")
        stored = sorted(article.id for article in archive.articles())
        chosen = chance.sample(stored, min(2 * AT_ONCE, len(stored)))

        def remove(names: list[str]) -> None:
            for name in names:
                tell("removing", name)
                archive.remove(name)
                tell("removed", name)

        remove(chosen[:AT_ONCE])
        found = (
            Found(article, article.id, ())
            for article in articles_of(int(count), edition=int(edition))
            if article.id not in chosen
        )
        report = ingest(archive, encoder, found, progress=say)
        if not report.stopped:
            remove(chosen[AT_ONCE:])
    tell("stopped" if report.stopped else "finished", *report.notes)

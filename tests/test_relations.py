"""What an earlier Dateline stored is related as if it were added now, however often it is broken off."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from archive_fakes import HashedWords, invented, put
from layout_dump import make
from test_later import APOLOGY, CLAIM, COPY, VOTE
from test_layouts import LAYOUTS, laid_out

from bot.cli import run
from index.articles.draft import Found
from index.records import Article
from index.storage.archive import Archive
from index.storage.engine import ArchiveHome
from index.storage.ingest import EARLIER, ingest
from index.storage.moving import both_opened, copy

OTHERS = [invented(number, sentences=2) for number in range(EARLIER)]
STORED = [APOLOGY, CLAIM, *OTHERS, COPY, VOTE]

Rows = list[tuple[object, ...]]


def made(home: ArchiveHome, articles: Sequence[Article]) -> Archive:
    archive = Archive.open(home, HashedWords(), write=True)
    for article in articles:
        put(archive, article)
    return archive


def related(archive: Archive) -> tuple[Rows, Rows, Rows]:
    """The copies, the links, and the samples, by the articles' own ids."""
    with archive._engine.snapshot() as connection:
        return (
            sorted(connection.execute("SELECT id, origin FROM articles").fetchall()),
            sorted(
                connection.execute(
                    "SELECT a.id, b.id, s.retracts FROM stories AS s"
                    " JOIN articles AS a ON a.number = s.earlier JOIN articles AS b ON b.number = s.later"
                ).fetchall()
            ),
            sorted(
                connection.execute(
                    "SELECT a.id, s.hash FROM samples AS s JOIN articles AS a ON a.number = s.article"
                ).fetchall()
            ),
        )


def as_it_was(archive: Archive) -> None:
    """As an earlier Dateline leaves it: an apology is of the origin that it takes back, links are missing."""
    with archive._engine.transaction() as connection:
        connection.execute("DELETE FROM stories")
        connection.execute("DELETE FROM meta WHERE key LIKE 'related%'")
        connection.execute(
            "UPDATE articles SET origin = (SELECT origin FROM articles WHERE id = 'apology')"
            " WHERE id IN ('claim', 'copy', 'vote')"
        )
        connection.execute("DELETE FROM samples WHERE hash > 0")


def test_what_is_added_now_is_related(somewhere: ArchiveHome) -> None:
    with made(somewhere, STORED) as archive:
        assert archive.unrelated() == 0
        assert archive.status().unrelated == 0
        put(archive, replace(CLAIM, body=CLAIM.body + " It denies this."))
        archive.remove("vote")
        put(archive, VOTE)
        assert archive.unrelated() == 0


def test_an_earlier_archive_is_completed_as_if_it_were_made_anew(somewhere: ArchiveHome) -> None:
    with made(somewhere, STORED) as archive:
        expected = related(archive)
        assert [one.article.id for one in archive.story("claim")] == ["claim", "apology", "vote"]
        as_it_was(archive)
        assert [one.article.id for one in archive.story("claim")] == ["claim"]
        assert archive.status().unrelated == len(STORED)
        left = [archive.relate(limit=3) for _ in range(len(STORED) // 3 + 2)]
        assert left == [max(0, len(STORED) - 3 * n) for n in range(1, len(left) + 1)]
        assert related(archive) == expected
        assert archive.unrelated() == 0


def test_who_adds_relates_some_and_what_is_added_meanwhile_is_related_at_the_end(
    somewhere: ArchiveHome,
) -> None:
    with made(somewhere, STORED[:-1]) as archive:
        as_it_was(archive)
        ingest(archive, HashedWords(), [Found(VOTE, "vote", ())])
        assert archive.unrelated() == len(STORED) - EARLIER
        while archive.relate(limit=EARLIER):
            pass
        completed = related(archive)
        archive.remove_all([one.id for one in STORED])
        for article in STORED:
            put(archive, article)
        assert completed == related(archive)


def test_what_an_earlier_dateline_adds_in_between_is_not_passed_over(somewhere: ArchiveHome) -> None:
    with made(somewhere, STORED[:3]) as archive:
        with archive._engine.transaction() as connection:
            kept = connection.execute("SELECT value FROM meta WHERE key LIKE 'related%'").fetchone()
        put(archive, STORED[3])
        with archive._engine.transaction() as connection:
            connection.execute("UPDATE meta SET value = ? WHERE key LIKE 'related%'", kept)
        put(archive, STORED[4])
        assert archive.unrelated() == 2


def test_a_moved_archive_is_related_as_far_as_the_one_it_was_copied_from(tmp_path: Path) -> None:
    with made(tmp_path / "one", STORED) as archive:
        as_it_was(archive)
        archive.relate(limit=5)
    with both_opened(tmp_path / "one", tmp_path / "other") as (source, target):
        copy(source, target)
    with Archive.open(tmp_path / "other") as archive:
        assert archive.unrelated() == len(STORED) - 5


CHILD = """
import sys
from pathlib import Path
sys.path.insert(0, "tests")
from archive_fakes import HashedWords
from index.storage.archive import Archive
with Archive.open(Path(sys.argv[1]), HashedWords(), write=True) as archive:
    while (left := archive.relate(limit=1)):
        print(left, flush=True)
"""


def test_killed_anywhere_it_goes_on_and_nothing_is_lost(tmp_path: Path) -> None:
    with made(tmp_path, STORED) as archive:
        expected = related(archive)
        as_it_was(archive)
    before = len(STORED)
    for _ in range(3):
        child = subprocess.Popen(
            [sys.executable, "-c", CHILD, str(tmp_path)], stdout=subprocess.PIPE, text=True
        )
        assert child.stdout
        told = [int(child.stdout.readline()) for _ in range(2)]
        os.kill(child.pid, signal.SIGKILL)
        child.communicate()
        with Archive.open(tmp_path, HashedWords()) as archive:
            left = archive.unrelated()
        assert left <= told[-1] < before
        before = left
    with Archive.open(tmp_path, HashedWords(), write=True) as archive:
        while archive.relate(limit=EARLIER):
            pass
        assert related(archive) == expected


def test_an_archive_of_the_first_layout_is_completed(tmp_path: Path) -> None:
    laid_out(tmp_path / "laid", LAYOUTS[0]).close()
    make(tmp_path / "fresh")
    with Archive.open(tmp_path / "laid", HashedWords(), write=True) as archive:
        assert archive.unrelated() == 3
        assert [archive.relate(limit=2) for _ in range(3)] == [1, 0, 0]
        with Archive.open(tmp_path / "fresh", HashedWords()) as fresh:
            assert fresh.unrelated() == 0
            assert related(archive) == related(fresh)


def test_who_adds_completes_an_archive_and_who_looks_is_told_before(
    seeds_home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    home = tmp_path / "home"
    shutil.copytree(seeds_home, home)
    connection = sqlite3.connect(home / "archive.sqlite")
    (total,) = connection.execute("SELECT count(*) FROM articles").fetchone()
    for sql in ("DROP TABLE stories", "DROP TABLE samples", "DELETE FROM meta WHERE key LIKE 'related%'"):
        connection.execute(sql)
    connection.commit()
    connection.close()
    assert run(["--home", str(home), "status"]) == 0
    assert f"{total} of an earlier Dateline are not compared yet" in capsys.readouterr().out
    seed = next((Path(__file__).parents[1] / "seeds").glob("*.md"))
    assert run(["--home", str(home), "add", str(seed)]) == 0
    assert f"compared {total} articles of an earlier Dateline" in capsys.readouterr().out
    assert run(["--home", str(home), "status"]) == 0
    assert "earlier Dateline" not in capsys.readouterr().out

"""Reading into an archive: what is stored stays, what cannot be used is said, signals are heard."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from archive_fakes import HashedWords, faults, invented, mark, question
from conftest import home_on

from index.articles.draft import Found
from index.encoding.encoder import Vectors
from index.errors import ArchiveFull, Refusal
from index.records import Article
from index.storage.archive import Archive
from index.storage.engine import ArchiveHome
from index.storage.ingest import BATCH, ingest
from index.storage.tally import Progress, Report


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.soak)])
def somewhere(request: pytest.FixtureRequest, tmp_path: Path) -> ArchiveHome:
    """Where an archive may be made: on either engine in the soak, since the encoder takes the time."""
    return home_on(request, tmp_path)


@pytest.fixture
def archive(somewhere: ArchiveHome) -> Iterator[Archive]:
    """An empty archive, open for writing, on either engine."""
    with Archive.open(somewhere, HashedWords(), write=True) as opened:
        yield opened


def read(*articles: Article) -> list[Found]:
    return [Found(article, f"file:{line}", ()) for line, article in enumerate(articles, start=1)]


def test_it_reports_what_became_of_each(archive: Archive) -> None:
    copy = replace(invented(1), id="copy", outlet="Penhallow Times")
    first = ingest(archive, HashedWords(), read(invented(1), invented(2), copy))
    assert first == Report(added=3, copies=1)
    changed = replace(invented(2), author="D. Writer")
    second = ingest(archive, HashedWords(), read(invented(1), changed, invented(3)))
    assert second == Report(added=1, updated=1, unchanged=1, unnamed=1)
    assert faults(archive.home) == []


def test_refusals_are_collected_and_the_neighbours_go_in(archive: Archive) -> None:
    stream = [
        *read(invented(1)),
        Refusal("b.md:3", "is empty"),
        Found(replace(invented(2), published="May"), "c.md", ()),
        Found(replace(invented(3), body="…"), "d.md", ()),
        Found(replace(invented(4), body=" \n"), "e.md", ()),
        Found(invented(5), "f.md", ("published: 'May' is not a date; left unknown",)),
    ]
    report = ingest(archive, HashedWords(), stream)
    assert report.added == len(list(archive.articles()))
    assert {refusal.where for refusal in report.refused} >= {"b.md:3", "c.md", "e.md"}
    assert report.notes == ("f.md: published: 'May' is not a date; left unknown",)
    assert {article.id for article in archive.articles()} >= {"a1", "a5"}


def test_a_second_article_of_one_id_is_refused_every_time(archive: Archive) -> None:
    stream = read(invented(1), invented(1), invented(1, edition=1))
    expected = Refusal("file:3", "has the id a1 of file:1 but other content, expected its own")
    first = ingest(archive, HashedWords(), stream)
    assert (first.added, first.unchanged, first.refused) == (1, 1, (expected,))
    second = ingest(archive, HashedWords(), stream)
    assert (second.added, second.updated, second.unchanged, second.refused) == (0, 0, 2, (expected,))
    assert archive.article("a1") == invented(1)


def test_only_passages_that_changed_are_encoded_again(archive: Archive) -> None:
    encoder = HashedWords()
    ingest(archive, encoder, read(*map(invented, range(5))))
    everything = len(encoder.encoded)
    assert everything == archive.passage_total()
    ingest(archive, encoder, read(*map(invented, range(5))))
    ingest(archive, encoder, read(replace(invented(1), outlet="Elsewhere")))
    assert len(encoder.encoded) == everything
    longer = replace(
        invented(2), body=invented(2).body + "\n\nA last line was added on Sunday, and it is qwxnew."
    )
    assert ingest(archive, encoder, read(longer)).updated == 1
    assert 0 < len(encoder.encoded) - everything < archive.passage_total() // 5
    assert archive.passage_counts(["qwxnew"]) == {"qwxnew": 1}
    assert faults(archive.home) == []


def test_batches_are_encoded_longest_first_and_vectors_stay_with_their_passages(archive: Archive) -> None:
    class Watched(HashedWords):
        def encode(self, texts: list[str]) -> Vectors:
            assert [len(text) for text in texts] == sorted(map(len, texts), reverse=True)
            return super().encode(texts)

    ingest(archive, Watched(), read(*(invented(n, sentences=n % 9 + 1) for n in range(150))))
    assert faults(archive.home) == []


def test_no_text_is_encoded_twice_in_one_article_another_or_the_batch_that_is_under_way(
    archive: Archive,
) -> None:
    encoder = HashedWords()
    articles = [invented(number) for number in range(60)]
    copies = [replace(one, id=f"copy-{one.id}", outlet="Penhallow Times") for one in articles]
    ingest(archive, encoder, read(*articles, *copies))
    assert len(encoder.encoded) == len(set(encoder.encoded)) == archive.passage_total() // 2
    ingest(archive, encoder, read(replace(articles[0], body="A new first line.\n\n" + articles[0].body)))
    ingest(archive, encoder, read(articles[0]))
    assert len(encoder.encoded) == len(set(encoder.encoded))
    assert faults(archive.home) == []


def test_a_run_after_one_that_broke_off_encodes_a_batch_again_at_most(archive: Archive) -> None:
    class Broken(HashedWords):
        def encode(self, texts: list[str]) -> Vectors:
            if len(self.encoded) > 1_000:
                raise SystemExit
            return super().encode(texts)

    articles = read(*map(invented, range(600)))
    first, second = Broken(), HashedWords()
    with pytest.raises(SystemExit):
        ingest(archive, first, articles)
    ingest(archive, second, articles)
    assert len(first.encoded) > 1_000
    assert len(first.encoded) + len(second.encoded) <= archive.passage_total() + BATCH
    assert faults(archive.home) == []


def test_the_next_batch_is_read_and_encoded_while_one_is_stored(archive: Archive) -> None:
    began = threading.Event()

    class Watched(HashedWords):
        def encode(self, texts: list[str]) -> Vectors:
            if self.encoded:
                began.set()
            return super().encode(texts)

    def wait(_: Progress) -> None:  # the first batch has just been stored, the second is under way
        assert began.wait(5)

    ingest(archive, Watched(), read(*map(invented, range(200))), progress=wait)


def test_progress_is_told_once_an_article_is_stored(archive: Archive) -> None:
    told: list[Progress] = []

    def check(progress: Progress) -> None:
        told.append(progress)
        if progress.article:
            with Archive.open(archive.home) as reader:
                assert reader.article(progress.article)

    ingest(
        archive, HashedWords(), [Refusal("x", "is empty"), *read(*map(invented, range(100)))], progress=check
    )
    assert [one.done for one in told] == list(range(1, 102))
    assert told[0] == Progress(1, "x", "refused")
    assert told[-1] == Progress(101, "file:100", "added", "a99")


def test_an_encoder_that_gives_nonsense_refuses_the_article_and_stores_nothing_of_it(
    archive: Archive,
) -> None:
    class Sick(HashedWords):
        def encode(self, texts: list[str]) -> Vectors:
            vectors = super().encode(texts)
            vectors[[mark(2) in text for text in texts]] = np.nan
            return vectors

    report = ingest(archive, Sick(), read(invented(1), invented(2), invented(3)))
    assert report.added == 2
    assert [refusal.where for refusal in report.refused] == ["file:2"]
    assert "not finite" in report.refused[0].reason
    assert faults(archive.home) == []


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_the_batch_first(archive: Archive, number: signal.Signals) -> None:
    handlers = signal.getsignal(signal.SIGTERM), signal.getsignal(signal.SIGINT)

    def stream() -> Iterator[Found]:
        for line, found in enumerate(read(*map(invented, range(500)))):
            if line == 100:
                os.kill(os.getpid(), number)
            yield found

    report = ingest(archive, HashedWords(), stream())
    assert report.stopped
    assert report.added == len(list(archive.articles())) == 101
    assert (signal.getsignal(signal.SIGTERM), signal.getsignal(signal.SIGINT)) == handlers
    assert ingest(archive, HashedWords(), read(*map(invented, range(120)))) == Report(
        added=19, unchanged=101, unnamed=30
    )


def test_it_works_outside_the_main_thread(archive: Archive) -> None:
    reports: list[Report] = []
    thread = threading.Thread(
        target=lambda: reports.append(ingest(archive, HashedWords(), read(invented(1))))
    )
    thread.start()
    thread.join()
    assert reports == [Report(added=1)]


@pytest.fixture
def tiny_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 2 MB."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(disk)], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip(f"cannot mount a small disk: {mounted.stderr.decode().strip()}")
    yield disk
    subprocess.run(["umount", "-l", str(disk)], check=True)


def test_a_full_disk_stops_it_and_loses_nothing_stored(tiny_disk: Path) -> None:
    told: list[str] = []
    home = tiny_disk / "home"
    with (
        Archive.open(home, HashedWords(), write=True) as archive,
        pytest.raises(
            ArchiveFull,
            match=r"archive\.sqlite: cannot be written .*\(\d+ articles added or updated before\)",
        ),
    ):
        ingest(
            archive,
            HashedWords(),
            read(*map(invented, range(5_000))),
            progress=lambda p: told.append(p.article or ""),
        )
    assert len(told) > 60
    assert faults(home) == []
    with Archive.open(home, HashedWords()) as reader:
        assert [article.id for article in reader.articles()] == told
        assert reader.search_vectors(question("ferry"), limit=5)
    with pytest.raises(ArchiveFull), Archive.open(home, HashedWords(), write=True) as again:
        ingest(again, HashedWords(), read(*map(invented, range(5_000))))
    assert faults(home) == []


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_may_not_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "home").mkdir(mode=0o500)
    with pytest.raises(ArchiveFull, match="cannot be written"):
        Archive.open(tmp_path / "home", HashedWords(), write=True)


def test_kills_lose_nothing_that_was_acknowledged(tmp_path: Path) -> None:
    home, chance = tmp_path / "home", random.Random(7)
    stored: set[str] = set()
    for kill in (signal.SIGKILL, signal.SIGTERM, signal.SIGKILL):
        with run_child(home, count=400, seconds=0.1) as child:
            line = child.stdout.readline()
            while line and not line.startswith(("added", "unchanged")):
                line = child.stdout.readline()
            time.sleep(chance.random() * 0.4)
            child.send_signal(kill)
            lines = [line, *child.stdout.read().splitlines()]
        stored |= {one.split()[1] for one in lines if one.startswith(("added", "unchanged"))}
        assert 0 < len(stored) < 400
        assert child.returncode == (-kill if kill == signal.SIGKILL else 0)
        assert ("stopped" in lines[-1]) == (kill == signal.SIGTERM)
        assert faults(home) == []
        with Archive.open(home, HashedWords()) as archive:
            assert stored <= {article.id for article in archive.articles()}
    with run_child(home, count=400, seconds=0) as child:
        assert child.stdout.read().splitlines()[-1] == "finished"
    assert faults(home) == []


def run_child(
    home: Path, *, count: int, seconds: float, edition: int = 0, index_from: int = 10**9
) -> subprocess.Popen[str]:
    here = Path(__file__).parent
    arguments = [str(home), str(count), str(edition), str(index_from), str(seconds)]
    return subprocess.Popen(
        [sys.executable, str(here / "ingest_child.py"), *arguments],
        env={**os.environ, "PYTHONPATH": f"{here.parent}:{here}"},
        stdout=subprocess.PIPE,
        text=True,
    )

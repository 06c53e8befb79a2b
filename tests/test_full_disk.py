"""The soak: a disk that is full, or may only be read, when each thing is written, and has room again then."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from uuid import uuid4

import pytest
from archive_fakes import HashedWords, faults, invented, put, question
from conftest import ENCODER_CACHE
from small_disk import SmallDisk, small_disk

from bot.http.access.key_file import FILE_NAME
from bot.http.access.keys import KeyRing
from bot.http.kept_batches import AskedBatch, BatchFolder
from bot.telegram.updates.database import open_database
from bot.telegram.updates.inbox import Inbox
from index.articles.draft import Found
from index.errors import ArchiveFull
from index.storage.archive import Archive
from index.storage.backup import back_up
from index.storage.ingest import ingest

pytestmark = pytest.mark.soak
ROOT = Path(__file__).parents[1]
STORED = 40
ROOMS = (0, 8_192, 65_536, 262_144, 1_048_576)  # bytes that are left: it is full at another step each time
MEGABYTES = 32


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[SmallDisk]:
    """A small disk with an archive of 40 articles."""
    with small_disk(tmp_path / "disk", megabytes=MEGABYTES) as disk:
        with Archive.open(disk.folder / "home", HashedWords(), write=True) as archive:
            for number in range(STORED):
                put(archive, invented(number))
        yield disk


def add(home: Path) -> None:
    take(home, first=1_000, edition=0)


def revise(home: Path) -> None:
    take(home, first=0, edition=1)


def take(home: Path, *, first: int, edition: int) -> None:
    articles = (invented(number, edition=edition) for number in range(first, first + 200))
    with Archive.open(home, HashedWords(), write=True) as archive:
        ingest(archive, HashedWords(), (Found(one, one.id, ()) for one in articles))


def remove(home: Path) -> None:
    with Archive.open(home, write=True) as archive:
        archive.remove_all([f"a{number}" for number in range(0, STORED, 2)])


def build_the_index(home: Path) -> None:
    with Archive.open(home, HashedWords(), write=True, index_from=50) as archive:
        why_not = archive.tend()
        assert archive.search_vectors(question("The ferry of Tull"), limit=5)
    if why_not:
        assert str(home) in why_not or "space" in why_not, why_not
        raise ArchiveFull(why_not)


def log(home: Path) -> None:
    with Archive.open(home) as archive:
        archive.log("Who?" * 100, status="abstained")


def add_a_key(home: Path) -> None:
    KeyRing(home / FILE_NAME).add(f"reader-{uuid4().hex[:6]}")


def take_an_update(home: Path) -> None:
    with closing(open_database(home)) as database:
        Inbox(database).take([(900, "7", {"message": {"text": "Who?" * 500}})], bot=1)


def make_a_backup(home: Path) -> None:
    back_up(home, home.parent / f"backup-{uuid4().hex[:6]}")


STEPS = (add, revise, remove, build_the_index, log, add_a_key, take_an_update, make_a_backup)


@pytest.mark.parametrize("step", STEPS, ids=lambda step: str(step.__name__))
def test_a_full_disk_is_said_loses_nothing_and_the_step_goes_well_when_there_is_room(
    disk: SmallDisk, step: Callable[[Path], None], figure: Callable[[str], None]
) -> None:
    home, outcomes = disk.folder / "home", Counter[str]()
    for room in ROOMS:
        before = stored(home)
        disk.fill(leave=room)
        try:
            step(home)
            outcomes["done"] += 1
        except ArchiveFull as exc:
            outcomes["said"] += 1
            assert str(disk.folder) in str(exc) or "index" in str(exc)
        assert faults(home) == []
        with Archive.open(home) as archive:
            assert archive.search_words(["ferry"], limit=1)
        if step is not remove:
            assert set(before) <= set(stored(home)), "nothing that was stored is gone"
        left = [path.name for path in home.iterdir() if path.name.startswith(f"{FILE_NAME}.")]
        assert left == [], "no half of a file is left"
    disk.free()
    step(home) if outcomes["done"] == 0 else None
    assert faults(home) == []
    figure(f"{step.__name__}, {len(ROOMS)} sizes of a full disk: {dict(outcomes)}, then done")
    assert outcomes["said"] > 0


READ_ONLY = (add, remove, log, add_a_key, take_an_update, make_a_backup)


@pytest.mark.parametrize("step", READ_ONLY, ids=lambda one: str(one.__name__))
def test_a_disk_that_may_only_be_read_is_said(disk: SmallDisk, step: Callable[[Path], None]) -> None:
    home = disk.folder / "home"
    before = stored(home)
    disk.may_be_written(False)
    with pytest.raises(ArchiveFull, match="cannot be written"):
        step(home)
    disk.may_be_written(True)
    assert stored(home) == before
    step(home)
    assert faults(home) == []


def test_what_is_to_be_forgotten_on_such_a_disk_holds_nothing_up(disk: SmallDisk) -> None:
    folder = BatchFolder(disk.folder / "batches")
    folder.keep(AskedBatch("b1", "reader", [], None))
    (disk.folder / "batches" / "b2.json").write_text("no batch")
    disk.may_be_written(False)
    folder.forget("b1")
    assert [one.id for one in folder.all()] == ["b1"]
    disk.may_be_written(True)
    folder.forget("b1")
    assert folder.all() == [] and list((disk.folder / "batches").iterdir()) == []


def stored(home: Path) -> list[str]:
    with Archive.open(home) as archive:
        return [article.id for article in archive.articles()]


COMMANDS = (
    ("add", str(ROOT / "seeds")),
    ("remove", "lavrov-monitoring-wire"),
    ("key", "add", "reader"),
    ("backup", "{disk}/backup"),
    ("batch", "{disk}/questions.csv", "--out", "{disk}/answers.xlsx"),
    ("batch", "{disk}/questions.csv", "--out", "{disk}/answers.csv"),
    ("ask", "How many peacekeepers is Russia sending?"),
    ("list",),
    ("status",),
)


@pytest.mark.parametrize("trouble", ["full", "read-only", "somebody else's"])
def test_every_command_is_done_or_says_which_file_cannot_be_written(
    tmp_path: Path, seeds_home: Path, trouble: str, figure: Callable[[str], None]
) -> None:
    with small_disk(tmp_path / "disk", megabytes=MEGABYTES) as disk:
        home = Path(shutil.copytree(seeds_home, disk.folder / "home"))
        (disk.folder / "questions.csv").write_text("question\nHow many peacekeepers is Russia sending?\n")
        if trouble == "full":
            disk.fill()
        elif trouble == "read-only":
            disk.may_be_written(False)
        outcomes = Counter[str]()
        for command in COMMANDS:
            words = [word.format(disk=disk.folder) for word in command]
            done = dateline(home, words, as_nobody=trouble == "somebody else's")
            told = f"{command[0]}: {done.returncode} {done.stderr[-600:]}"
            assert "Traceback" not in done.stderr, told
            assert done.returncode in {0, 3, 4, 5}, told
            if done.returncode:
                assert str(tmp_path) in done.stderr, told
            outcomes["done" if done.returncode == 0 else "said"] += 1
            reads = command[0] in {"ask", "list", "status"} and trouble != "somebody else's"
            assert not (reads and done.returncode), told
        figure(f"a disk that is {trouble}: {len(COMMANDS)} commands, {dict(outcomes)}")
        assert outcomes["said"] >= 3
        disk.may_be_written(True)
        disk.free()
        again = dateline(home, ["ask", "--json", "How many peacekeepers is Russia sending?"])
        assert again.returncode == 0 and json.loads(again.stdout)["citations"], again.stderr


def dateline(home: Path, words: list[str], *, as_nobody: bool = False) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "DATELINE_CACHE": str(ENCODER_CACHE.parent), "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "bot", "--home", str(home), *words]
    if as_nobody:  # root may write everywhere
        without = ("--bounding-set=-all", "--inh-caps=-all", "--ambient-caps=-all")
        command = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", *without, *command]
    return subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=300, check=False
    )

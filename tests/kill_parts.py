"""An archive that is worked on by a process that is killed, and what may be in it then."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from itertools import cycle, islice
from pathlib import Path

from archive_fakes import HashedWords, faults, invented, mark, name_of, question

from index.records import Article
from index.storage.archive import Archive
from index.storage.engine import ArchiveHome

COUNT = 60  # invented articles, and a copy of every fifth: about 290 passages
GONE = -1  # in the place of an edition

# What to wait for before killing: names new in vectors/, which are moments of building, checking and
# switching the index, and words that the process says.
MOMENTS = (
    "chroma.sqlite3",
    "header.bin",
    "data_level0.bin",
    "link_lists.bin",
    "index_metadata.pickle",
    "check-",
    "current.new",
    "current",
    "removing ",
    "removed ",
    "added c",
    "updated a",
)
_OF_FILES = 8

When = Callable[[], bool]


def articles_of(count: int, *, edition: int) -> Iterator[Article]:
    """Invented articles, each fifth followed by a copy that another outlet prints."""
    for number in range(count):
        article = invented(number, edition=edition)
        yield article
        if number % 5 == 0:
            yield replace(article, id=f"c{number}", outlet="Penhallow Times")


def body_of(name: str, edition: int) -> str | None:
    """What an article says in an edition."""
    return None if edition == GONE else invented(int(name[1:]), edition=edition).body


@dataclass
class Ledger:
    """What may be in the archive, and what was found otherwise."""

    turn: int = 0
    edition: int = 0
    kills: int = 0
    acknowledged: int = 0
    removed: int = 0
    lost: int = 0
    half_there: int = 0
    found_again: int = 0
    silent: int = 0
    allowed: dict[str, set[int]] = field(default_factory=dict)
    """Of each article the editions that it may be in, `GONE` among them."""
    told: list[str] = field(default_factory=list)
    """What the process that runs now has said."""

    def take(self) -> None:
        """Read what the process said into what may be: what it said is, what it had begun may be."""
        for article in articles_of(COUNT, edition=self.edition):
            self.allowed.setdefault(article.id, {GONE}).add(self.edition)
        for line in list(self.told):
            word, _, name = line.partition(" ")
            if word in {"added", "updated", "unchanged"}:
                self.acknowledged += 1
                self.allowed[name] = {self.edition}
            elif word == "removing":
                self.allowed[name].add(GONE)
            elif word == "removed":
                self.removed += 1
                self.allowed[name] = {GONE}

    def judge(self, home: ArchiveHome) -> None:
        """Hold what is in the archive against what may be; from here on it is as it was found."""
        if isinstance(home, Path) and not (home / "archive.sqlite").exists():
            self.lost += sum(GONE not in editions for editions in self.allowed.values())
            return
        self.half_there += len(faults(home))
        with Archive.open(home, HashedWords()) as archive:
            archive.warm()
            bodies = {article.id: article.body for article in archive.articles()}
            for name, editions in self.allowed.items():
                self._compare(name, editions, bodies.get(name))
            self._look_for_removed(home, archive, bodies)
            for number in range(0, COUNT, 5):
                self.half_there += self._is_torn(archive, bodies, number)
            if bodies:
                matches = archive.search_vectors(question("The ferry of Tull was sold"), limit=10)
                self.silent += len(archive.passages([match.seq for match in matches])) != 10
                self.silent += not archive.search_words(["ferry"], limit=1)

    def _compare(self, name: str, editions: set[int], body: str | None) -> None:
        is_now = [one for one in editions if body_of(name, one) == body]
        if is_now:
            self.allowed[name] = set(is_now)
        elif editions == {GONE}:
            self.found_again += 1
        else:
            self.lost += 1

    def _look_for_removed(self, home: ArchiveHome, archive: Archive, bodies: dict[str, str]) -> None:
        """An article that is gone is not found by its word, and no file has that word."""
        gone = [name for name, editions in self.allowed.items() if editions == {GONE}]
        words = {mark(int(name[1:])) for name in gone if {f"a{name[1:]}", f"c{name[1:]}"}.isdisjoint(bodies)}
        paths = home.rglob("*") if isinstance(home, Path) else ()  # a database's pages are its own
        files = b"".join(path.read_bytes() for path in paths if path.is_file())
        self.found_again += sum(bool(archive.search_words([word], limit=1)) for word in words)
        self.found_again += sum(word.encode() in files for word in words)

    def _is_torn(self, archive: Archive, bodies: dict[str, str], number: int) -> bool:
        """Whether an article and a copy that says the same are two origins."""
        here, copy = bodies.get(f"a{number}"), bodies.get(f"c{number}")
        if here is None or here != copy:
            return False
        return f"c{number}" not in {one.id for one in archive.same_origin(f"a{number}")}

    def figure(self, ends: str) -> str:
        """All of it in one line."""
        return (
            f"{self.kills} {ends}: {self.acknowledged:,} articles acknowledged, {self.removed:,} removed; "
            f"lost {self.lost}, half there {self.half_there}, found after their removal {self.found_again}, "
            f"no answer {self.silent} times"
        )


Ending = Callable[[subprocess.Popen[str]], None]


def work(ledger: Ledger, home: ArchiveHome, *, when: When, end: Ending, may_fail: str | None = None) -> None:
    """One process over `home`, ended at its moment; a small threshold makes it build the index each time.

    `may_fail`: it may end with an error that says this.
    """
    here = Path(__file__).parent
    ledger.turn += 1
    ledger.told = []
    arguments = [name_of(home), str(COUNT), str(ledger.edition), "150", "0.05", str(ledger.turn)]
    with subprocess.Popen(
        [sys.executable, str(here / "kill_child.py"), *arguments],
        env={**os.environ, "PYTHONPATH": f"{here.parent}:{here}"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    ) as child:
        listener = threading.Thread(target=lambda: ledger.told.extend(map(str.rstrip, child.stdout or ())))
        listener.start()
        while child.poll() is None and not when():
            time.sleep(0.0005)
        if child.poll() is None:
            ledger.kills += 1
            end(child)
        child.wait()
        listener.join()
    failed = may_fail is not None and child.returncode == 1 and may_fail in ledger.told[-1]
    assert failed or child.returncode in {0, -signal.SIGTERM, -signal.SIGKILL}, ledger.told
    ledger.take()


def finished(ledger: Ledger) -> bool:
    """Whether the last process had done all it had to; the next one brings new words of every article."""
    done = bool(ledger.told) and ledger.told[-1].startswith("finished")
    ledger.edition += done
    return done


def life(home: Path) -> float:
    """Seconds that a process takes which is not killed, the index built; its archive is another."""
    trial, began = Ledger(), time.monotonic()
    work(trial, home, when=lambda: False, end=lambda _: None)
    assert finished(trial), "left alone, it finishes"
    return time.monotonic() - began


def at_random(home: Path, *, seed: int) -> Iterator[When]:
    """When to end each of many processes: at any moment of its life."""
    chance, longest = random.Random(seed), life(home.with_name("alone"))
    while True:
        yield after(chance.uniform(0.0, longest))


def aimed(ledger: Ledger, home: Path, *, seed: int) -> Iterator[When]:
    """When to end each of many processes: at the moments that matter, one after the other."""
    chance = random.Random(seed)
    for name in cycle(MOMENTS):
        delay = chance.choice([0.0, 0.002, 0.01, 0.03])
        if name in MOMENTS[:_OF_FILES]:
            yield seen(ledger, home / "vectors", name, delay=delay)
        else:
            yield said(ledger, name, nth=chance.randint(1, 5), delay=delay)


def kill(ledger: Ledger, home: Path, whens: Iterator[When], count: int, *, end: Ending) -> None:
    """End so many processes; for one that had finished before its moment another is begun."""
    wanted = ledger.kills + count
    for when in islice(whens, 2 * count + 2):
        work(ledger, home, when=when, end=end)
        ledger.judge(home)
        finished(ledger)
        if ledger.kills == wanted:
            return
    raise AssertionError(f"{wanted - ledger.kills} of {count} kills too few: the others came too late")


def after(seconds: float) -> When:
    """The moment some seconds from the first look."""
    began: list[float] = []

    def look() -> bool:
        began.append(time.monotonic()) if not began else None
        return time.monotonic() - began[0] > seconds

    return look


def said(ledger: Ledger, words: str, *, nth: int, delay: float) -> When:
    """The moment a process says something for the nth time, and a little later."""

    def look() -> bool:
        if sum(line.startswith(words) for line in list(ledger.told)) < nth:
            return False
        time.sleep(delay)
        return True

    return look


def seen(ledger: Ledger, folder: Path, name: str, *, delay: float) -> When:
    """The moment something of that name is new in a folder, and a little later.

    New is what was not there when the process had opened its archive: until then the builder of the one that
    was killed before may write on, and a kill would meet a process that has done nothing yet.
    """
    known: list[set[tuple[Path, int]]] = []

    def look() -> bool:
        if not ledger.told:
            return False
        try:
            named = {(path, _written(path)) for path in folder.rglob("*") if path.name.startswith(name)}
        except OSError:  # a folder went while we looked
            return False
        known.append(named) if not known else None
        there = bool(named - known[0])
        if there:
            time.sleep(delay)
        return there

    return look


def _written(path: Path) -> int:
    """When one that is written again and again was last; of the others it is enough that they are there."""
    return path.stat().st_mtime_ns if path.name == "current" else 0


def children_of(pid: int) -> list[int]:
    """The processes that a process has started."""
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]

"""The soak: the power cut under an archive. What was not flushed is gone, as it is from a disk.

The archive lies on a file system of its own, in a file. At its moment every process is stopped and that file
copied: it holds what the kernel was made to write, and nothing of what it still had in its memory. The next
process finds the copy.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import pytest
from http_fakes import wait_until
from kill_parts import Ledger, aimed, at_random, finished, kill, work

pytestmark = pytest.mark.soak
RANDOM, AIMED = 50, 25
# No commit of the file system by itself, and no writing of what is old, before a process has its end.
_MOUNTED = "loop,commit=600"
_MEGABYTES = 256


@dataclass
class Disk:
    """A file system in a file, which can be put back to what had been written to it at some moment."""

    folder: Path

    @property
    def image(self) -> Path:
        return self.folder / "disk"

    @property
    def mounted(self) -> Path:
        return self.folder / "mounted"

    def make(self) -> None:
        self.mounted.mkdir()
        with self.image.open("wb") as file:
            file.truncate(_MEGABYTES << 20)
        ran("mkfs.ext4", "-q", "-F", str(self.image))
        self.mount()

    def mount(self) -> None:
        ran("mount", "-o", _MOUNTED, str(self.image), str(self.mounted))

    def unmount(self) -> None:
        """Let go of it, once the last thread of what has been killed has."""
        end = time.monotonic() + 10
        while subprocess.run(["umount", str(self.mounted)], capture_output=True, check=False).returncode:
            assert time.monotonic() < end, "the disk is still in use"
            time.sleep(0.01)

    def cut(self, child: subprocess.Popen[str]) -> None:
        """Stop all that the child runs, keep what has reached the disk, and end it."""
        stopped = stopped_session(child.pid)
        kept = self.folder / "kept"
        ran("cp", "--sparse=always", str(self.image), str(kept))
        for pid in stopped:
            os.kill(pid, signal.SIGKILL)
        self.unmount()
        kept.replace(self.image)
        self.mount()


def stopped_session(leader: int) -> set[int]:
    """Every process of a session, also those in groups of their own, once none of them does anything."""
    told: set[int] = set()
    still, end = False, time.monotonic() + 60
    while (found := session(leader)) - told or not still:  # who is born while it looks is told next time
        assert time.monotonic() < end, f"not stopped: {[(pid, state(pid)) for pid in found]}"
        for pid in found - told:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGSTOP)
        told |= found
        still = all(is_still(pid) for pid in found)
        time.sleep(0.0005)
    return found


def is_still(pid: int) -> bool:
    """Whether a process does nothing: it is stopped, or waits for its child, by then stopped, to begin.

    Python starts programs by `vfork`: until the child runs its program the parent cannot be stopped.
    """
    now = state(pid)
    return now in "TtZX" or (now == "D" and of_process(pid, "wchan") == "kernel_clone")


def session(leader: int) -> set[int]:
    found = set()
    for entry in Path("/proc").iterdir():
        with suppress(OSError, ValueError):
            found |= {int(entry.name)} if os.getsid(int(entry.name)) == leader else set()
    return found


def state(pid: int) -> str:
    return (of_process(pid, "stat").rpartition(")")[2].split() or ["X"])[0]


def of_process(pid: int, name: str) -> str:
    """What the kernel says of a process; nothing of one that is gone."""
    try:
        return Path(f"/proc/{pid}/{name}").read_text()
    except OSError:
        return ""


def ran(*command: str) -> None:
    subprocess.run(command, check=True, capture_output=True, text=True)


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Disk]:
    """A disk whose power can be cut."""
    disk = Disk(tmp_path)
    try:
        disk.make()
    except (OSError, subprocess.CalledProcessError) as exc:
        pytest.skip(f"no file system can be mounted here: {getattr(exc, 'stderr', exc)}".strip())
    yield disk
    disk.unmount()
    shutil.rmtree(tmp_path, ignore_errors=True)


def test_what_was_not_flushed_is_gone_when_the_power_is_cut(disk: Disk) -> None:
    flushed = (
        "import os, sys; h = os.open(sys.argv[1] + '/kept', os.O_CREAT | os.O_WRONLY); os.write(h, b'k');"
    )
    code = flushed + "os.fsync(h); open(sys.argv[1] + '/lost', 'w').write('l'); print(1, flush=True); input()"
    with subprocess.Popen(
        ["python3", "-c", code, str(disk.mounted)],
        stdout=subprocess.PIPE,
        stdin=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as child:
        assert child.stdout and child.stdout.readline()
        assert (disk.mounted / "lost").read_text() == "l"
        disk.cut(child)
    assert (disk.mounted / "kept").read_text() == "k"
    lost = disk.mounted / "lost"
    assert not lost.exists() or lost.read_text() == ""


def test_who_waits_for_a_child_that_is_stopped_does_nothing_and_is_ended_with_it() -> None:
    code = (
        "import ctypes, os, time; libc = ctypes.CDLL(None)\n"
        "if libc.vfork() == 0: libc.kill(os.getpid(), 19)"  # SIGSTOP, before any program is begun
    )
    with subprocess.Popen([sys.executable, "-c", code], start_new_session=True) as parent:
        try:
            assert wait_until(lambda: len(session(parent.pid)) == 2, seconds=60)
            assert stopped_session(parent.pid) == session(parent.pid)
            assert state(parent.pid) == "D"
        finally:
            for pid in session(parent.pid):
                os.kill(pid, signal.SIGKILL)


def test_a_cut_of_the_power_takes_nothing_that_was_acknowledged(
    disk: Disk, figure: Callable[[str], None], many: Callable[[int], int]
) -> None:
    home, ledger = disk.mounted / "home", Ledger()
    kill(ledger, home, at_random(home, seed=1859), many(RANDOM), end=disk.cut)
    kill(ledger, home, aimed(ledger, home, seed=1859), many(AIMED), end=disk.cut)
    work(ledger, home, when=lambda: False, end=disk.cut)
    ledger.judge(home)
    assert finished(ledger), "left alone, it finishes"
    figure(ledger.figure("cuts of the power"))
    assert ledger.kills >= many(RANDOM) + many(AIMED)
    assert (ledger.lost, ledger.half_there, ledger.found_again, ledger.silent) == (0, 0, 0, 0)
